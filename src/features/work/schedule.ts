import { QUARTERLY_REVIEW, type RecurringTask } from '#domain/model/cadence.ts';
import { everyWords } from '#domain/work/cadence.ts';
import type { Tx } from '#store/open.ts';
import { putRhythm, type RhythmRow, rhythmsOf } from '#store/work/cadence.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfAssigned, queueAssignedNotices } from '../mail/index.ts';
import { resolveOwner } from '../owners/index.ts';
import { conflict, unprocessable } from '../problems.ts';
import { findTask, type RecurringView, showRecurring } from './show.ts';

export interface Schedule {
  readonly task: string;
  readonly version: number;
  readonly active: boolean;
  readonly months: number | null;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly due: string | null;
}

/** Sets who does a recurring task and when, or that the client does not do it. */
export async function schedule(context: HandlerContext, input: Schedule): Promise<RecurringView> {
  const { services, client, actor, now } = context;
  const task = findTask(context, input.task);
  const months = ownMonths(task, input.months);
  const reason = input.reason === null || input.reason === '' ? null : input.reason;
  if (!input.active && reason === null)
    throw unprocessable(
      `“${task.title}” is asked for by the guide. Say why it is skipped here; the reason stays with it.`,
    );
  if (months !== null && reason === null)
    throw unprocessable(
      `The guide says ${everyWords(task, null).toLowerCase()}. Say why this client does it ${everyWords(task, months).toLowerCase()}.`,
    );
  const owner = await resolveOwner(services, client.id, input.owner);
  await context.change(async (tx, recorder) => {
    const before = await rhythmOf(tx, client.id, task.id);
    if ((before?.version ?? 0) !== input.version) throw editConflict(before);
    const row = {
      client_id: client.id,
      task: task.id,
      active: input.active,
      months,
      reason,
      owner_user: owner?.user ?? null,
      owner_name: owner?.name ?? null,
      owner_mail: owner?.mail ?? null,
      due_on: input.active ? input.due : null,
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    };
    const after = rhythmWords(row);
    if (before !== null && JSON.stringify(rhythmWords(before)) === JSON.stringify(after)) {
      recorder.unchanged();
      return;
    }
    if ((await putRhythm(tx, row, input.version)) === null) throw editConflict(before);
    await recorder.record({
      subject: { kind: 'recurring_task', id: task.id, name: task.title },
      reason,
      before: before === null ? null : rhythmWords(before),
      after,
    });
    // The journal shows the date of the next governance review, which is taken from here.
    if (task.id === QUARTERLY_REVIEW) await recorder.facts();
    if (input.active && row.owner_user !== (before?.owner_user ?? null))
      await queueAssignedNotices(tx, context, [row.owner_user]);
  });
  notifyOfAssigned(services);
  services.events.publish({ client: client.id, topic: 'work', id: task.id });
  return showRecurring(context, task.id);
}

/** Months as stored: null if they equal the guide's. */
function ownMonths(task: RecurringTask, months: number | null): number | null {
  if (months === null) return null;
  if (!('months' in task.every))
    throw unprocessable(`“${task.title}” has no interval: it is done ${task.every.event.toLowerCase()}.`);
  return months === task.every.months ? null : months;
}

export async function rhythmOf(tx: Tx, clientId: string, task: string): Promise<RhythmRow | null> {
  return (await rhythmsOf(tx, [clientId])).find((row) => row.task === task) ?? null;
}

/** A task's schedule as recorded in the audit log. */
export function rhythmWords(row: Omit<RhythmRow, 'version'>) {
  return {
    active: row.active,
    months: row.months,
    reason: row.reason,
    owner: row.owner_name,
    mail: row.owner_mail,
    due: row.due_on,
  };
}

export function editConflict(before: RhythmRow | null) {
  return conflict('Someone else changed this task after you opened it. Look at the current version.', {
    by: before?.changed_by_name ?? null,
    at: before?.changed_at ?? null,
    version: before?.version ?? 0,
  });
}
// Guide: G2.2-34 G7.1-00 GA-13 GA-16
