import type { Stopped } from '#domain/decide/undecided.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { usableMemoryMb } from '../memory.ts';

/** A request to the deciding thread that was ended, so that others are served. */
export class EvaluationStopped extends StoreProblem {
  readonly why: Stopped;

  constructor(why: Stopped, message: string) {
    super(why, message);
    this.why = why;
  }
}

export function tooSlow(ms: number): EvaluationStopped {
  return new EvaluationStopped(
    'too_slow',
    `This took longer than ${ms / 1000} seconds, which no ordinary files need, so it was stopped and is not tried again for an hour unless this client’s data changes. Look at what was imported last.`,
  );
}

/** Why the thread ended, for the person who asked. */
export function problemOf(error: Error): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new EvaluationStopped(
    'too_large',
    `This client’s files need more memory than is available: Bylaw may use ${usableMemoryMb()} MB here. Give it 1 GB or more, then try again.`,
  );
}
