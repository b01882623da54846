import { ACTIVITY_EFFECT_WORDS, SOURCE_WORDS, wordsIn } from '#domain/activity/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { DAY_LINE, type OnceCounted } from '#store/usage/once.ts';
import { charterOf } from '../../charter/index.ts';
import { csvTable, type Table, type TableHeading, xlsxTables } from '../../exports/index.ts';
import { connectorNames } from '../../shared/connector-names.ts';
import type { UsageContext } from '../asking.ts';
import { connectorLines } from '../connectors.ts';
import { onceReader } from '../once.ts';
import { firstWeekOf, personWeeks, quarterOf } from '../persons.ts';
import { addDays, spanOfRange } from '../range.ts';
import { REPORTED_BY, reportedWeeks } from '../reported.ts';
import { sheetOf, stated, text, whole } from '../sheets.ts';
import { modelLines, peopleHere } from '../show.ts';
import { callsOf, total } from '../sums.ts';
import { peerWords } from '../tables.ts';
import { vendorSheet } from '../vendor/sheets.ts';
import { vendorOf } from '../vendor/show.ts';
import { type FlatLine, flatColumns, NOT_COUNTED, vendorLines } from './flat.ts';

/** What a week comes to, in the order in which someone goes through it. null: no source reported it. */
export interface WeekSummary {
  readonly messages: number | null;
  readonly people: number | null;
  readonly unusual: number | null;
  readonly calls: number | null;
  readonly writes: number | null;
  readonly unclassified: number | null;
  readonly notInCharter: number | null;
  readonly costMicros: number | null;
}

export interface WeeklyFile {
  readonly summary: WeekSummary;
  readonly xlsx: Uint8Array;
  readonly csv: Uint8Array;
}

/** Sheets of what Anthropic counts itself. */
const WEEKLY_VENDOR_LISTS = ['vendor_weeks', 'vendor_people', 'vendor_connectors'] as const;

/** The usage of one week as a workbook for a person and as one flat list for anything else. */
export async function buildWeekly(context: UsageContext, week: string): Promise<WeeklyFile> {
  const { client, services, now } = context;
  const people = await peopleHere(context);
  // The week after it is the current one, so that this is the last whole one.
  const span = spanOfRange('4w', addDays(week, 7), null);
  const days = { from: week, to: addDays(week, 6) };
  const only = { from: week, to: week };
  const read = await context.read(async (tx) => {
    const past = { from: firstWeekOf(span), to: days.to };
    const once = await onceReader(tx, client.id, services.catalogue, past);
    return {
      all: await once.counts('day', days, DAY_LINE),
      weeks: await once.counts('person_week', { from: past.from, to: week }, ['start', 'person']),
      came: await once.counts('surface_day', past, REPORTED_BY),
      calls: await once.counts('connector_day', days, ['source', 'connector', 'effect', 'outcome']),
      byPerson: await once.counts('person_connector_week', only, ['person', 'connector', 'effect', 'source']),
      models: await once.counts('model_day', days, ['source', 'category', 'model']),
      charter: await newestCharter(tx, client.id),
      vendor: await vendorOf(context, tx, people, { ...span, from: week, to: days.to, weeks: [week] }),
    };
  });
  const reported = reportedWeeks(services.catalogue, read.came);
  const persons = personWeeks(read.weeks, people, span, reported)
    .filter(({ week: sent, unusual }) => (sent ?? 0) > 0 || unusual === true)
    .toSorted((a, b) => a.person.name.localeCompare(b.person.name, 'en'));
  const charter = read.charter === null ? null : charterOf(read.charter);
  const connectors = connectorLines(read.calls, services.catalogue, charter);
  const { calls, effects } = callsOf(read.calls);
  const messagesReported = reported.message.has(week);
  const callsReported = reported.tool_call.has(week);
  const cost = total(read.all, ({ amounts }) => amounts.costMicros.stated);
  const summary: WeekSummary = {
    messages: messagesReported ? total(read.all, ({ messages }) => messages) : null,
    people: messagesReported ? persons.filter(({ week: sent }) => (sent ?? 0) > 0).length : null,
    unusual: messagesReported ? persons.filter(({ unusual }) => unusual === true).length : null,
    calls: callsReported ? calls : null,
    writes: callsReported ? effects.write + effects.admin : null,
    unclassified: callsReported ? effects.unknown : null,
    notInCharter:
      charter === null || !callsReported
        ? null
        : connectors.filter(({ inCharter }) => inCharter === false).length,
    costMicros: cost === 0 ? null : total(read.all, ({ amounts }) => amounts.costMicros.sum),
  };
  const heading = (title: string): TableHeading => ({
    title,
    client: client.name,
    filter: `Week of ${week}, Monday to Sunday, according to the sources`,
    at: now,
    zone: client.timezone,
    person: 'Bylaw, every week',
  });
  const sent = persons.map(({ week: many }) => many);
  const nameOf = connectorNames(services.catalogue);
  const tables: Table<unknown>[] = [
    { heading: heading('Summary'), ...summarySheet(summary) },
    {
      heading: heading('People'),
      ...sheetOf<(typeof persons)[number]>({
        title: 'People',
        rows: persons,
        columns: [
          text('name', 'Name', ({ person }) => person.name),
          whole('messages', 'Messages', (row) => row.week),
          whole('usual', 'Usual for this person', (row) => row.usual),
          { key: 'unusual', title: 'Above usual', kind: 'yes_no', value: (row) => row.unusual },
          text('peers', 'Among peers', (row) => peerWords(quarterOf(row.week, sent))),
        ],
      }),
    },
    {
      heading: heading('Connectors'),
      ...sheetOf<(typeof connectors)[number]>({
        title: 'Connectors',
        rows: connectors,
        columns: [
          text('name', 'Connector', (row) => row.name),
          whole('read', 'Read', (row) => row.effects.read),
          whole('write', 'Write', (row) => row.effects.write),
          whole('admin', 'Administration', (row) => row.effects.admin),
          whole('unknown', 'Not classified', (row) => row.effects.unknown),
          whole('failed', 'Failed', (row) => row.failed),
          whole('refused', 'Refused', (row) => row.refused),
          whole('notCounted', NOT_COUNTED, (row) => row.notCounted),
          { key: 'inCharter', title: 'In the charter', kind: 'yes_no', value: (row) => row.inCharter },
        ],
      }),
    },
    {
      heading: heading('Connectors by person'),
      ...sheetOf<OnceCounted>({
        title: 'Connectors by person',
        rows: read.byPerson,
        columns: [
          text('person', 'Who', (row) => (row.person === null ? null : people.of(row.person).name)),
          text('connector', 'Connector', (row) =>
            row.connector === null ? 'Claude’s own tools' : nameOf(row.connector, null),
          ),
          text('effect', 'Effect', (row) => wordsIn(ACTIVITY_EFFECT_WORDS, row.effect ?? 'unknown')),
          whole('calls', 'Calls', (row) => row.events),
          whole('notCounted', NOT_COUNTED, (row) => row.repeated),
          text('source', 'Reported by', (row) => wordsIn(SOURCE_WORDS, row.source ?? '')),
          { key: 'last', title: 'Last', kind: 'instant', value: (row) => new Date(row.lastAt) },
        ],
      }),
    },
    { heading: heading('Models'), ...modelsSheet(modelLines(services.catalogue, read.models)) },
    // In sheets of their own, and only where there is something: nobody should add them to the others.
    ...(read.vendor.newest === null ? [] : WEEKLY_VENDOR_LISTS).map((list) => {
      const { title, ...sheet } = vendorSheet(read.vendor, list);
      return { heading: heading(title), ...sheet };
    }),
  ];
  const flat: Table<FlatLine> = {
    heading: heading('Usage of the week'),
    rows: [
      ...read.all.map((count) => ({ count })),
      ...vendorLines(read.vendor).map((vendor) => ({ vendor })),
    ],
    columns: flatColumns(people, nameOf),
  };
  return { summary, xlsx: await xlsxTables(tables), csv: new TextEncoder().encode(await csvTable(flat)) };
}

function summarySheet(summary: WeekSummary) {
  const rows: readonly (readonly [string, number | null])[] = [
    ['Messages', summary.messages],
    ['People who wrote', summary.people],
    ['People above their own usual', summary.unusual],
    ['Calls of connectors and tools', summary.calls],
    ['Calls that write', summary.writes],
    ['Calls that no one classified', summary.unclassified],
    ['Connectors in use that the charter does not name', summary.notInCharter],
    ['Cost in US dollars, as far as stated', summary.costMicros === null ? null : summary.costMicros / 1e6],
  ];
  return sheetOf<(typeof rows)[number]>({
    title: 'Summary',
    rows,
    columns: [
      { key: 'what', title: 'What', width: 48, value: ([what]) => what },
      whole('many', 'How many (empty: not known)', ([, many]) => many),
    ],
  });
}

function modelsSheet(rows: ReturnType<typeof modelLines>) {
  return sheetOf<(typeof rows)[number]>({
    title: 'Models',
    rows,
    columns: [
      text('model', 'Model', (row) => row.model),
      text('family', 'Family', (row) => row.family),
      whole('requests', 'Requests', (row) => row.requests),
      ...stated<(typeof rows)[number]>('inputTokens', 'Input tokens', (row) => row.inputTokens),
      ...stated<(typeof rows)[number]>('outputTokens', 'Output tokens', (row) => row.outputTokens),
      ...stated<(typeof rows)[number]>('cost', 'Cost in US dollars', (row) => row.costMicros, 1_000_000),
    ],
  });
}
