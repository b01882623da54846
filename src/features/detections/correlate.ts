import { CALL_SOURCES } from '#domain/detections/call-reports.ts';
import { byTime, hotMatches, type Match } from '#domain/detections/hot.ts';
import type { ReadyRule } from '#domain/detections/pack.ts';
import type { KeptMatch, MatchChunk, Near } from '#store/detections/matches.ts';
import { isFoundInLog } from './in-log.ts';
import type { MatchesByRule } from './matching.ts';

/** Matches of one rule and group that have just become part of an alert, in order of time. */
export interface AlertingMatches {
  readonly rule: ReadyRule;
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
export function correlate(byRule: MatchesByRule, near: readonly MatchChunk[]): Correlated {
  const alerting: AlertingMatches[] = [];
  const keep: KeptMatch[] = [];
  const drop: MatchChunk[] = [];
  const kept = Map.groupBy(near, ({ rule, group }) => `${rule} ${group}`);
  for (const [rule, groups] of byRule) {
    const { correlation } = rule;
    if (correlation === null) {
      for (const [group, matches] of groups) {
        keep.push(...matches);
        alerting.push({ rule, group, matches: matches.toSorted(byTime) });
      }
      continue;
    }
    for (const [group, matches] of groups) {
      const old = kept.get(`${rule.id} ${group}`) ?? [];
      const known = new Set<Match>(old.flatMap((chunk) => (chunk.hot ? chunk.matches : [])));
      const all: Match[] = [...old.flatMap((chunk) => chunk.matches), ...matches].sort(byTime);
      const hot = hotMatches(correlation, all);
      const now = new Set<Match>(all.filter((_match, index) => hot[index]));
      const keepOne = (match: Match) => {
        const hot = now.has(match);
        if (hot || !isFoundInLog(rule, match)) keep.push({ ...match, rule: rule.id, group, hot });
      };
      for (const match of matches) keepOne(match);
      // Stored matches that have become part of an alert are stored apart from the others from then on.
      for (const chunk of old) {
        if (chunk.hot || !chunk.matches.some((match) => now.has(match))) continue;
        if (chunk.row !== null) drop.push(chunk);
        for (const match of chunk.matches) keepOne(match);
      }
      const newly = all.filter((match) => now.has(match) && !known.has(match));
      if (newly.length > 0) alerting.push({ rule, group, matches: newly });
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
export function wantedNear(byRule: MatchesByRule, twice: boolean): Near[] {
  const times = twice ? CALL_SOURCES.length : 1;
  return [...byRule].flatMap(([{ id, span, reach, correlation }, groups]) =>
    correlation === null
      ? []
      : [...groups].map(([group, matches]) => ({
          ...stretchOf(group, matches),
          rule: id,
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
