import {
  PROJECT_OUTCOMES,
  type ProjectList,
  projectsOpen,
  projectsWords,
} from '#domain/journeys/people/projects.ts';
import { dueOf, journeyState, type Mark, type StepState, stepState } from '#domain/journeys/people/status.ts';
import { JOURNEY_KINDS, type JourneyKind, type JourneyStep } from '#domain/model/person-journey.ts';
import { cached } from '#store/cache.ts';
import type { Tx } from '#store/open.ts';
import { leaverProjects, projectLists } from '#store/work/leaver-projects.ts';
import {
  type JourneyStepRow,
  journeySteps,
  openJourneys,
  type PersonJourneyRow,
} from '#store/work/person-journeys.ts';
import type { ClientRef, Services } from '../context.ts';
import { present } from '../shared/moment.ts';
import type { JourneysReading, ShownJourney, ShownStep } from './task.ts';

interface Asking {
  readonly services: Pick<Services, 'store' | 'verdicts'>;
  readonly now: Date;
}

/** A mark, with the person who made it; `by` is null if it comes from the client's journal. */
export interface MarkNow extends Mark {
  readonly by: string | null;
  readonly at: Date | null;
  readonly note: string | null;
}

export interface StepNow {
  readonly step: JourneyStep;
  readonly due: string;
  readonly state: StepState;
  readonly shown: ShownStep;
  readonly mark: MarkNow | null;
  readonly row: JourneyStepRow | null;
  /** Titles of the steps that it waits for. */
  readonly held: readonly string[];
}

/** An offboarding or onboarding with its state today. */
export interface JourneyNow {
  readonly row: PersonJourneyRow;
  readonly kind: JourneyKind;
  readonly shown: ShownJourney;
  readonly state: StepState;
  readonly steps: readonly StepNow[];
}

export interface JourneysNow extends Omit<JourneysReading, 'journeys'> {
  readonly today: string;
  readonly journeys: readonly JourneyNow[];
}

/** Everyone of a client who leaves or joins, with what the current readings show for each step. */
export async function journeysNow(
  asking: Asking,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<JourneysNow> {
  const { store } = asking.services;
  const { today } = present(asking.now, client.timezone);
  return cached(store, [client.id], { key: `journeys ${today}`, weight: 1 }, async () => {
    const rows = await store.read([client.id], (tx) => openJourneys(tx, [client.id]));
    return lookAt(asking, client, rows);
  });
}

/** The same for given offboardings and onboardings, including ended ones. */
export async function lookAt(
  { services, now }: Asking,
  client: Pick<ClientRef, 'id' | 'timezone'>,
  rows: readonly PersonJourneyRow[],
): Promise<JourneysNow> {
  const { today } = present(now, client.timezone);
  const { said, lists } = await services.store.read([client.id], async (tx) => ({
    said: await journeySteps(tx, [client.id]),
    lists: await listedProjects(tx, client),
  }));
  const asked = rows.map((row) => ({
    id: row.id,
    kind: kindOf(row),
    key: row.person_key,
    name: row.name,
    day: row.day,
  }));
  const run = await services.verdicts.run(client.id, 'personJourneys', asked);
  const { roster, readOn, entra, journeys } = run?.result ?? NOTHING;
  const byId = new Map(journeys.map((one) => [one.id, one]));
  return {
    today,
    roster,
    readOn,
    entra,
    journeys: rows.flatMap((row): JourneyNow[] => {
      const shown = byId.get(row.id);
      if (shown === undefined) return [];
      const kind = kindOf(row);
      const mine = new Map(
        said.filter((one) => one.person_journey_id === row.id).map((one) => [one.step, one]),
      );
      const steps = heldBack(
        shown.steps.map((one) =>
          stepNow(row.day, one, mine.get(one.step.id) ?? null, today, lists.get(row.id) ?? null),
        ),
      );
      return [{ row, kind, shown, steps, state: journeyState(steps.map(({ state }) => state)) }];
    }),
  };
}

const NOTHING: JourneysReading = {
  roster: null,
  readOn: { members: null, roster: null, entra_users: null },
  entra: { leaving: [], joining: [] },
  journeys: [],
};

/**
 * A step waits for others until a reading shows each, or someone has accepted that it stays undone; a mark is not
 * enough.
 */
function heldBack(steps: readonly Omit<StepNow, 'held'>[]): StepNow[] {
  const settled: readonly StepState[] = ['proved', 'accepted', 'not_needed'];
  return steps.map((one) => ({
    ...one,
    held: settled.includes(one.state)
      ? []
      : steps.flatMap(({ step, state }) =>
          one.step.after.includes(step.id) && !settled.includes(state) ? [step.title] : [],
        ),
  }));
}

function stepNow(
  day: string,
  read: ShownStep,
  row: JourneyStepRow | null,
  today: string,
  projects: ProjectList | null,
): Omit<StepNow, 'held'> {
  const { step } = read;
  const due = dueOf(step, day);
  const list = step.proof === 'projects_listed' ? projects : null;
  const open = list === null ? null : projectsOpen(list);
  const shown =
    list === null ? read : { ...read, ...(open ?? { code: 'projects_settled', words: projectsWords(list) }) };
  const said = markOf(row, shown.journal);
  // A mark "done" from the day of the list or later is not valid while projects on the list are open.
  const refuted = open !== null && said?.how === 'done' && said.on >= (open.on ?? '');
  const mark = (refuted ? null : said) ?? (open === null ? settledMark(list) : null);
  return { step, due, shown, row, mark, state: stepState(due, mark, shown, today) };
}

function markOf(row: JourneyStepRow | null, journal: string | null): MarkNow | null {
  if (row?.marked_on != null)
    return {
      on: row.marked_on,
      how: row.marked_how === 'accepted' ? 'accepted' : 'done',
      by: row.marked_by_name ?? '',
      at: row.marked_at,
      note: row.note,
    };
  return journal === null ? null : { on: journal, how: 'done', by: null, at: null, note: null };
}

/** The statement about the last project counts as the mark of the step, because no reading can show it. */
function settledMark(list: ProjectList | null): MarkNow | null {
  return list === null
    ? null
    : { on: list.settledOn ?? list.listedOn, how: 'done', by: list.settledBy, at: null, note: null };
}

/** Project lists that were made, by offboarding. */
async function listedProjects(
  tx: Tx,
  { id, timezone }: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<ReadonlyMap<string, ProjectList>> {
  const projects = Map.groupBy(await leaverProjects(tx, id), (one) => one.person_journey_id);
  const dayOf = (at: Date) => present(at, timezone).today;
  return new Map(
    (await projectLists(tx, id)).map((list): [string, ProjectList] => {
      const mine = projects.get(list.person_journey_id) ?? [];
      const settled = mine
        .filter((one) => one.settled_at !== null)
        .sort((a, b) => Number(b.settled_at) - Number(a.settled_at));
      const last = settled[0];
      return [
        list.person_journey_id,
        {
          listedOn: dayOf(list.listed_at),
          outcomes: mine.map(({ outcome }) => PROJECT_OUTCOMES.find((one) => one === outcome) ?? null),
          settledOn: last?.settled_at == null ? null : dayOf(last.settled_at),
          settledBy: last?.settled_by_name ?? list.listed_by_name,
        },
      ];
    }),
  );
}

export function kindOf({ kind }: Pick<PersonJourneyRow, 'kind'>): JourneyKind {
  const known = JOURNEY_KINDS.find((one) => one === kind);
  if (known === undefined) throw new Error(`a journey of the unknown kind ${kind} is stored`);
  return known;
}
