import {
  removeWatchProposal,
  type WatchProposal,
  watchProposalBy,
} from '#store/detections/watch-proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { noLongerOpen, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { forgetGuards } from './forget.ts';
import { applyPendingHook, notedHook } from './hook/pending-change.ts';
import { applyPendingIcap, notedIcap } from './icap/pending-change.ts';
import { applyPendingList, notedList } from './member-list.ts';
import { type GuardSetting, SECOND_NEEDS } from './pending-change.ts';
import { GUARD_SETTINGS } from './schemas.ts';

interface Chosen {
  /** Id of the proposal that was shown: it may have been replaced since. */
  readonly proposed: string;
}

/** How each setting applies an approved change, and what the audit log records. */
const PENDING_CHANGES: Readonly<
  Record<
    GuardSetting,
    {
      readonly subject: string;
      /** Applies it; null: the setting has changed since. Returns the state before and after, for the audit record. */
      apply(
        tx: Tx,
        context: HandlerContext,
        row: WatchProposal,
      ): Promise<{ readonly before: object; readonly after: object | null } | null>;
      noted(row: WatchProposal): object;
    }
  >
> = {
  hook: { subject: 'inference_hook', apply: applyPendingHook, noted: notedHook },
  icap: { subject: 'icap_service', apply: applyPendingIcap, noted: notedIcap },
  member_list: { subject: 'member_list', apply: applyPendingList, noted: notedList },
};

/** Applies another person's proposal to remove a guard or make it detect less. */
export async function approveGuard(context: HandlerContext, input: Chosen) {
  const { client, services } = context;
  const accounts = await accountsOf(services);
  const guard = await context.change(async (tx, recorder) => {
    const { row, setting } = await chosen(tx, client.id, input);
    const why = whyNotSecondTo(context, accounts, row, SECOND_NEEDS);
    if (why !== null) throw forbidden(why);
    const done = (await removeWatchProposal(tx, row))
      ? await PENDING_CHANGES[setting].apply(tx, context, row)
      : null;
    if (done === null) throw noLongerOpen();
    await recorder.record({
      subject: { kind: PENDING_CHANGES[setting].subject, id: client.id, name: client.name },
      before: done.before,
      after: {
        ...done.after,
        ...(done.after === null ? { removed: true } : {}),
        proposedBy: row.proposed_by_name,
      },
    });
    if (setting === 'hook') await recorder.facts();
    return setting;
  });
  forgetGuards(services);
  return { guard };
}

/** Withdraws or rejects a pending change of a guard. */
export async function withdrawGuard(context: HandlerContext, input: Chosen & { readonly reason: string }) {
  const { client, services } = context;
  const guard = await context.change(async (tx, recorder) => {
    const { row, setting } = await chosen(tx, client.id, input);
    if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
    await recorder.record({
      subject: { kind: PENDING_CHANGES[setting].subject, id: client.id, name: client.name },
      reason: input.reason,
      before: { proposed: PENDING_CHANGES[setting].noted(row), proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
    return setting;
  });
  // Calls signed with a pending secret are no longer accepted.
  forgetGuards(services);
  return { guard };
}

async function chosen(tx: Tx, clientId: string, { proposed }: Chosen) {
  const row = await watchProposalBy(tx, clientId, proposed);
  const setting = GUARD_SETTINGS.find((one) => one === row?.setting);
  if (row === undefined || setting === undefined) throw noLongerOpen();
  return { row, setting };
}
// Guide: G7.2-16
