import { findConnection } from '#store/sources/connections.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { approvedAct, type PendingActSetting, withdrawnAct } from '../shared/pending-acts.ts';
import { accountsOf } from '../shared/second-person.ts';
import { disconnectIn } from './connect.ts';
import { showSources } from './show.ts';
import { subjectOf, vendorNamed } from './vendor.ts';

interface Chosen {
  readonly connection: string;
  readonly proposed: string;
}

const settingOf = (connection: string): PendingActSetting => `source:${connection}`;

/** Disconnects a source as someone else proposed. */
export async function approveDisconnect(context: HandlerContext, { connection, proposed }: Chosen) {
  const { client, services } = context;
  const accounts = await accountsOf(services);
  await context.change(async (tx, recorder) => {
    const before = await findConnection(tx, client.id, connection);
    if (before === null) throw notFound();
    const row = await approvedAct(tx, context, accounts, { setting: settingOf(connection), proposed });
    await disconnectIn(tx, context, recorder, { before, noted: { proposedBy: row.proposed_by_name } });
  });
  services.events.publish({ client: client.id, topic: 'sources', id: connection });
  return showSources(context);
}

/** Withdraws a proposal to disconnect a source. */
export async function withdrawDisconnect(
  context: HandlerContext,
  { connection, proposed, reason }: Chosen & { readonly reason: string },
) {
  const { client, services } = context;
  await context.change(async (tx, recorder) => {
    const before = await findConnection(tx, client.id, connection);
    if (before === null) throw notFound();
    const row = await withdrawnAct(tx, context, { setting: settingOf(connection), proposed });
    await recorder.record({
      subject: subjectOf(vendorNamed(services, before.vendor), before.id),
      reason,
      before: { proposed: 'disconnect', proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
  });
  services.events.publish({ client: client.id, topic: 'sources', id: connection });
  return showSources(context);
}
// Guide: G5.2-00
