import type { Activity } from '#domain/activity/activity.ts';
import type { LiveSource } from '#sources/source.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import { recordOwnKey } from '#store/sources/own-keys.ts';
import type { Services } from '../context.ts';

/** Requests of a connection that are remembered: the vendor's log names them within minutes. */
const MAX_REQUESTS = 2_000;

/** Numbers of the last requests of each connection, as the vendor gave them. Lost with the process; others follow. */
const asked = new Map<string, Set<string>>();

export function rememberRequest({ id }: Pick<ConnectionRow, 'id'>, requestId: string): void {
  const own = asked.get(id) ?? new Set();
  asked.set(id, own);
  own.add(requestId);
  for (const oldest of own) {
    if (own.size <= MAX_REQUESTS) break;
    own.delete(oldest);
  }
}

/**
 * Learns from the vendor's log which credential is Bylaw's own: the one that the log names for a request that Bylaw made. What it reads
 * is then not taken for someone who opens conversations. Nothing that a key could claim of itself counts.
 */
export async function recordOwnKeys(
  { store }: Pick<Services, 'store'>,
  { ownRequest }: Pick<LiveSource, 'ownRequest'>,
  { id, client_id }: Pick<ConnectionRow, 'id' | 'client_id'>,
  activities: readonly Activity[],
): Promise<void> {
  const own = asked.get(id);
  if (own === undefined) return;
  const keys = new Set<string>();
  for (const activity of activities) {
    const request = ownRequest(activity);
    if (request !== null && own.has(request.requestId)) keys.add(request.credentialId);
  }
  if (keys.size === 0) return;
  await store.write([client_id], async (tx) => {
    for (const key of keys) await recordOwnKey(tx, client_id, key);
  });
}
