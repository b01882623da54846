import { dropColdMatches } from '#store/detections/matches.ts';
import type { Services } from '../context.ts';

/**
 * Days for which a match is kept that made no alert: an event that comes late is put together with its neighbours
 * within them.
 */
const COLD_DAYS = 30;

/** Removes matches that no correlation needs any more. What is part of an alert stays. */
export async function sweepMatches({ store, clock }: Services): Promise<void> {
  const before = new Date(clock().getTime() - COLD_DAYS * 86_400_000);
  const clients = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  for (const { id } of clients) await store.write([id], (tx) => dropColdMatches(tx, id, before));
}
