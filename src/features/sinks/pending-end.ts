import { findSink } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { actOf, approvedAct, withdrawnAct } from '../shared/pending-acts.ts';
import { accountsOf } from '../shared/second-person.ts';
import { pauseIn, removeIn } from './end.ts';
import { publish, refuseUnread, settingOf } from './one-sink.ts';

interface Chosen {
  readonly sink: string;
  readonly proposed: string;
}

/** Pauses or removes a sink as someone else proposed. */
export async function approveSink(context: HandlerContext, { sink, proposed }: Chosen) {
  const { client, services } = context;
  const accounts = await accountsOf(services);
  const act = await context.change(async (tx, recorder) => {
    const before = await findSink(tx, client.id, sink);
    if (before === undefined) throw notFound();
    refuseUnread(context, before.filter);
    const row = await approvedAct(tx, context, accounts, { setting: settingOf(sink), proposed });
    const noted = { proposedBy: row.proposed_by_name };
    if (actOf(row) === 'pause') await pauseIn(tx, context, recorder, { before, paused: true, noted });
    else await removeIn(tx, context, recorder, { before, noted });
    return actOf(row);
  });
  publish(context, sink);
  return { act };
}

/** Withdraws a proposal to pause or remove a sink. */
export async function withdrawSink(
  context: HandlerContext,
  { sink, proposed, reason }: Chosen & { readonly reason: string },
) {
  const { client } = context;
  const act = await context.change(async (tx, recorder) => {
    const before = await findSink(tx, client.id, sink);
    if (before === undefined) throw notFound();
    const row = await withdrawnAct(tx, context, { setting: settingOf(sink), proposed });
    await recorder.record({
      subject: { kind: 'sink', id: sink, name: before.name },
      reason,
      before: { proposed: actOf(row), proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
    return actOf(row);
  });
  publish(context, sink);
  return { act };
}
// Guide: G5.3-00
