import { actsText } from '#domain/changes/plan.ts';
import { changeChange } from '#store/changes/changes.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { continueChange, HOLD_MS } from './apply.ts';
import { targetContext, targetOf } from './plan.ts';
import { announce, changeAt, editConflict, handsIn, showChange, subjectOf } from './view.ts';

/**
 * Applies an approved change. If the target can write, Bylaw does it; otherwise this records that a person followed the
 * steps. The plan is computed again first: if its facts have changed, the approval was for something else.
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
  if (!seen.alone && counting.length === 0)
    throw forbidden(
      'The person who approved this change no longer has that right. Withdraw it and plan it again.',
    );
  const writes = target.writes !== undefined && (await target.writes.may(of));
  if (writes) {
    const again = await target.plan(of, seen.subject, seen.plan.intent);
    if (!again.ok) throw unprocessable(again.why);
    if (actsText(again.plan) !== actsText(seen.plan)) {
      const moved = target.moved?.(seen.plan, again.plan) ?? [];
      throw unprocessable(
        `What the plan rests on has changed since it was made${moved.length === 0 ? '' : `: ${moved.join('; ')}`}. Withdraw it and plan the change again.`,
      );
    }
  }
  const held = new Date(now.getTime() + HOLD_MS);
  await context.change(async (tx, recorder) => {
    const row = await changeAt(tx, context, input, ['approved']);
    const changed = await changeChange(tx, client.id, row.id, row.version, {
      state: writes ? 'applying' : 'waiting',
      applied_by: actor.userId,
      applied_by_name: actor.name,
      applied_at: now,
      held_until: writes ? held : null,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw editConflict(row);
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
  if (writes) await continueChange(services, target, of, seen.id, held);
  announce(context, seen.id);
  return showChange(context, seen.id);
}
