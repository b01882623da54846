import { removeTexts } from '#store/activity/texts.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import type { Services } from '../../context.ts';
import { peopleOf } from '../../people/index.ts';
import { present } from '../../shared/moment.ts';
import { holdNow, readRetained } from '../model.ts';
import { heldPeople, pastTexts, readActivityRetention } from './model.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
export const TEXTS_REMOVED = 'retention.remove_texts';
/** Rows of one transaction: others wait for a moment at most. */
const CHUNK = 5_000;

/**
 * Removes the texts whose days are over, of each client: those that the charter gave, or fewer where the client keeps
 * texts for less. Each hour, since none is to be there longer than the charter says. What goes and its record are one.
 */
export async function runTextRetention(services: Services): Promise<void> {
  const ids = await services.store.read('system', (tx) =>
    tx.selectFrom('activity_texts').select('client_id as id').distinct().orderBy('client_id').execute(),
  );
  for (const { id } of ids) {
    try {
      while ((await removeOf(services, id)) === CHUNK);
    } catch (error) {
      // One client that cannot be looked through keeps no other one from it.
      services.log.error({ err: error, client: id }, 'retention of texts failed and is tried again');
    }
  }
}

/** Removes a chunk, and tells how many went. */
async function removeOf(services: Services, clientId: string): Promise<number> {
  const { store, clock } = services;
  const now = clock();
  const { zone } = await store.read([clientId], (tx) => readRetained(tx, clientId));
  const { today } = present(now, zone);
  const people = await peopleOf({ services, now }, { id: clientId, timezone: zone }, { masked: false });
  return store.write('system', async (tx) => {
    // From here to its end nobody puts anyone on hold or changes the settings.
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
