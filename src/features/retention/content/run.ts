import { destroyContentFile, heldContentFiles } from '#store/activity/content-files.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import { takeTurn } from '../../backup/index.ts';
import type { Services } from '../../context.ts';
import { sweepFiles } from '../../imports/index.ts';
import { peopleOf } from '../../people/index.ts';
import { present } from '../../shared/moment.ts';
import { heldPeople } from '../activity/model.ts';
import { holdNow, readRetained } from '../model.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
const CONTENT_REMOVED = 'retention.destroy_content';

/**
 * Destroys files with content after their last day, of each client, every hour: from then on no one can open them, and
 * the stored bytes are swept. Each destruction and its record are one transaction. A hold on the client, or on the
 * person whom the incident is about, prevents it.
 */
export async function runContentRetention(services: Services): Promise<void> {
  const ids = await services.store.read('system', (tx) =>
    tx
      .selectFrom('content_files')
      .select('client_id as id')
      .where('removed_at', 'is', null)
      .distinct()
      .orderBy('client_id')
      .execute(),
  );
  let gone = 0;
  for (const { id } of ids) {
    try {
      gone += await destroyOf(services, id);
    } catch (error) {
      // A client whose removal fails does not stop that of the others.
      services.log.error(
        { err: error, client: id },
        'retention of attached content failed and is tried again',
      );
    }
  }
  if (gone > 0) await takeTurn(services, () => sweepFiles(services));
}

async function destroyOf(services: Services, clientId: string): Promise<number> {
  const { store, clock, events } = services;
  const now = clock();
  const { zone } = await store.read([clientId], (tx) => readRetained(tx, clientId));
  const { today } = present(now, zone);
  const people = await peopleOf({ services, now }, { id: clientId, timezone: zone }, { masked: false });
  const gone = await store.write([clientId], async (tx) => {
    // From here to the end of the transaction, no hold can be placed.
    const client = await readRetained(tx, clientId, { lock: true });
    if (holdNow(client.settings.retention, today) !== null) return 0;
    const held = await heldPeople(tx, clientId, people, today);
    const over = (await heldContentFiles(tx, clientId)).filter(
      ({ until_day, person }) =>
        until_day < today &&
        (person === null ||
          !people
            .addressesOf(people.of(person).key)
            .concat(person)
            .some((one) => held.includes(one))),
    );
    for (const row of over) {
      await destroyContentFile(tx, row, { at: now, by: { id: 'bylaw', name: BYLAW.name }, why: 'over' });
      await appendAudit(tx, {
        chain: clientId,
        actor: BYLAW,
        action: CONTENT_REMOVED,
        subject: { kind: 'content_file', id: row.id, name: row.name },
        before: { bytes: Number(row.bytes), sha256: row.sha256, until: row.until_day },
        after: { destroyed: true, on: today },
        at: now,
      });
    }
    return over.length;
  });
  if (gone > 0) events.publish({ client: clientId, topic: 'activity', id: null });
  return gone;
}
// Guide: G5.2-04
