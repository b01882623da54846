import { Readable } from 'node:stream';
import { appendAudit } from '#store/audit.ts';
import {
  type ChangeRow,
  changeChange,
  findChange,
  holdChange,
  stepsOf,
  unfinishedChanges,
} from '#store/changes/changes.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import type { HandlerContext, Services } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { fileWord } from '../shared/download.ts';
import { zoneOf } from '../shared/moment.ts';
import type { TargetContext, Verification } from '../shared/services/change-targets.ts';
import { continueChange, HOLD_MS, madeBy } from './apply.ts';
import { targetContext, targetOf } from './plan.ts';
import { changeAt, showChange, subjectOf } from './view.ts';

/** For this long after a change, in milliseconds, the affected data is read every minute. */
const OBSERVE_SOON_MS = 20 * 60_000;

/** Verifies an applied change with the readings since. */
export async function verifyChange(
  context: HandlerContext,
  input: { readonly change: string; readonly version: number },
) {
  const row = await context.read((tx) => changeAt(tx, context, input, ['waiting']));
  const found = await look(context.services, targetContext(context), row);
  await context.change(async (tx, recorder) => {
    const { actor, now } = context;
    const stored = await store(tx, row, found, { name: actor.name, userId: actor.userId, at: now });
    if (!stored) return recorder.unchanged();
    await recorder.record({
      subject: subjectOf(row),
      before: { state: row.state },
      after: resultOf(row, found),
    });
    await recorder.facts();
  });
  context.services.events.publish({ client: context.client.id, topic: 'changes', id: row.id });
  return showChange(context, row.id);
}

/** Job that continues interrupted changes and verifies those that wait for a reading. */
export async function continueChanges(services: Services): Promise<void> {
  const open = await services.store.read('system', (tx) => unfinishedChanges(tx, services.clock()));
  for (const one of open)
    await goOnWith(services, one).catch((error: unknown) =>
      services.log.warn({ err: error, change: one.id }, 'a change could not be gone on with'),
    );
}

async function goOnWith(
  services: Services,
  { client_id, id }: Pick<ChangeRow, 'client_id' | 'id'>,
): Promise<void> {
  const now = services.clock();
  const { row, of } = await services.store.read([client_id], async (tx) => ({
    row: await findChange(tx, client_id, id),
    of: await tx.selectFrom('clients').select('profile').where('id', '=', client_id).executeTakeFirst(),
  }));
  const target = services.changeTargets.find((one) => one.id === row?.target);
  if (row === undefined || of === undefined || target === undefined) return;
  const context: TargetContext = {
    services,
    client: { id: client_id, timezone: zoneOf(of.profile) },
    now,
  };
  if (row.state === 'applying') {
    // Only one process takes it: the first to store its hold.
    if (row.held_until !== null && row.held_until >= now) return;
    const until = new Date(now.getTime() + HOLD_MS);
    const mine = await services.store.write([client_id], (tx) =>
      holdChange(tx, row, row.held_until, until, row.lacks),
    );
    if (mine) await continueChange(services, target, context, id, until);
    return;
  }
  const found = await look(services, context, row);
  // The change becomes visible with a delay: it is read again soon for a while, and then at the usual interval.
  if (found.is !== 'holds' && now.getTime() - (row.applied_at ?? now).getTime() < OBSERVE_SOON_MS)
    await target.writes?.observe?.(context);
  const changed = await services.store.write([client_id], async (tx) => {
    const stored = await store(tx, row, found, { name: BYLAW.name, userId: 'bylaw', at: now });
    if (!stored) return false;
    await appendAudit(tx, {
      chain: client_id,
      actor: BYLAW,
      action: 'changes.verify',
      subject: subjectOf(row),
      before: { state: row.state },
      after: resultOf(row, found),
      at: now,
    });
    return true;
  });
  if (changed) services.events.publish({ client: client_id, topic: 'changes', id });
}

type Found =
  | Exclude<Verification, { is: 'holds' }>
  | {
      readonly is: 'holds';
      readonly receipt: {
        readonly sha256: string;
        readonly bytes: number;
      };
      readonly proof: unknown;
    };

/** Compares the plan with the readings. If it holds, the receipt is written; it counts once its row is stored. */
async function look(services: Services, of: TargetContext, row: ChangeRow): Promise<Found> {
  const steps = await services.store.read([row.client_id], (tx) => stepsOf(tx, row.client_id, row.id));
  const found = await targetOf({ services }, row.target).verify(
    of,
    row.plan,
    row.applied_at ?? of.now,
    madeBy(steps),
  );
  if (found.is !== 'holds') return found;
  const receipt = {
    format: 'bylaw.change/1',
    change: row.id,
    title: row.title,
    reason: row.reason,
    plan: row.plan,
    planSha256: row.plan_sha256,
    planned: { by: row.planned_by_name, at: row.planned_at.toISOString() },
    approved: row.approvals.map(({ byName, at }) => ({ by: byName, at })),
    carriedOut: { by: row.applied_by_name, at: row.applied_at?.toISOString() ?? null },
    steps: steps.map(({ mark, made_id, found: there, done_at }) => ({
      mark,
      id: made_id,
      foundThere: there,
      done: done_at?.toISOString() ?? null,
    })),
    shownBy: { observation: found.sha256, proof: found.proof },
  };
  const bytes = Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
  const stored = await services.blobs.put(Readable.from([bytes]), { maxBytes: bytes.length });
  return { is: 'holds', receipt: stored, proof: found.proof };
}

/** Stores the result; false if there is nothing new or someone else was first. */
async function store(
  tx: Parameters<typeof changeChange>[0],
  row: ChangeRow,
  found: Found,
  by: { readonly name: string; readonly userId: string; readonly at: Date },
): Promise<boolean> {
  if (found.is === 'not_yet') return false;
  const lacks = found.is === 'differs' ? JSON.stringify(found.what) : null;
  if (lacks !== null && lacks === JSON.stringify(row.lacks)) return false;
  if (found.is === 'holds')
    await addEvidence(tx, row.client_id, [
      {
        ...found.receipt,
        name: `change-${fileWord(row.title)}.json`,
        mediaType: 'application/json',
        how: 'change',
        addedBy: by.userId,
        addedByName: by.name,
        addedAt: by.at,
      },
    ]);
  const changed = await changeChange(tx, row.client_id, row.id, row.version, {
    lacks,
    ...(found.is === 'holds'
      ? {
          state: 'verified',
          verified_at: by.at,
          receipt_sha256: found.receipt.sha256,
          proof: JSON.stringify(found.proof),
        }
      : {}),
    changed_by_name: by.name,
    changed_at: by.at,
  });
  return changed !== null;
}

function resultOf(row: ChangeRow, found: Found) {
  return found.is === 'holds'
    ? { state: 'verified', plan: row.plan_sha256, receipt: found.receipt.sha256 }
    : { state: 'waiting', lacks: found.is === 'differs' ? found.what : [] };
}
