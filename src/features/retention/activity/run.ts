import { DateTime } from 'luxon';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import { oldActivities, oldCounts, removeActivities, removeCounts } from '#store/usage/remove.ts';
import type { Services } from '../../context.ts';
import { peopleOf } from '../../people/index.ts';
import { present } from '../../shared/moment.ts';
import { eachClient } from '../each-client.ts';
import { holdNow, readRetained } from '../model.ts';
import { type ActivityRetention, heldPeople, pastTime, readActivityRetention } from './model.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
export const ACTIVITY_REMOVED = 'retention.remove_activity';
/** Rows per transaction, so that others wait only briefly. */
const CHUNK = 5_000;

/**
 * Removes activities and counts whose retention has ended, of each client, in chunks. The removal is recorded before
 * the first chunk; if it is interrupted, the next run records and removes the rest.
 */
export async function runActivityRetention(services: Services): Promise<void> {
  await eachClient(services, 'retention of activities failed and is tried again tomorrow', (id) =>
    removeOf(services, id),
  );
}

async function removeOf(services: Services, clientId: string): Promise<void> {
  const { store, clock, events } = services;
  const now = clock();
  const asked = await store.read([clientId], async (tx) => ({
    client: await readRetained(tx, clientId),
    keep: await readActivityRetention(tx, clientId),
  }));
  if (asked.keep.events === 'forever' && asked.keep.counts === 'forever') return;
  const { zone } = asked.client;
  const { today } = present(now, zone);
  const people = await peopleOf({ services, now }, { id: clientId, timezone: zone }, { masked: false });
  const plan = await store.write([clientId], async (tx) => {
    // From here to the end of the transaction, holds and settings cannot change.
    const client = await readRetained(tx, clientId, { lock: true });
    const keep = await readActivityRetention(tx, clientId);
    if (holdNow(client.settings.retention, today) !== null || !same(keep, asked.keep)) return null;
    const past = pastTime(keep, { today, zone, held: await heldPeople(tx, clientId, people, today) });
    const activities = past.events === null ? 0 : await oldActivities(tx, clientId, past.events);
    const counts = past.counts === null ? 0 : await oldCounts(tx, clientId, past.counts);
    if (activities === 0 && counts === 0) return null;
    await appendAudit(tx, {
      chain: clientId,
      actor: BYLAW,
      action: ACTIVITY_REMOVED,
      subject: { kind: 'client', id: clientId, name: client.name },
      before: { kept: { events: keep.events, counts: keep.counts } },
      after: {
        on: today,
        activities,
        counts,
        activitiesBefore:
          past.events === null
            ? null
            : DateTime.fromJSDate(past.events.before, { zone }).toFormat('yyyy-MM-dd'),
        countsBefore: past.counts?.before ?? null,
      },
      at: now,
    });
    return past;
  });
  if (plan === null) return;
  // Checked again with every chunk, in case a hold is placed in the meantime.
  const still = () =>
    store.read([clientId], async (tx) => {
      const { settings } = await readRetained(tx, clientId);
      if (holdNow(settings.retention, today) !== null) return null;
      return heldPeople(tx, clientId, people, today);
    });
  for (const [what, remove] of [
    [plan.events, removeActivities],
    [plan.counts, removeCounts],
  ] as const) {
    if (what === null) continue;
    for (;;) {
      const held = await still();
      if (held === null) return;
      const gone = await store.write('system', (tx) =>
        remove(tx, clientId, { ...what, held } as never, CHUNK),
      );
      if (gone === 0) break;
    }
  }
  events.publish({ client: clientId, topic: 'activity', id: null });
}

function same(a: ActivityRetention, b: ActivityRetention): boolean {
  return a.events === b.events && a.counts === b.counts;
}
// Guide: G1.2-08 G5.1-07
