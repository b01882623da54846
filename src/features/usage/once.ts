import { DateTime } from 'luxon';
import { isComplete } from '#domain/activity/completeness.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { becauseOf, FIGURES } from '#domain/model/counted-once.ts';
import { type Dimension, SLICES, type SliceName } from '#domain/usage/slices.ts';
import type { Tx } from '#store/open.ts';
import { allSpans } from '#store/sources/spans.ts';
import {
  type Choice,
  type OnceCounted,
  repeatedCounts,
  reportedOfShared,
  sharedDays,
  withoutRepeats,
} from '#store/usage/once.ts';
import { countsOf, type Periods } from '#store/usage/read.ts';
import { countedZone } from '#store/usage/roll-up.ts';

/** What each source reports of the same use, and which of them is in the figures. */
export interface ReportedTwice {
  readonly figure: (typeof FIGURES)[number];
  /** `unknown`: one of the sources does not say where it was. */
  readonly surface: string;
  readonly reported: {
    readonly source: string;
    readonly days: number;
    readonly events: number;
    /** How many of its events are in the figures. */
    readonly counted: number;
    /** Why it counts where it is the first that is known to be whole. */
    readonly because: string;
  }[];
}

/** Reads counts in which no use is counted twice, however many sources report it. */
export interface OnceReader {
  /** As countsOf. The periods have to be whole ones within those that the reader was made for. */
  counts(
    slice: keyof typeof CATEGORIES_OF,
    periods: Periods,
    by: readonly (Dimension | 'start')[],
    only?: Partial<Record<Dimension, string>>,
  ): Promise<OnceCounted[]>;
  /** Of which figures two sources report, from a day on. */
  twice(from: string): Promise<ReportedTwice[]>;
}

/** Kinds of activity in a slice; null: all. */
const CATEGORIES_OF = {
  day: null,
  surface_day: null,
  person_week: null,
  connector_day: ['tool_call'],
  person_connector_week: ['tool_call'],
  model_day: null,
  person_model_week: null,
} as const satisfies Partial<Record<SliceName, readonly string[] | null>>;

/** @param periods Days that figures are shown of; where they are summed by week, from a Monday on. */
export async function onceReader(
  tx: Tx,
  clientId: string,
  { countedOnce }: Pick<Catalogue, 'countedOnce'>,
  periods: Periods,
): Promise<OnceReader> {
  const shared = await sharedDays(tx, clientId, periods, FIGURES);
  const choice: Choice | null =
    shared.length === 0
      ? null
      : {
          shared,
          order: countedOnce.orders.flatMap(({ figure, surfaces, sources }) =>
            surfaces.flatMap((surface) =>
              sources.map(({ source }, place) => ({ category: figure, surface, source, place })),
            ),
          ),
          whole: await wholeDays(tx, clientId, new Set(shared.map(({ start }) => start))),
        };
  const within = (from: string | undefined, to: string | undefined): Choice | null => {
    if (choice === null) return null;
    const days = choice.shared.filter(
      ({ start }) => (from === undefined || start >= from) && (to === undefined || start <= to),
    );
    return days.length === 0 ? null : { ...choice, shared: days };
  };
  return {
    async counts(slice, { from, to }, by, only = {}) {
      const counts = await countsOf(tx, clientId, slice, { from, to }, by, only);
      const week = SLICES[slice].period === 'week';
      // A week is counted under its Monday: its days go on for six more.
      const own = within(from, week && to !== undefined ? sunday(to) : to);
      if (own === null) return withoutRepeats(counts, [], by);
      const categories = CATEGORIES_OF[slice];
      const repeats = await repeatedCounts(tx, clientId, own, by, {
        week,
        only,
        modelled: slice === 'model_day' || slice === 'person_model_week',
        ...(categories === null ? {} : { categories }),
      });
      return withoutRepeats(counts, repeats, by);
    },
    async twice(from) {
      const own = within(from, undefined);
      if (own === null) return [];
      const rows = await reportedOfShared(tx, clientId, own);
      return [...Map.groupBy(rows, ({ category, surface }) => `${category} ${surface}`).values()].flatMap(
        (reported) => {
          const [one] = reported;
          const figure = FIGURES.find((name) => name === one?.category);
          if (one === undefined || figure === undefined || reported.length < 2) return [];
          return {
            figure,
            surface: one.surface,
            reported: reported.map(({ source, days, events, counted }) => ({
              source,
              days,
              events,
              counted,
              because: becauseOf(countedOnce, figure, one.surface, source),
            })),
          };
        },
      );
    },
  };
}

function sunday(monday: string): string {
  return DateTime.fromISO(monday, { zone: 'utc' }).plus({ days: 6 }).toFormat('yyyy-MM-dd');
}

/** Which of some days the ledger of which source calls whole, in the zone that days are counted in. */
async function wholeDays(tx: Tx, clientId: string, days: ReadonlySet<string>): Promise<Choice['whole']> {
  const ledgers = await allSpans(tx, clientId);
  const zone = (await countedZone(tx, clientId)) ?? 'utc';
  return [...days].flatMap((day) => {
    const start = DateTime.fromISO(day, { zone });
    const period = {
      from: start.startOf('day').toUTC().toISO() ?? '',
      to: start.plus({ days: 1 }).startOf('day').toUTC().toISO() ?? '',
    };
    return [...ledgers].flatMap(([source, spans]) => (isComplete(spans, period) ? [{ day, source }] : []));
  });
}
// Guide: G5.1-03 G5.1-08
