import { CALL_SOURCES } from '#domain/detections/call-reports.ts';
import { byTime, hotMatches, type Match } from '#domain/detections/hot.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import type { KeptMatch, MatchChunk, Near } from '#store/detections/matches.ts';
import { isFoundInLog } from './in-log.ts';
import type { MatchesByDetection } from './matching.ts';

/** Matches of one detection and group that have just become part of an alert, in order of time. */
export interface AlertingMatches {
  readonly detection: ReadyDetection;
  readonly group: string;
  readonly matches: readonly Match[];
}

export interface Correlated {
  readonly alerting: readonly AlertingMatches[];
  /** Matches to store: those part of an alert, and those that may become part of one with later events. */
  readonly keep: readonly KeptMatch[];
  /** Stored chunks that `keep` replaces, because some of their matches have become part of an alert. */
  readonly drop: readonly MatchChunk[];
}

/** Counts a batch's matches together with stored ones nearby, and returns those that make an alert. */
export function correlate(byDetection: MatchesByDetection, near: readonly MatchChunk[]): Correlated {
  const alerting: AlertingMatches[] = [];
  const keep: KeptMatch[] = [];
  const drop: MatchChunk[] = [];
  const kept = Map.groupBy(near, ({ detection, group }) => `${detection} ${group}`);
  for (const [detection, groups] of byDetection) {
    const { correlation } = detection;
    if (correlation === null) {
      for (const [group, matches] of groups) {
        keep.push(...matches);
        alerting.push({ detection, group, matches: matches.toSorted(byTime) });
      }
      continue;
    }
    for (const [group, matches] of groups) {
      const old = kept.get(`${detection.id} ${group}`) ?? [];
      const known = new Set<Match>(old.flatMap((chunk) => (chunk.hot ? chunk.matches : [])));
      const all: Match[] = [...old.flatMap((chunk) => chunk.matches), ...matches].sort(byTime);
      const hot = hotMatches(correlation, all);
      const now = new Set<Match>(all.filter((_match, index) => hot[index]));
      const keepOne = (match: Match) => {
        const hot = now.has(match);
        if (hot || !isFoundInLog(detection, match))
          keep.push({ ...match, detection: detection.id, group, hot });
      };
      for (const match of matches) keepOne(match);
      // Stored matches that have become part of an alert are stored apart from the others from then on.
      for (const chunk of old) {
        if (chunk.hot || !chunk.matches.some((match) => now.has(match))) continue;
        if (chunk.row !== null) drop.push(chunk);
        for (const match of chunk.matches) keepOne(match);
      }
      const newly = all.filter((match) => now.has(match) && !known.has(match));
      if (newly.length > 0) alerting.push({ detection, group, matches: newly });
    }
  }
  return { alerting, keep, drop };
}

/**
 * The time ranges in which stored matches are needed.
 *
 * @param twice Whether several sources may have reported the same calls. Duplicate reports count once, so `reach` is
 *   multiplied by the number of sources.
 */
export function wantedNear(byDetection: MatchesByDetection, twice: boolean): Near[] {
  const times = twice ? CALL_SOURCES.length : 1;
  return [...byDetection].flatMap(([{ id, span, reach, correlation }, groups]) =>
    correlation === null
      ? []
      : [...groups].map(([group, matches]) => ({
          ...stretchOf(group, matches),
          detection: id,
          span,
          reach: reach === null ? null : reach * times,
        })),
  );
}

function stretchOf(group: string, matches: readonly Match[]) {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { at } of matches) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return { group, from, to };
}
