import type { Outlier } from './baseline.ts';
import { countedMatches, reportedCall } from './call-reports.ts';
import type { DetectionEvent } from './fields.ts';
import { byTime, hotMatches, type Match } from './hot.ts';
import type { DetectionPack, ReadyDetection } from './pack.ts';
import { joinRuns } from './runs.ts';

/** An alert derived from events alone, without people's decisions. Times are milliseconds since 1970. */
export interface RawAlert {
  readonly detection: string;
  readonly group: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Ids of the events, in chronological order. */
  readonly activities: readonly string[];
  /** Number of distinct values of the counted field; null: none is counted. */
  readonly values: number | null;
  /** null: the alert is not about a day that stands out. */
  readonly outlier: Outlier | null;
}

/** Combines the matches of a whole history into alerts. Gives the same alerts as the incremental stream. */
export class History {
  readonly #matches = new Map<ReadyDetection, Map<string, Match[]>>();
  readonly #pack: DetectionPack;

  constructor(pack: DetectionPack) {
    this.#pack = pack;
  }

  /** Adds an event, in any order, and returns whether a detection matched it. */
  add(event: DetectionEvent): boolean {
    const found = this.#pack.find(event);
    for (const { detection, group, base, value } of found) {
      const groups = this.#matches.get(detection) ?? new Map<string, Match[]>();
      this.#matches.set(detection, groups);
      const list = groups.get(group) ?? [];
      groups.set(group, list);
      list.push({
        at: Date.parse(event.activity.at),
        activity: event.activity.id,
        base,
        value,
        reported: reportedCall(event.activity) ?? undefined,
      });
    }
    return found.length > 0;
  }

  /** The alerts of all events added so far. */
  alerts(): RawAlert[] {
    const alerts: RawAlert[] = [];
    for (const [detection, groups] of this.#matches)
      for (const [group, list] of groups) {
        const matches = list.toSorted(byTime);
        const hot = detection.correlation === null ? null : hotMatches(detection.correlation, matches);
        const inAlerts = hot === null ? matches : matches.filter((_match, index) => hot[index]);
        // Sort again: a second source's report may start where the first one did.
        for (const { run, of } of joinRuns(countedMatches([], inAlerts), detection.quiet).map(inOrder))
          alerts.push({
            detection: detection.id,
            group,
            ...run,
            activities: of.map((index) => inAlerts[index]?.activity ?? ''),
            values:
              detection.correlation?.type === 'value_count'
                ? new Set(of.map((index) => inAlerts[index]?.value)).size
                : null,
            outlier: null,
          });
      }
    return alerts.sort((a, b) => a.first - b.first || (a.detection < b.detection ? -1 : 1));
  }
}

function inOrder<T extends { readonly of: readonly number[] }>(one: T): T {
  return { ...one, of: one.of.toSorted((a, b) => a - b) };
}
