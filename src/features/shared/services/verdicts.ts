import type { Moment } from '../moment.ts';
import type { Facts, FactsOptions } from './facts.ts';
import type { TaskName, TaskParams, TaskResult } from './tasks.ts';

export interface TaskOptions extends FactsOptions {
  /** Decides as of the end of a past day, YYYY-MM-DD in the client's time zone, from what is known now. */
  readonly day?: string;
}

/** Keeps each client's verdicts up to date with its facts, the day and the catalogue. */
export interface Verdicts {
  /** Evaluates a client again and stores what changed. Waits for a running evaluation. */
  refresh(clientId: string): Promise<void>;
  /** The clients among these whose verdicts are based on an earlier day, catalogue or facts. */
  behind(clientIds: readonly string[]): Promise<readonly string[]>;
  /** Evaluates those clients that are outdated. */
  ensureCurrent(clientIds: readonly string[]): Promise<void>;
  /** Runs a task over a client's facts; null: there is no such client. */
  run<N extends TaskName>(
    clientId: string,
    task: N,
    params: TaskParams<N>,
    options?: TaskOptions,
  ): Promise<{ readonly result: TaskResult<N>; readonly facts: Facts; readonly moment: Moment } | null>;
  close(): Promise<void>;
}
