import type { StoredActivity } from '#domain/activity/activity.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { activitiesAround } from './collect.ts';

type Judged = Pick<StoredActivity, 'effect' | 'outcome'>;

/** A call that changed something; a refused call changed nothing. */
function isWrite({ effect, outcome }: Judged): boolean {
  return (effect === 'write' || effect === 'admin') && outcome !== 'rejected';
}

/** A call that was not refused and whose effect neither source nor catalogue knows: it may have been a write. */
function isUnknown({ effect, outcome }: Judged): boolean {
  return effect === 'unknown' && outcome !== 'rejected';
}

/** What someone has to confirm: writes and possible writes. */
export function toConfirm(one: Judged): boolean {
  return isWrite(one) || isUnknown(one);
}

/** The key by which an entry of a step names a write. */
export function writeWords(one: StoredActivity): string {
  return `${one.tool ?? one.type}${one.connectorName === null ? '' : ` of ${one.connectorName}`}, ${one.at}${isUnknown(one) ? ' (effect not known)' : ''}`;
}

/**
 * The writes of the session that an incident is about, and calls that may have been some, each of which a step that lists
 * writes has to name. Without a session, none has to be named: whose calls around the time belong to it is for people to
 * say.
 * @param around activities around the time, where they were read already
 */
export async function sessionWrites(
  tx: Tx,
  clientId: string,
  row: Pick<IncidentRow, 'plan' | 'happened_at' | 'noticed_at' | 'person' | 'connector' | 'session'>,
  around?: readonly StoredActivity[],
): Promise<readonly string[]> {
  if (row.session === null || !row.plan.steps.some(({ entries }) => entries?.writesInto !== undefined))
    return [];
  const calls = around ?? (await activitiesAround(tx, clientId, row)) ?? [];
  return calls.filter(toConfirm).map(writeWords);
}
// Guide: G7.2-06
