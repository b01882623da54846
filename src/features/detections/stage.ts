import type { QueryResult } from 'kysely';
import { addDaysStatements, daysAdded } from '#store/detections/days.ts';
import { chunksIn, dropChunks, insertMatches, matchesNear, nearQuery } from '#store/detections/matches.ts';
import { insertTold, mayTell, tellersQuery, toldBefore } from '#store/detections/told-calls.ts';
import { together } from '#store/engine/transaction.ts';
import type { AddedBatch, Stage } from '../shared/services/activity-log.ts';
import { tellOfAlerts } from './alert-news.ts';
import { rulesOf } from './client-rules.ts';
import { correlate, wantedNear } from './correlate.ts';
import { countDays, judgeDays } from './days.ts';
import { type FoundMatches, findMatches, type MatchesByRule } from './matching.ts';
import { type Alerting, raise } from './raise.ts';

/**
 * Looks at every activity as it enters the log, in the same transaction: whatever stands in the log was looked at, and
 * an alert stands there as soon as its events do. The outcome depends on which events there are, not on when or in
 * which order they came.
 */
export const detectionStage: Stage = {
  name: 'detections',
  prepare: async ({ services, clientId, activities }) => {
    const rules = await rulesOf(services, clientId);
    if (rules === null)
      return () => {
        throw new Error(`the rules of client ${clientId} are not ready`);
      };
    const found = findMatches(rules, activities);
    const days = countDays(activities, rules);
    return async (added) => {
      const { tx, onCommit } = added;
      const [near, tellers, ...dayAnswers] = await together(tx, [
        nearQuery(tx, clientId, wantedNear(found.byRule, false)),
        tellersQuery(tx, clientId),
        ...addDaysStatements(tx, clientId, days),
      ]);
      const alerting = await look(added, found, near, tellers);
      const raised = await raise(added, rules, alerting);
      const judged = await judgeDays(added, rules, daysAdded(dayAnswers));
      if (raised || judged) onCommit(() => tellOfAlerts(services, clientId));
    };
  },
};

type Answer = QueryResult<unknown> | undefined;

/** Keeps the matches of a batch where they may be needed again, and gives those that make alerts. */
async function look(
  { tx, clientId, atEnd }: AddedBatch,
  { events, byRule }: FoundMatches,
  near: Answer,
  tellers: Answer,
): Promise<Alerting[]> {
  const twice = mayBeToldTwice(tellers, byRule);
  const kept = twice ? await matchesNear(tx, clientId, wantedNear(byRule, true)) : chunksIn(near);
  const { alerting, keep, drop } = correlate(byRule, kept);
  if (drop.length > 0) atEnd(dropChunks(tx, clientId, drop));
  if (keep.length > 0) atEnd(insertMatches(tx, clientId, keep));
  const calls = alerting.flatMap(({ rule, group, matches }) =>
    matches.map((match) => ({ ...match, rule: rule.id, group })),
  );
  const before = twice ? await toldBefore(tx, clientId, calls) : [];
  const told = insertTold(tx, clientId, calls);
  if (told !== null) atEnd(told);
  const known = Map.groupBy(before, ({ rule, group }) => `${rule} ${group}`);
  return alerting.map((one) => ({
    ...one,
    known: known.get(`${one.rule.id} ${one.group}`) ?? [],
    events,
  }));
}

/** Whether another source may have told of a call of the batch, or tells of it in the batch itself. */
function mayBeToldTwice(tellers: Answer, byRule: MatchesByRule): boolean {
  const sources = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  for (const groups of byRule.values())
    for (const matches of groups.values())
      for (const { told, at } of matches) {
        if (told === undefined) continue;
        sources.add(told.source);
        if (at < first) first = at;
      }
  return sources.size > 1 || (sources.size === 1 && mayTell(tellers, sources, first));
}
// Guide: G5.1-06 G5.3-06 G5.4-04 G5.5-03 G5.5-05 G7.1-06
