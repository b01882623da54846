import type { StoredActivity } from '#domain/activity/activity.ts';
import { TELLINGS_MS, toldCall } from '#domain/detections/tellings.ts';

/** Something that happened, by one source, and what others tell of it. */
export interface Happening {
  readonly activity: StoredActivity;
  readonly also: readonly StoredActivity[];
}

/**
 * What happened, each call once: where several sources of a page tell of the same one, the first stands for it. Each
 * source tells of a call once, so that a second telling by the same source is another call.
 */
export function eachOnce(activities: readonly StoredActivity[]): Happening[] {
  const happenings: { activity: StoredActivity; also: StoredActivity[] }[] = [];
  const calls = new Map<string, (typeof happenings)[number][]>();
  for (const activity of activities) {
    const told = toldCall(activity);
    const same = told === null ? [] : (calls.get(told.call) ?? []);
    const known = same.find(
      (one) =>
        [one.activity, ...one.also].every(({ source }) => source !== activity.source) &&
        Math.abs(Date.parse(one.activity.at) - Date.parse(activity.at)) <= TELLINGS_MS,
    );
    if (known !== undefined) {
      known.also.push(activity);
      continue;
    }
    const one = { activity, also: [] };
    happenings.push(one);
    if (told !== null) calls.set(told.call, [...same, one]);
  }
  return happenings;
}
// Guide: G5.2-06
