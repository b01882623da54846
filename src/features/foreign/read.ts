import type { Worker } from 'node:worker_threads';
import { shareOfMemory } from '../memory.ts';
import { idleMs } from './idle.ts';
import type { FromForeign, ToForeign } from './messages.ts';
import { ForeignProblem } from './problem.ts';
import { FOREIGN_TASKS, type ForeignInput, type ForeignOutput, type ForeignTaskName } from './tasks.ts';
import { endOf, startThread } from './thread.ts';

/** Threads at once. They start when needed and end when idle, so that a quiet server stays small. */
const MAX_THREADS = 2;
const MAX_WAITING = 40;
/** Loading the libraries of a task; a busy machine takes its time. */
const LOAD_MS = 60_000;
const HEAP_MB = 256;

interface Asked {
  readonly message: ToForeign;
  readonly maxMs: number;
  resolve(answer: string): void;
  reject(problem: Error): void;
}

/** A thread, and what it reads now; null: it is idle. */
interface Thread {
  readonly worker: Worker;
  asked: Asked | null;
  timer: NodeJS.Timeout | undefined;
}

const threads = new Set<Thread>();
const waiting: Asked[] = [];

/**
 * Reads foreign bytes or text in a thread with bounds of time, memory and size, so that no input holds up or ends the
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
  // Written by the thread from what its reader returned, so it has that shape.
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

/** Ends a thread that has not gone on after so many milliseconds. */
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

/** A thread is of no more use. Whatever it read is answered with the problem; the next gets a new one. */
function ended(thread: Thread, problem: ForeignProblem): void {
  if (!threads.delete(thread)) return;
  clearTimeout(thread.timer);
  thread.asked?.reject(problem);
  next();
}

function heard(thread: Thread, answer: FromForeign): void {
  const { asked, worker } = thread;
  // It was given up meanwhile.
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
