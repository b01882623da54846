import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMemoryTight } from '../memory.ts';
import type { FromProcess } from '../shared/make-once.ts';
import { ForeignProblem } from './problem.ts';
import { endOf } from './thread.ts';
import { noMemory } from './watch.ts';

interface Bounds {
  /** Heap limit in megabytes. */
  readonly heapMb: number;
  /** Milliseconds until the process is terminated. */
  readonly maxMs: number;
}

/** Delay before a retry, in milliseconds. By then idle threads have ended and released their memory. */
const RETRY_MS = 16_000;

/**
 * Environment for a machine short of memory: a single malloc arena that returns freed memory to the system. Saves about
 * a tenth.
 */
const TIGHT_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '32768',
  MALLOC_MMAP_THRESHOLD_: '32768',
  RAYON_NUM_THREADS: '1',
};

/** The kernel's out-of-memory killer ended a process. */
class Killed extends Error {}

/**
 * Creates something in a separate process, whose entry is `file` with `makeOnce`, so that all memory is released at its
 * end: the library that typesets PDFs allocates memory that no limit on threads counts and that is not released when a
 * thread ends. If memory runs out, the kernel kills that process and not the server; it is then retried once after
 * `againMs`, because earlier work may still have held memory. Throws a ForeignProblem, or the error that occurred.
 */
export async function runInProcess(
  file: URL,
  input: object,
  bounds: Bounds,
  againMs = RETRY_MS,
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
    const { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS } = process.env;
    const child = fork(fileURLToPath(file), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${isMemoryTight() ? 2 : 4}`],
      env: { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS, ...(isMemoryTight() ? TIGHT_ENVIRONMENT : {}) },
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
    // A process that cannot start fails twice, the second time when it is sent its input; without a listener, an error
    // ends the server.
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', (_code, signal) => {
      clearTimeout(timer);
      // The kernel sends SIGKILL when memory runs out, so a retry may work. V8 aborts when the heap is full, which
      // would happen again.
      if (signal === 'SIGKILL') reject(new Killed());
      else if (signal === 'SIGABRT') reject(endOf(noMemory()));
      else reject(new ForeignProblem('failed', 'The process ended before it answered.'));
    });
    child.send(input);
  });
}
