import { randomUUID } from 'node:crypto';
import { TO_DO } from '#domain/journeys/people/status.ts';
import type { JourneyKind } from '#domain/model/person-journey.ts';
import { address } from '#domain/people/names.ts';
import { dayWords } from '#domain/text/words.ts';
import { JOURNEY_NOUNS } from '#domain/work/underway.ts';
import type { Tx } from '#store/open.ts';
import {
  changeJourney,
  findJourney,
  insertJourney,
  insertJourneys,
  openJourneys,
  type PersonJourneyRow,
} from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner } from '../owners/index.ts';
import { readingNow } from '../people/index.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { aTurn } from '../shared/turn.ts';
import { journeysNow, lookAt, type StepNow } from './current-state.ts';
import type { ENDS } from './schemas.ts';
import { type Journey, journeyView, rowsBy } from './view.ts';
import { loadViewContext } from './view-context.ts';

export interface Which {
  readonly journey: string;
  readonly version: number;
}

/** The earliest plausible first year of work of anyone who works today. */
const FIRST_YEAR = 1950;
/** Maximum years ahead of a last or first day of work. */
const YEARS_AHEAD = 5;

interface Start {
  readonly kind: JourneyKind;
  readonly address: string;
  readonly name?: string | undefined;
  readonly day: string;
}

/** Starts the offboarding or onboarding of a person. */
export async function startJourney(
  context: HandlerContext,
  input: Start & { readonly owner: string | null; readonly rosterChecked: boolean },
): Promise<Journey> {
  const [row] = await rowsToStart(context, [input], input);
  if (row === undefined) throw notFound();
  await context.change(async (tx, recorder) => {
    if (!(await insertJourney(tx, row))) throw begun(row.name, row.kind, await openOf(tx, row));
    await recorder.record({ subject: subjectOf(row), before: null, after: wordsOf(row) });
  });
  return shown(context, row);
}

/** Starts those of several people, all or none; people with an open one are skipped. */
export async function startJourneys(
  context: HandlerContext,
  input: {
    readonly kind: JourneyKind;
    readonly people: readonly Omit<Start, 'kind'>[];
    readonly owner: string | null;
    readonly rosterChecked: boolean;
  },
): Promise<{ started: Journey[]; before: string[] }> {
  const { client, services } = context;
  const asked = new Map(input.people.map((one) => [address(one.address), { ...one, kind: input.kind }]));
  const rows = await rowsToStart(context, [...asked.values()], input);
  const created = await context.change(async (tx, recorder) => {
    const added = await insertJourneys(tx, rows);
    for (const row of added) {
      await aTurn();
      await recorder.record({ subject: subjectOf(row), before: null, after: wordsOf(row) });
    }
    if (added.length === 0) recorder.unchanged();
    return added;
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  const now = await lookAt(context, client, created);
  const beside = await loadViewContext(context);
  return {
    started: now.journeys.map((one) => journeyView(one, beside)),
    before: rows.filter((row) => !created.includes(row)).map(({ name }) => name),
  };
}

/**
 * The rows of people whose offboarding or onboarding is to start. Refused if one cannot start, or if the roster looks
 * wrong.
 */
async function rowsToStart(
  context: HandlerContext,
  people: readonly Start[],
  { owner: ownerText, rosterChecked }: { readonly owner: string | null; readonly rosterChecked: boolean },
): Promise<PersonJourneyRow[]> {
  const { services, client, actor, now } = context;
  const known = rowsBy((await readingNow(context, client))?.rows ?? []);
  const owner = await resolveOwner(services, client.id, ownerText);
  const rows: PersonJourneyRow[] = [];
  for (const one of people) {
    refuseYear(context, one.day);
    const key = address(one.address);
    const person = known(key);
    const name = person?.name ?? one.name?.trim() ?? (await inEntra(context, one.kind, key))?.name ?? '';
    if (name === '')
      throw unprocessable(
        `No current file shows whose address ${one.address} is. Check it, or give the name of the person.`,
      );
    if (one.kind === 'leaving' && person?.place === 'has_left' && !rosterChecked) {
      const { roster } = await journeysNow(context, client);
      if (roster !== null)
        throw unprocessable(
          `${roster.words} It may be the wrong file. Check it under Imports, then start again and confirm that the roster is right.`,
        );
    }
    rows.push({
      client_id: client.id,
      id: randomUUID(),
      kind: one.kind,
      person_key: key,
      name,
      day: one.day,
      owner_user: owner?.user ?? null,
      owner_name: owner?.name ?? null,
      owner_mail: owner?.mail ?? null,
      started_by: actor.userId,
      started_by_name: actor.name,
      started_at: now,
      ended_why: null,
      ended_by: null,
      ended_by_name: null,
      ended_at: null,
      version: 1,
    });
  }
  return rows;
}

/** Refuses implausible years, which result from typing two or six digits into a date field. */
function refuseYear({ client, now }: HandlerContext, day: string): void {
  const year = Number(day.slice(0, 4));
  const latest = Number(present(now, client.timezone).today.slice(0, 4)) + YEARS_AHEAD;
  if (year < FIRST_YEAR || year > latest)
    throw badRequest(`The year ${year} is not one between ${FIRST_YEAR} and ${latest}. Check the year.`);
}

/** A person whom only the Entra users show to leave or to join. */
async function inEntra(context: HandlerContext, kind: JourneyKind, key: string) {
  return (await journeysNow(context, context.client)).entra[kind].find((one) => one.key === key);
}

/** Changes the last or first day, or the owner. */
export async function editJourney(
  context: HandlerContext,
  input: Which & { readonly day: string; readonly owner: string | null },
): Promise<Journey> {
  refuseYear(context, input.day);
  const owner = await resolveOwner(context.services, context.client.id, input.owner);
  return change(context, input, (row) => {
    if (row.ended_at !== null) throw ended(row, context.client.timezone);
    return {
      day: input.day,
      owner_user: owner?.user ?? null,
      owner_name: owner?.name ?? null,
      owner_mail: owner?.mail ?? null,
    };
  });
}

/** Ends an offboarding or onboarding. It stays on record and can be reopened. */
export async function endJourney(
  context: HandlerContext,
  input: Which & { readonly why: (typeof ENDS)[number] },
): Promise<Journey> {
  const { actor, now } = context;
  if (input.why === 'done') await refuseOpen(context, input.journey);
  return change(context, input, (row) => {
    if (row.ended_at !== null) throw ended(row, context.client.timezone);
    return { ended_why: input.why, ended_by: actor.userId, ended_by_name: actor.name, ended_at: now };
  });
}

/** Reopens an ended one. Refused if another was started for the person since. */
export async function reopenJourney(context: HandlerContext, input: Which): Promise<Journey> {
  return change(context, input, async (row, tx) => {
    const other = await openOf(tx, row);
    if (other !== undefined && other.id !== row.id) throw begun(row.name, row.kind, other);
    return { ended_why: null, ended_by: null, ended_by_name: null, ended_at: null };
  });
}

async function refuseOpen(context: HandlerContext, id: string): Promise<void> {
  const { client } = context;
  const row = await context.read((tx) => findJourney(tx, client.id, id));
  if (row === null) throw notFound();
  const [now] = (await lookAt(context, client, [row])).journeys;
  // Only a list from after the last day shows that the seat is gone; a mark does not.
  const seatShown = ({ shown }: StepNow) => shown.is === 'done' && shown.on !== null && shown.on > row.day;
  const open =
    now?.steps.filter(
      (one) => TO_DO.includes(one.state) || (one.step.proof === 'seat_gone' && !seatShown(one)),
    ) ?? [];
  if (open.length > 0)
    throw unprocessable(
      `Not every step is settled: ${open.map(({ step }) => step.title).join('; ')}. Mark each, or accept with a reason that it stays undone. That the seat is gone has to be shown by a members file from after the last day.`,
    );
}

type Part = Parameters<typeof changeJourney>[2];

async function change(
  context: HandlerContext,
  which: Which,
  part: (row: PersonJourneyRow, tx: Tx) => Part | Promise<Part>,
): Promise<Journey> {
  const after = await context.change(async (tx, recorder) => {
    const row = await findJourney(tx, context.client.id, which.journey);
    if (row === null) throw notFound();
    if (row.version !== which.version) throw editConflict(row);
    const next = { ...row, ...(await part(row, tx)) };
    if (JSON.stringify(wordsOf(next)) === JSON.stringify(wordsOf(row))) {
      recorder.unchanged();
      return row;
    }
    if (!(await changeJourney(tx, row, next))) throw editConflict(row);
    await recorder.record({ subject: subjectOf(row), before: wordsOf(row), after: wordsOf(next) });
    return { ...next, version: row.version + 1 };
  });
  return shown(context, after);
}

async function openOf(tx: Tx, row: PersonJourneyRow): Promise<PersonJourneyRow | undefined> {
  return (await openJourneys(tx, [row.client_id])).find(
    (one) => one.person_key === row.person_key && one.kind === row.kind,
  );
}

function begun(name: string, kind: string, before: PersonJourneyRow | undefined) {
  return conflict(`The ${JOURNEY_NOUNS[kind as JourneyKind]} of ${name} is already underway.`, {
    by: before?.started_by_name ?? null,
    at: before?.started_at ?? null,
    version: before?.version ?? 0,
  });
}

/** The conflict of changing an ended offboarding or onboarding. */
export function ended(row: PersonJourneyRow, timezone: string) {
  return conflict(
    `The ${JOURNEY_NOUNS[row.kind as JourneyKind]} of ${row.name} was ended on ${dayWords(row.ended_at === null ? row.day : present(row.ended_at, timezone).today)}. Reopen it first.`,
    {
      by: row.ended_by_name,
      at: row.ended_at,
      version: row.version,
    },
  );
}

export function editConflict(row: Pick<PersonJourneyRow, 'kind' | 'version'> | null) {
  return conflict(
    `Someone else changed this ${row?.kind ?? 'step'} after you opened it. Look at the current version.`,
    {
      by: null,
      at: null,
      version: row?.version ?? 0,
    },
  );
}

export function subjectOf(row: PersonJourneyRow) {
  return { kind: 'person', id: row.person_key, name: row.name };
}

/** The fields for the audit log. */
export function wordsOf(row: PersonJourneyRow) {
  return { kind: row.kind, day: row.day, owner: row.owner_name, mail: row.owner_mail, ended: row.ended_why };
}

/** The current state after a change. */
export async function shown(context: HandlerContext, row: PersonJourneyRow): Promise<Journey> {
  const { services, client } = context;
  services.events.publish({ client: client.id, topic: 'people', id: null });
  const [now] = (await lookAt(context, client, [row])).journeys;
  if (now === undefined) throw notFound();
  return journeyView(now, await loadViewContext(context));
}
// Guide: G6.6-00 G7.3-01
