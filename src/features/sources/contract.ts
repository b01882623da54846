import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { clientParam, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { proposedParam } from '../shared/watch-proposals.ts';
import { acrossLine, completenessSchema, STATUSES, sourcesSchema } from './schemas.ts';

const feature = 'Sources';
const guide = ['G5.2-00'] as const;
const edit = operationsOf({ feature, scope: 'client', permission: 'connections.edit', guide });
const connection = z.string().min(1).max(80).describe('Id of the connection');
const version = z.coerce.number().int().min(1).describe('Version of the connection that was shown');
const key = z
  .string()
  .trim()
  .min(1, 'Paste a key.')
  .max(500)
  .optional()
  .describe(
    'For a vendor that needs only a key. It is sealed with a key kept outside the database and never shown again',
  );
const credential = groupOf(z.string().max(60), z.string().max(30_000), 20)
  .optional()
  .describe('Instead of a key: values by field name of the vendor. Secret values are sealed in the same way');

const operations = operationsOf({ feature, scope: 'client', permission: 'connections.read', guide });

const { get } = operationsOf({ feature, scope: 'workspace', permission: 'signed_in', guide });

export const sourcesContract = {
  show: operations
    .get('/clients/{client}/sources', {
      mcp: true,
      title: 'Show what is read automatically, and what that cannot show',
      cli: 'sources show',
      boundedBy: 'the keys that the vendor has',
    })
    .output(sourcesSchema),
  across: get('/sources', {
    title: 'Show the connections to a vendor at all clients, the worst first',
    description:
      'Each client whose connections you may see, with what is not read, which permission lacks consent, and whether the credential expires within a month.',
    cli: 'sources across',
    mcp: true,
    list: { key: 'client' },
  })
    .input(
      z.object({
        vendor: z.string().max(40).default('microsoft').describe('Id from sources show'),
        status: z.enum(STATUSES).optional(),
        ...pageParams(),
      }),
    )
    .output(listOf(acrossLine).extend({ vendor: z.string(), all: z.number().int() })),
  connect: edit
    .post('/clients/{client}/sources', {
      title: 'Connect a source',
      description:
        'A key alone is recognized by its format. Bylaw finds out by reading what the key may read, and says what is missing. Nothing is stored if the vendor refuses the key.',
      audit: 'sources.connect',
      proof: 'fresh',
      cli: 'sources connect',
    })
    .input(
      z.strictObject({
        client: clientParam,
        key,
        vendor: z
          .string()
          .max(40)
          .optional()
          .describe('Id from sources show; left out: recognized by the key'),
        credential,
      }),
    )
    .output(sourcesSchema),
  replaceKey: edit
    .put('/clients/{client}/sources/{connection}/key', {
      title: 'Replace a source’s key or other credential',
      description: 'What was read stays, and reading continues from there.',
      audit: 'sources.replace_key',
      proof: 'fresh',
      cli: 'sources replace-key',
    })
    .input(z.strictObject({ client: clientParam, connection, version, key, credential }))
    .output(sourcesSchema),
  test: edit
    .post('/clients/{client}/sources/{connection}/test', {
      title: 'Check again what a source may read',
      audit: 'sources.test',
      cli: 'sources test',
      proof: 'none',
    })
    .input(z.strictObject({ client: clientParam, connection }))
    .output(sourcesSchema),
  read: edit
    .post('/clients/{client}/sources/{connection}/read', {
      title: 'Read a source now',
      description: 'Reads for at most half a minute; the rest follows automatically.',
      audit: 'sources.read',
      cli: 'sources read',
      proof: 'none',
    })
    .input(z.strictObject({ client: clientParam, connection }))
    .output(sourcesSchema),
  disconnect: edit
    .del('/clients/{client}/sources/{connection}', {
      title: 'Disconnect a source',
      description:
        'Bylaw forgets the credential. What was read stays. Delete the credential itself at the vendor. A source that is read waits for a second person, if there is one.',
      audit: 'sources.disconnect',
      proof: 'fresh',
      cli: 'sources disconnect',
    })
    .input(z.object({ client: clientParam, connection, version }))
    .output(sourcesSchema),
  approveDisconnect: edit
    .post('/clients/{client}/sources/{connection}/disconnect/approve', {
      title: 'Approve disconnecting a source',
      description: 'By someone other than who proposed it.',
      audit: 'sources.approve_disconnect',
      proof: 'fresh',
      verifiedAccount: true,
      cli: 'sources approve-disconnect',
    })
    .input(z.strictObject({ client: clientParam, connection, proposed: proposedParam }))
    .output(sourcesSchema),
  withdrawDisconnect: edit
    .post('/clients/{client}/sources/{connection}/disconnect/withdraw', {
      title: 'Withdraw or refuse a proposal to disconnect a source',
      description: 'It is still read.',
      audit: 'sources.withdraw_disconnect',
      proof: 'none',
      cli: 'sources withdraw-disconnect',
    })
    .input(z.strictObject({ client: clientParam, connection, proposed: proposedParam, reason: reasonParam }))
    .output(sourcesSchema),
  completeness: operations
    .get('/clients/{client}/completeness', {
      mcp: true,
      title: 'Show which periods are complete, source by source, and why the rest are not',
      cli: 'sources completeness',
      boundedBy: 'the sources that there are',
    })
    .input(
      z.object({
        client: clientParam,
        days: z.coerce.number().int().min(1).max(2200).default(30).describe('Days back from now'),
        source: z.string().max(40).optional().describe('A single source, such as `compliance_feed`'),
      }),
    )
    .output(completenessSchema),
};
// Guide: G0-06 G1.1-10 G2.2-32 G5.2-05
