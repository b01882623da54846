import {
  ACTIVITY_EFFECT_WORDS,
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '#domain/activity/words.ts';
import { type Found, type Place, searchActivities } from '#store/activity/search.ts';
import { spanOf } from '../audit/index.ts';
import type { HandlerContext } from '../context.ts';
import { type TableColumn, tableFile, type Value } from '../exports/index.ts';
import { unprocessable } from '../problems.ts';
import type { Download } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type FilterInput, filterOf, filterWords } from './filter.ts';
import { detailOf, type View } from './view.ts';

type Row = ReturnType<typeof detailOf>;

const wordOf = (words: Readonly<Record<string, string>>, value: string | null): Value =>
  value === null ? null : wordsIn(words, value);
const amount = (key: string, title: string): TableColumn<Row> => ({
  key,
  title,
  kind: 'number',
  value: (row) => row.amounts[key] ?? null,
});

const COLUMNS: readonly TableColumn<Row>[] = [
  { key: 'seq', title: 'Number', kind: 'number', value: (row) => row.seq },
  { key: 'at', title: 'Happened', kind: 'instant', value: (row) => new Date(row.at) },
  { key: 'receivedAt', title: 'Observed', kind: 'instant', value: (row) => new Date(row.receivedAt) },
  { key: 'claimedAt', title: 'Time that the sender gave', value: (row) => row.claimedAt },
  { key: 'person', title: 'Who', value: (row) => row.person?.name ?? null },
  { key: 'title', title: 'What', width: 36, value: (row) => row.title },
  { key: 'type', title: 'Type', value: (row) => row.type },
  { key: 'category', title: 'Kind', width: 16, value: (row) => wordOf(CATEGORY_WORDS, row.category) },
  { key: 'surface', title: 'Where', width: 16, value: (row) => wordOf(SURFACE_WORDS, row.surface) },
  { key: 'connector', title: 'Connector', value: (row) => row.connector?.name ?? null },
  { key: 'tool', title: 'Tool', value: (row) => row.tool },
  { key: 'effect', title: 'Effect', width: 16, value: (row) => wordOf(ACTIVITY_EFFECT_WORDS, row.effect) },
  { key: 'outcome', title: 'Outcome', width: 14, value: (row) => wordOf(OUTCOME_WORDS, row.outcome) },
  { key: 'model', title: 'Model', value: (row) => row.model },
  amount('inputTokens', 'Input tokens'),
  amount('outputTokens', 'Output tokens'),
  amount('cacheReadTokens', 'Tokens read from cache'),
  amount('cacheCreationTokens', 'Tokens written to cache'),
  {
    key: 'costMicros',
    title: 'Cost in US dollars',
    kind: 'number',
    value: ({ amounts: { costMicros } }) => (typeof costMicros === 'number' ? costMicros / 1_000_000 : null),
  },
  amount('durationMs', 'Duration in ms'),
  amount('size', 'Size'),
  { key: 'source', title: 'Reported by', width: 18, value: (row) => wordOf(SOURCE_WORDS, row.source) },
  { key: 'session', title: 'Session', value: (row) => row.session },
  { key: 'organization', title: 'Claude organization', value: (row) => row.organization },
  { key: 'call', title: 'Id of the call', value: (row) => row.call },
  { key: 'id', title: 'Event ID', value: (row) => row.id },
];

const PAGE = 1_000;
/** Maximum rows per file. Larger exports are split by days. */
const MAX_ROWS = 50_000;

/** Exports everything that the page shows with this filter, from all of its pages. */
export async function activityTable(
  { client, actor, now, read }: HandlerContext,
  view: View,
  input: FilterInput,
  format: TableFormat,
): Promise<Download> {
  const filter = filterOf(input, spanOf(input, client.timezone), view);
  const rows: Row[] = [];
  let before: Place | null = null;
  do {
    const from: Place | null = before;
    const found: Found = await read((tx) =>
      searchActivities(tx, client.id, filter, { before: from, limit: PAGE }),
    );
    rows.push(...found.activities.map((activity) => detailOf(activity, view)));
    if (rows.length > MAX_ROWS)
      throw unprocessable(
        `More than ${MAX_ROWS.toLocaleString('en')} events match, the most a file can hold. Choose fewer days.`,
      );
    before = found.next;
  } while (before !== null);
  const { person, connector } = input;
  return tableFile(
    {
      heading: {
        title: 'Activity',
        client: client.name,
        filter: filterWords(input, {
          person: person === undefined ? null : view.people.of(person).name,
          connector: connector === undefined ? null : view.connectorName(connector, null),
        }),
        at: now,
        zone: client.timezone,
        person: actor.name,
      },
      columns: COLUMNS,
      rows,
    },
    format,
  );
}
// Guide: G5.2-00
