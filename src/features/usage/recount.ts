import { rebuildRollUps } from '#store/usage/rebuild.ts';
import type { Services } from '../context.ts';
import { zoneOf } from '../shared/moment.ts';

/** Counts the log of each client again whose time zone is another one than its days were counted in. */
export async function countInOwnZones({ store, events, log }: Services): Promise<void> {
  const rows = await store.read('system', (tx) =>
    tx
      .selectFrom('activity_rollup_states')
      .innerJoin('clients', 'clients.id', 'activity_rollup_states.client_id')
      .select(['client_id', 'zone', 'profile'])
      .execute(),
  );
  for (const { client_id: client, zone, profile } of rows) {
    const own = zoneOf(profile);
    if (own === zone) continue;
    try {
      await store.write([client], (tx) => rebuildRollUps(tx, client, own));
      events.publish({ client, topic: 'activity', id: null });
    } catch (error) {
      log.error({ err: error, client }, 'the activity log could not be recounted');
    }
  }
}
