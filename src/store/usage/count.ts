import { hash } from 'node:crypto';
import type { Activity } from '#domain/activity/activity.ts';
import { localTime } from '#domain/model/local-time.ts';
import {
  AMOUNTS,
  DIMENSIONS,
  type Dimension,
  isUse,
  SLICE_NAMES,
  SLICES,
  type Slice,
  type SliceName,
  startOf,
} from '#domain/usage/slices.ts';

/** Counts for one slice, period and combination of dimensions. Dimensions that the slice does not use are null. */
export interface Count extends Record<Dimension, string | null> {
  readonly slice: SliceName;
  readonly start: string;
  /** Stable key of the combination of values within the slice. */
  readonly key: string;
  events: number;
  messages: number;
  toolCalls: number;
  uses: number;
  firstAt: string;
  lastAt: string;
  /** Sums in the order of AMOUNTS; `stated` has the number of activities in each. */
  readonly sums: number[];
  readonly stated: number[];
}

/** Whether to count a period of a slice; default: all. */
export type Wanted = (slice: SliceName, start: string) => boolean;

/** Counts activities for every slice. `zone` defines days. */
export function countActivities(
  activities: readonly Activity[],
  zone: string,
  wanted: Wanted = () => true,
): Count[] {
  const counts = new Map<string, Count>();
  for (const same of alike(activities, zone)) {
    for (const slice of SLICE_NAMES) {
      const { period, by, of }: Slice = SLICES[slice];
      if (of !== undefined && !of(same.first)) continue;
      const start = startOf(period, same.first.at, same.day);
      if (!wanted(slice, start)) continue;
      const name = `${slice}\n${start}\n${namesOf(same.first, by)}`;
      const count = counts.get(name);
      if (count === undefined) counts.set(name, counted(slice, start, by, same));
      else add(count, same);
    }
  }
  return [...counts.values()];
}

/** Activities of one hour and day with equal values in every dimension. There are far fewer groups than activities. */
interface Alike extends Pick<Count, 'events' | 'firstAt' | 'lastAt' | 'sums' | 'stated'> {
  readonly first: Activity;
  readonly day: string;
}

function alike(activities: readonly Activity[], zone: string): Iterable<Alike> {
  const days = localDays(zone);
  const all = new Map<string, Alike>();
  for (const activity of activities) {
    const { at, amounts } = activity;
    const day = days(at);
    const name = `${at.slice(0, 13)}${day}${namesOf(activity, DIMENSIONS)}`;
    let same = all.get(name);
    if (same === undefined) {
      same = {
        first: activity,
        day,
        events: 0,
        firstAt: at,
        lastAt: at,
        sums: AMOUNTS.map(() => 0),
        stated: AMOUNTS.map(() => 0),
      };
      all.set(name, same);
    }
    same.events += 1;
    if (at < same.firstAt) same.firstAt = at;
    if (at > same.lastAt) same.lastAt = at;
    for (let index = 0; index < AMOUNTS.length; index += 1) {
      const amount = amounts[AMOUNTS[index] as (typeof AMOUNTS)[number]];
      if (amount === null) continue;
      same.sums[index] = (same.sums[index] ?? 0) + Math.round(amount);
      same.stated[index] = (same.stated[index] ?? 0) + 1;
    }
  }
  return all.values();
}

/** Joins values into one string. PostgreSQL text cannot contain NUL, so it is a safe separator. */
function namesOf(activity: Activity, by: readonly Dimension[]): string {
  let names = '';
  for (const dimension of by) names += `${activity[dimension] ?? '\0\0'}\0`;
  return names;
}

function counted(slice: SliceName, start: string, by: readonly Dimension[], same: Alike): Count {
  const values = by.map((dimension) => same.first[dimension]);
  const count = {
    slice,
    start,
    key: keyOf(values),
    events: 0,
    messages: 0,
    toolCalls: 0,
    uses: 0,
    firstAt: same.firstAt,
    lastAt: same.lastAt,
    sums: AMOUNTS.map(() => 0),
    stated: AMOUNTS.map(() => 0),
  } as unknown as Count;
  for (const dimension of DIMENSIONS) count[dimension] = null;
  for (const [at, dimension] of by.entries()) count[dimension] = values[at] ?? null;
  add(count, same);
  return count;
}

/** First 128 bits of the SHA-256 of the values, stored as a UUID. */
function keyOf(values: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(values), 'hex').slice(0, 32);
}

function add(count: Count, { first, events, firstAt, lastAt, sums, stated }: Alike): void {
  count.events += events;
  if (first.category === 'message') count.messages += events;
  if (first.category === 'tool_call') count.toolCalls += events;
  if (isUse(first)) count.uses += events;
  if (firstAt < count.firstAt) count.firstAt = firstAt;
  if (lastAt > count.lastAt) count.lastAt = lastAt;
  for (const [at, sum] of sums.entries()) {
    count.sums[at] = (count.sums[at] ?? 0) + sum;
    count.stated[at] = (count.stated[at] ?? 0) + (stated[at] ?? 0);
  }
}

/**
 * Returns a function from instant to day in a zone. Cached per minute, because the conversion costs more than all
 * counting.
 */
function localDays(zone: string): (at: string) => string {
  const known = new Map<string, string>();
  return (at) => {
    const minute = at.slice(0, 16);
    const day = known.get(minute) ?? localTime(at, zone)?.day ?? at.slice(0, 10);
    known.set(minute, day);
    return day;
  };
}
