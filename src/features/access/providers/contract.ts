import { z } from 'zod';
import { instant, listOf, operationsOf, versionParam } from '../../operation.ts';
import { idParam, nameField } from '../../shared/access-parts.ts';

export const provider = z.object({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean().describe('Whether a secret is stored; the secret itself is never returned'),
  enabled: z.boolean(),
  people: z.number().int().describe('How many people sign in with it'),
  createdAt: instant,
  version: z.number().int(),
});
const { del, listed, post, put } = operationsOf({
  feature: 'Access',
  scope: 'workspace',
  permission: 'workspace.settings',
});
const name = nameField.describe('The text of the button on the sign-in page');
const clientId = z.string().trim().min(1).max(300).describe('Application (client) id at the provider');
const issuer = z
  .url({
    protocol: /^https?$/u,
    error: 'Write the address of the issuer, such as https://login.example.org.',
  })
  .max(500)
  .describe('Issuer URL; for Entra: https://login.microsoftonline.com/TENANT-ID/v2.0');

export const providersContract = {
  ...listed('/identity-providers', {
    title: 'List sign-in providers',
    exportTitle: 'Export the sign-in providers',
    cli: 'providers list',
    mcp: true,
    list: { key: 'id' },
    filters: {},
    output: listOf(provider).extend({
      redirectUri: z.string().describe('Redirect address to register with each provider'),
    }),
  }),
  add: post('/identity-providers', {
    title: 'Add a sign-in provider',
    description: 'The issuer is asked for its configuration before anything is stored.',
    audit: 'providers.add',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
  })
    .input(z.object({ name, issuer, clientId, secret: z.string().min(1).max(2000).nullable().default(null) }))
    .output(provider),
  edit: put('/identity-providers/{provider}', {
    title: 'Change a sign-in provider, switch it on or off',
    description: 'The issuer stays as it is, because people are linked to it.',
    audit: 'providers.edit',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
  })
    .input(
      z.object({
        provider: idParam,
        version: versionParam,
        name,
        clientId,
        enabled: z.boolean(),
        secret: z.string().min(1).max(2000).optional().describe('Left out: the stored secret is kept'),
      }),
    )
    .output(provider),
  remove: del('/identity-providers/{provider}', {
    title: 'Remove a sign-in provider',
    audit: 'providers.remove',
    proof: 'in_person',
    cli: null,
    why: 'Who gets in and where mail goes is decided in the browser, with a fresh confirmation of identity.',
  })
    .input(z.object({ provider: idParam, version: z.coerce.number().int().min(1) }))
    .output(z.object({ removed: z.literal(true) })),
};
