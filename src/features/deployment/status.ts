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

/** The journey as described in the catalogue. */
export function deploymentJourney({ journeys }: Catalogue): Journey {
  const journey = journeys.find(({ id }) => id === JOURNEY);
  if (journey === undefined) throw notFound('The catalogue describes no deployment.');
  return journey;
}

/** The fields of an override that determine whether it lifts a lock. */
type DecidedOverride = Pick<OverrideRow, 'id' | 'task' | 'waited_for'> & {
  readonly decision: Pick<NonNullable<OverrideRow['decision']>, 'approved'> | null;
};

export interface Progress<V extends Proof = Verdict> {
  readonly status: JourneyStatus<V>;
  /** Ids of the overrides that currently lift a lock. */
  readonly counting: ReadonlySet<string>;
}

/**
 * Progress of the deployment. An approved override covers only the tasks that were open when it was requested; if
 * further ones have become open, no one accepted that risk, so the task is locked again.
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

/** Whether nothing more can be done about a task, so that others need not wait for it. */
export function isSettledTask({ tasks }: JourneyStatus<Proof>, id: string): boolean {
  return tasks.some(({ task, state }) => task.id === id && isSettled(state));
}

/** The task to do next: the first that can be worked on, otherwise the journey's own next; null if there is none. */
export function nextOf(status: JourneyStatus<Proof>): string | null {
  return status.tasks.find(({ state }) => isWork(state))?.task.id ?? status.next;
}

/** Whether a task can be worked on: it is neither proved nor locked, and plan and license allow it. */
export function isWork(state: JourneyStatus['tasks'][number]['state']): boolean {
  return state === 'fails' || state === 'cannot_read' || state === 'pending';
}
