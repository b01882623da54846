import { type RawBuilder, sql } from 'kysely';
import { AMOUNTS, DIMENSIONS, type Dimension } from '#domain/usage/slices.ts';
import type { Tx } from '../open.ts';
import { type Counted, countedOf, type Periods, SUMMED } from './read.ts';

/** A day, kind and surface that two sources report. `loose`: one of them does not report the surface. */
export interface SharedDay {
  readonly start: string;
  readonly category: string;
  readonly surface: string;
  readonly loose: boolean;
}

/** Input for choosing the source that counts. */
export interface Choice {
  readonly shared: readonly SharedDay[];
  /** Rank of each source for a kind and surface, 0 first. */
  readonly order: readonly {
    readonly category: string;
    readonly surface: string;
    readonly source: string;
    readonly place: number;
  }[];
  /** Days for which a source is known to be complete. */
  readonly whole: readonly { readonly day: string; readonly source: string }[];
}

/** Days on which two sources report the same kind of use in possibly the same surface. Usually there are none. */
export async function sharedDays(
  tx: Tx,
  clientId: string,
  { from, to }: Periods,
  categories: readonly string[],
): Promise<SharedDay[]> {
  const { rows } = await sql<{ start: string; category: string; surface: string; source: string }>`
    select distinct start, category, coalesce(surface, 'unknown') as surface, source from "activity_rollups"
    where client_id = ${clientId} and slice = 'surface_day' and category = any(${[...categories]}::text[])
      ${from === undefined ? sql`` : sql`and start >= ${from}`} ${to === undefined ? sql`` : sql`and start <= ${to}`}
    order by 1, 2, 3, 4`.execute(tx);
  const sources = (reported: typeof rows) => new Set(reported.map(({ source }) => source)).size;
  const shared: SharedDay[] = [];
  for (const day of Map.groupBy(rows, ({ start, category }) => `${start} ${category}`).values()) {
    if (sources(day) < 2) continue;
    const loose = day.some(({ surface }) => surface === 'unknown');
    for (const reported of Map.groupBy(day, ({ surface }) => surface).values()) {
      const [one] = reported;
      if (one === undefined || !(loose || sources(reported) > 1)) continue;
      shared.push({ start: one.start, category: one.category, surface: one.surface, loose });
    }
  }
  return shared;
}

/**
 * Lines of the shared days, and the source that counts for each unit. A unit is a person's day in a surface, which two
 * sources may both report. If a source reports no addresses or no surface, uses cannot be matched by person or surface,
 * so they all form one unit.
 */
function units(
  clientId: string,
  { shared, order, whole }: Choice,
  categories: readonly string[] | undefined,
): RawBuilder<unknown> {
  const days = categories === undefined ? shared : shared.filter((one) => categories.includes(one.category));
  const first = days.reduce((least, { start }) => (start < least ? start : least), days[0]?.start ?? '');
  const last = days.reduce((max, { start }) => (start > max ? start : max), first);
  const texts = (values: readonly string[]) => sql`${values}::text[]`;
  return sql`
    placed as (
      select r.*, s.place, bool_and(coalesce(r.person like '%@%', false))
          over (partition by r.start, r.category, s.place) as named
      from "activity_rollups" r join (
        select start, category, surface, case when loose then 'unknown' else surface end as place
        from unnest(${texts(days.map(({ start }) => start))}, ${texts(days.map(({ category }) => category))},
          ${texts(days.map(({ surface }) => surface))}, ${days.map(({ loose }) => loose)}::bool[])
          as d(start, category, surface, loose)
      ) s on s.start = r.start and s.category = r.category and s.surface = coalesce(r.surface, 'unknown')
      where r.client_id = ${clientId} and r.slice = 'day' and r.start >= ${first} and r.start <= ${last}
    ),
    lines as materialized (select *, case when named then person else '' end as who from placed),
    reported as (
      select start, category, place, who, source, sum(events)::bigint as n from lines group by 1, 2, 3, 4, 5
    ),
    chosen as (
      select distinct on (t.start, t.category, t.place, t.who) t.start, t.category, t.place, t.who,
        t.source as counted
      from reported t
        left join unnest(${texts(whole.map(({ day }) => day))}, ${texts(whole.map(({ source }) => source))})
          as w(day, source) on w.day = t.start and w.source = t.source
        left join unnest(${texts(order.map(({ category }) => category))},
          ${texts(order.map(({ surface }) => surface))}, ${texts(order.map(({ source }) => source))},
          ${order.map(({ place }) => place)}::int[]) as o(category, surface, source, nth)
          on o.category = t.category and o.surface = t.place and o.source = t.source
      order by t.start, t.category, t.place, t.who, (w.day is null), case when w.day is not null then o.nth end,
        t.n desc, o.nth, t.source
    )`;
}

/**
 * Counts of days that duplicate what the counted source reports, grouped by `by`. `week`: `start` is the Monday of the
 * week instead of the day.
 */
export async function repeatedCounts(
  tx: Tx,
  clientId: string,
  choice: Choice,
  by: readonly (Dimension | 'start')[],
  {
    week = false,
    categories,
    only = {},
    modelled = false,
  }: {
    readonly week?: boolean;
    readonly categories?: readonly string[];
    readonly only?: Partial<Record<Dimension, string>>;
    /** Only lines with a model. */
    readonly modelled?: boolean;
  } = {},
): Promise<Counted[]> {
  const start = week ? sql`to_char(date_trunc('week', l.start::date), 'YYYY-MM-DD')` : sql`l.start`;
  const columns = by.map((name) =>
    name === 'start' ? sql`${start} as start` : sql`${sql.ref(`l.${name}`)} as ${sql.ref(name)}`,
  );
  const narrowed = Object.entries(only).map(([name, value]) => sql`and ${sql.ref(`l.${name}`)} = ${value}`);
  const { rows } = await sql<Record<string, string | number | Date | null>>`
    with ${units(clientId, choice, categories)}
    select ${sql.join(columns)}, min(l.first_at) as first_at, max(l.last_at) as last_at,
      ${sql.join(SUMMED.map((name) => sql`sum(${sql.ref(`l.${name}`)})::bigint as ${sql.ref(name)}`))}
    from lines l join chosen c on c.start = l.start and c.category = l.category and c.place = l.place and c.who = l.who
    where l.source <> c.counted ${modelled ? sql`and l.model is not null` : sql``} ${sql.join(narrowed, sql` `)}
    group by ${sql.join(by.map((_, at) => sql.raw(String(at + 1))))}`.execute(tx);
  return rows.map(countedOf);
}

/** What one source reports on the shared days of a kind and surface, and how much of it counts. */
export interface Reported {
  readonly category: string;
  readonly surface: string;
  readonly source: string;
  readonly days: number;
  readonly events: number;
  readonly counted: number;
}

export async function reportedOfShared(tx: Tx, clientId: string, choice: Choice): Promise<Reported[]> {
  const { rows } = await sql<Omit<Reported, 'days' | 'events' | 'counted'> & Record<string, string | number>>`
    with ${units(clientId, choice, undefined)}
    select t.category, t.place as surface, t.source, count(distinct t.start) as days, sum(t.n) as events,
      coalesce(sum(t.n) filter (where t.source = c.counted), 0) as counted
    from reported t join chosen c on c.start = t.start and c.category = t.category and c.place = t.place and c.who = t.who
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx);
  return rows.map(({ category, surface, source, days, events, counted }) => ({
    category,
    surface,
    source,
    days: Number(days),
    events: Number(events),
    counted: Number(counted),
  }));
}

/** Counts without duplicates. */
export interface OnceCounted extends Counted {
  /** Events that another source reports too and that were subtracted. */
  readonly repeated: number;
  /**
   * Events that show use, including duplicates, so that someone reported only by a source that does not count still
   * shows as active.
   */
  readonly usesReported: number;
}

/** Subtracts duplicates from counts with the same grouping. First and last times are unchanged. */
export function withoutRepeats(
  counts: readonly Counted[],
  repeats: readonly Counted[],
  by: readonly (Dimension | 'start')[],
): OnceCounted[] {
  const keyOf = (count: Counted) => JSON.stringify(by.map((name) => count[name]));
  const again = new Map(repeats.map((one) => [keyOf(one), one]));
  return counts.map((count) => {
    const less = again.get(keyOf(count));
    if (less === undefined) return { ...count, repeated: 0, usesReported: count.uses };
    const amounts = Object.fromEntries(
      AMOUNTS.map((name) => [
        name,
        {
          sum: count.amounts[name].sum - less.amounts[name].sum,
          stated: count.amounts[name].stated - less.amounts[name].stated,
        },
      ]),
    ) as Counted['amounts'];
    return {
      ...count,
      events: count.events - less.events,
      messages: count.messages - less.messages,
      toolCalls: count.toolCalls - less.toolCalls,
      uses: count.uses - less.uses,
      amounts,
      repeated: less.events,
      usesReported: count.uses,
    };
  });
}

/** Grouping by every dimension of a day. */
export const DAY_LINE: readonly (Dimension | 'start')[] = ['start', ...DIMENSIONS];
