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

/** Counts of one slice, period and combination of values; what a slice does not count by is null. */
export interface Count extends Record<Dimension, string | null> {
  readonly slice: SliceName;
  readonly start: string;
  /** Names the combination of values within the slice, the same for ever. */
  readonly key: string;
  events: number;
  messages: number;
  toolCalls: number;
  uses: number;
  firstAt: string;
  lastAt: string;
  /** Sums in the order of AMOUNTS, and of how many activities each is the sum. */
  readonly sums: number[];
  readonly stated: number[];
}

/** Whether a period of a slice is counted: left out, every one is. */
export type Wanted = (slice: SliceName, start: string) => boolean;

/** Counts activities by every slice. `zone` is the one that days are of. */
export function countActivities(
  activities: readonly Activity[],
  zone: string,
  wanted: Wanted = () => true,
): Count[] {
  const days = localDays(zone);
  const counts = new Map<string, Count>();
  for (const activity of activities) {
    const day = days(activity.at);
    for (const slice of SLICE_NAMES) {
      const { period, by, of }: Slice = SLICES[slice];
      if (of !== undefined && !of(activity)) continue;
      const start = startOf(period, activity.at, day);
      if (!wanted(slice, start)) continue;
      const name = `${slice}\n${start}\n${namesOf(activity, by)}`;
      let count = counts.get(name);
      if (count === undefined) {
        count = none(slice, start, by, activity);
        counts.set(name, count);
      }
      add(count, activity);
    }
  }
  return [...counts.values()];
}

/** Values in one text; no value that PostgreSQL stores holds a NUL. */
function namesOf(activity: Activity, by: readonly Dimension[]): string {
  let names = '';
  for (const dimension of by) names += `${activity[dimension] ?? '\0\0'}\0`;
  return names;
}

function none(slice: SliceName, start: string, by: readonly Dimension[], activity: Activity): Count {
  const values = by.map((dimension) => activity[dimension]);
  const count = {
    slice,
    start,
    key: keyOf(values),
    events: 0,
    messages: 0,
    toolCalls: 0,
    uses: 0,
    firstAt: activity.at,
    lastAt: activity.at,
    sums: AMOUNTS.map(() => 0),
    stated: AMOUNTS.map(() => 0),
  } as unknown as Count;
  for (const dimension of DIMENSIONS) count[dimension] = null;
  for (const [at, dimension] of by.entries()) count[dimension] = values[at] ?? null;
  return count;
}

/** 128 bits of the values' SHA-256, in the form of a UUID. */
function keyOf(values: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(values), 'hex').slice(0, 32);
}

function add(count: Count, activity: Activity): void {
  count.events += 1;
  if (activity.category === 'message') count.messages += 1;
  if (activity.category === 'tool_call') count.toolCalls += 1;
  if (isUse(activity)) count.uses += 1;
  if (activity.at < count.firstAt) count.firstAt = activity.at;
  if (activity.at > count.lastAt) count.lastAt = activity.at;
  for (const [at, name] of AMOUNTS.entries()) {
    const amount = activity.amounts[name];
    if (amount === null) continue;
    count.sums[at] = (count.sums[at] ?? 0) + Math.round(amount);
    count.stated[at] = (count.stated[at] ?? 0) + 1;
  }
}

/** Days of instants in a zone. A day is looked up once a minute, since that costs more than all the counting. */
function localDays(zone: string): (at: string) => string {
  const known = new Map<string, string>();
  return (at) => {
    const minute = at.slice(0, 16);
    const day = known.get(minute) ?? localTime(at, zone)?.day ?? at.slice(0, 10);
    known.set(minute, day);
    return day;
  };
}
