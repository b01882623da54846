import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromProcess } from '../shared/make-once.ts';
import { ForeignProblem } from './problem.ts';
import { endOf } from './thread.ts';
import { noMemory } from './watch.ts';

interface Bounds {
  /** Megabytes of its heap. */
  readonly heapMb: number;
  /** Milliseconds until it is ended. */
  readonly maxMs: number;
}

/**
 * Makes something in a process of its own, which `file` begins with `makeOnce`, and gives all that it took back at its
 * end: the library that sets a PDF takes memory that no thread's limit counts and no thread's end gives back. Where
 * memory runs out the kernel ends that process and not the server. Throws a ForeignProblem, or the mistake that was made.
 */
export function madeApart(file: URL, input: object, { heapMb, maxMs }: Bounds): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const child = fork(fileURLToPath(file), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'],
      env: { PATH, NODE_COMPILE_CACHE },
    });
    const timer = setTimeout(() => {
      reject(
        new ForeignProblem(
          'too_long',
          `It took longer than ${Math.round(maxMs / 60_000)} minutes, so it was stopped.`,
        ),
      );
      child.kill('SIGKILL');
    }, maxMs);
    child.once('message', (answer: FromProcess) => {
      child.disconnect();
      if (answer.is === 'made') return resolve(Uint8Array.from(answer.bytes));
      const error = new Error(answer.message);
      if (answer.stack !== null) error.stack = answer.stack;
      reject(error);
    });
    child.once('error', reject);
    child.once('exit', (_code, signal) => {
      clearTimeout(timer);
      // The kernel kills where memory is gone; V8 aborts where the heap is full.
      reject(
        signal === 'SIGKILL' || signal === 'SIGABRT'
          ? endOf(noMemory())
          : new ForeignProblem('failed', 'The process ended before it answered.'),
      );
    });
    child.send(input);
  });
}
