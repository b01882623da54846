import type { Activity } from '../activity/activity.ts';
import type { Dimension } from '../usage/slices.ts';
import { compileRule } from './compile.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import type { DetectionEvent } from './fields.ts';
import type { Absence, SigmaRule } from './sigma.ts';
import { UNSTATED } from './unstated.ts';

export const HOUR_MS = 3_600_000;
/** Time to wait before judging an hour, because records of the other side may arrive late. */
export const LATE_RECORDS_MS = 24 * HOUR_MS;

/** What absences are looked for in: how many events of one kind an hour of UTC had. */
export type HourCount = Pick<
  Record<Dimension, string | null>,
  'source' | 'surface' | 'category' | 'person' | 'connector'
> & {
  /** Begin of the hour in milliseconds since 1970. */
  readonly hour: number;
  readonly events: number;
};
/** Fields that the selection of such a rule may ask of events: counts have no others. */
export const HOUR_FIELDS: readonly string[] = ['source', 'surface', 'category', 'person', 'connector'];

/** An hour of someone in which one side has records and the other, whole then, has none. */
export interface Missing {
  /** Values of the rule's group, in its order. */
  readonly values: readonly string[];
  readonly hour: number;
  readonly events: number;
}

/** Whether both sides can mean the same person: an id of one side's own says nothing of whom the other calls by address. */
export function namesPerson(person: string | null): boolean {
  return person?.includes('@') === true;
}

/** What a rule compares, made ready. */
export interface Comparison {
  readonly seen: (count: HourCount) => boolean;
  readonly absence: Absence;
  readonly by: readonly ('person' | 'connector')[];
}

export function comparisonOf(rule: SigmaRule, absence: Absence): Comparison {
  const { test } = compileRule(rule);
  const by = rule.bylaw.group.filter((name) => name === 'person' || name === 'connector');
  return { seen: (count) => test(eventOf(count)), absence, by };
}

function eventOf({ source, surface, category, person, connector }: HourCount): DetectionEvent {
  const stated = { source, surface, category, person, connector } as Partial<Activity>;
  return { activity: { ...UNSTATED, ...stated }, bylaw: NOTHING_KNOWN };
}

/**
 * The hours in which the other side is missing. It counts as missing where it has nothing of the group in the hour, nor
 * in those next to it, all three of which it has to be whole in: clocks differ, and an hour may end between two records.
 *
 * @param whole Whether nothing of the other side is missing in an hour, whoever it is of.
 * @param carried Connectors that the other side has ever records of; null: it does not say connectors apart.
 */
export function missingRecords(
  { seen, absence, by }: Comparison,
  counts: readonly HourCount[],
  whole: (hour: number) => boolean,
  carried: ReadonlySet<string> | null,
): Missing[] {
  const keyOf = (count: HourCount) => by.map((name) => count[name]);
  const there = new Set(
    counts
      .filter(({ source }) => source === absence.source)
      .map((count) => JSON.stringify([count.hour, ...keyOf(count)])),
  );
  const sums = new Map<string, Missing>();
  for (const count of counts) {
    const values = keyOf(count);
    if (values.some((value) => value === null) || !seen(count)) continue;
    if (by.includes('person') && !namesPerson(count.person)) continue;
    // The other side can miss only what goes by it.
    if (by.includes('connector') && (carried === null || !carried.has(count.connector ?? ''))) continue;
    const around = [count.hour - HOUR_MS, count.hour, count.hour + HOUR_MS];
    if (around.some((hour) => !whole(hour) || there.has(JSON.stringify([hour, ...values])))) continue;
    const key = JSON.stringify([count.hour, ...values]);
    const known = sums.get(key);
    sums.set(key, {
      values: values as string[],
      hour: count.hour,
      events: (known?.events ?? 0) + count.events,
    });
  }
  return [...sums.values()].sort((a, b) => a.hour - b.hour);
}
