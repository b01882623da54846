import { dayWords } from '#domain/text/words.ts';
import { changeException, type ExceptionRow, findException } from '#store/exceptions/exceptions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { mayApprove } from './status.ts';
import { type ExceptionView, readException, todayOf } from './views.ts';

interface Chosen {
  readonly exception: string;
  readonly version: number;
}

/** Approves a request. The exception takes effect on its first day, but never before the day of approval. */
export async function approveException(
  context: HandlerContext,
  input: Chosen & { readonly note?: string | undefined },
): Promise<ExceptionView> {
  const accounts = await accountsOf(context.services);
  return act(context, input, async (row, tx, recorder) => {
    waiting(row);
    const today = todayOf(context);
    if (row.until_day < today)
      throw unprocessable(
        `Its last day, ${dayWords(row.until_day)}, passed before anyone decided. Ask for a new one.`,
      );
    const severity =
      context.services.catalogue.controls.find(({ id }) => id === row.control_id)?.severity ?? null;
    const may = mayApprove(
      { severity, requestedBy: row.requested_by, owner: row.owner },
      context.actor,
      accounts,
    );
    if (!may.ok) throw forbidden(may.why);
    const from = row.from_day < today ? today : row.from_day;
    const changed = await changeException(tx, context.client.id, row.id, input.version, {
      state: 'approved',
      from_day: from,
      decided_by: context.actor.userId,
      decided_by_name: context.actor.name,
      decided_at: context.now,
      decision_note: input.note === undefined || input.note === '' ? null : input.note,
    });
    if (changed === null) return null;
    await recorder.record({
      subject: { kind: 'exception', id: row.id, name: row.control_id },
      reason: changed.decision_note,
      before: { state: row.state, from: row.from_day },
      after: {
        state: changed.state,
        control: row.control_id,
        items: row.items,
        owner: row.owner,
        from,
        until: row.until_day,
        requestedBy: row.requested_by_name,
        samePersonAskedAndApproved: row.requested_by === context.actor.userId,
      },
    });
    await recorder.facts();
    return changed;
  });
}

/** Refuses a request. Only the record changes. */
export async function refuseException(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<ExceptionView> {
  return act(context, input, async (row, tx, recorder) => {
    waiting(row);
    const changed = await changeException(tx, context.client.id, row.id, input.version, {
      state: 'refused',
      decided_by: context.actor.userId,
      decided_by_name: context.actor.name,
      decided_at: context.now,
      decision_note: input.reason,
    });
    if (changed === null) return null;
    await recorder.record({
      subject: { kind: 'exception', id: row.id, name: row.control_id },
      reason: input.reason,
      before: { state: row.state },
      after: { state: changed.state },
    });
    return changed;
  });
}

/** Ends an exception early, or withdraws a request. The requester and approvers may do it. */
export async function endException(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<ExceptionView> {
  return act(context, input, async (row, tx, recorder) => {
    if (row.requested_by !== context.actor.userId && !context.can('exceptions.approve'))
      throw forbidden(
        'Only the person who requested an exception, or someone who may approve one, can end it.',
      );
    const today = todayOf(context);
    if ((row.state !== 'approved' && row.state !== 'requested') || row.until_day < today)
      throw conflict('This exception has already ended.', {
        by: row.ended_by_name ?? row.decided_by_name,
        at: row.ended_at ?? row.decided_at,
        version: row.version,
      });
    const changed = await changeException(tx, context.client.id, row.id, input.version, {
      state: 'ended',
      ended_by: context.actor.userId,
      ended_by_name: context.actor.name,
      ended_at: context.now,
      ended_reason: input.reason,
    });
    if (changed === null) return null;
    await recorder.record({
      subject: { kind: 'exception', id: row.id, name: row.control_id },
      reason: input.reason,
      before: { state: row.state, until: row.until_day },
      after: { state: changed.state },
    });
    if (row.state === 'approved') await recorder.facts();
    return changed;
  });
}

/** Ends an exception or a request within the caller's transaction; one that is already over is left unchanged. */
export async function endIn(
  tx: Tx,
  recorder: Pick<Recorder, 'record' | 'facts'>,
  { client, actor, now }: Pick<HandlerContext, 'client' | 'actor' | 'now'>,
  id: string,
  reason: string,
): Promise<void> {
  const row = await findException(tx, client.id, id);
  if (row === undefined || (row.state !== 'approved' && row.state !== 'requested')) return;
  const changed = await changeException(tx, client.id, id, row.version, {
    state: 'ended',
    ended_by: actor.userId,
    ended_by_name: actor.name,
    ended_at: now,
    ended_reason: reason,
  });
  if (changed === null) return;
  await recorder.record({
    action: 'exceptions.end',
    subject: { kind: 'exception', id, name: row.control_id },
    reason,
    before: { state: row.state, until: row.until_day },
    after: { state: changed.state },
  });
  if (row.state === 'approved') await recorder.facts();
}

/** Runs one change of an exception. `work` returns null if the version is no longer the one that was shown. */
async function act(
  context: HandlerContext,
  { exception, version }: Chosen,
  work: (row: ExceptionRow, tx: Tx, recorder: Recorder) => Promise<ExceptionRow | null>,
): Promise<ExceptionView> {
  await context.change(async (tx, recorder) => {
    const row = await findException(tx, context.client.id, exception);
    if (!row) throw notFound();
    const changed = row.version === version ? await work(row, tx, recorder) : null;
    if (changed === null) throw editConflict((await findException(tx, context.client.id, exception)) ?? row);
  });
  context.services.events.publish({ client: context.client.id, topic: 'exceptions', id: exception });
  return readException(context, exception);
}

function waiting(row: ExceptionRow): void {
  if (row.state !== 'requested') throw editConflict(row);
}

function editConflict(row: ExceptionRow) {
  const by = row.ended_by_name ?? row.decided_by_name;
  const done = row.state === 'approved' ? 'approved' : row.state === 'refused' ? 'refused' : 'ended';
  const words =
    row.state === 'requested'
      ? 'This request was changed in the meantime. Look at it again.'
      : `${by ?? 'Someone'} ${done} this exception in the meantime. Look at it again.`;
  return conflict(words, { by, at: row.ended_at ?? row.decided_at, version: row.version });
}
