import { changeChange } from '#store/changes/changes.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { announce, changeAt, editConflict, showChange, subjectOf, whyNotApprove } from './view.ts';

interface Chosen {
  readonly change: string;
  readonly version: number;
}

/** Approves exactly the plan that was shown, by someone who did not work on it. */
export async function approveChange(context: HandlerContext, input: Chosen & { readonly plan: string }) {
  const { actor, client, now } = context;
  const accounts = await accountsOf(context.services);
  await context.change(async (tx, recorder) => {
    const row = await changeAt(tx, context, input, ['planned']);
    const why = whyNotApprove(context, row, accounts);
    if (why !== null) throw forbidden(why);
    if (row.plan_sha256 !== input.plan)
      throw unprocessable('That is not the plan that is open. Look at the change again.');
    const approvals = [...row.approvals, { by: actor.userId, byName: actor.name, at: now.toISOString() }];
    const changed = await changeChange(tx, client.id, row.id, row.version, {
      state: 'approved',
      approvals: JSON.stringify(approvals),
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw editConflict(row);
    await recorder.record({
      subject: subjectOf(row),
      before: { state: row.state },
      after: { state: 'approved', plan: row.plan_sha256, plannedBy: row.planned_by_name },
    });
  });
  announce(context, input.change);
  return showChange(context, input.change);
}

/** Withdraws a change. Steps already applied stay applied. */
export async function withdrawChange(context: HandlerContext, input: Chosen & { readonly reason: string }) {
  const { actor, client, now } = context;
  await context.change(async (tx, recorder) => {
    const row = await changeAt(tx, context, input, ['planned', 'approved', 'waiting']);
    const changed = await changeChange(tx, client.id, row.id, row.version, {
      state: 'withdrawn',
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw editConflict(row);
    await recorder.record({
      subject: subjectOf(row),
      reason: input.reason,
      before: { state: row.state },
      after: { state: 'withdrawn' },
    });
  });
  announce(context, input.change);
  return showChange(context, input.change);
}
