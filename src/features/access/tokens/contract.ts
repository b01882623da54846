import { z } from 'zod';
import { instant, listOf, operationsOf } from '../../operation.ts';
import { pageParams } from '../../paging.ts';
import { idParam, nameField, person, place } from '../../shared/access-parts.ts';
import { tableFormat } from '../../shared/table-format.ts';

const feature = 'Access';
/** Purposes that may change things are in CHANGING_PURPOSES of the store: Claude (mcp) only reads. */
export const PURPOSES = ['cli', 'mcp', 'automation', 'backup'] as const;

export const token = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(PURPOSES),
  client: place.describe('The client it is limited to; null: every client that the person may see'),
  prefix: z.string().describe('First characters of the token'),
  createdAt: instant,
  expiresAt: instant.nullable().describe('null: it does not expire'),
  lastUsedAt: instant.nullable().describe('null: never'),
  state: z.enum(['active', 'expired', 'revoked']),
});
const own = operationsOf({ feature, scope: 'self', permission: 'signed_in' });

const operations = operationsOf({ feature, scope: 'workspace' });

export const tokensContract = {
  list: own
    .get('/me/tokens', {
      title: 'List my tokens',
      cli: 'tokens list',
      list: { key: 'id' },
    })
    .input(z.object({ ...pageParams() }))
    .output(listOf(token)),
  create: own
    .post('/me/tokens', {
      title: 'Create a token',
      description:
        'It can never do more than its person can at that time; one for Claude (mcp) only reads, and one for backups makes backups and does nothing else. It ends after 90 days if no last day is given, after 366 at the latest, and when a new password is set with a link.',
      audit: 'tokens.create',
      proof: 'in_person',
      cli: null,
      why: 'A token is made by a signed-in person in the browser; a token cannot make another.',
    })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(
      z.object({
        name: nameField,
        purpose: z.enum(PURPOSES),
        forClient: z.string().min(1).max(80).nullable().default(null),
        expiresOn: z.iso
          .date()
          .nullable()
          .default(null)
          .describe('Last day it is valid (UTC); null or left out: for 90 days'),
      }),
    )
    .output(z.object({ token, secret: z.string().describe('Shown only once') })),
  revoke: own
    .del('/me/tokens/{token}', {
      title: 'Revoke one of my tokens',
      audit: 'tokens.revoke',
      cli: 'tokens revoke',
      proof: 'none',
    })
    .input(z.object({ token: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
  all: operations
    .get('/tokens', {
      title: 'List the tokens of all people',
      permission: 'users.read',
      cli: 'tokens all',
      mcp: true,
      list: { key: 'id' },
    })
    .input(z.object({ ...pageParams() }))
    .output(listOf(token.extend({ person }))),
  export: operations
    .download('/tokens/export', {
      title: 'Export the tokens of all people',
      permission: 'users.read',
      cli: 'tokens export',
      why: 'A tool reads the list itself.',
    })
    .input(z.object({ format: tableFormat })),
  revokeAny: operations
    .del('/tokens/{token}', {
      title: 'Revoke a token of any person',
      permission: 'users.manage',
      audit: 'tokens.revoke',
      cli: 'tokens revoke-any',
      proof: 'none',
    })
    .input(z.object({ token: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
};
