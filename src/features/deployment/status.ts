import {
  isSettled,
  type JourneyStatus,
  journeyStatus,
  type Override,
  type Proof,
} from '#domain/journeys/status.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Journey } from '#domain/model/journey.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import type { OverrideRow } from '#store/deployment/deployment.ts';
import { notFound } from '../problems.ts';

export const JOURNEY = 'deployment';

/** The journey as the catalogue describes it. */
export function deploymentJourney({ journeys }: Catalogue): Journey {
  const journey = journeys.find(({ id }) => id === JOURNEY);
  if (journey === undefined) throw notFound('The catalogue describes no deployment.');
  return journey;
}

/** All of an override that says whether it lifts a lock. */
type DecidedOverride = Pick<OverrideRow, 'id' | 'task' | 'waited_for'> & {
  readonly decision: Pick<NonNullable<OverrideRow['decision']>, 'approved'> | null;
};

export interface Progress<V extends Proof = Verdict> {
  readonly status: JourneyStatus<V>;
  /** Ids of the overrides that lift a lock now. */
  readonly counting: ReadonlySet<string>;
}

/**
 * Where the deployment stands. An approved override covers the tasks that were open when it was asked for; what became
 * open since is a risk that nobody agreed to, so the task locks again.
 */
export function progressOf<V extends Proof>(
  journey: Journey,
  verdicts: readonly V[],
  overrides: readonly DecidedOverride[],
): Progress<V> {
  const without = journeyStatus(journey, verdicts, []);
  const waiting = new Map(without.tasks.map(({ task, waitsFor }) => [task.id, waitsFor]));
  const counting = overrides.filter(({ task, waited_for, decision }) => {
    const open = waiting.get(task) ?? [];
    return decision?.approved === true && open.length > 0 && open.every((id) => waited_for.includes(id));
  });
  const lifted = counting.map(({ task }): Override => ({ task, approved: true }));
  return {
    status: journeyStatus(journey, verdicts, lifted),
    counting: new Set(counting.map(({ id }) => id)),
  };
}

/** Whether nothing more can be done about a task, so that nothing has to wait for it. */
export function isSettledTask({ tasks }: JourneyStatus<Proof>, id: string): boolean {
  return tasks.some(({ task, state }) => task.id === id && isSettled(state));
}

/** The task to do next: the first that can be worked at; null where there is none. */
export function nextOf(status: JourneyStatus<Proof>): string | null {
  return status.tasks.find(({ state }) => isWork(state))?.task.id ?? status.next;
}

/** Tasks that can be worked at: neither proved nor locked, and within what plan and license allow. */
export function isWork(state: JourneyStatus['tasks'][number]['state']): boolean {
  return state === 'fails' || state === 'cannot_read' || state === 'pending';
}
