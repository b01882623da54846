import type { Worker } from 'node:worker_threads';
import { shareOfMemory } from '../memory.ts';
import { idleMs } from './idle.ts';
import type { FromForeign, ToForeign } from './messages.ts';
import { ForeignProblem } from './problem.ts';
import { FOREIGN_TASKS, type ForeignInput, type ForeignOutput, type ForeignTaskName } from './tasks.ts';
import { endOf, startThread } from './thread.ts';

/** Maximum threads. They start on demand and end when idle, so that an idle server uses little memory. */
const MAX_THREADS = 2;
const MAX_WAITING = 40;
/** Time limit in milliseconds for loading the libraries of a task; generous, for a busy machine. */
const LOAD_MS = 60_000;
const HEAP_MB = 256;

interface Asked {
  readonly message: ToForeign;
  readonly maxMs: number;
  resolve(answer: string): void;
  reject(problem: Error): void;
}

/** A thread with its current request; null if it is idle. */
interface Thread {
  readonly worker: Worker;
  asked: Asked | null;
  timer: NodeJS.Timeout | undefined;
}

const threads = new Set<Thread>();
const waiting: Asked[] = [];

/**
 * Reads foreign bytes or text in a thread with limits of time, memory and size, so that no input can block or crash the
 * server. Throws a ForeignProblem.
 */
export async function readForeign<N extends ForeignTaskName>(
  task: N,
  input: ForeignInput<N>,
): Promise<ForeignOutput<N>> {
  const answer = await new Promise<string>((resolve, reject) => {
    if (waiting.length >= MAX_WAITING)
      return reject(
        new ForeignProblem('busy', 'Many files are already being read. Try again in half a minute.'),
      );
    waiting.push({ message: { task, input }, maxMs: FOREIGN_TASKS[task].maxMs, resolve, reject });
    next();
  });
  // The thread serialized the result of the task's reader, so it has that type.
  return JSON.parse(answer) as ForeignOutput<N>;
}

function next(): void {
  if (waiting.length === 0) return;
  const idle = [...threads].find(({ asked }) => asked === null);
  if (idle === undefined && threads.size >= MAX_THREADS) return;
  const thread = idle ?? open();
  const asked = waiting.shift() ?? null;
  thread.asked = asked;
  if (asked === null) return;
  thread.worker.ref();
  bound(thread, LOAD_MS);
  thread.worker.postMessage(asked.message);
}

function open(): Thread {
  const worker = startThread(new URL('./worker.ts', import.meta.url), shareOfMemory(HEAP_MB));
  const thread: Thread = { worker, asked: null, timer: undefined };
  threads.add(thread);
  worker.on('message', (answer: FromForeign) => heard(thread, answer));
  worker.on('error', (error) => ended(thread, endOf(error)));
  worker.on('exit', () => ended(thread, new ForeignProblem('failed', 'The reading was stopped.')));
  return thread;
}

/** Terminates a thread that takes longer than this many milliseconds. */
function bound(thread: Thread, ms: number): void {
  clearTimeout(thread.timer);
  thread.timer = setTimeout(() => {
    ended(
      thread,
      new ForeignProblem(
        'too_long',
        `Reading it took longer than ${ms / 1000} seconds, which no ordinary file does, so it was stopped. Nothing from it was kept. Check whether it is the right file.`,
      ),
    );
    void thread.worker.terminate();
  }, ms);
}

/**
 * Removes a thread that cannot be used anymore. Its request is rejected with the problem; the next one gets a new
 * thread.
 */
function ended(thread: Thread, problem: ForeignProblem): void {
  if (!threads.delete(thread)) return;
  clearTimeout(thread.timer);
  thread.asked?.reject(problem);
  next();
}

function heard(thread: Thread, answer: FromForeign): void {
  const { asked, worker } = thread;
  // The request was abandoned meanwhile.
  if (asked === null || !threads.has(thread)) return;
  if (answer.is === 'begun') {
    bound(thread, asked.maxMs);
    return;
  }
  clearTimeout(thread.timer);
  thread.asked = null;
  worker.unref();
  thread.timer = setTimeout(() => {
    threads.delete(thread);
    void worker.terminate();
  }, idleMs());
  thread.timer.unref();
  switch (answer.is) {
    case 'done':
      asked.resolve(answer.answer);
      break;
    case 'refused':
      asked.reject(new ForeignProblem('refused', answer.message, answer));
      break;
    case 'too_large':
      asked.reject(
        new ForeignProblem(
          'too_large',
          'Through repetition or nesting, it expands to far more than anyone would write, so it was not accepted. Write it out in full.',
        ),
      );
      break;
    case 'failed':
      asked.reject(new Error(answer.message));
  }
  next();
}
