import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMemoryTight } from '../memory.ts';
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

/** By then every thread that was idle has ended and given its memory back. */
const AGAIN_MS = 16_000;

/** Where memory is tight: one pool for all threads of the C library, which gives back what is freed. About a tenth less. */
const TIGHT_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '32768',
  MALLOC_MMAP_THRESHOLD_: '32768',
  RAYON_NUM_THREADS: '1',
};

/** The kernel ended a process because the memory of all together was gone. */
class Killed extends Error {}

/**
 * Makes something in a process of its own, which `file` begins with `makeOnce`, and gives all that it took back at its
 * end: the library that sets a PDF takes memory that no thread's limit counts and no thread's end gives back. Where
 * memory runs out the kernel ends that process and not the server; it is then tried once more, `againMs` later, as what
 * was done just before may have held the memory. Throws a ForeignProblem, or the mistake that was made.
 */
export async function madeApart(
  file: URL,
  input: object,
  bounds: Bounds,
  againMs = AGAIN_MS,
): Promise<Uint8Array> {
  try {
    return await inProcess(file, input, bounds);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  await wait(againMs);
  return inProcess(file, input, bounds).catch((error: unknown) => {
    throw error instanceof Killed ? endOf(noMemory()) : error;
  });
}

function inProcess(file: URL, input: object, { heapMb, maxMs }: Bounds): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const child = fork(fileURLToPath(file), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${isMemoryTight() ? 2 : 4}`],
      env: { PATH, NODE_COMPILE_CACHE, ...(isMemoryTight() ? TIGHT_ENVIRONMENT : {}) },
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
      // The kernel kills where memory is gone; V8 aborts where the heap is full, as it would be again.
      if (signal === 'SIGKILL') reject(new Killed());
      else if (signal === 'SIGABRT') reject(endOf(noMemory()));
      else reject(new ForeignProblem('failed', 'The process ended before it answered.'));
    });
    child.send(input);
  });
}
