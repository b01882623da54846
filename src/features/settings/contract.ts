import { z } from 'zod';
import { operation, versionParam } from '../operation.ts';
import { mailSettings } from './model.ts';

const name = z.string().trim().min(1, 'The workspace needs a name.').max(200);

const workspace = z.object({
  name,
  version: z.number().int(),
  mail: mailSettings.extend({ hasPassword: z.boolean() }).nullable(),
  database: z.object({ engine: z.enum(['embedded', 'server']), place: z.string() }),
  server: z.object({ origin: z.string(), version: z.string(), dataDir: z.string() }),
  outbound: z.array(
    z.object({
      host: z.string(),
      for: z.string().describe('What the server asks or sends there'),
    }),
  ),
});

export const settingsContract = {
  get: operation({
    method: 'GET',
    path: '/settings',
    title: 'Show the settings of the workspace',
    feature: 'Settings',
    scope: 'workspace',
    permission: 'workspace.settings',
    audit: null,
    cli: 'settings show',
    mcp: false,
  })
    .input(z.object({}))
    .output(workspace),
  rename: operation({
    method: 'PUT',
    path: '/settings/name',
    title: 'Name the workspace',
    description: 'The name stands above the list of clients and as "prepared by" in reports.',
    feature: 'Settings',
    scope: 'workspace',
    permission: 'workspace.settings',
    audit: 'settings.rename',
    cli: 'settings rename',
    mcp: false,
  })
    .input(z.strictObject({ version: versionParam, name }))
    .output(workspace),
  setMail: operation({
    method: 'PUT',
    path: '/settings/mail',
    title: 'Set up mail',
    description:
      'One SMTP server for invitations, reminders and reports. The password is sealed with a key outside the database and never shown again; without one the stored password stays.',
    feature: 'Settings',
    scope: 'workspace',
    permission: 'workspace.settings',
    audit: 'settings.set_mail',
    cli: 'settings set-mail',
    mcp: false,
  })
    .input(mailSettings.extend({ version: versionParam, password: z.string().max(1000).optional() }))
    .output(workspace),
  removeMail: operation({
    method: 'DELETE',
    path: '/settings/mail',
    title: 'Stop sending mail',
    feature: 'Settings',
    scope: 'workspace',
    permission: 'workspace.settings',
    audit: 'settings.remove_mail',
    cli: 'settings remove-mail',
    mcp: false,
  })
    .input(z.object({ version: z.coerce.number().int().min(1) }))
    .output(workspace),
  testMail: operation({
    method: 'POST',
    path: '/settings/mail/test',
    title: 'Send a test message to yourself',
    feature: 'Settings',
    scope: 'workspace',
    permission: 'workspace.settings',
    audit: 'settings.test_mail',
    cli: 'settings test-mail',
    mcp: false,
  })
    .input(z.object({}))
    .output(z.object({ sent: z.boolean(), says: z.string() })),
};
