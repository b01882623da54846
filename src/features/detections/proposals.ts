import { detectionSettings, putSetting } from '#store/detections/alerts.ts';
import { findProposal, type ProposalRow, removeProposal } from '#store/detections/proposals.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { namesHere } from '../people/index.ts';
import { conflict, forbidden } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { checkHistory, checkNumber, editConflict, findDetection, settingOf } from './change.ts';
import { clientContext, detectionView, statusOf, whyNotApprove } from './list.ts';
import { refuseOwn, refuseProposer } from './own-alerts.ts';

interface Chosen {
  readonly detection: string;
  /** The proposal that was on the screen; it may have been replaced since. */
  readonly proposal: string;
}

/** Puts a change into force that someone else proposed and that makes a detection find less. */
export async function approveDetection(context: HandlerContext, input: Chosen) {
  const { client, actor, now, services } = context;
  const detection = findDetection(context, input.detection);
  const facts = await clientContext(context);
  const accounts = await accountsOf(services);
  const names = await namesHere(context);
  const view = await context.change(async (tx, recorder) => {
    const row = await proposalAt(tx, client.id, input);
    const why = whyNotApprove(context, accounts, row);
    if (why !== null) throw forbidden(why);
    await refuseOwn(context, tx, names.of(actor.userId), detection);
    const proposer = { names: names.of(row.proposed_by), name: row.proposed_by_name };
    await refuseProposer(context, tx, proposer, detection);
    // The catalogue may have been updated since the proposal.
    if (row.number !== null) checkNumber(detection, row.number);
    if (row.history !== null) checkHistory(detection, row.history);
    const before = (await detectionSettings(tx, client.id)).find((one) => one.detection === input.detection);
    const { is_on, number, history, reason } = row;
    const done = await putSetting(
      tx,
      {
        client_id: client.id,
        detection: input.detection,
        is_on,
        number,
        history,
        reason,
        changed_by_name: row.proposed_by_name,
        approved_by_name: actor.name,
        changed_at: now,
      },
      row.version,
    );
    if (!done || !(await removeProposal(tx, row))) throw editConflict(before);
    const after = (await detectionSettings(tx, client.id)).find((one) => one.detection === input.detection);
    await recorder.record({
      subject: { kind: 'detection', id: input.detection, name: detection.title },
      reason,
      before: settingOf(detection, before),
      after: { ...settingOf(detection, after), proposedBy: row.proposed_by_name },
    });
    return detectionView(detection, await statusOf(context, tx, facts, accounts));
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  return view;
}

/** Withdraws or refuses a proposed change. The detection stays as it is. */
export async function withdrawDetection(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
) {
  const { client, services } = context;
  const detection = findDetection(context, input.detection);
  const facts = await clientContext(context);
  const accounts = await accountsOf(services);
  const view = await context.change(async (tx, recorder) => {
    const row = await proposalAt(tx, client.id, input);
    if (!(await removeProposal(tx, row))) throw gone();
    await recorder.record({
      subject: { kind: 'detection', id: input.detection, name: detection.title },
      reason: input.reason,
      before: { on: row.is_on, number: row.number, history: row.history, proposedBy: row.proposed_by_name },
      after: { proposed: null },
    });
    return detectionView(detection, await statusOf(context, tx, facts, accounts));
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  return view;
}

async function proposalAt(tx: Tx, clientId: string, { detection, proposal }: Chosen): Promise<ProposalRow> {
  const row = await findProposal(tx, clientId, detection);
  if (row === undefined || row.id !== proposal) throw gone();
  return row;
}

function gone() {
  return conflict(
    'This proposal is not open anymore, or another took its place. Look at the detection again.',
    {
      by: null,
      at: null,
      version: null,
    },
  );
}
// Guide: G7.1-05
