import {
  findWatchProposal,
  removeWatchProposal,
  type WatchProposal,
} from '#store/detections/watch-proposals.ts';
import { putTuning } from '#store/dlp/tuning.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { noLongerOpen, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { forgetGuards } from './forget.ts';
import { notedOf, showTuning, tunedMeanwhile } from './tuning.ts';
import { readTuning, tuningOf } from './tuning-of.ts';

interface Chosen {
  /** Id of the proposal that was shown: it may have been replaced since. */
  readonly proposed: string;
}

/** Applies another person's proposal that makes guards find less. */
export async function approveTuning(context: HandlerContext, input: Chosen) {
  const { client, now, services } = context;
  const accounts = await accountsOf(services);
  await context.change(async (tx, recorder) => {
    const row = await chosen(tx, client.id, input);
    const why = whyNotSecondTo(context, accounts, row, 'detections.edit');
    if (why !== null) throw forbidden(why);
    const before = await tuningOf(tx, client.id);
    const after = readTuning(row.value);
    const next = {
      client_id: client.id,
      value: JSON.stringify(after),
      changed_at: now,
      changed_by: row.proposed_by,
      changed_by_name: row.proposed_by_name,
    };
    if (!(await putTuning(tx, next, row.version)) || !(await removeWatchProposal(tx, row)))
      throw await tunedMeanwhile(tx, client.id);
    await recorder.record({
      subject: { kind: 'dlp_tuning', id: client.id, name: client.name },
      before: notedOf(before),
      after: { ...notedOf(after), proposedBy: row.proposed_by_name },
    });
  });
  forgetGuards(services);
  return showTuning(context);
}

/** Withdraws or rejects a pending change. */
export async function withdrawTuning(context: HandlerContext, input: Chosen & { readonly reason: string }) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const row = await chosen(tx, client.id, input);
    if (!(await removeWatchProposal(tx, row))) throw noLongerOpen();
    await recorder.record({
      subject: { kind: 'dlp_tuning', id: client.id, name: client.name },
      reason: input.reason,
      before: { proposed: notedOf(readTuning(row.value)), proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
  });
  return showTuning(context);
}

async function chosen(tx: Tx, clientId: string, { proposed }: Chosen): Promise<WatchProposal> {
  const row = await findWatchProposal(tx, clientId, 'dlp');
  if (row === undefined || row.id !== proposed) throw noLongerOpen();
  return row;
}
// Guide: G7.2-16
