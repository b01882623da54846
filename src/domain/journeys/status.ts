import type { Journey, Task } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';

/**
 * State of a task, derived only from the verdicts on the controls that prove it. `locked` overrides every state with
 * work to do, because the work may not begin yet. A proved task is never locked, except a gate, which stays locked
 * until everything before it is proved, regardless of attestations. If plan, licenses or technology leave nothing to
 * do, a lock has nothing to hold up.
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

/** Permission to start a locked task anyway. Takes effect once a second person has approved it. */
export interface Override {
  readonly task: string;
  readonly approved: boolean;
}

/** The part of a verdict that a task's state depends on. */
export type Proof = Pick<Verdict, 'control' | 'state'>;

export interface TaskStatus<V extends Proof = Verdict> {
  readonly task: Task;
  readonly state: TaskState;
  readonly proof: readonly V[];
  /** Tasks it waits for; empty if nothing blocks it, an override unlocked it, or it is proved. */
  readonly waitsFor: readonly string[];
  /** Started although tasks before it are not proved. */
  readonly overridden: boolean;
}

/** Each task counted once, by state. */
export interface Completion {
  /**
   * Nothing is left to do here: every task is proved, not needed, or not possible with this plan, licenses or
   * technology, in which case the task names a replacement. It does not mean that everything is proved.
   */
  readonly complete: boolean;
  readonly proved: number;
  readonly notNeeded: number;
  readonly notLicensed: number;
  readonly policyOnly: number;
  /** Fails, cannot be read, or is pending. */
  readonly open: number;
  readonly locked: number;
}

export interface JourneyStatus<V extends Proof = Verdict> {
  readonly tasks: readonly TaskStatus<V>[];
  readonly proved: number;
  /** Number of tasks, without those that this client does not need. */
  readonly of: number;
  readonly completion: Completion;
  /** First task that can be worked on, in the journey's order; null: none. */
  readonly next: string | null;
}

/** Status of a client's journey. */
export function journeyStatus<V extends Proof>(
  journey: Journey,
  verdicts: readonly V[],
  overrides: readonly Override[],
): JourneyStatus<V> {
  const byControl = new Map(verdicts.map((verdict) => [verdict.control, verdict]));
  // A missing verdict counts as unread, so every control needs one before a task is proved.
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
 * Whether nothing more can be done about a task: it is proved or not needed, or this client has no means to prove it.
 * Tasks that wait for it need not wait any longer.
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
