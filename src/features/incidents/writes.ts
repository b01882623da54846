import type { StoredActivity } from '#domain/activity/activity.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { activitiesAround } from './collect.ts';

/** A call that changed something, or may have: one that was refused changed nothing. */
export function isWrite({ effect, outcome }: Pick<StoredActivity, 'effect' | 'outcome'>): boolean {
  return (effect === 'write' || effect === 'admin') && outcome !== 'rejected';
}

/** What an entry of a step names a write by. */
export function writeWords(one: StoredActivity): string {
  return `${one.tool ?? one.type}${one.connectorName === null ? '' : ` of ${one.connectorName}`}, ${one.at}`;
}

/**
 * The writes of the session that an incident is about, each of which a step that lists writes has to name. Without a
 * session, none has to be named: whose calls around the time belong to it is for people to say.
 */
export async function sessionWrites(
  tx: Tx,
  clientId: string,
  row: Pick<IncidentRow, 'plan' | 'happened_at' | 'noticed_at' | 'person' | 'connector' | 'session'>,
): Promise<readonly string[]> {
  if (row.session === null || !row.plan.steps.some(({ entries }) => entries?.writesInto !== undefined))
    return [];
  const calls = (await activitiesAround(tx, clientId, row)) ?? [];
  return calls.filter(isWrite).map(writeWords);
}
// Guide: G7.2-06
