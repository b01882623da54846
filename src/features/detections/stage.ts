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
import { type ClientDetections, detectionsOf } from './client-detections.ts';
import { correlate, wantedNear } from './correlate.ts';
import { countDays, judgeDays } from './days.ts';
import { firstUsesIn, NOT_LOOKED_UP } from './first-uses.ts';
import { chunksInLog } from './in-log.ts';
import { type FoundMatches, findMatches, type MatchesByDetection } from './matching.ts';
import { type Alerting, raise } from './raise.ts';

/**
 * Evaluates every activity in the transaction that adds it to the log, so that no event goes unevaluated and alerts
 * appear together with their events. The result depends only on the set of events, not on when or in which order they
 * arrived.
 */
export const detectionStage: Stage = {
  name: 'detections',
  prepare: async ({ services, clientId, activities }) => {
    const detections = await detectionsOf(services, clientId);
    if (detections === null)
      return () => {
        throw new Error(`the detections of client ${clientId} are not ready`);
      };
    const firstUse = detections.asksFirstUse
      ? await services.store.read([clientId], (tx) => firstUsesIn(tx, clientId, activities))
      : NOT_LOOKED_UP;
    const found = findMatches(detections, activities, firstUse);
    const days = countDays(activities, detections);
    return async (added) => {
      const { tx, onCommit } = added;
      const [near, callSources, ...dayAnswers] = await executeTogether(tx, [
        nearQuery(tx, clientId, wantedNear(found.byDetection, false)),
        callSourcesQuery(tx, clientId),
        ...addDaysStatements(tx, clientId, days),
      ]);
      const alerting = await look(added, detections, found, near, callSources);
      const raised = await raise(added, detections, alerting);
      const judged = await judgeDays(added, detections, daysAdded(dayAnswers));
      if (raised || judged) onCommit(() => announceAlerts(services, clientId));
    };
  },
};

type Answer = QueryResult<unknown> | undefined;

/** Stores the matches of a batch that may be needed again, and returns those that make alerts. */
async function look(
  { tx, clientId, atEnd }: AddedBatch,
  detections: ClientDetections,
  { events, byDetection }: FoundMatches,
  near: Answer,
  callSources: Answer,
): Promise<Alerting[]> {
  const twice = mayBeReportedTwice(callSources, byDetection);
  const rows = twice ? await matchesNear(tx, clientId, wantedNear(byDetection, true)) : chunksIn(near);
  const kept = [...rows, ...(await chunksInLog(tx, clientId, detections, byDetection, rows))];
  const { alerting, keep, drop } = correlate(byDetection, kept);
  if (drop.length > 0) atEnd(dropChunks(tx, clientId, drop));
  if (keep.length > 0) atEnd(insertMatches(tx, clientId, keep));
  const calls = alerting.flatMap(({ detection, group, matches }) =>
    matches.map((match) => ({ ...match, detection: detection.id, group })),
  );
  const before = twice ? await reportedBefore(tx, clientId, calls) : [];
  const reported = insertCallReports(tx, clientId, calls);
  if (reported !== null) atEnd(reported);
  const known = Map.groupBy(before, ({ detection, group }) => `${detection} ${group}`);
  return alerting.map((one) => ({
    ...one,
    known: known.get(`${one.detection.id} ${one.group}`) ?? [],
    events,
  }));
}

/** Whether another source may have reported a call of the batch, either earlier or in the batch itself. */
function mayBeReportedTwice(callSources: Answer, byDetection: MatchesByDetection): boolean {
  const sources = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  for (const groups of byDetection.values())
    for (const matches of groups.values())
      for (const { reported, at } of matches) {
        if (reported === undefined) continue;
        sources.add(reported.source);
        if (at < first) first = at;
      }
  return sources.size > 1 || (sources.size === 1 && mayReport(callSources, sources, first));
}
// Guide: G5.1-06 G5.3-06 G5.4-04 G5.5-03 G5.5-05 G7.1-06
