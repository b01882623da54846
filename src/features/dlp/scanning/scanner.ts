import type { Worker } from 'node:worker_threads';
import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { shareOfMemory, startThread } from '../../foreign/index.ts';
import type { FromScan, Scanned } from './messages.ts';

const HEAP_MB = 256;
/** Calls that wait; what comes then is not looked at. */
const MAX_WAITING = 100;
/** Milliseconds after its time was up, in which the thread has to come to an end by itself. */
const GRACE = 2_000;

/** What became of a scan: `unfinished` where the time was up before anything was known. */
export type ScanAnswer = Scanned | { readonly is: 'unreadable' } | { readonly is: 'unfinished' };

interface Asked {
  readonly answer: (answer: ScanAnswer) => void;
  timer: NodeJS.Timeout;
}

interface Thread {
  readonly worker: Worker;
  /** What it has not answered yet, also where its time is up. */
  readonly asked: Map<number, Asked>;
}

const threads = new WeakMap<Catalogue, Thread>();
let next = 0;

/**
 * Looks through a call in a thread of its own, which takes one after the other. Whatever is in it, the answer is there
 * when the time is up.
 *
 * @param until when it has to be answered, in milliseconds since 1970
 */
export function scanCall(
  catalogue: Catalogue,
  bytes: Uint8Array,
  { tuning, until }: { readonly tuning: DlpTuning; readonly until: number },
): Promise<ScanAnswer> {
  const thread = threadFor(catalogue);
  if (thread.asked.size >= MAX_WAITING) return Promise.resolve({ is: 'unfinished' });
  next += 1;
  const id = next;
  return new Promise((resolve) => {
    const overdue = () => {
      resolve({ is: 'unfinished' });
      // What does not come to an end by itself is held up by something that its own clock does not see.
      const asked = thread.asked.get(id);
      if (asked !== undefined) asked.timer = setTimeout(() => replace(catalogue, thread), GRACE).unref();
    };
    thread.asked.set(id, { answer: resolve, timer: setTimeout(overdue, Math.max(0, until - Date.now())) });
    thread.worker.postMessage({ id, bytes, tuning, until });
  });
}

/** Has the thread ready before the first call comes. */
export function warmScanner(catalogue: Catalogue): void {
  threadFor(catalogue);
}

function threadFor(catalogue: Catalogue): Thread {
  const known = threads.get(catalogue);
  if (known !== undefined) return known;
  const rules = catalogue.dlp.flatMap((file) => file.rules);
  const worker = startThread(new URL('./worker.ts', import.meta.url), shareOfMemory(HEAP_MB), rules);
  const thread: Thread = { worker, asked: new Map() };
  threads.set(catalogue, thread);
  worker.unref();
  worker.on('message', (answer: FromScan) => {
    const asked = thread.asked.get(answer.id);
    thread.asked.delete(answer.id);
    clearTimeout(asked?.timer);
    asked?.answer(answer);
  });
  worker.on('error', () => end(catalogue, thread));
  worker.on('exit', () => end(catalogue, thread));
  return thread;
}

/** What holds a thread up is given up with it; another is ready before the next call comes. */
function replace(catalogue: Catalogue, thread: Thread): void {
  end(catalogue, thread);
  warmScanner(catalogue);
}

/** A thread is of no more use; the next call gets a new one. */
function end(catalogue: Catalogue, thread: Thread): void {
  if (threads.get(catalogue) === thread) threads.delete(catalogue);
  for (const { answer, timer } of thread.asked.values()) {
    clearTimeout(timer);
    answer({ is: 'unfinished' });
  }
  thread.asked.clear();
  void thread.worker.terminate();
}
