import { z } from 'zod';
import { ROLES } from '#domain/access/permissions.ts';
import { instant, operationsOf, versionParam } from '../operation.ts';
import { removalSchema, staysSchema } from '../retention/schemas.ts';
import { inOneLine } from '../shared/one-line.ts';
import { keepSchema } from '../shared/retention-months.ts';
import { auditHeads, mailSettings, timeStamps } from '../shared/settings.ts';

const name = z
  .string()
  .trim()
  .min(1, 'Enter a name for the workspace.')
  .max(200)
  .regex(...inOneLine);

const retention = {
  readings: keepSchema.describe('Months after a reading was replaced'),
  reports: keepSchema.describe('Months after a report was made'),
};

const workspace = z.object({
  name,
  version: z.number().int(),
  mail: mailSettings.extend({ hasPassword: z.boolean() }).nullable().describe('null: mail is not set up'),
  secondFactor: z.object({
    roles: z.array(z.enum(ROLES)).describe('Roles chosen here'),
    always: z
      .array(z.enum(ROLES))
      .describe(
        'Roles for which it is always required: Owners, if the server is reachable from other machines',
      ),
  }),
  retention: z.object(retention),
  auditHeads: z
    .object({
      mail: auditHeads.nullable().describe('Who receives the audit log heads by email; null: no one'),
      mailedAt: instant
        .nullable()
        .describe('Last such email that was handed over; null: none within the last 15 days'),
      failed: z.string().nullable().describe('Why the last one was not handed over; null: it was'),
      file: z
        .object({ path: z.string(), writtenAt: instant.nullable().describe('null: not written yet') })
        .nullable()
        .describe('File set by BYLAW_AUDIT_HEADS_FILE, and when it was last written; null: not set'),
      key: z.string().describe('Public key (Ed25519) that the heads are signed with'),
    })
    .describe('How the audit log heads leave the machine'),
  timeStamps: timeStamps
    .nullable()
    .describe('Time-stamp authority that proves the date of minutes and incident reports; null: none'),
  backup: z
    .object({ at: instant, by: z.string(), bytes: z.number().int() })
    .nullable()
    .describe('Most recent backup; null: none'),
  database: z.object({ engine: z.enum(['embedded', 'server']), place: z.string() }),
  server: z.object({
    origin: z.string(),
    version: z.string(),
    dataDir: z.string(),
    warnings: z
      .array(z.string())
      .describe('What is unsafe about how the server runs, as reported when it started'),
  }),
  outbound: z.array(
    z.object({
      host: z.string(),
      for: z.string().describe('What the server requests from there or sends there'),
    }),
  ),
});

const { del, get, post, put } = operationsOf({
  feature: 'Settings',
  scope: 'workspace',
  permission: 'workspace.settings',
});

export const settingsContract = {
  get: get('/settings', {
    title: 'Show the settings of the workspace',
    cli: 'settings show',
    backupToken: true,
    boundedBy: 'the hosts that settings name',
  })
    .input(z.object({}))
    .output(workspace),
  rename: put('/settings/name', {
    title: 'Name the workspace',
    description: 'The name is above the list of clients and “prepared by” in reports.',
    audit: 'settings.rename',
    cli: 'settings rename',
    proof: 'none',
  })
    .input(z.strictObject({ version: versionParam, name }))
    .output(workspace),
  setMail: put('/settings/mail', {
    title: 'Set up mail',
    description:
      'How invitations, reminders and reports are sent: SMTP with a password, SMTP with OAuth 2 (XOAUTH2) or Microsoft Graph. The password, client secret or certificate with its key (PEM) is sealed with a key outside the database and never shown again. If none is given, the stored one stays.',
    audit: 'settings.set_mail',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
  })
    .input(
      mailSettings.extend({
        version: versionParam,
        password: z
          .string()
          .max(20_000)
          .optional()
          .describe('Password, client secret, or certificate and private key as PEM'),
      }),
    )
    .output(workspace),
  removeMail: del('/settings/mail', {
    title: 'Stop sending mail',
    audit: 'settings.remove_mail',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
  })
    .input(z.object({ version: z.coerce.number().int().min(1) }))
    .output(workspace),
  testMail: post('/settings/mail/test', {
    title: 'Send a test message to yourself',
    audit: 'settings.test_mail',
    cli: 'settings test-mail',
    proof: 'none',
  })
    .input(z.object({}))
    .output(z.object({ sent: z.boolean(), says: z.string() })),
  setSecondFactor: put('/settings/second-factor', {
    title: 'Set which roles need a second factor',
    description:
      'People with one of these roles who sign in with only a password must set up a passkey or an authenticator app before anything else; their tokens do not work until then. A sign-in provider counts as a second factor. Owners always need one if the console can be reached from other machines.',
    audit: 'settings.set_second_factor',
    proof: 'in_person',
    cli: null,
    why: 'How people sign in is decided in the browser, with a fresh confirmation of identity.',
  })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(z.strictObject({ version: versionParam, roles: z.array(z.enum(ROLES)).max(ROLES.length) }))
    .output(workspace),
  setAuditHeads: put('/settings/audit-heads', {
    title: 'Set who is emailed the state of the audit logs',
    description:
      'Number and hash of the last record of every chain, signed, once a day or week, as a file that `bylaw audit verify --heads` compares with an export. Name addresses whose mailboxes no one who runs the server can change. People who are no longer named are notified.',
    audit: 'settings.set_audit_heads',
    proof: 'in_person',
    cli: null,
    why: 'What watches over the people who run the server is changed in the browser, with a fresh confirmation of identity.',
  })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(z.strictObject({ version: versionParam, mail: auditHeads.nullable() }))
    .output(workspace),
  setTimeStamps: put('/settings/time-stamps', {
    title: 'Set the time-stamping authority',
    description:
      'Minutes of reviews and reports of incidents are stamped by it (RFC 3161), which proves their day to others. It receives the SHA-256 of the PDF and nothing else. If it cannot be reached, they are signed without it and it is asked again.',
    audit: 'settings.set_time_stamps',
    proof: 'in_person',
    cli: null,
    why: 'Whose word proves a day is decided in the browser, with a fresh confirmation of identity.',
  })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(z.strictObject({ version: versionParam, authority: timeStamps.nullable() }))
    .output(workspace),
  setRetention: put('/settings/retention', {
    title: 'Set how long readings and reports are kept',
    description:
      'For every client without a setting of its own. What is current, the audit log, statements, exceptions and anything that is still referred to are never removed by age. What is removed can be brought back only from a backup.',
    audit: 'settings.set_retention',
    proof: 'fresh',
    cli: 'settings set-retention',
  })
    .input(z.strictObject({ version: versionParam, ...retention }))
    .output(workspace),
  previewRetention: get('/settings/retention/preview', {
    title: 'Show what a choice of retention would remove',
    description:
      'For every client, counted by the same query that removes. A client’s own setting takes precedence over the one given. Nothing is removed.',
    cli: 'settings preview-retention',
    boundedBy: 'one line for each kind of file and client',
  })
    .input(z.object(retention))
    .output(
      removalSchema.extend({
        clients: z
          .array(
            removalSchema.omit({ lines: true }).extend({
              client: z.string(),
              name: z.string(),
              held: z
                .boolean()
                .describe('Whether a legal hold is on, so nothing is removed and it is not in the totals'),
            }),
          )
          .describe('Clients with anything old enough to remove'),
        stays: staysSchema,
      }),
    ),
};
