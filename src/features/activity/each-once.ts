import type { StoredActivity } from '#domain/activity/activity.ts';
import { REPORTS_APART_MS, reportedCall } from '#domain/detections/call-reports.ts';

/** An event from one source, with further reports of it by others. */
export interface Happening {
  readonly activity: StoredActivity;
  readonly also: readonly StoredActivity[];
}

/**
 * Removes duplicate reports of a call by several sources on a page; the first one is kept. Each source reports a call
 * once, so a second report by the same source is another call.
 */
export function eachOnce(activities: readonly StoredActivity[]): Happening[] {
  const happenings: { activity: StoredActivity; also: StoredActivity[] }[] = [];
  const calls = new Map<string, (typeof happenings)[number][]>();
  for (const activity of activities) {
    const reported = reportedCall(activity);
    const same = reported === null ? [] : (calls.get(reported.call) ?? []);
    const known = same.find(
      (one) =>
        [one.activity, ...one.also].every(({ source }) => source !== activity.source) &&
        Math.abs(Date.parse(one.activity.at) - Date.parse(activity.at)) <= REPORTS_APART_MS,
    );
    if (known !== undefined) {
      known.also.push(activity);
      continue;
    }
    const one = { activity, also: [] };
    happenings.push(one);
    if (reported !== null) calls.set(reported.call, [...same, one]);
  }
  return happenings;
}
// Guide: G5.2-06
