import { z } from 'zod';
import { clientParam, operationsOf } from '../operation.ts';
import { completenessSchema, sourcesSchema } from './schemas.ts';

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
  .describe('It is sealed with a key outside the database and never shown again');

const operations = operationsOf({ feature, scope: 'client', permission: 'connections.read', guide });

export const sourcesContract = {
  show: operations
    .get('/clients/{client}/sources', {
      mcp: true,
      title: 'Show what is read by program, and what it cannot see',
      cli: 'sources show',
    })
    .input(z.object({ client: clientParam }))
    .output(sourcesSchema),
  connect: edit
    .post('/clients/{client}/sources', {
      title: 'Connect a source with a key',
      description:
        'The kind of key is told by its form. Its scopes are found out by reading, and what is missing is said. Nothing is stored where the vendor refuses the key.',
      audit: 'sources.connect',
      proof: 'fresh',
      cli: 'sources connect',
    })
    .input(z.strictObject({ client: clientParam, key }))
    .output(sourcesSchema),
  replaceKey: edit
    .put('/clients/{client}/sources/{connection}/key', {
      title: 'Put another key in place of a source’s',
      description: 'What was read stays, and reading goes on where it stands.',
      audit: 'sources.replace_key',
      proof: 'fresh',
      cli: 'sources replace-key',
    })
    .input(z.strictObject({ client: clientParam, connection, version, key }))
    .output(sourcesSchema),
  test: edit
    .post('/clients/{client}/sources/{connection}/test', {
      title: 'Find out again what a key may read',
      audit: 'sources.test',
      cli: 'sources test',
    })
    .input(z.strictObject({ client: clientParam, connection }))
    .output(sourcesSchema),
  read: edit
    .post('/clients/{client}/sources/{connection}/read', {
      title: 'Read a source now',
      description: 'Reads what is there, for half a minute at most; the rest follows by itself.',
      audit: 'sources.read',
      cli: 'sources read',
    })
    .input(z.strictObject({ client: clientParam, connection }))
    .output(sourcesSchema),
  disconnect: edit
    .del('/clients/{client}/sources/{connection}', {
      title: 'Disconnect a source',
      description: 'The key is forgotten. What was read stays. The key itself is deleted at the vendor.',
      audit: 'sources.disconnect',
      cli: 'sources disconnect',
    })
    .input(z.object({ client: clientParam, connection, version }))
    .output(sourcesSchema),
  completeness: operations
    .get('/clients/{client}/completeness', {
      mcp: true,
      title: 'Say which time is complete, source by source, and why the rest is not',
      cli: 'sources completeness',
    })
    .input(
      z.object({
        client: clientParam,
        days: z.coerce.number().int().min(1).max(2200).default(30).describe('Days back from now'),
        source: z.string().max(40).optional().describe('One source alone, as `compliance_feed`'),
      }),
    )
    .output(completenessSchema),
};
