import type { EvaluationState } from '#domain/decide/context.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { Moment } from '../moment.ts';
import type { Facts } from './facts.ts';

/** What a task can use in the deciding thread. */
export interface TaskInput {
  readonly facts: Facts;
  readonly shared: EvaluationState;
  readonly files: readonly FileReport[];
  readonly moment: Moment;
  /** The decision input for other facts of the client at the same time. */
  readonly compose: (facts: Facts) => DecisionInput;
}

/**
 * The tasks of the deciding thread, by name: each feature declares its own here beside the implementation (`declare
 * module`), and `src/app/deciding/tasks.ts` lists all implementations.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by the features.
export interface Tasks {}

export type TaskName = keyof Tasks;
export type TaskParams<N extends TaskName> = Tasks[N] extends (input: never, params: infer P) => unknown
  ? unknown extends P
    ? undefined
    : P
  : undefined;
export type TaskResult<N extends TaskName> = Tasks[N] extends (...given: never[]) => infer R
  ? Awaited<R>
  : never;
