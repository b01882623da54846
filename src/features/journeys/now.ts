import { dueOf, journeyState, type Mark, type StepState, stepState } from '#domain/journeys/people/status.ts';
import { JOURNEY_KINDS, type JourneyKind, type JourneyStep } from '#domain/model/person-journey.ts';
import { remembered } from '#store/remember.ts';
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

/** A mark, with who made it; `by` null: the client's journal states it. */
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
  /** Titles of the steps for which it is held. */
  readonly held: readonly string[];
}

/** A journey as it is today. */
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

/** Everyone of a client who leaves or joins, with what the current readings show of each step. */
export async function journeysNow(
  asking: Asking,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<JourneysNow> {
  const { store } = asking.services;
  const { today } = present(asking.now, client.timezone);
  return remembered(store, [client.id], { key: `journeys ${today}`, weight: 2 }, async () => {
    const rows = await store.read([client.id], (tx) => openJourneys(tx, [client.id]));
    return lookAt(asking, client, rows);
  });
}

/** The same of some journeys, ended ones among them. */
export async function lookAt(
  { services, now }: Asking,
  client: Pick<ClientRef, 'id' | 'timezone'>,
  rows: readonly PersonJourneyRow[],
): Promise<JourneysNow> {
  const { today } = present(now, client.timezone);
  const said = await services.store.read([client.id], (tx) => journeySteps(tx, [client.id]));
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
        shown.steps.map((one) => stepNow(row.day, one, mine.get(one.step.id) ?? null, today)),
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

/** A step waits for others until a reading shows each, or someone left it undone with a reason: a mark is not enough. */
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
  shown: ShownStep,
  row: JourneyStepRow | null,
  today: string,
): Omit<StepNow, 'held'> {
  const { step } = shown;
  const due = dueOf(step, day);
  const mark = markOf(row, shown.journal);
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

export function kindOf({ kind }: Pick<PersonJourneyRow, 'kind'>): JourneyKind {
  const known = JOURNEY_KINDS.find((one) => one === kind);
  if (known === undefined) throw new Error(`a journey of the unknown kind ${kind} is stored`);
  return known;
}
