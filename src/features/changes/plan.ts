import { createHash, randomUUID } from 'node:crypto';
import { type ChangePlan, type Plain, planText } from '#domain/changes/plan.ts';
import { addDays } from '#domain/model/day.ts';
import {
  type ChangeRow,
  changeChange,
  findChange,
  insertChange,
  openChange,
  undoingChanges,
} from '#store/changes/changes.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { present } from '../shared/moment.ts';
import { accountsOf } from '../shared/second-person.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import { announce, showChange, subjectOf } from './view.ts';

export function hashOf(plan: ChangePlan): string {
  return createHash('sha256').update(planText(plan)).digest('hex');
}

export function targetOf({ services }: Pick<HandlerContext, 'services'>, id: string): ChangeTarget {
  const target = services.changeTargets.find((one) => one.id === id);
  if (target === undefined) throw unprocessable(`Bylaw does not plan changes for a system “${id}”.`);
  return target;
}

export function targetContext({ services, client, now }: HandlerContext): TargetContext {
  return { services, client: { id: client.id, timezone: client.timezone }, now };
}

interface Wanted {
  readonly target: string;
  readonly subject: string;
  readonly intent: Plain;
  readonly reason: string;
  readonly until?: string | undefined;
  readonly undoes?: string;
  /** The change that it reverts was approved together with its way back. */
  readonly approvedBefore?: boolean;
}

/**
 * Plans a change from the latest readings. A subject has only one open change; the slower of two people gets a
 * conflict.
 */
export async function planChange(context: HandlerContext, wanted: Wanted) {
  const { client, actor, now } = context;
  const accounts = await accountsOf(context.services);
  const planning = await targetOf(context, wanted.target).plan(
    { ...targetContext(context), by: accounts.signaturesOf(actor.userId) },
    wanted.subject,
    wanted.intent,
  );
  if (!planning.ok) throw unprocessable(planning.why);
  const { plan, title } = planning;
  // Only the generated way back needs no second person; a hand-written one is a change like any other.
  const takesBack = planning.alone === 'back' && wanted.undoes !== undefined;
  const alone = typeof planning.alone === 'object' || takesBack || wanted.approvedBefore === true;
  if (typeof planning.alone === 'object')
    refuseDay(wanted.until, present(now, client.timezone).today, planning.alone.days);
  if (plan.steps.length === 0) throw unprocessable('Nothing to do: the last observation is as it should be.');
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const before = wanted.undoes === undefined ? undefined : await findChange(tx, client.id, wanted.undoes);
    if (alone && before !== undefined) await giveUpWaiting(tx, before, now);
    const added = await insertChange(tx, {
      client_id: client.id,
      id,
      target: wanted.target,
      subject: wanted.subject,
      title,
      plan: JSON.stringify(plan),
      plan_sha256: hashOf(plan),
      state: alone ? 'approved' : 'planned',
      alone,
      reason: wanted.reason,
      undoes: wanted.undoes ?? null,
      until_day: wanted.until ?? null,
      planned_by: actor.userId,
      planned_by_name: actor.name,
      planned_at: now,
      approvals: JSON.stringify([]),
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (!added) {
      const other = await openChange(tx, client.id, wanted.target, wanted.subject);
      throw conflict(
        `${other?.planned_by_name ?? 'Someone'} has already planned a change to the same thing: “${other?.title ?? title}”. Carry it out or withdraw it first.`,
        {
          by: other?.planned_by_name ?? null,
          at: other?.planned_at ?? null,
          version: other?.version ?? null,
        },
      );
    }
    // Checked only now, when the subject is locked: until then, the way back could still have been confirmed.
    if (wanted.undoes !== undefined) await refuseRolledBack(tx, client.id, wanted.undoes);
    await recorder.record({
      action: 'changes.plan',
      subject: subjectOf({ id, title }),
      reason: wanted.reason,
      after: {
        state: alone ? 'approved' : 'planned',
        plan: hashOf(plan),
        steps: plan.steps.map(({ what, name }) => `${what} ${name}`),
        until: wanted.until ?? null,
        undoes: wanted.undoes ?? null,
      },
    });
  });
  announce(context, id);
  return showChange(context, id);
}

/** A change being reverted no longer waits for confirmation, so that its subject is free. */
export async function giveUpWaiting(tx: Tx, row: ChangeRow, now: Date): Promise<void> {
  if (row.state !== 'waiting') return;
  await changeChange(tx, row.client_id, row.id, row.version, {
    state: 'withdrawn',
    changed_by_name: BYLAW.name,
    changed_at: now,
  });
}

/** A change that one person may make alone must end by itself, soon. */
function refuseDay(until: string | undefined, today: string, days: number): void {
  if (until === undefined) throw unprocessable('Enter the last day: after it, the change is undone.');
  if (until < today) throw unprocessable('The last day has already passed. Enter today or a later day.');
  if (until > addDays(today, days))
    throw unprocessable(
      `One person may do this for ${days} days at most. For longer, have it approved in the charter.`,
    );
}

/** The approval of a way back is used up once the change was reverted; anything later needs a new decision. */
async function refuseRolledBack(tx: Tx, clientId: string, change: string): Promise<void> {
  const undoing = await undoingChanges(tx, clientId, change);
  if (undoing.some(({ state }) => state === 'verified'))
    throw unprocessable('This change was already undone. Plan what you want now.');
}

/**
 * Plans to revert a change that was applied and confirmed. If its way back was approved with it, one person may apply
 * that, even before the change is confirmed.
 */
export async function undoChange(
  context: HandlerContext,
  input: { readonly change: string; readonly reason: string },
) {
  const row = await context.read(async (tx) => {
    await refuseRolledBack(tx, context.client.id, input.change);
    return findChange(tx, context.client.id, input.change);
  });
  if (row === undefined) throw notFound();
  const atOnce = row.plan.backAtOnce === true;
  const may = row.state === 'verified' || ((row.alone || atOnce) && row.state === 'waiting');
  if (!may || row.plan.back === null)
    throw unprocessable('Only a change that a reading has shown can be undone.');
  return planChange(context, {
    target: row.target,
    subject: row.subject,
    intent: row.plan.back,
    reason: input.reason,
    undoes: row.id,
    approvedBefore: atOnce,
  });
}
