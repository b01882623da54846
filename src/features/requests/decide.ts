import { mayDecideRequest } from '#domain/requests/decide.ts';
import { isOpenRequest } from '#domain/requests/status.ts';
import type { Tx } from '#store/open.ts';
import { changeRequest, findRequest } from '#store/requests/requests.ts';
import { announce as announceDraft } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, forbidden, notFound, unprocessable } from '../problems.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import { checkDay, step } from './ask.ts';
import { draftFor, putRequestDraft } from './draft.ts';
import { announce, editConflict, type ReadRequest, readRequest, todayOf } from './read.ts';
import { showRequest } from './show.ts';

interface Decision {
  readonly request: string;
  readonly version: number;
  readonly reason: string;
}

/**
 * Approves a request until a day. If two people have to approve, the first approval is only stored; the last one opens
 * a draft of the charter. Nothing changes in Claude.
 */
export async function approveRequest(context: HandlerContext, input: Decision & { readonly until: string }) {
  const { client, actor, now } = context;
  checkDay(context, input.until, 'The last day of the approval');
  const seen = await context.read((tx) => open(tx, context, input));
  const accounts = await accountsOf(context.services);
  decidable(context, seen, accounts);
  if (seen.review.blocked !== null) throw unprocessable(seen.review.blocked);
  const approvals = [
    ...seen.row.approvals.filter(({ by }) => accounts.stillApproves(by, client.id, 'requests.decide')),
    { by: actor.userId, byName: actor.name, at: now.toISOString(), until: input.until },
  ];
  // If two people approved different days, the earlier one applies.
  const until = approvals.map((one) => one.until).sort()[0] ?? input.until;
  const last = approvals.length >= seen.approvers.needed;
  const wanted = last ? await draftFor(context, seen, input.reason) : null;
  const draft = await context.change(async (tx, recorder) => {
    const { row } = await open(tx, context, input);
    const put = wanted === null ? null : await putRequestDraft(tx, recorder, context, wanted);
    const changed = await changeRequest(tx, client.id, row.id, input.version, {
      approvals: JSON.stringify(approvals),
      changed_by_name: actor.name,
      changed_at: now,
      ...(last
        ? {
            state: 'approved',
            until_day: until,
            reason: input.reason,
            decided_by_name: approvals.map(({ byName }) => byName).join(' and '),
            decided_at: now,
            charter_draft_id: put,
          }
        : { state: 'in_review' }),
    });
    if (changed === null) throw editConflict((await findRequest(tx, client.id, row.id)) ?? row);
    await step(tx, context, row.id, last ? 'approved' : 'approved_first', input.reason);
    await recorder.record({
      action: 'requests.approve',
      subject: { kind: 'connector_request', id: row.id, name: row.name },
      reason: input.reason,
      before: { state: row.state, approvals: row.approvals.length },
      after: {
        state: changed.state,
        until: changed.until_day,
        approvals: approvals.map(({ byName, until: day }) => ({ by: byName, until: day })),
        needed: seen.approvers.needed,
        concerns: seen.review.concerns,
        draft: put,
      },
    });
    await recorder.facts();
    return put;
  });
  if (draft !== null) announceDraft(context, draft);
  announce(context, input.request);
  return showRequest(context, input.request);
}

/** Refuses a request. */
export async function refuseRequest(context: HandlerContext, input: Decision) {
  const { actor, now } = context;
  return settle(context, input, {
    state: 'refused',
    decided_by_name: actor.name,
    decided_at: now,
  });
}

/** Defers a request until a day, on which it waits for a decision again. */
export async function deferRequest(context: HandlerContext, input: Decision & { readonly until: string }) {
  checkDay(context, input.until, 'The day on which it is decided again');
  if (input.until <= todayOf(context)) throw badRequest('Choose a day after today.');
  return settle(context, input, { state: 'deferred', deferred_until: input.until, approvals: '[]' });
}

/** Records a decision that one person may make alone, since it permits nothing. No one decides on their own request. */
async function settle(
  context: HandlerContext,
  input: Decision,
  into: { readonly state: 'refused' | 'deferred' } & Parameters<typeof changeRequest>[4],
) {
  const { client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const { row } = await open(tx, context, input);
    if (row.asked_by === actor.userId)
      throw forbidden('You asked for this connector. Withdraw the request if you no longer need it.');
    const changed = await changeRequest(tx, client.id, row.id, input.version, {
      ...into,
      reason: input.reason,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (changed === null) throw editConflict((await findRequest(tx, client.id, row.id)) ?? row);
    await step(tx, context, row.id, into.state, input.reason);
    await recorder.record({
      subject: { kind: 'connector_request', id: row.id, name: row.name },
      reason: input.reason,
      before: { state: row.state },
      after: {
        state: into.state,
        ...(into.state === 'deferred' ? { until: changed.deferred_until } : {}),
      },
    });
    await recorder.facts();
  });
  announce(context, input.request);
  return showRequest(context, input.request);
}

async function open(
  tx: Tx,
  { client, services }: HandlerContext,
  { request, version }: Omit<Decision, 'reason'>,
) {
  const row = await findRequest(tx, client.id, request);
  if (row === undefined) throw notFound();
  if (!isOpenRequest(row.state) || row.version !== version) throw editConflict(row);
  return readRequest(services.catalogue, row);
}

function decidable({ actor }: HandlerContext, { row }: ReadRequest, accounts: Accounts): void {
  const may = mayDecideRequest(
    { askedBy: row.asked_by, approvedBy: row.approvals.map(({ by }) => by) },
    actor.userId,
  );
  if (!may.ok) throw forbidden(may.why);
  const why = accounts.whyNotSecond(
    actor.userId,
    [row.asked_by, ...row.approvals.map(({ by }) => by)],
    'You had a hand in this request',
  );
  if (why !== null) throw forbidden(why);
}
// Guide: G3.3-06 G3.4-03
