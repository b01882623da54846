import { z } from 'zod';
import { clientParam, operationsOf } from '../operation.ts';
import { citedClause } from '../policy/schemas.ts';
import { ownPatterns, preparedFields } from './schemas.ts';

const { get, post } = operationsOf({
  feature: 'Data loss prevention',
  scope: 'client',
  permission: 'charter.read',
});

export const prepareContract = {
  show: get('/clients/{client}/dlp/prepare', {
    title: 'Show the rules for preparing an export',
    description:
      'The policy’s clause against member data, how long chats are kept according to the charter, and the client’s own patterns for passwords and keys.',
    permission: 'requests.ask',
    cli: 'dlp preparing',
    guide: ['G3.3-07'],
    boundedBy: 'the patterns of one client, 50 at most',
  })
    .input(z.object({ client: clientParam }))
    .output(
      z.object({
        clause: citedClause
          .nullable()
          .describe('null: no policy is in force, or it does not have this clause'),
        chatRetentionDays: z
          .number()
          .int()
          .nullable()
          .describe('Days that chats are kept, according to the charter; 0: no limit, null: not decided'),
        patterns: ownPatterns,
      }),
    ),
  log: post('/clients/{client}/dlp/prepare', {
    title: 'Record that an export was prepared for Claude',
    description:
      'Who prepared which file, what its columns contain and what was done with them. The file and its content stay in the browser. A password or key in it raises an alert that names its type and fingerprint.',
    permission: 'requests.ask',
    audit: 'dlp.prepare',
    cli: 'dlp prepared',
    guide: ['G3.3-07', 'G7.2-13'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, ...preparedFields }))
    .output(
      z.object({
        reference: z
          .string()
          .nullable()
          .describe('Reference of the decision on passwords and keys that were found; null: none were found'),
      }),
    ),
};
