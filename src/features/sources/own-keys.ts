import type { Activity } from '#domain/activity/activity.ts';
import type { LiveSource } from '#sources/source.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import { recordOwnKey } from '#store/sources/own-keys.ts';
import type { Services } from '../context.ts';

/** Maximum remembered requests of a connection: the vendor's log names them within minutes. */
const MAX_REQUESTS = 2_000;

/**
 * Ids that the vendor assigned to recent requests of each connection. They are lost when the process ends; new ones
 * follow.
 */
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
 * Finds in the vendor's log which credential is Bylaw's own: the one that the log names for a request that Bylaw made.
 * Its reads are then not attributed to a person who opens conversations. Nothing that a key could claim about itself
 * is used.
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
