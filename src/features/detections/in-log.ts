import type { Match } from '#domain/detections/hot.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import { activitiesOfCalls, type CallStretch } from '#store/activity/calls.ts';
import type { MatchChunk } from '#store/detections/matches.ts';
import type { Tx } from '#store/open.ts';
import type { ClientDetections } from './client-detections.ts';
import { findMatches, type MatchesByDetection } from './matching.ts';

/** The field that identifies the call a report is about. */
const CALL = 'tool_use_id';

/**
 * Whether a match can be found in the log when needed, so that it is stored only as part of an alert. Each call is its
 * own group and is almost never looked at again; storing them all would take a row per call reported by telemetry.
 */
export function isFoundInLog(detection: ReadyDetection, { reported }: Match): boolean {
  return reported !== undefined && groupsByCall(detection);
}

const groupsByCall = ({ correlation }: ReadyDetection): boolean => correlation?.['group-by'].join() === CALL;

/**
 * Telemetry reports of calls that this batch reports, too, read from the log as chunks that no row stores. Omits those
 * in the batch itself and those already stored.
 */
export async function chunksInLog(
  tx: Tx,
  clientId: string,
  detections: ClientDetections,
  byDetection: MatchesByDetection,
  kept: readonly MatchChunk[],
): Promise<MatchChunk[]> {
  const found: MatchChunk[] = [];
  for (const [detection, groups] of byDetection) {
    if (!groupsByCall(detection)) continue;
    const asked = [...groups].filter(([, matches]) =>
      matches.some((match) => !isFoundInLog(detection, match)),
    );
    if (asked.length === 0) continue;
    const stretches = asked.map(([group, matches]) => stretchOf(group, matches, detection.span));
    const { byDetection: all } = findMatches(detections, await activitiesOfCalls(tx, clientId, stretches));
    for (const [group, matches] of asked) {
      const own = kept.filter((chunk) => chunk.detection === detection.id && chunk.group === group);
      const known = new Set([...matches, ...own.flatMap((chunk) => chunk.matches)].map(nameOf));
      const others = (all.get(detection)?.get(group) ?? []).filter(
        (match) => isFoundInLog(detection, match) && !known.has(nameOf(match)),
      );
      const last = Math.max(...others.map(({ at }) => at));
      if (others.length > 0)
        found.push({ row: null, detection: detection.id, group, hot: false, last, matches: others });
    }
  }
  return found;
}

const nameOf = ({ at, activity, base }: Match): string => `${at} ${base} ${activity}`;

function stretchOf(group: string, matches: readonly Match[], span: number): CallStretch {
  const [call] = JSON.parse(group) as readonly string[];
  const instants = matches.map(({ at }) => at);
  return { call: call ?? '', from: Math.min(...instants) - span, to: Math.max(...instants) + span };
}
// Guide: G5.5-03
