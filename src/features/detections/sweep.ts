import { lockLog } from '#store/activity/append.ts';
import { gatherHour, scatteredHours } from '#store/detections/compact.ts';
import { dropColdMatches } from '#store/detections/matches.ts';
import type { Services } from '../context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days for which a match that made no alert is kept: a late event is correlated with its neighbors within them. */
const COLD_DAYS = 30;
/** Hours that the hourly run covers; matches of later arrivals are gathered by the daily run. */
const LATE_HOURS = 3;

/** Removes matches that no correlation needs anymore. Those that are part of an alert stay. */
export async function sweepMatches(services: Services): Promise<void> {
  const { store, clock } = services;
  const before = new Date(clock().getTime() - COLD_DAYS * DAY_MS);
  for (const id of await clientIds(services))
    await store.write([id], (tx) => dropColdMatches(tx, id, before));
  await gatherMatches(services, COLD_DAYS * DAY_MS);
}

/** Merges matches of past hours that arrived one by one into as few rows as possible. */
export async function gatherMatches(services: Services, lookBackMs = LATE_HOURS * HOUR_MS): Promise<void> {
  const { store, clock } = services;
  const now = clock().getTime();
  // The current hour is still growing.
  const to = new Date(Math.floor(now / HOUR_MS) * HOUR_MS);
  for (const id of await clientIds(services)) {
    const hours = await store.read([id], (tx) => scatteredHours(tx, id, new Date(now - lookBackMs), to));
    for (const hour of hours)
      await store.write([id], async (tx) => {
        await lockLog(tx, id);
        await gatherHour(tx, id, hour);
      });
  }
}

async function clientIds({ store }: Services): Promise<string[]> {
  const clients = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  return clients.map(({ id }) => id);
}
