import type { Activity } from '#domain/activity/activity.ts';
import { reportedCall } from '#domain/detections/call-reports.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import type { KeptMatch } from '#store/detections/matches.ts';
import type { ClientDetections } from './client-detections.ts';
import { type FirstUses, NOT_LOOKED_UP } from './first-uses.ts';

/** Matches of a batch by detection and, within a detection, by the group in which its correlation counts. */
export type MatchesByDetection = ReadonlyMap<ReadyDetection, ReadonlyMap<string, readonly KeptMatch[]>>;

export interface FoundMatches {
  /** Events that match, by id. */
  readonly events: ReadonlyMap<string, DetectionEvent>;
  readonly byDetection: MatchesByDetection;
}

/** Finds which activities match which of a client's detections, each activity on its own. */
export function findMatches(
  detections: ClientDetections,
  activities: readonly Activity[],
  firstUse: FirstUses = NOT_LOOKED_UP,
): FoundMatches {
  const events = new Map<string, DetectionEvent>();
  const byDetection = new Map<ReadyDetection, Map<string, KeptMatch[]>>();
  for (const activity of activities) {
    if (!detections.pack.concerns(activity.type, activity.category)) continue;
    const event = { activity, bylaw: { ...detections.enrich(activity), first_use: firstUse(activity) } };
    for (const { detection, group, base, value } of detections.pack.find(event)) {
      events.set(activity.id, event);
      const groups = byDetection.get(detection) ?? new Map<string, KeptMatch[]>();
      if (groups.size === 0) byDetection.set(detection, groups);
      const list = groups.get(group) ?? [];
      if (list.length === 0) groups.set(group, list);
      const at = Date.parse(activity.at);
      const hot = detection.correlation === null;
      const reported = reportedCall(activity) ?? undefined;
      list.push({ detection: detection.id, group, at, activity: activity.id, base, value, reported, hot });
    }
  }
  return { events, byDetection };
}
