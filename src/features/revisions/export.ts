import type { z } from 'zod';
import { ENTRY_CHANGE_WORDS, ENTRY_WORDS } from '#domain/labels.ts';
import type { HandlerContext } from '../context.ts';
import { type TableColumn, tableFile, workspaceHeading } from '../exports/index.ts';
import type { Download } from '../shared/download.ts';
import type { revisionsContract } from './contract.ts';
import { showRevision, type TouchedEntry } from './show.ts';

type Filter = z.infer<NonNullable<(typeof revisionsContract.table)['~orpc']['inputSchema']>>;
interface Row {
  readonly entry: TouchedEntry;
  readonly client: TouchedEntry['clients'][number] | null;
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { key: 'kind', title: 'Kind', width: 18, value: ({ entry }) => entry.kindName },
  { key: 'entry', title: 'Entry', width: 24, value: ({ entry }) => entry.short },
  { key: 'title', title: 'Title', width: 50, value: ({ entry }) => entry.title },
  { key: 'change', title: 'Change', width: 10, value: ({ entry }) => ENTRY_CHANGE_WORDS[entry.change] },
  { key: 'client', title: 'Client', width: 36, value: ({ client }) => client?.name ?? null },
  { key: 'reason', title: 'Why it is touched', width: 60, value: ({ client }) => client?.reason ?? null },
  {
    key: 'what',
    title: 'What reads otherwise',
    width: 80,
    value: ({ entry }) =>
      entry.fields.length === 0
        ? null
        : entry.fields
            .map(({ name, before, after }) => `${name}: ${before ?? 'nothing'} > ${after ?? 'nothing'}`)
            .join('\n'),
  },
];

/** One row per client that an entry affects; an entry that affects no client has one row without a client. */
export async function exportRevision(
  context: HandlerContext,
  { format, ...filter }: Filter,
): Promise<Download> {
  const { items, number, clients } = await showRevision(context, filter);
  const rows = items.flatMap((entry): Row[] =>
    entry.clients.length === 0
      ? [{ entry, client: null }]
      : entry.clients.map((client) => ({ entry, client })),
  );
  const words = [
    filter.kind === undefined ? null : `Kind: ${ENTRY_WORDS[filter.kind]}`,
    filter.touching === undefined ? null : 'Only what touches someone',
    filter.client === undefined
      ? null
      : `Client: ${clients.find(({ client }) => client === filter.client)?.name ?? filter.client}`,
  ].filter((one) => one !== null);
  return tableFile(
    {
      heading: {
        title: `Revision ${number} of the catalogue`,
        ...workspaceHeading(context),
        filter: words.length === 0 ? null : words.join('; '),
      },
      columns: COLUMNS,
      rows,
    },
    format,
  );
}
