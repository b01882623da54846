import { dayWords } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import {
  findJourney,
  type JourneyStepRow,
  journeySteps,
  type PersonJourneyRow,
  putStep,
} from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner } from '../owners/index.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { editConflict, shown, subjectOf } from './acts.ts';
import { lookAt } from './current-state.ts';
import type { Journey } from './view.ts';

interface WhichStep {
  readonly journey: string;
  readonly step: string;
  readonly version: number;
}

/** Marks a step as done on a day, accepts that it stays undone, or removes the mark. */
export async function markStep(
  context: HandlerContext,
  input: WhichStep & {
    readonly on: string | null;
    readonly how: 'done' | 'accepted';
    readonly note: string | null;
  },
): Promise<Journey> {
  const { client, actor, now } = context;
  const { on, how } = input;
  const note = input.note?.trim() === '' ? null : input.note;
  const { today } = present(now, client.timezone);
  if (on !== null && on > today)
    throw badRequest(`${dayWords(on)} is in the future. Mark the step once it is done.`);
  if (on !== null && how === 'accepted' && note === null)
    throw badRequest('Give the reason why the step will not be done.');
  const marked = on !== null;
  if (on !== null && how === 'done') await refuseUnshown(context, input);
  return changeStep(context, input, {
    marked_on: on,
    marked_how: marked ? how : null,
    note: marked ? note : null,
    marked_by: marked ? actor.userId : null,
    marked_by_name: marked ? actor.name : null,
    marked_at: marked ? now : null,
  });
}

async function refuseUnshown(context: HandlerContext, { journey, step }: WhichStep): Promise<void> {
  const { client } = context;
  const row = await context.read((tx) => findJourney(tx, client.id, journey));
  const [now] = row === null ? [] : (await lookAt(context, client, [row])).journeys;
  const asked = now?.steps.find((one) => one.step.id === step);
  if (asked?.shown.code === 'projects_open')
    throw unprocessable(
      `${asked.shown.words} Say what happened to each one; the step is done with the last.`,
    );
  const held = asked?.held ?? [];
  if (held.length > 0)
    throw unprocessable(
      `It is held until this is shown: ${held.join('; ')}. Where it cannot be, accept there, with a reason, that it stays undone.`,
    );
}

/** Gives one step to an owner; with none, it is back with the owner of the offboarding or onboarding. */
export async function assignStep(
  context: HandlerContext,
  input: WhichStep & { readonly owner: string | null },
): Promise<Journey> {
  const owner = await resolveOwner(context.services, context.client.id, input.owner);
  return changeStep(context, input, {
    owner_user: owner?.user ?? null,
    owner_name: owner?.name ?? null,
    owner_mail: owner?.mail ?? null,
  });
}

async function changeStep(
  context: HandlerContext,
  which: WhichStep,
  part: Partial<JourneyStepRow>,
): Promise<Journey> {
  const { client } = context;
  const seen = await context.read((tx) => findJourney(tx, client.id, which.journey));
  if (seen === null) throw notFound();
  const [now] = (await lookAt(context, client, [seen])).journeys;
  const step = now?.steps.find((one) => one.step.id === which.step)?.step;
  if (step === undefined) throw notFound();
  const journey = await context.change(async (tx, recorder) => {
    const row = await findJourney(tx, client.id, which.journey);
    if (row === null) throw notFound();
    if (row.ended_at !== null)
      throw conflict(`The ${row.kind} of ${row.name} was ended. Reopen it first.`, {
        by: row.ended_by_name,
        at: row.ended_at,
        version: row.version,
      });
    const before = await stepRow(tx, row, which.step);
    if (before.version !== which.version) throw editConflict({ kind: 'step', version: before.version });
    const next = { ...before, ...part };
    if (JSON.stringify(recordedFields(next)) === JSON.stringify(recordedFields(before))) {
      recorder.unchanged();
      return row;
    }
    if (!(await putStep(tx, next))) throw editConflict({ kind: 'step', version: before.version });
    await recorder.record({
      subject: subjectOf(row),
      before: { journey: row.kind, step: step.title, ...recordedFields(before) },
      after: { journey: row.kind, step: step.title, ...recordedFields(next) },
    });
    return row;
  });
  return shown(context, journey);
}

async function stepRow(tx: Tx, { client_id, id }: PersonJourneyRow, step: string): Promise<JourneyStepRow> {
  const rows = await journeySteps(tx, [client_id]);
  return (
    rows.find((one) => one.person_journey_id === id && one.step === step) ?? {
      client_id,
      person_journey_id: id,
      step,
      owner_user: null,
      owner_name: null,
      owner_mail: null,
      marked_on: null,
      marked_how: null,
      note: null,
      marked_by: null,
      marked_by_name: null,
      marked_at: null,
      version: 0,
    }
  );
}

/** The fields of a step for the audit log. */
function recordedFields(row: JourneyStepRow) {
  return {
    owner: row.owner_name,
    mail: row.owner_mail,
    marked: row.marked_on,
    how: row.marked_how,
    note: row.note,
  };
}
// Guide: G6.6-02 G6.6-04 G6.6-05
