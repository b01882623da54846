import { sql } from 'kysely';
import { AMOUNTS, type Dimension, type SliceName } from '#domain/usage/slices.ts';
import type { Tx } from '../open.ts';
import { AMOUNT_COLUMNS } from './roll-up.ts';

/** A sum and the number of events in it; with 0 events the amount is unknown. */
export interface Sum {
  readonly sum: number;
  readonly stated: number;
}

/** Counts for one combination of values. */
export interface Counted extends Record<Dimension | 'start', string | null> {
  readonly events: number;
  readonly messages: number;
  readonly toolCalls: number;
  readonly uses: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly amounts: Readonly<Record<(typeof AMOUNTS)[number], Sum>>;
}

/** First and last period, inclusive; omitted: no bound. */
export interface Periods {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Summable columns. */
export const SUMMED = ['events', 'messages', 'tool_calls', 'uses'].concat(
  AMOUNT_COLUMNS.flatMap((column) => [column, `${column}_stated`]),
);

/** Counts of a slice grouped by `by`; the other dimensions are null. */
export async function countsOf(
  tx: Tx,
  clientId: string,
  slice: SliceName,
  { from, to }: Periods,
  by: readonly (Dimension | 'start')[],
  only: Partial<Record<Dimension, string>> = {},
): Promise<Counted[]> {
  const columns = sql.join(by.map((name) => sql.ref(name)));
  const narrowed = Object.entries(only).map(([name, value]) => sql`and ${sql.ref(name)} = ${value}`);
  const { rows } = await sql<Record<string, string | number | Date | null>>`
    select ${columns}, min(first_at) as first_at, max(last_at) as last_at,
      ${sql.join(SUMMED.map((name) => sql`sum(${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
    from "activity_rollups" where client_id = ${clientId} and slice = ${slice}
      ${from === undefined ? sql`` : sql`and start >= ${from}`} ${to === undefined ? sql`` : sql`and start <= ${to}`}
      ${sql.join(narrowed, sql` `)}
    group by ${columns} order by ${columns}`.execute(tx);
  return rows.map(countedOf);
}

export function countedOf(row: Record<string, string | number | Date | null>): Counted {
  const text = (name: string) => (row[name] ?? null) as string | null;
  const whole = (name: string) => Number(row[name] ?? 0);
  const instant = (name: string) => (row[name] instanceof Date ? row[name].toISOString() : '');
  return {
    start: text('start'),
    source: text('source'),
    surface: text('surface'),
    category: text('category'),
    person: text('person'),
    connector: text('connector'),
    tool: text('tool'),
    effect: text('effect'),
    outcome: text('outcome'),
    model: text('model'),
    events: whole('events'),
    messages: whole('messages'),
    toolCalls: whole('tool_calls'),
    uses: whole('uses'),
    firstAt: instant('first_at'),
    lastAt: instant('last_at'),
    amounts: Object.fromEntries(
      AMOUNTS.map((name, at) => {
        const column = AMOUNT_COLUMNS[at] ?? 'size';
        return [name, { sum: whole(column), stated: whole(`${column}_stated`) }];
      }),
    ) as Counted['amounts'],
  };
}

/** First and last instant counted from the log; null: none. */
export async function logSpan(
  tx: Tx,
  clientId: string,
): Promise<{ first: string | null; last: string | null }> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(first_at) as first, max(last_at) as last from "activity_rollups"
    where client_id = ${clientId} and slice = 'person_month'`.execute(tx);
  return { first: rows[0]?.first?.toISOString() ?? null, last: rows[0]?.last?.toISOString() ?? null };
}

/** People and connectors in the log, for filters. */
export async function choicesIn(
  tx: Tx,
  clientId: string,
): Promise<{ people: string[]; connectors: string[] }> {
  const { rows: people } = await sql<{ person: string }>`
    select distinct person from "activity_rollups"
    where client_id = ${clientId} and slice = 'person_month' and person is not null`.execute(tx);
  const { rows: connectors } = await sql<{ connector: string }>`
    select distinct connector from "activity_rollups"
    where client_id = ${clientId} and slice = 'connector_day' and connector is not null`.execute(tx);
  return {
    people: people.map(({ person }) => person),
    connectors: connectors.map(({ connector }) => connector),
  };
}

/** Time of the newest event per source, among those counted on `since` or later. */
export async function lastBySource(
  tx: Tx,
  clientId: string,
  since: string,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .selectFrom('activity_rollups')
    .select((eb) => ['source', eb.fn.max<Date>('last_at').as('last')])
    .where('client_id', '=', clientId)
    .where('slice', '=', 'surface_day' satisfies SliceName)
    .where('start', '>=', since)
    .groupBy('source')
    .execute();
  return new Map(rows.flatMap(({ source, last }) => (source === null ? [] : [[source, last] as const])));
}
