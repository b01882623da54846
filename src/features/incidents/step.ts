import { randomUUID } from 'node:crypto';
import { type Answers, answersFor } from '#domain/incidents/forms.ts';
import { formGaps, type Lesson, type StepRecord, waitsFor } from '#domain/incidents/status.ts';
import { gapWords } from '#domain/incidents/words.ts';
import type { PlaybookStep } from '#domain/model/playbook.ts';
import { CONTROL_ASSIGNMENTS } from '#domain/work/facts.ts';
import { findDraft } from '#store/charter/drafts.ts';
import { findEvidence } from '#store/evidence/evidence.ts';
import {
  addIncidentEvidence,
  changeStep,
  type IncidentRow,
  type IncidentStepRow,
  touchIncident,
} from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { assignmentWords, assignTask, resolveOwner } from '../owners/index.ts';
import { namesHere } from '../people/index.ts';
import { badRequest, forbidden, notFound, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { ABOUT_YOU, isAbout } from './about-person.ts';
import { act, subjectOf } from './acts.ts';
import { notifyOwner } from './notify-owner.ts';
import { proofsOf } from './proof.ts';
import { announce, editConflict, openIncident, recordOf, rowsOf, stepMeanwhile, stepsNow } from './read.ts';
import { showIncident } from './show.ts';
import { sessionWrites } from './writes.ts';

interface WhichStep {
  readonly incident: string;
  readonly step: string;
  /** Version of the step. */
  readonly version: number;
}

interface NewLesson extends Lesson {
  readonly owner?: string | null | undefined;
  readonly due?: string | null | undefined;
}

interface Recorded extends WhichStep {
  readonly state?: 'open' | 'done' | 'leave_out' | undefined;
  readonly reason?: string | undefined;
  readonly owner?: string | null | undefined;
  readonly due?: string | undefined;
  readonly answers?: Answers | undefined;
  readonly list?: readonly Answers[] | undefined;
  readonly none?: boolean | undefined;
  readonly files?: readonly string[] | undefined;
  readonly lessons?: readonly NewLesson[] | undefined;
}

/** Records a step: its owner and due date, its answers, and whether it is done or skipped. */
export async function recordStep(context: HandlerContext, input: Recorded) {
  const { client, actor, now, services } = context;
  const owner = input.owner === undefined ? undefined : await resolveOwner(services, client.id, input.owner);
  const seen = await context.read(async (tx) => {
    const incident = await openIncident(tx, context, input.incident);
    return {
      incident,
      rows: await rowsOf(tx, context, incident.id),
      writes: await sessionWrites(tx, client.id, incident),
    };
  });
  const proofs = await proofsOf(context, seen.incident, seen.rows);
  const settled = new Set(
    stepsNow(seen.incident, seen.rows, proofs, seen.writes)
      .filter((one) => one.settled)
      .map((one) => one.step.id),
  );
  await context.change(async (tx, recorder) => {
    const incident = await openIncident(tx, context, input.incident);
    const { step, row } = stepOf(incident, await rowsOf(tx, context, incident.id), input);
    const record = await recordFrom(tx, context, step, row, input);
    const state = stateFrom(
      incident,
      step,
      { ...record, state: recordOf(row).state },
      { settled, writes: seen.writes },
      input,
    );
    await giveLessons(tx, recorder, context, input.lessons ?? []);
    const ended = state !== 'open' && state !== row.state;
    const changed = await changeStep(tx, row, {
      state,
      answers: JSON.stringify(record.answers),
      entries: JSON.stringify(record.entries),
      is_none: record.none,
      files: JSON.stringify(record.files),
      lessons: JSON.stringify(record.lessons),
      reason: state === 'leave_out_asked' || state === 'left_out' ? (input.reason ?? row.reason) : null,
      ...(owner === undefined
        ? {}
        : {
            owner_user: owner?.user ?? null,
            owner_name: owner?.name ?? null,
            owner_mail: owner?.mail ?? null,
          }),
      ...(input.due === undefined ? {} : { due_at: new Date(input.due) }),
      ...(ended
        ? { done_by: actor.userId, done_by_name: actor.name, done_at: now }
        : state === 'open'
          ? { done_by: null, done_by_name: null, done_at: null }
          : {}),
    });
    if (!changed) throw stepMeanwhile(row);
    if (!(await touchIncident(tx, client.id, incident.id))) throw editConflict(incident);
    await attach(
      tx,
      context,
      incident,
      record.files.filter((sha) => !row.files.includes(sha)),
    );
    await act(tx, context, incident.id, {
      act: actOf(row.state, state, input),
      step: step.id,
      note: state === row.state ? null : (input.reason ?? null),
    });
    await recorder.record({
      subject: subjectOf(incident),
      ...(input.reason === undefined ? {} : { reason: input.reason }),
      before: { step: step.id, state: row.state, owner: row.owner_name, due: row.due_at.toISOString() },
      after: {
        step: step.id,
        state,
        owner: owner === undefined ? row.owner_name : (owner?.name ?? null),
        due: input.due ?? row.due_at.toISOString(),
        // Answers stay in the incident; the audit log only names the questions.
        answered: Object.keys(record.answers),
        entries: record.entries.length,
        files: record.files,
      },
    });
  });
  const before = seen.rows.find(({ step }) => step === input.step);
  if (owner != null && before !== undefined && owner.mail !== before.owner_mail)
    await notifyOwner(context, {
      incident: seen.incident,
      step: input.step,
      due: input.due === undefined ? before.due_at : new Date(input.due),
      owner,
    });
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

/** A second person agrees that a step is skipped. */
export async function agreeToLeaveOut(
  context: HandlerContext,
  input: WhichStep & { readonly reason: string },
) {
  const { client, actor } = context;
  const accounts = await accountsOf(context.services);
  const names = await namesHere(context);
  await context.change(async (tx, recorder) => {
    const incident = await openIncident(tx, context, input.incident);
    const { step, row } = stepOf(incident, await rowsOf(tx, context, incident.id), input);
    if (row.state !== 'leave_out_asked') throw unprocessable('No one has asked to skip this step.');
    const why =
      (isAbout(names, actor.userId, incident) ? ABOUT_YOU : null) ??
      accounts.whyNotSecond(
        actor.userId,
        row.done_by === null ? [] : [row.done_by],
        'You asked to leave this step out',
      );
    if (why !== null) throw forbidden(why);
    if (!(await changeStep(tx, row, { state: 'left_out' }))) throw stepMeanwhile(row);
    if (!(await touchIncident(tx, client.id, incident.id))) throw editConflict(incident);
    await act(tx, context, incident.id, { act: 'agreed', step: step.id, note: input.reason });
    await recorder.record({
      subject: subjectOf(incident),
      reason: input.reason,
      before: { step: step.id, state: row.state, askedBy: row.done_by_name, reason: row.reason },
      after: { step: step.id, state: 'left_out' },
    });
  });
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

/** A step of an incident, at the version that the page showed. */
export function stepOf(
  incident: IncidentRow,
  rows: readonly IncidentStepRow[],
  { step: id, version }: WhichStep,
) {
  const step = incident.plan.steps.find((one) => one.id === id);
  const row = rows.find((one) => one.step === id);
  if (step === undefined || row === undefined) throw notFound();
  if (row.version !== version) throw stepMeanwhile(row);
  return { step, row };
}

/** The step's record with the input applied; fields left out stay as they are. */
async function recordFrom(
  tx: Tx,
  { client, services }: HandlerContext,
  step: PlaybookStep,
  row: IncidentStepRow,
  input: Recorded,
): Promise<Omit<StepRecord, 'state'>> {
  const before = recordOf(row);
  for (const sha of input.files ?? [])
    if ((await findEvidence(tx, client.id, sha)) === null)
      throw badRequest('An attached file has to be this client’s evidence. Upload it first.');
  for (const { draft, control } of input.lessons ?? []) {
    if (draft !== null && (await findDraft(tx, client.id, draft)) === undefined)
      throw badRequest('The draft of the charter that a lesson names does not exist.');
    if (control !== null && !services.catalogue.controls.some(({ id }) => id === control))
      throw badRequest(`There is no control ${control}.`);
  }
  const { entries } = step;
  return {
    step: step.id,
    answers: input.answers === undefined ? before.answers : answersFor(step.fields, input.answers),
    entries:
      input.list === undefined || entries === undefined
        ? before.entries
        : input.list.map((one) => answersFor(entries.fields, one)),
    none: input.none ?? before.none,
    files: input.files ?? before.files,
    lessons: input.lessons?.map(({ text, draft, control }) => ({ text, draft, control })) ?? before.lessons,
  };
}

/** The resulting state of the step. Refuses what the playbook does not allow, naming the first thing missing. */
function stateFrom(
  incident: IncidentRow,
  step: PlaybookStep,
  record: StepRecord,
  { settled, writes }: { readonly settled: ReadonlySet<string>; readonly writes: readonly string[] },
  { state, reason, ...changed }: Recorded,
): StepRecord['state'] {
  const { answers, list, none, lessons } = changed;
  const rewritten = [answers, list, none, lessons].some((one) => one !== undefined);
  if (state === undefined && !rewritten) return record.state;
  // A done step is open again once one of its answers changes.
  if (state === undefined || state === 'open') {
    const [unfit] = formGaps(step, record).filter(({ code }) => code === 'unfit');
    if (unfit !== undefined) throw badRequest(`${gapWords(unfit, step)}.`);
    return 'open';
  }
  if (state === 'leave_out') {
    if (step.leaveOut === 'never') throw unprocessable('The playbook does not allow skipping this step.');
    if (reason === undefined) throw badRequest('Say why the step is skipped.');
    return step.leaveOut === 'second_person' && !incident.drill ? 'leave_out_asked' : 'left_out';
  }
  const [first] = waitsFor(step, settled);
  if (first !== undefined)
    throw unprocessable(
      `“${incident.plan.steps.find(({ id }) => id === first)?.title ?? first}” has to be settled first.`,
    );
  // A drill changes nothing, so lessons need not become work.
  const [gap] = formGaps(step, record, writes).filter(
    ({ code }) => !(incident.drill && code === 'no_lesson'),
  );
  if (gap !== undefined) throw unprocessable(`${gapWords(gap, step)}.`);
  return 'done';
}

/** Assigns the controls of lessons to people, if an owner or date is given. */
async function giveLessons(
  tx: Tx,
  recorder: Recorder,
  context: HandlerContext,
  lessons: readonly NewLesson[],
): Promise<void> {
  const { client, actor, now, services, can } = context;
  for (const { control, owner, due } of lessons) {
    if (control === null || (owner == null && due == null)) continue;
    if (!can('work.edit')) throw forbidden('Your role does not include assigning controls.');
    const { before, after } = await assignTask(tx, {
      clientId: client.id,
      journey: CONTROL_ASSIGNMENTS,
      task: control,
      owner: await resolveOwner(services, client.id, owner ?? null),
      due: due ?? null,
      by: { id: actor.userId, name: actor.name },
      now,
    });
    if (after !== null)
      await recorder.record({
        action: 'controls.assign',
        subject: { kind: 'control', id: control, name: control },
        before: assignmentWords(before),
        after: assignmentWords(after),
      });
  }
}

/** Files that a step is based on are evidence of the incident, too. */
async function attach(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  incident: IncidentRow,
  files: readonly string[],
): Promise<void> {
  const rows = await Promise.all(
    files.map(async (sha256) => ({
      client_id: client.id,
      incident_id: incident.id,
      id: randomUUID(),
      kind: 'file',
      found: 'kept',
      sha256,
      detail: (await findEvidence(tx, client.id, sha256))?.name ?? null,
      added_by_name: actor.name,
      added_at: now,
    })),
  );
  await addIncidentEvidence(tx, rows);
}

function actOf(before: string, after: string, { state, owner, due }: Recorded): string {
  if (after !== before) return after === 'open' ? 'undone' : after;
  if (state === undefined && (owner !== undefined || due !== undefined)) return 'assigned';
  return 'saved';
}
// Guide: G7.2-04 G7.2-08 G7.2-11 G7.2-12 G7.2-14 G7.2-15 G7.2-19
