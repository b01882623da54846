import type { Activity } from '#domain/activity/activity.ts';
import { API_CALL } from '#domain/activity/rule-events.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import { noteOwnKey } from '#store/sources/own-keys.ts';
import type { Services } from '../context.ts';

/** Requests of a connection that are remembered: the vendor's log names them within minutes. */
const MOST = 2_000;

/** Numbers of the last requests of each connection, as the vendor gave them. Lost with the process; others follow. */
const asked = new Map<string, Set<string>>();

export function noteAsked({ id }: Pick<ConnectionRow, 'id'>, requestId: string): void {
  const own = asked.get(id) ?? new Set();
  asked.set(id, own);
  own.add(requestId);
  for (const oldest of own) {
    if (own.size <= MOST) break;
    own.delete(oldest);
  }
}

/**
 * Learns from the feed which key is Bylaw's own: the one that the log names for a request that Bylaw made. What it reads
 * is then not taken for somebody who opens conversations. Nothing that a key could claim of itself counts.
 */
export async function noteOwnKeys(
  { store }: Pick<Services, 'store'>,
  { id, client_id }: Pick<ConnectionRow, 'id' | 'client_id'>,
  activities: readonly Activity[],
): Promise<void> {
  const own = asked.get(id);
  if (own === undefined) return;
  const keys = new Set<string>();
  for (const { type, detail, actor } of activities)
    if (
      type === API_CALL &&
      actor.type === 'api_actor' &&
      actor.id !== null &&
      typeof detail.request_id === 'string' &&
      own.has(detail.request_id)
    )
      keys.add(actor.id);
  if (keys.size === 0) return;
  await store.write([client_id], async (tx) => {
    for (const key of keys) await noteOwnKey(tx, client_id, key);
  });
}
