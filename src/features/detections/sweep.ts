import { lockLog } from '#store/activity/append.ts';
import { gatherHour, scatteredHours } from '#store/detections/compact.ts';
import { dropColdMatches } from '#store/detections/matches.ts';
import type { Services } from '../context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * Days for which a match is kept that made no alert: an event that comes late is put together with its neighbors
 * within them.
 */
const COLD_DAYS = 30;
/** Hours that are looked through each hour: what came late is gathered with the daily round. */
const LATE_HOURS = 3;

/** Removes matches that no correlation needs anymore. What is part of an alert stays. */
export async function sweepMatches(services: Services): Promise<void> {
  const { store, clock } = services;
  const before = new Date(clock().getTime() - COLD_DAYS * DAY_MS);
  for (const id of await clientIds(services))
    await store.write([id], (tx) => dropColdMatches(tx, id, before));
  await gatherMatches(services, COLD_DAYS * DAY_MS);
}

/** Puts matches of past hours that came one by one into as few rows as they need. */
export async function gatherMatches(services: Services, lookBackMs = LATE_HOURS * HOUR_MS): Promise<void> {
  const { store, clock } = services;
  const now = clock().getTime();
  // The hour that runs is still being added to.
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
