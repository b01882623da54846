import { REPORT_REMOVED } from '#domain/incidents/words.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import { addActByOrigin } from '#store/incidents/incidents.ts';
import { removePasses, removeReports } from '#store/staff/expired.ts';
import type { Services } from '../../context.ts';
import { peopleOf } from '../../people/index.ts';
import { present } from '../../shared/moment.ts';
import { heldPeople } from '../activity/model.ts';
import { eachClient } from '../each-client.ts';
import { holdNow, readRetained } from '../model.ts';
import { pastStaff, readStaffRetention, staffKeepingOf } from './model.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
const STAFF_REMOVED = 'retention.remove_staff';

/**
 * Removes reports by staff and passed quizzes whose retention has ended, of each client, once a day. Removal and
 * record are one transaction: the record has the references of reports, and the number of quizzes.
 */
export async function runStaffRetention(services: Services): Promise<void> {
  await eachClient(services, 'retention of records of staff failed and is tried again tomorrow', (id) =>
    removeOf(services, id),
  );
}

async function removeOf(services: Services, clientId: string): Promise<void> {
  const { store, clock, catalogue, events } = services;
  const now = clock();
  const { zone } = await store.read([clientId], (tx) => readRetained(tx, clientId));
  const { today } = present(now, zone);
  const people = await peopleOf({ services, now }, { id: clientId, timezone: zone }, { masked: false });
  const removed = await store.write([clientId], async (tx) => {
    // From here to the end of the transaction, holds and settings cannot change, and no report can be submitted.
    const client = await readRetained(tx, clientId, { lock: true });
    if (holdNow(client.settings.retention, today) !== null) return false;
    const keeping = staffKeepingOf(await readStaffRetention(tx, clientId), catalogue.staffRetention);
    const held = await heldPeople(tx, clientId, people, today);
    const { reports, passes } = await pastStaff(tx, clientId, keeping, { today, zone, held });
    if (reports.length === 0 && passes.length === 0) return false;
    await removeReports(tx, clientId, reports);
    await addActByOrigin(
      tx,
      { clientId, kind: 'staff', ids: reports.map(({ id }) => id) },
      { act: REPORT_REMOVED, done_by: 'bylaw', done_by_name: BYLAW.name, done_at: now },
    );
    await removePasses(tx, clientId, passes);
    await appendAudit(tx, {
      chain: clientId,
      actor: BYLAW,
      action: STAFF_REMOVED,
      subject: { kind: 'client', id: clientId, name: client.name },
      before: { kept: keeping },
      after: { on: today, reports: reports.map(({ reference }) => reference), quizzes: passes.length },
      at: now,
    });
    return true;
  });
  if (removed) events.publish({ client: clientId, topic: 'staff', id: null });
}
