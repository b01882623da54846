import { z } from 'zod';
import { ENTRY_KINDS } from '#domain/catalogue-changes/entries.ts';
import { CATALOGUE_KINDS } from '../catalogue/schemas.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';

const head = {
  number: z.number().int(),
  storedAt: instant.describe('When this server first ran with it'),
  bylaw: z.string().describe('Version of Bylaw that it came with'),
  guide: z.string().nullable().describe('Revision of the guide that it follows: May 2026'),
  first: z.boolean().describe('The first one kept: there is nothing before it to compare with'),
  counts: z.object({
    added: z.number().int(),
    changed: z.number().int(),
    removed: z.number().int(),
  }),
};

export const touchedEntrySchema = z.object({
  kind: z.enum(ENTRY_KINDS),
  kindName: z.string(),
  id: z.string(),
  short: z.string(),
  title: z.string(),
  date: z.string().nullable().describe('Day or month that the entry carries'),
  change: z.enum(['added', 'changed', 'removed']),
  fields: z
    .array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
    .describe('What reads otherwise; empty where the entry is new or gone'),
  page: z
    .object({ kind: z.enum(CATALOGUE_KINDS), id: z.string() })
    .nullable()
    .describe('Where the catalogue shows it; null: it has no page, or is gone'),
  clients: z
    .array(z.object({ client: clientParam, name: z.string(), reason: z.string() }))
    .describe('Exactly the clients that it affects, of those that you may see'),
});

const revisionParam = z.coerce.number().int().min(1).describe('Number of the revision, from revisions list');

const filters = {
  client: clientParam.optional().describe('Only what affects this client'),
  kind: z.enum(ENTRY_KINDS).optional(),
  touching: z.enum(['yes']).optional().describe('Only what affects someone'),
};

const { download, get } = operationsOf({ feature: 'Catalogue', scope: 'workspace', permission: 'signed_in' });

export const revisionsContract = {
  list: get('/revisions', {
    title: 'List the revisions of the catalogue',
    description:
      'A revision is kept when the server starts with a catalogue that says something different from the last one. The order and spelling in its files do not count as a change.',
    cli: 'revisions list',
    mcp: true,
    list: { key: 'number' },
  })
    .input(z.object({ ...pageParams() }))
    .output(
      listOf(z.object(head)).extend({
        guide: z
          .object({ title: z.string(), publisher: z.string(), asOf: z.string(), says: z.string() })
          .nullable()
          .describe('The guide that the catalogue follows now'),
      }),
    ),
  show: get('/revisions/{revision}', {
    title: 'Show what a revision of the catalogue changed, and which clients it affects',
    cli: 'revisions show',
    mcp: true,
    guide: ['G0-10'],
    list: { key: ['kind', 'id'] },
  })
    .input(z.object({ revision: revisionParam, ...filters, ...pageParams() }))
    .output(
      z.object({
        ...head,
        guideBefore: z.string().nullable(),
        items: z.array(touchedEntrySchema),
        nextCursor,
        total: z.number().int(),
        all: z.number().int().describe('Entries that changed, whatever the filter'),
        clients: z
          .array(z.object({ client: clientParam, name: z.string(), entries: z.number().int() }))
          .describe('Clients that it affects, the most affected first'),
        seen: z.number().int().describe('Clients whose controls you may see'),
      }),
    ),
  table: download('/revisions/{revision}/export', {
    title: 'Export what a revision of the catalogue affects',
    cli: 'revisions export',
    why: 'A tool reads the revision itself.',
  }).input(z.object({ revision: revisionParam, format: tableFormat, ...filters })),
};
