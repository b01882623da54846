import { SOURCE_WORDS, wordsIn } from '#domain/activity/words.ts';
import type { Counted } from '#store/usage/read.ts';
import type { TableColumn, Value } from '../exports/index.ts';
import type { showUsage } from './show.ts';

type Usage = Awaited<ReturnType<typeof showUsage>>;
export type Stated = { readonly sum: number; readonly stated: number; readonly of: number } | null;

export const text = <Row>(key: string, title: string, value: (row: Row) => Value): TableColumn<Row> => ({
  key,
  title,
  value,
});
export const whole = <Row>(
  key: string,
  title: string,
  value: (row: Row) => number | null,
): TableColumn<Row> => ({
  key,
  title,
  kind: 'number',
  value,
});
/** A sum with the number of events, or of other things, that it is the sum of, so that a part is never taken for all. */
export const stated = <Row>(
  key: string,
  title: string,
  value: (row: Row) => Stated,
  scale = 1,
  of = 'events',
): TableColumn<Row>[] => [
  whole(key, title, (row) => {
    const sum = value(row);
    return sum === null ? null : sum.sum / scale;
  }),
  whole(`${key}Stated`, `${title}: stated by ${of}`, (row) => value(row)?.stated ?? 0),
];
export const sumIn = (count: Counted, amount: keyof Counted['amounts']): Stated => {
  const { sum, stated: by } = count.amounts[amount];
  return by === 0 ? null : { sum, stated: by, of: count.events };
};

export interface Sheet<Row> {
  readonly title: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
}

export type AnySheet = Sheet<unknown>;

/** A sheet among others: only its own columns ever read its rows. */
export function sheetOf<Row>(sheet: Sheet<Row>): AnySheet {
  return sheet as unknown as AnySheet;
}

export function pageSheet(
  usage: Usage,
  list: 'days' | 'weeks' | 'months' | 'connectors' | 'models' | 'adoption',
): AnySheet {
  switch (list) {
    case 'days':
    case 'weeks':
    case 'months': {
      type Row = Usage['weeks'][number];
      const name = { days: 'Day', weeks: 'Week from', months: 'Month' }[list];
      return sheetOf<Row>({
        title: `Messages by ${list.slice(0, -1)}`,
        rows: usage[list],
        columns: [
          { key: 'start', title: name, kind: 'day', value: (row: Row) => row.start },
          whole('messages', 'Messages', (row: Row) => row.messages),
          whole('events', 'Events', (row: Row) => row.events),
          { key: 'whole', title: 'Whole', kind: 'yes_no', value: (row: Row) => row.whole },
        ],
      });
    }
    case 'connectors': {
      type Row = Usage['connectors'][number];
      return sheetOf<Row>({
        title: 'Connectors',
        rows: usage.connectors,
        columns: [
          text('name', 'Connector', (row: Row) => row.name),
          whole('calls', 'Calls', (row: Row) => row.calls),
          whole('read', 'Read', (row: Row) => row.effects.read),
          whole('write', 'Write', (row: Row) => row.effects.write),
          whole('admin', 'Administration', (row: Row) => row.effects.admin),
          whole('unknown', 'Not classified', (row: Row) => row.effects.unknown),
          whole('failed', 'Failed', (row: Row) => row.failed),
          whole('notCounted', 'Not counted: also reported by another source', (row: Row) => row.notCounted),
          { key: 'lastAt', title: 'Last', kind: 'instant', value: (row: Row) => new Date(row.lastAt) },
          { key: 'inCharter', title: 'In the charter', kind: 'yes_no', value: (row: Row) => row.inCharter },
          text('sources', 'Reported by', (row: Row) => said(SOURCE_WORDS, row.sources)),
        ],
      });
    }
    case 'models': {
      type Row = Usage['models'][number];
      return sheetOf<Row>({
        title: 'Models',
        rows: usage.models,
        columns: [
          text('model', 'Model', (row: Row) => row.model),
          text('family', 'Family', (row: Row) => row.family),
          whole('requests', 'Requests', (row: Row) => row.requests),
          whole('messages', 'Messages', (row: Row) => row.messages),
          ...stated('inputTokens', 'Input tokens', (row: Row) => row.inputTokens),
          ...stated('outputTokens', 'Output tokens', (row: Row) => row.outputTokens),
          ...stated('cost', 'Cost in US dollars', (row: Row) => row.costMicros, 1_000_000),
        ],
      });
    }
    case 'adoption': {
      type Row = Usage['adoption']['weeks'][number];
      return sheetOf<Row>({
        title: 'Adoption',
        rows: usage.adoption.weeks,
        columns: [
          { key: 'start', title: 'Week from', kind: 'day', value: (row: Row) => row.start },
          whole('people', 'People who used Claude', (row: Row) => row.people),
          whole('seats', 'Seats now', () => usage.adoption.seats),
          whole('staff', 'Staff now', () => usage.adoption.staff),
          { key: 'whole', title: 'Whole', kind: 'yes_no', value: (row: Row) => row.whole },
        ],
      });
    }
  }
}

function said(words: Readonly<Record<string, string>>, values: readonly string[]): string {
  return values.map((value) => wordsIn(words, value)).join(', ');
}
