import { appendAudit } from '#store/audit.ts';
import {
  beginStep,
  type ChangeRow,
  changeChange,
  endStep,
  findChange,
  stepsOf,
} from '#store/changes/changes.ts';
import type { HandlerContext, Services } from '../context.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { accountsOf } from '../shared/second-person.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import { hashOf, targetContext, targetOf } from './plan.ts';
import { announce, changeAt, handsIn, meanwhile, showChange, subjectOf } from './view.ts';

/** How long whoever carries a change out holds it, in milliseconds; after that another process goes on. */
const HOLD_MS = 120_000;

/**
 * Carries an approved change out: itself, where the target writes here, else it notes that a person followed the steps.
 * The plan is made again first: where what it rests on has changed meanwhile, the approval is of something else.
 */
export async function carryOut(
  context: HandlerContext,
  input: { readonly change: string; readonly version: number },
) {
  const { actor, client, now, services } = context;
  const seen = await context.read((tx) => changeAt(tx, context, input, ['approved']));
  const target = targetOf(context, seen.target);
  const of = targetContext(context);
  const accounts = await accountsOf(services);
  const counting = seen.approvals.filter(
    ({ by }) => by !== seen.planned_by && accounts.stillApproves(by, client.id, 'charter.approve'),
  );
  if (counting.length === 0)
    throw forbidden('Whoever approved this change may not do so any more. Withdraw it and plan it again.');
  const writes = target.writes !== undefined && (await target.writes.may(of));
  if (writes) {
    const again = await target.plan(of, seen.subject, seen.plan.intent);
    if (!again.ok) throw unprocessable(again.why);
    if (hashOf(again.plan) !== seen.plan_sha256)
      throw unprocessable(
        'What the plan rests on has changed since it was approved. Withdraw it and plan the change again.',
      );
  }
  await context.change(async (tx, recorder) => {
    const row = await changeAt(tx, context, input, ['approved']);
    const changed = await changeChange(tx, client.id, row.id, row.version, {
      state: writes ? 'applying' : 'waiting',
      applied_by: actor.userId,
      applied_by_name: actor.name,
      applied_at: now,
      held_until: writes ? new Date(now.getTime() + HOLD_MS) : null,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw meanwhile(row);
    await recorder.record({
      subject: subjectOf(row),
      before: { state: row.state },
      after: {
        state: changed.state,
        plan: row.plan_sha256,
        by: writes ? 'bylaw' : 'hand',
        hands: handsIn(row).length,
      },
    });
  });
  if (writes) await goOn(services, target, of, seen.id);
  announce(context, seen.id);
  return showChange(context, seen.id);
}

/**
 * Goes on with a change that is being carried out, from the first step that is not done. Each step is noted before it is
 * sent; what a step made before is found by its mark and never made again. Killed anywhere, this is called once more.
 */
export async function goOn(
  services: Services,
  target: ChangeTarget,
  of: TargetContext,
  id: string,
): Promise<void> {
  const { store, clock } = services;
  const clientId = of.client.id;
  const writes = target.writes;
  if (writes === undefined) return;
  const { row, done } = await store.read([clientId], async (tx) => ({
    row: await findChange(tx, clientId, id),
    done: await stepsOf(tx, clientId, id),
  }));
  if (row === undefined || row.state !== 'applying') return;
  const made: Record<string, string> = {};
  for (const step of done) if (step.made_id !== null) made[step.mark] = step.made_id;
  for (const [at, step] of row.plan.steps.entries()) {
    if (done.some((one) => one.at === at && one.state === 'done')) continue;
    const key = { client_id: clientId, change_id: id, at };
    await store.write([clientId], (tx) =>
      beginStep(tx, {
        ...key,
        mark: step.mark,
        state: 'begun',
        made_id: null,
        found: false,
        begun_at: clock(),
        done_at: null,
      }),
    );
    const found = await writes.find(of, step);
    const applied = found === null ? await writes.apply(of, step, made) : { is: 'done' as const, ...found };
    if (applied.is === 'busy') {
      const until = new Date(clock().getTime() + applied.seconds * 1000);
      await store.write([clientId], (tx) => hold(tx, row, until));
      return;
    }
    if (applied.is === 'refused') {
      await end(services, row, 'failed', [applied.why]);
      return;
    }
    await store.write([clientId], (tx) =>
      endStep(tx, key, { state: 'done', made_id: applied.id, found: found !== null, done_at: clock() }),
    );
    if (applied.id !== null) made[step.mark] = applied.id;
  }
  await end(services, row, 'waiting', null);
}

async function hold(tx: Parameters<typeof changeChange>[0], row: ChangeRow, until: Date): Promise<void> {
  await tx
    .updateTable('changes')
    .set({ held_until: until })
    .where('client_id', '=', row.client_id)
    .where('id', '=', row.id)
    .execute();
}

async function end(
  { store, clock, events }: Services,
  row: ChangeRow,
  state: 'waiting' | 'failed',
  lacks: readonly string[] | null,
): Promise<void> {
  const now = clock();
  await store.write([row.client_id], async (tx) => {
    const current = await findChange(tx, row.client_id, row.id);
    if (current === undefined || current.state !== 'applying') return;
    const changed = await changeChange(tx, row.client_id, row.id, current.version, {
      state,
      held_until: null,
      lacks: lacks === null ? null : JSON.stringify(lacks),
      changed_by_name: BYLAW.name,
      changed_at: now,
    });
    if (changed === null) return;
    await appendAudit(tx, {
      chain: row.client_id,
      actor: BYLAW,
      action: 'changes.apply',
      subject: subjectOf(row),
      before: { state: 'applying' },
      after: { state, plan: row.plan_sha256, lacks },
      at: now,
    });
  });
  events.publish({ client: row.client_id, topic: 'changes', id: row.id });
}
