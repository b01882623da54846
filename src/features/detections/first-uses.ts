import type { Activity } from '#domain/activity/activity.ts';
import { selectedFields } from '#domain/detections/asked.ts';
import { type Detection, isCorrelation } from '#domain/detections/sigma.ts';
import { logEdges } from '#store/activity/read.ts';
import { type ToolUse, usedBefore } from '#store/activity/uses.ts';
import type { Tx } from '#store/open.ts';

/**
 * `days`: how far back in a person's log a use is looked up. `history`: minimum days of the client's log before anyone
 * is judged.
 */
export const FIRST_USE = { days: 28, history: 14 } as const;

const DAY_MS = 24 * 3_600_000;
/** Maximum writes looked up per batch; for the rest, the answer is not known. */
const MAX_LOOKED_UP = 500;

/** Whether a write was the first of its kind by its person; null if not known, which never raises an alert. */
export type FirstUses = (activity: Activity) => boolean | null;

export const NOT_LOOKED_UP: FirstUses = () => null;

/** Whether any detection uses this information. */
export function asksFirstUse(detections: readonly Detection[]): boolean {
  return detections.some((one) => !isCorrelation(one) && selectedFields(one).includes('bylaw.first_use'));
}

/**
 * Finds the writes through connectors that are their person's first with that tool in {@link FIRST_USE} days, according
 * to the log so far: an earlier use reported later does not withdraw the alert.
 */
export async function firstUsesIn(
  tx: Tx,
  clientId: string,
  activities: readonly Activity[],
): Promise<FirstUses> {
  const writes = activities.flatMap(({ id, at, category, person, connector, tool, effect }): ToolUse[] =>
    category === 'tool_call' &&
    (effect === 'write' || effect === 'admin') &&
    person !== null &&
    connector !== null &&
    tool !== null
      ? [{ id, at: new Date(at), person, connector, tool }]
      : [],
  );
  if (writes.length === 0) return NOT_LOOKED_UP;
  const edges = await logEdges(tx, clientId);
  if (edges === null) return NOT_LOOKED_UP;
  const since = Date.parse(edges.first) + FIRST_USE.history * DAY_MS;
  const judged = writes.filter(({ at }) => at.getTime() >= since).slice(0, MAX_LOOKED_UP);
  const before = await usedBefore(tx, clientId, judged, FIRST_USE.days);
  // Events of the same batch are not in the log yet.
  const earliest = new Map<string, number>();
  for (const one of writes) {
    const key = keyOf(one);
    earliest.set(key, Math.min(earliest.get(key) ?? Number.POSITIVE_INFINITY, one.at.getTime()));
  }
  const first = new Map(
    judged.map((one) => [one.id, !before.has(one.id) && one.at.getTime() <= (earliest.get(keyOf(one)) ?? 0)]),
  );
  return ({ id }) => first.get(id) ?? null;
}

function keyOf({ person, connector, tool }: ToolUse): string {
  return JSON.stringify([person, connector, tool]);
}
// Guide: G7.2-05
