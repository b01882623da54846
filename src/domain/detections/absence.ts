import type { Activity } from '../activity/activity.ts';
import type { Dimension } from '../usage/slices.ts';
import { compileRule } from './compile.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import type { DetectionEvent } from './fields.ts';
import type { Absence, SigmaRule } from './sigma.ts';
import { UNSTATED } from './unstated.ts';

export const HOUR_MS = 3_600_000;
/** How long to wait before evaluating an hour, because records of the other source may arrive late. */
export const LATE_RECORDS_MS = 24 * HOUR_MS;

/** Number of events of one kind in one UTC hour, the input of the search for absences. */
export type HourCount = Pick<
  Record<Dimension, string | null>,
  'source' | 'surface' | 'category' | 'person' | 'connector'
> & {
  /** Start of the hour, milliseconds since 1970. */
  readonly hour: number;
  readonly events: number;
};
/** Fields that such a rule's selection may use; hourly counts carry no others. */
export const HOUR_FIELDS: readonly string[] = ['source', 'surface', 'category', 'person', 'connector'];

/** An hour in which one source has records of a group, and the other source, although complete, has none. */
export interface Missing {
  /** Values of the rule's group fields, in their order. */
  readonly values: readonly string[];
  readonly hour: number;
  readonly events: number;
}

/**
 * Whether both sources can identify this person: an id that only one of them uses cannot be matched with an address.
 */
export function namesPerson(person: string | null): boolean {
  return person?.includes('@') === true;
}

/** A rule's comparison in compiled form. */
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
 * The hours in which the other source's records are missing: it has none of the group in that hour or in the two
 * adjacent ones, and is complete in all three. Adjacent hours are included because clocks differ, and an hour may end
 * between two records.
 *
 * @param whole Whether the other source is complete in an hour, for everyone.
 * @param carried Connectors of which the other source has ever had records; null: it does not distinguish connectors.
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
    // The other source can only miss calls that pass through it.
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
