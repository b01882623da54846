import {
  ACTIVITY_EFFECT_WORDS,
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '#domain/activity/words.ts';
import { PEER_WORDS } from '#domain/labels.ts';
import { dayWords } from '#domain/text/words.ts';
import { modelFamily } from '#domain/usage/own-past.ts';
import { DAY_LINE, type OnceCounted } from '#store/usage/once.ts';
import type { HandlerContext } from '../context.ts';
import { type TableColumn, tableFile } from '../exports/index.ts';
import { connectorNames } from '../shared/connector-names.ts';
import type { Download } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { importedSheet } from './imported/sheet.ts';
import { listImported } from './imported/show.ts';
import { onceReader } from './once.ts';
import { listPersons } from './person.ts';
import type { Range } from './range.ts';
import type { UsageList } from './schemas.ts';
import { type AnySheet, pageSheet, sheetOf, stated, sumIn, text, whole } from './sheets.ts';
import { askedOf, peopleHere, showUsage } from './show.ts';
import { vendorSheet } from './vendor/sheets.ts';
import { showVendor } from './vendor/show.ts';

export async function usageTable(
  context: HandlerContext,
  list: UsageList,
  range: Range,
  format: TableFormat,
): Promise<Download> {
  const { client, actor, now } = context;
  const { filter, ...sheet } = await filtered(context, list, range);
  return tableFile(
    {
      heading: {
        title: sheet.title,
        client: client.name,
        filter,
        at: now,
        zone: client.timezone,
        person: actor.name,
      },
      columns: sheet.columns,
      rows: sheet.rows,
    },
    format,
  );
}

/** A list with what it is limited to: the range, or for imported files nothing, since each states its own period. */
async function filtered(
  context: HandlerContext,
  list: UsageList,
  range: Range,
): Promise<AnySheet & { readonly filter: string }> {
  if (list === 'imported') {
    const { items } = await listImported(context, await peopleHere(context), undefined);
    return { ...importedSheet(items), filter: 'All current usage files, each with its own period' };
  }
  const { from, to, ...sheet } = await wanted(context, list, range);
  return { ...sheet, filter: `From ${dayWords(from)} to ${dayWords(to)}, according to the sources` };
}

type Spanned = AnySheet & { readonly from: string; readonly to: string };

async function wanted(
  context: HandlerContext,
  list: Exclude<UsageList, 'imported'>,
  range: Range,
): Promise<Spanned> {
  switch (list) {
    case 'people':
      return peopleSheet(context, range);
    case 'connectors_by_person':
    case 'models_by_person':
    case 'everything':
      return countedSheet(context, list, range);
    case 'vendor_days':
    case 'vendor_weeks':
    case 'vendor_people':
    case 'vendor_connectors':
    case 'vendor_models': {
      const vendor = await showVendor(context, range);
      return { ...vendorSheet(vendor, list), from: vendor.from, to: vendor.to };
    }
    default: {
      const usage = await showUsage(context, range);
      return { ...pageSheet(usage, list), from: usage.from, to: usage.to };
    }
  }
}

async function peopleSheet(context: HandlerContext, range: Range): Promise<Spanned> {
  const { items, week } = await listPersons(context, range);
  type Row = (typeof items)[number];
  const weeks = items[0]?.weeks.map(({ start }) => start) ?? [];
  const from = weeks[0] ?? week;
  const to = weeks.at(-1) ?? week;
  const sheet = sheetOf<Row>({
    title: 'People',
    rows: items,
    columns: [
      text('name', 'Name', (row: Row) => row.name),
      whole('week', `Messages in the week of ${week}`, (row: Row) => row.week),
      whole('usual', 'Usual for this person', (row: Row) => row.usual),
      { key: 'unusual', title: 'Unusual for this person', kind: 'yes_no', value: (row: Row) => row.unusual },
      text('peers', 'Among peers', (row: Row) => peerWords(row.peers)),
      whole('calls', 'Calls', (row: Row) => row.calls),
      { key: 'lastAt', title: 'Last', kind: 'instant', value: (row: Row) => new Date(row.lastAt) },
      ...weeks.map((start, at) =>
        whole(`week ${start}`, start, (row: Row) => row.weeks[at]?.messages ?? null),
      ),
    ],
  });
  return { ...sheet, from, to };
}

/** Empty where the week is not known. */
export function peerWords(peers: keyof typeof PEER_WORDS | null): string | null {
  return peers === null ? null : PEER_WORDS[peers];
}

/** Lists straight from what is counted. */
async function countedSheet(
  context: HandlerContext,
  list: 'connectors_by_person' | 'models_by_person' | 'everything',
  range: Range,
): Promise<Spanned> {
  const { client, services } = context;
  const people = await peopleHere(context);
  const nameOf = connectorNames(services.catalogue);
  const { span, rows } = await context.read(async (tx) => {
    const { span } = await askedOf(context, tx, range, people);
    const since = { from: span.from, to: span.to };
    const once = await onceReader(tx, client.id, services.catalogue, since);
    const rows =
      list === 'connectors_by_person'
        ? await once.counts('person_connector_week', since, [
            'start',
            'person',
            'connector',
            'effect',
            'source',
          ])
        : list === 'models_by_person'
          ? await once.counts('person_model_week', since, ['start', 'person', 'model'])
          : await once.counts('day', since, DAY_LINE);
    return { span, rows };
  });
  const start = (title: string): TableColumn<OnceCounted> => ({
    key: 'start',
    title,
    kind: 'day',
    value: (row) => row.start,
  });
  const person = text('person', 'Who', (row: OnceCounted) =>
    row.person === null ? null : people.of(row.person).name,
  );
  const connector = text('connector', 'Connector', (row: OnceCounted) =>
    row.connector === null ? null : nameOf(row.connector, null),
  );
  const effect = text('effect', 'Effect', (row: OnceCounted) =>
    row.effect === null ? null : wordsIn(ACTIVITY_EFFECT_WORDS, row.effect),
  );
  const source = text('source', 'Reported by', (row: OnceCounted) =>
    row.source === null ? null : wordsIn(SOURCE_WORDS, row.source),
  );
  const model = text('model', 'Model', (row: OnceCounted) => row.model);
  const amounts = [
    ...stated('inputTokens', 'Input tokens', (row: OnceCounted) => sumIn(row, 'inputTokens')),
    ...stated('outputTokens', 'Output tokens', (row: OnceCounted) => sumIn(row, 'outputTokens')),
    ...stated('cost', 'Cost in US dollars', (row: OnceCounted) => sumIn(row, 'costMicros'), 1_000_000),
  ];
  const notCounted = whole<OnceCounted>(
    'notCounted',
    'Not counted: also reported by another source',
    (row) => row.repeated,
  );
  const last: TableColumn<OnceCounted> = {
    key: 'lastAt',
    title: 'Last',
    kind: 'instant',
    value: (row) => new Date(row.lastAt),
  };
  const sheet = (title: string, columns: readonly TableColumn<OnceCounted>[]) => ({
    ...sheetOf<OnceCounted>({ title, columns, rows }),
    from: span.from,
    to: span.to,
  });
  if (list === 'connectors_by_person')
    return sheet('Connectors by person', [
      start('Week from'),
      person,
      connector,
      effect,
      whole('calls', 'Calls', (row: OnceCounted) => row.events),
      notCounted,
      last,
      source,
    ]);
  if (list === 'models_by_person')
    return sheet('Models by person', [
      start('Week from'),
      person,
      text('family', 'Family', (row: OnceCounted) => modelFamily(row.model ?? '')),
      model,
      whole('events', 'Events', (row: OnceCounted) => row.uses),
      ...amounts,
    ]);
  return sheet('All counts by day', [
    start('Day'),
    person,
    text('surface', 'Where', (row: OnceCounted) =>
      row.surface === null ? null : wordsIn(SURFACE_WORDS, row.surface),
    ),
    {
      ...text('category', 'Kind', (row: OnceCounted) => row.category),
      words: (row: OnceCounted) => (row.category === null ? null : wordsIn(CATEGORY_WORDS, row.category)),
    },
    connector,
    text('tool', 'Tool', (row: OnceCounted) => row.tool),
    effect,
    {
      ...text('outcome', 'Outcome', (row: OnceCounted) => row.outcome),
      words: (row: OnceCounted) => (row.outcome === null ? null : wordsIn(OUTCOME_WORDS, row.outcome)),
    },
    model,
    whole('events', 'Events', (row: OnceCounted) => row.events),
    ...amounts,
    ...stated('duration', 'Duration in ms', (row: OnceCounted) => sumIn(row, 'durationMs')),
    ...stated('size', 'Size', (row: OnceCounted) => sumIn(row, 'size')),
    last,
    source,
    notCounted,
  ]);
}
