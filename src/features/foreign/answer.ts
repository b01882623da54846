import type { Worker } from 'node:worker_threads';
import { ForeignProblem } from './problem.ts';
import { endOf } from './thread.ts';

/**
 * Waits for the one message of a thread that was started for one thing, and ends the thread. Without it the thread is
 * ended after `maxMs` milliseconds, so that whatever waits behind it goes on. Throws a ForeignProblem.
 */
export function answerOf<T>(worker: Worker, maxMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      void worker.terminate();
      reject(
        new ForeignProblem(
          'too_long',
          `It took longer than ${Math.round(maxMs / 60_000)} minutes, so it was stopped.`,
        ),
      );
    }, maxMs);
    worker.once('message', (answer: T) => resolve(answer));
    worker.once('error', (error) => {
      const end = endOf(error);
      reject(end.code === 'failed' ? error : end);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new ForeignProblem('failed', 'The thread ended before it answered.'));
    });
  });
}
