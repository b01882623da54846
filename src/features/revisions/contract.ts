import { z } from 'zod';
import { ENTRY_KINDS } from '#domain/catalogue-changes/entries.ts';
import { CATALOGUE_KINDS } from '../catalogue/schemas.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';

const head = {
  number: z.number().int(),
  storedAt: instant.describe('When this server first ran with it'),
  bylaw: z.string().describe('Version of Bylaw it came with'),
  guide: z
    .string()
    .nullable()
    .describe('Revision of the guide that it follows, for example May 2026; null: not stated'),
  first: z.boolean().describe('Whether it is the first one kept, with nothing earlier to compare with'),
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
  date: z.string().nullable().describe('Day or month stated in the entry; null: none'),
  change: z.enum(['added', 'changed', 'removed']),
  fields: z
    .array(
      z.object({
        name: z.string(),
        before: z.string().nullable().describe('In words; null: not stated before'),
        after: z.string().nullable().describe('In words; null: no longer stated'),
      }),
    )
    .describe('Parts that changed; empty if the entry is new or was removed'),
  page: z
    .object({ kind: z.enum(CATALOGUE_KINDS), id: z.string() })
    .nullable()
    .describe('Its page in the catalogue; null: no page, or removed'),
  clients: z
    .array(z.object({ client: clientParam, name: z.string(), reason: z.string() }))
    .describe('Clients it affects, among those you may see'),
});

const revisionParam = z.coerce.number().int().min(1).describe('Number of the revision, from revisions list');

const filters = {
  client: clientParam.optional().describe('Only changes that affect this client'),
  kind: z.enum(ENTRY_KINDS).optional(),
  touching: z.enum(['yes']).optional().describe('Only changes that affect at least one client'),
};

const { download, get } = operationsOf({ feature: 'Catalogue', scope: 'workspace', permission: 'signed_in' });

export const revisionsContract = {
  list: get('/revisions', {
    title: 'List the revisions of the catalogue',
    description:
      'A revision is kept when the server starts with a catalogue whose content differs from the last one. Order and formatting of its files do not count as a change.',
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
          .describe('The guide that the catalogue follows now; null: not stated'),
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
        guideBefore: z.string().nullable().describe('Earlier revision of the guide; null: there is none'),
        items: z.array(touchedEntrySchema),
        nextCursor,
        total: z.number().int(),
        all: z.number().int().describe('Number of entries that changed, regardless of the filter'),
        clients: z
          .array(z.object({ client: clientParam, name: z.string(), entries: z.number().int() }))
          .describe('Clients it affects, most affected first'),
        seen: z.number().int().describe('Number of clients whose controls you may see'),
      }),
    ),
  table: download('/revisions/{revision}/export', {
    title: 'Export what a revision of the catalogue affects',
    cli: 'revisions export',
    why: 'A tool reads the revision itself.',
  }).input(z.object({ revision: revisionParam, format: tableFormat, ...filters })),
};
