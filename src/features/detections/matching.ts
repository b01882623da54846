import type { Activity } from '#domain/activity/activity.ts';
import { reportedCall } from '#domain/detections/call-reports.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import type { ReadyRule } from '#domain/detections/pack.ts';
import type { KeptMatch } from '#store/detections/matches.ts';
import type { ClientRules } from './client-rules.ts';
import { type FirstUses, NOT_LOOKED_UP } from './first-uses.ts';

/** Matches of a batch by rule and, within a rule, by the group in which its correlation counts. */
export type MatchesByRule = ReadonlyMap<ReadyRule, ReadonlyMap<string, readonly KeptMatch[]>>;

export interface FoundMatches {
  /** Events that match, by id. */
  readonly events: ReadonlyMap<string, DetectionEvent>;
  readonly byRule: MatchesByRule;
}

/** Finds which activities match which of a client's rules, each activity on its own. */
export function findMatches(
  rules: ClientRules,
  activities: readonly Activity[],
  firstUse: FirstUses = NOT_LOOKED_UP,
): FoundMatches {
  const events = new Map<string, DetectionEvent>();
  const byRule = new Map<ReadyRule, Map<string, KeptMatch[]>>();
  for (const activity of activities) {
    if (!rules.pack.concerns(activity.type, activity.category)) continue;
    const event = { activity, bylaw: { ...rules.enrich(activity), first_use: firstUse(activity) } };
    for (const { rule, group, base, value } of rules.pack.find(event)) {
      events.set(activity.id, event);
      const groups = byRule.get(rule) ?? new Map<string, KeptMatch[]>();
      if (groups.size === 0) byRule.set(rule, groups);
      const list = groups.get(group) ?? [];
      if (list.length === 0) groups.set(group, list);
      const at = Date.parse(activity.at);
      const hot = rule.correlation === null;
      const reported = reportedCall(activity) ?? undefined;
      list.push({ rule: rule.id, group, at, activity: activity.id, base, value, reported, hot });
    }
  }
  return { events, byRule };
}
