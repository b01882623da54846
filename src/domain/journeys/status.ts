import type { Journey, Task } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';

/**
 * How far a task is, told only from the verdicts on the controls that prove it. `locked` beats what can be worked at:
 * what may not begin yet is not work to do. What is proved needs no permission anymore, except of a gate, which stays
 * locked until all before it is proved, whatever was stated about it; and where nothing can be done since plan or
 * license lack it, or since a policy is all there is, no lock is in the way of anything.
 */
export const TASK_STATES = [
  'proved',
  'not_needed',
  'locked',
  'fails',
  'cannot_read',
  'pending',
  'not_licensed',
  'policy_only',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A permission to begin a locked task all the same. It counts once a second person has agreed. */
export interface Override {
  readonly task: string;
  readonly approved: boolean;
}

/** All of a verdict that says how far a task is. */
export type Proof = Pick<Verdict, 'control' | 'state'>;

export interface TaskStatus<V extends Proof = Verdict> {
  readonly task: Task;
  readonly state: TaskState;
  readonly proof: readonly V[];
  /** Tasks that it waits for; empty where nothing holds it, an override lifted the lock or it is proved. */
  readonly waitsFor: readonly string[];
  /** Begun although tasks before it are not proved. */
  readonly overridden: boolean;
}

/** Every task once, by what became of it. */
export interface Completion {
  /**
   * Nothing is left that can be done here: every task is proved, not needed, or one that plan, licenses or technology
   * do not offer and whose replacement the task names. It does not say that everything is proved.
   */
  readonly complete: boolean;
  readonly proved: number;
  readonly notNeeded: number;
  readonly notLicensed: number;
  readonly policyOnly: number;
  /** Fails, cannot be read or is pending. */
  readonly open: number;
  readonly locked: number;
}

export interface JourneyStatus<V extends Proof = Verdict> {
  readonly tasks: readonly TaskStatus<V>[];
  readonly proved: number;
  /** Tasks that count: all but those that this client does not need. */
  readonly of: number;
  readonly completion: Completion;
  /** The first task that can be worked at, in the journey's order; null where there is none. */
  readonly next: string | null;
}

/** Where a client stands on a journey. */
export function journeyStatus<V extends Proof>(
  journey: Journey,
  verdicts: readonly V[],
  overrides: readonly Override[],
): JourneyStatus<V> {
  const byControl = new Map(verdicts.map((verdict) => [verdict.control, verdict]));
  // Without a verdict on each control nothing is proved: a missing one counts as unread.
  const proven = new Map(
    journey.tasks.map(({ id, proof }) => [
      id,
      provedBy(proof.map((control) => byControl.get(control)?.state ?? 'cannot_read')),
    ]),
  );
  const lifted = (id: string) => overrides.some((one) => one.task === id && one.approved);
  const gates = new Map(journey.tasks.filter(({ gate }) => gate).map((task) => [task.id, task]));
  const shut = (id: string): boolean =>
    proven.get(id) === 'proved' && !lifted(id) && (gates.get(id)?.after ?? []).some((one) => !opens(one));
  const opens = (id: string): boolean => isSettled(proven.get(id) ?? 'cannot_read') && !shut(id);
  const tasks = journey.tasks.map((task): TaskStatus<V> => {
    const state = proven.get(task.id) ?? 'cannot_read';
    const open = task.after.filter((id) => !opens(id));
    const free = lifted(task.id);
    const locked = shut(task.id) || (open.length > 0 && !free && !isSettled(state));
    return {
      task,
      state: locked ? 'locked' : state,
      proof: task.proof.flatMap((control) => byControl.get(control) ?? []),
      waitsFor: locked ? open : [],
      overridden: open.length > 0 && free,
    };
  });
  const count = tasks.filter(({ state }) => state !== 'not_needed');
  return {
    tasks,
    proved: count.filter(({ state }) => state === 'proved').length,
    of: count.length,
    completion: completionOf(tasks.map(({ state }) => state)),
    next: tasks.find(({ state }) => !isSettled(state) && state !== 'locked')?.task.id ?? null,
  };
}

/**
 * Whether nothing more can be done about a task: it is proved or not needed, or this client has nothing to prove it
 * with. What waits for such a task need not wait longer: there is nothing to come.
 */
export function isSettled(state: TaskState): boolean {
  return state === 'proved' || state === 'not_needed' || state === 'not_licensed' || state === 'policy_only';
}

function completionOf(states: readonly TaskState[]): Completion {
  const number = (...which: TaskState[]) => states.filter((state) => which.includes(state)).length;
  return {
    complete: states.every(isSettled),
    proved: number('proved'),
    notNeeded: number('not_needed'),
    notLicensed: number('not_licensed'),
    policyOnly: number('policy_only'),
    open: number('fails', 'cannot_read', 'pending'),
    locked: number('locked'),
  };
}

function provedBy(states: readonly State[]): Exclude<TaskState, 'locked'> {
  const has = (state: State) => states.includes(state);
  if (has('fail')) return 'fails';
  if (has('cannot_read')) return 'cannot_read';
  if (has('pending')) return 'pending';
  if (states.every((state) => state === 'not_applicable')) return 'not_needed';
  if (has('not_licensed')) return 'not_licensed';
  if (has('policy_only')) return 'policy_only';
  return 'proved';
}
// Guide: G0-03 G2-00 G2.1-00
