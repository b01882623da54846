import { removeTexts } from '#store/activity/texts.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import type { Services } from '../../context.ts';
import { peopleOf } from '../../people/index.ts';
import { present } from '../../shared/moment.ts';
import { holdNow, readRetained } from '../model.ts';
import { heldPeople, pastTexts, readActivityRetention } from './model.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
export const TEXTS_REMOVED = 'retention.remove_texts';
/** Rows per transaction, so that others wait only briefly. */
const CHUNK = 5_000;

/**
 * Removes texts of each client whose retention has ended: by the charter, or earlier if the client keeps texts for
 * less. It runs every hour, since no text may stay longer than the charter allows. Removal and record are one
 * transaction.
 */
export async function runTextRetention(services: Services): Promise<void> {
  const ids = await services.store.read('system', (tx) =>
    tx.selectFrom('activity_texts').select('client_id as id').distinct().orderBy('client_id').execute(),
  );
  for (const { id } of ids) {
    try {
      while ((await removeOf(services, id)) === CHUNK);
    } catch (error) {
      // A client whose removal fails does not stop that of the others.
      services.log.error({ err: error, client: id }, 'retention of texts failed and is tried again');
    }
  }
}

/** Removes a chunk, and returns the number of texts removed. */
async function removeOf(services: Services, clientId: string): Promise<number> {
  const { store, clock } = services;
  const now = clock();
  const { zone } = await store.read([clientId], (tx) => readRetained(tx, clientId));
  const { today } = present(now, zone);
  const people = await peopleOf({ services, now }, { id: clientId, timezone: zone }, { masked: false });
  return store.write('system', async (tx) => {
    // From here to the end of the transaction, holds and settings cannot change.
    const client = await readRetained(tx, clientId, { lock: true });
    if (holdNow(client.settings.retention, today) !== null) return 0;
    const keep = await readActivityRetention(tx, clientId);
    const held = await heldPeople(tx, clientId, people, today);
    const gone = await removeTexts(tx, clientId, pastTexts(keep, { now, held }), CHUNK);
    if (gone > 0)
      await appendAudit(tx, {
        chain: clientId,
        actor: BYLAW,
        action: TEXTS_REMOVED,
        subject: { kind: 'client', id: clientId, name: client.name },
        before: { kept: { texts: keep.texts } },
        after: { on: today, texts: gone },
        at: now,
      });
    return gone;
  });
}
