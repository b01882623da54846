import { DateTime } from 'luxon';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { holdingsOf } from '#store/retention/holdings.ts';
import { removeHeld } from '#store/retention/remove.ts';
import { takeTurn } from '../backup/index.ts';
import type { Services } from '../context.ts';
import { sweepFiles, sweepImports } from '../imports/index.ts';
import { present } from '../shared/moment.ts';
import { readWorkspace } from '../shared/settings.ts';
import { choose } from './choose.ts';
import { holdNow, type Keeping, keepingOf, readRetained } from './model.ts';
import { planFor } from './plan.ts';
import { removesNothing, shownRemoval } from './shown.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by retention' };
export const REMOVED = 'retention.remove';

/**
 * Removes data of each client whose retention has ended, once a day at most, and then stored files that no client
 * refers to. If it is interrupted, a client's transaction is either complete or absent; unreferenced rows and files
 * are removed by the next run or by their own sweeps.
 */
export async function runRetention(services: Services): Promise<void> {
  const { store, log } = services;
  const { all, ids } = await store.read('system', async (tx) => ({
    all: (await readWorkspace(tx)).settings.retention,
    ids: await tx.selectFrom('clients').select('id').orderBy('id').execute(),
  }));
  let removed = false;
  for (const { id } of ids) {
    try {
      if (await removeOf(services, id, all)) removed = true;
    } catch (error) {
      // A client whose removal fails does not stop that of the others.
      log.error({ err: error, client: id }, 'retention failed for a client and is tried again tomorrow');
    }
  }
  if (!removed) return;
  await sweepImports(services);
  await takeTurn(services, () => sweepFiles(services));
}

async function removeOf(services: Services, clientId: string, all: Keeping): Promise<boolean> {
  const { store, clock, events, verdicts } = services;
  const due = await store.read([clientId], async (tx) => {
    const { settings, zone } = await readRetained(tx, clientId);
    const keeping = keepingOf(settings.retention, all);
    const forGood = keeping.readings === 'forever' && keeping.reports === 'forever';
    if (forGood || holdNow(settings.retention, present(clock(), zone).today) !== null) return null;
    return (await ranToday(tx, clientId, clock(), zone)) ? null : keeping;
  });
  if (due === null) return false;
  const plan = await planFor(services, clientId, due);
  if (removesNothing(plan.choice.removal)) return false;
  const removed = await store.write([clientId], async (tx) => {
    // From here to the end of the transaction, nothing can be stored for this client, and holds and settings cannot
    // change.
    const client = await readRetained(tx, clientId, { lock: true });
    const hold = holdNow(client.settings.retention, plan.today);
    const keeping = keepingOf(client.settings.retention, all);
    const same = keeping.readings === due.readings && keeping.reports === due.reports;
    if (hold !== null || !same || client.factsVersion !== plan.client.factsVersion) return false;
    const now = clock();
    if (await ranToday(tx, clientId, now, client.zone)) return false;
    const { today, needed } = plan;
    const { removal, from } = choose({
      holdings: await holdingsOf(tx, clientId),
      keeping,
      today,
      zone: client.zone,
      needed,
    });
    if (removesNothing(removal)) return false;
    const { seq } = await appendAudit(tx, {
      chain: clientId,
      actor: BYLAW,
      action: REMOVED,
      subject: { kind: 'client', id: clientId, name: client.name },
      before: { kept: keeping, from },
      after: {
        on: today,
        ...shownRemoval(removal, client.zone),
        removed: removal.files.map(({ name, sha256 }) => ({ name, sha256 })),
        reports: removal.reports.map(({ id, title, asOf, sha256 }) => ({ id, title, asOf, report: sha256 })),
      },
      at: now,
    });
    await removeHeld(tx, clientId, removal, { at: now, on: today, record: seq });
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
    return true;
  });
  if (!removed) return false;
  await verdicts.refresh(clientId);
  events.publish({ client: clientId, topic: 'client', id: null });
  return true;
}

async function ranToday(tx: Tx, clientId: string, now: Date, zone: string): Promise<boolean> {
  const begin = DateTime.fromJSDate(now, { zone }).startOf('day').toJSDate();
  const row = await tx
    .selectFrom('audit_log')
    .select('seq')
    .where('client_id', '=', clientId)
    .where('action', '=', REMOVED)
    .where('at', '>=', begin)
    .executeTakeFirst();
  return row !== undefined;
}
