import { randomUUID } from 'node:crypto';
import type { RecurringTask } from '#domain/model/cadence.ts';
import { dayWords, names } from '#domain/text/words.ts';
import { nextDue } from '#domain/work/cadence.ts';
import { hasEvidence } from '#store/attestations/attestations.ts';
import type { Tx } from '#store/open.ts';
import {
  cadenceRecords,
  insertCadenceRecord,
  putRhythm,
  type RhythmRow,
  withdrawCadenceRecord,
} from '#store/work/cadence.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import { reviewKind } from '../verdicts/index.ts';
import { staysOpen } from './actions.ts';
import { editConflict, rhythmOf } from './schedule.ts';
import { findTask, type RecurringView, showRecurring } from './show.ts';

export interface Done {
  readonly task: string;
  readonly on: string;
  readonly note: string;
  readonly areas: readonly string[];
  readonly evidence: readonly string[];
}

/** Records a task as done by the signed-in person. Its interval then sets the next due date. */
export async function recordDone(context: HandlerContext, input: Done): Promise<RecurringView> {
  const { services, client, now } = context;
  const task = findTask(context, input.task);
  const { today } = present(now, client.timezone);
  if (input.on > today)
    throw badRequest(
      `${dayWords(input.on)} is in the future. Today is ${dayWords(today)} at ${client.name}.`,
    );
  const areas = [...new Set(input.areas)];
  refuseAreas(task, areas);
  const evidence = [...new Set(input.evidence)];
  const id = randomUUID();
  const keepsDue = await staysOpen(context, task);
  await context.change(async (tx, recorder) => {
    for (const sha256 of evidence)
      if (!(await hasEvidence(tx, client.id, sha256)))
        throw unprocessable(
          `No evidence of ${client.name} has the address ${sha256.slice(0, 12)}… Upload the file first.`,
        );
    const { before, due, countsAs } = await writeDone(context, tx, task, {
      ...input,
      id,
      areas,
      evidence,
      keepsDue,
    });
    await recorder.record({
      subject: { kind: 'recurring_record', id, name: task.title },
      reason: input.note,
      before: { due: before },
      after: {
        task: task.id,
        on: input.on,
        areas,
        evidence,
        countsAs: evidence.length === 0 ? null : countsAs,
        due,
      },
    });
    await recorder.facts();
  });
  services.events.publish({ client: client.id, topic: 'work', id: task.id });
  return showRecurring(context, task.id);
}

/** One completion of a recurring task, to be recorded. */
export interface DoneOnce extends Omit<Done, 'task'> {
  readonly id: string;
  /** Next due date; left out: the task's interval decides. */
  readonly next?: string | null;
  /** Store the record but leave the due date unchanged, because part of the task is not confirmed. */
  readonly keepsDue?: boolean;
}

/**
 * Stores a record of a recurring task and sets its next due date, in the caller's transaction. `before` and `due` are
 * the old and new due date, null if there is none; `countsAs` is the kind of review that the record may count as.
 */
export async function writeDone(
  context: HandlerContext,
  tx: Tx,
  task: RecurringTask,
  { id, on, note, areas, evidence, next, keepsDue = false }: DoneOnce,
): Promise<{
  readonly before: string | null;
  readonly due: string | null;
  readonly countsAs: string | null;
}> {
  const { client, actor, now } = context;
  const rhythm = await rhythmOf(tx, client.id, task.id);
  const newer = (await cadenceRecords(tx, [client.id])).some(
    (record) => record.task === task.id && record.withdrawn === null && record.done_on > on,
  );
  const countsAs = reviewKind(task, areas, await readProfile(tx, client.id));
  await insertCadenceRecord(tx, {
    id,
    client_id: client.id,
    task: task.id,
    done_on: on,
    due_on: rhythm?.due_on ?? null,
    note,
    areas: JSON.stringify(areas),
    evidence: JSON.stringify(evidence),
    done_by: actor.userId,
    done_by_name: actor.name,
    recorded_at: now,
    counts_as: countsAs,
  });
  // A record entered late does not change the due date: the task was done again since.
  const due =
    newer || keepsDue ? (rhythm?.due_on ?? null) : (next ?? nextDue(task, rhythm?.months ?? null, on));
  if (rhythm?.active === true) await moveTo(context, tx, rhythm, due);
  return { before: rhythm?.due_on ?? null, due: rhythm?.active === true ? due : null, countsAs };
}

/** Withdraws a record. If the task's due date follows from it, the earlier due date is restored. */
export async function withdrawRecord(
  context: HandlerContext,
  input: { readonly record: string; readonly reason: string },
): Promise<RecurringView> {
  const { services, client, actor, now } = context;
  const task = await context.change(async (tx, recorder) => {
    const record = (await cadenceRecords(tx, [client.id])).find(({ id }) => id === input.record);
    if (record === undefined) throw notFound();
    const taken = await withdrawCadenceRecord(tx, {
      client_id: client.id,
      cadence_record_id: record.id,
      reason: input.reason,
      withdrawn_by: actor.userId,
      withdrawn_by_name: actor.name,
      withdrawn_at: now,
    });
    if (!taken)
      throw conflict('This record was already withdrawn. Look at the current version.', {
        by: record.withdrawn?.withdrawn_by_name ?? null,
        at: record.withdrawn?.withdrawn_at ?? null,
        version: null,
      });
    const known = services.catalogue.cadence.tasks.find(({ id }) => id === record.task);
    const rhythm = await rhythmOf(tx, client.id, record.task);
    const moved =
      known !== undefined &&
      rhythm?.active === true &&
      rhythm.due_on === nextDue(known, rhythm.months, record.done_on);
    if (moved) await moveTo(context, tx, rhythm, record.due_on);
    await recorder.record({
      subject: { kind: 'recurring_record', id: record.id, name: known?.title ?? record.task },
      reason: input.reason,
      before: { on: record.done_on, by: record.done_by_name, due: rhythm?.due_on ?? null },
      after: { state: 'withdrawn', due: moved ? record.due_on : (rhythm?.due_on ?? null) },
    });
    await recorder.facts();
    return record.task;
  });
  services.events.publish({ client: client.id, topic: 'work', id: task });
  return showRecurring(context, task);
}

async function moveTo(
  { actor, now }: HandlerContext,
  tx: Tx,
  { version, ...row }: RhythmRow,
  due: string | null,
): Promise<void> {
  const moved = await putRhythm(
    tx,
    { ...row, due_on: due, changed_by: actor.userId, changed_by_name: actor.name, changed_at: now },
    version,
  );
  if (moved === null) throw editConflict({ ...row, version });
}

function refuseAreas(task: RecurringTask, areas: readonly string[]): void {
  const known: readonly string[] = task.review?.areas ?? [];
  const strange = areas.filter((area) => !known.includes(area));
  if (strange.length > 0)
    throw badRequest(
      known.length === 0
        ? `“${task.title}” is not a review, so it has no areas. Leave them out.`
        : `“${task.title}” looks at ${names(known, known.length)}, not at ${names(strange)}.`,
    );
}
// Guide: G3.4-01 G3.4-02 G3.4-04
