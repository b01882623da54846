import type { QueryResult } from 'kysely';
import {
  callSourcesQuery,
  insertCallReports,
  mayReport,
  reportedBefore,
} from '#store/detections/call-reports.ts';
import { addDaysStatements, daysAdded } from '#store/detections/days.ts';
import { chunksIn, dropChunks, insertMatches, matchesNear, nearQuery } from '#store/detections/matches.ts';
import { executeTogether } from '#store/engine/transaction.ts';
import type { AddedBatch, Stage } from '../shared/services/activity-log.ts';
import { announceAlerts } from './alert-news.ts';
import { type ClientRules, rulesOf } from './client-rules.ts';
import { correlate, wantedNear } from './correlate.ts';
import { countDays, judgeDays } from './days.ts';
import { firstUsesIn, NOT_LOOKED_UP } from './first-uses.ts';
import { chunksInLog } from './in-log.ts';
import { type FoundMatches, findMatches, type MatchesByRule } from './matching.ts';
import { type Alerting, raise } from './raise.ts';

/**
 * Evaluates every activity in the transaction that adds it to the log, so that no event goes unevaluated and alerts
 * appear together with their events. The result depends only on the set of events, not on when or in which order they
 * arrived.
 */
export const detectionStage: Stage = {
  name: 'detections',
  prepare: async ({ services, clientId, activities }) => {
    const rules = await rulesOf(services, clientId);
    if (rules === null)
      return () => {
        throw new Error(`the rules of client ${clientId} are not ready`);
      };
    const firstUse = rules.asksFirstUse
      ? await services.store.read([clientId], (tx) => firstUsesIn(tx, clientId, activities))
      : NOT_LOOKED_UP;
    const found = findMatches(rules, activities, firstUse);
    const days = countDays(activities, rules);
    return async (added) => {
      const { tx, onCommit } = added;
      const [near, callSources, ...dayAnswers] = await executeTogether(tx, [
        nearQuery(tx, clientId, wantedNear(found.byRule, false)),
        callSourcesQuery(tx, clientId),
        ...addDaysStatements(tx, clientId, days),
      ]);
      const alerting = await look(added, rules, found, near, callSources);
      const raised = await raise(added, rules, alerting);
      const judged = await judgeDays(added, rules, daysAdded(dayAnswers));
      if (raised || judged) onCommit(() => announceAlerts(services, clientId));
    };
  },
};

type Answer = QueryResult<unknown> | undefined;

/** Stores the matches of a batch that may be needed again, and returns those that make alerts. */
async function look(
  { tx, clientId, atEnd }: AddedBatch,
  rules: ClientRules,
  { events, byRule }: FoundMatches,
  near: Answer,
  callSources: Answer,
): Promise<Alerting[]> {
  const twice = mayBeReportedTwice(callSources, byRule);
  const rows = twice ? await matchesNear(tx, clientId, wantedNear(byRule, true)) : chunksIn(near);
  const kept = [...rows, ...(await chunksInLog(tx, clientId, rules, byRule, rows))];
  const { alerting, keep, drop } = correlate(byRule, kept);
  if (drop.length > 0) atEnd(dropChunks(tx, clientId, drop));
  if (keep.length > 0) atEnd(insertMatches(tx, clientId, keep));
  const calls = alerting.flatMap(({ rule, group, matches }) =>
    matches.map((match) => ({ ...match, rule: rule.id, group })),
  );
  const before = twice ? await reportedBefore(tx, clientId, calls) : [];
  const reported = insertCallReports(tx, clientId, calls);
  if (reported !== null) atEnd(reported);
  const known = Map.groupBy(before, ({ rule, group }) => `${rule} ${group}`);
  return alerting.map((one) => ({
    ...one,
    known: known.get(`${one.rule.id} ${one.group}`) ?? [],
    events,
  }));
}

/** Whether another source may have reported a call of the batch, either earlier or in the batch itself. */
function mayBeReportedTwice(callSources: Answer, byRule: MatchesByRule): boolean {
  const sources = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  for (const groups of byRule.values())
    for (const matches of groups.values())
      for (const { reported, at } of matches) {
        if (reported === undefined) continue;
        sources.add(reported.source);
        if (at < first) first = at;
      }
  return sources.size > 1 || (sources.size === 1 && mayReport(callSources, sources, first));
}
// Guide: G5.1-06 G5.3-06 G5.4-04 G5.5-03 G5.5-05 G7.1-06
