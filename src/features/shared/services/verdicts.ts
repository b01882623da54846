import type { Moment } from '../moment.ts';
import type { Facts, FactsOptions } from './facts.ts';
import type { TaskName, TaskParams, TaskResult } from './tasks.ts';

export interface TaskOptions extends FactsOptions {
  /** Decides as of the end of a past day, YYYY-MM-DD in the client's zone, from what is known now. */
  readonly day?: string;
}

/** Keeps each client’s verdicts in step with its facts, the day and the catalogue. */
export interface Verdicts {
  /** Decides a client again and stores what changed. Waits for a decision that is already under way. */
  refresh(clientId: string): Promise<void>;
  /** Those of these clients whose verdicts are of an earlier day, an earlier catalogue or earlier facts. */
  behind(clientIds: readonly string[]): Promise<readonly string[]>;
  /** Decides those clients that are behind. */
  ensureCurrent(clientIds: readonly string[]): Promise<void>;
  /** Runs a task over a client's facts; null where there is no such client. */
  run<N extends TaskName>(
    clientId: string,
    task: N,
    params: TaskParams<N>,
    options?: TaskOptions,
  ): Promise<{ readonly result: TaskResult<N>; readonly facts: Facts; readonly moment: Moment } | null>;
  close(): Promise<void>;
}
