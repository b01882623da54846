import type { Shared } from '#domain/decide/context.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { Moment } from '../moment.ts';
import type { Facts } from './facts.ts';

/** What a task has at hand in the deciding thread. */
export interface TaskInput {
  readonly facts: Facts;
  readonly shared: Shared;
  readonly files: readonly FileReport[];
  readonly moment: Moment;
  /** The input of decisions as other facts of the client make it, at the same moment. */
  readonly compose: (facts: Facts) => DecisionInput;
}

/**
 * The work that the deciding thread does, by name: each feature declares its own here, beside the function that does it
 * (`declare module`), and `src/app/deciding/tasks.ts` lists all functions.
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
