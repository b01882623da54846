import type { Worker } from 'node:worker_threads';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { promptTexts } from '#sources/web-request/gather.ts';
import { shareOfMemory, startThread } from '../../foreign/index.ts';
import { isSmall, type Lane, laneOf } from './lane.ts';
import type { Looker } from './look.ts';
import type { FromScan, Scan, Scanned, ToScan } from './messages.ts';

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
  /** Resolves once it is ready, or is of no more use. */
  readonly ready: PromiseWithResolvers<void>;
}

const threads: Readonly<Record<Lane, WeakMap<Catalogue, Thread>>> = {
  short: new WeakMap(),
  large: new WeakMap(),
};
let next = 0;

/** What looks through small requests without a thread, where proxies ask: a server without one does without its memory. */
const lookers = new WeakMap<Catalogue, Looker>();

const rulesOf = (catalogue: Catalogue) => catalogue.dlp.flatMap((file) => file.rules);

/**
 * Looks through a content in a thread of its own, which takes one after the other; a small request where it came.
 * Whatever is in it, the answer is there when the time is up.
 */
export function scanContent(catalogue: Catalogue, scan: Scan): Promise<ScanAnswer> {
  const looker = isSmall(scan) ? lookers.get(catalogue) : undefined;
  if (looker !== undefined) return looker.look(scan).catch(() => ({ is: 'unfinished' }));
  const lane = laneOf(scan);
  const thread = threadFor(catalogue, lane);
  if (thread.asked.size >= MAX_WAITING) return Promise.resolve({ is: 'unfinished' });
  next += 1;
  const id = next;
  const { until } = scan;
  return new Promise((resolve) => {
    const overdue = () => {
      resolve({ is: 'unfinished' });
      // What does not come to an end by itself is held up by something that its own clock does not see.
      const asked = thread.asked.get(id);
      if (asked !== undefined)
        asked.timer = setTimeout(() => replace(catalogue, lane, thread), GRACE).unref();
    };
    thread.asked.set(id, { answer: resolve, timer: setTimeout(overdue, Math.max(0, until - Date.now())) });
    if (scan.what === 'text') {
      thread.worker.postMessage({ ...scan, id } satisfies ToScan);
      return;
    }
    // Nobody reads a call again, so that it is handed over. A request goes on to Claude, and a part of a larger buffer
    // would take the whole buffer along: of them the thread is given a copy.
    const { buffer, byteLength } = scan.bytes;
    const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    const own = scan.what === 'call' && isAlone ? buffer : new Uint8Array(scan.bytes).buffer;
    thread.worker.postMessage({ ...scan, bytes: new Uint8Array(own), id } satisfies ToScan, [own]);
  });
}

/** Has the thread ready before the first call comes: to start takes it longer than a call may. */
export function warmScanner(catalogue: Catalogue): Promise<void> {
  return threadFor(catalogue, 'short').ready.promise;
}

/**
 * Has the thread ready, and what looks through small requests: to make its rules and expressions ready takes half of the
 * time that a request may take. Until then the thread looks through them.
 */
export async function warmForProxies(catalogue: Catalogue): Promise<void> {
  await warmScanner(catalogue);
  if (lookers.has(catalogue)) return;
  const { Looker } = await import('./look.ts');
  const looker = new Looker(rulesOf(catalogue), promptTexts);
  await looker.warm();
  lookers.set(catalogue, looker);
}

function threadFor(catalogue: Catalogue, lane: Lane): Thread {
  const known = threads[lane].get(catalogue);
  if (known !== undefined) return known;
  const worker = startThread(
    new URL('./worker.ts', import.meta.url),
    shareOfMemory(HEAP_MB),
    rulesOf(catalogue),
  );
  const thread: Thread = { worker, asked: new Map(), ready: Promise.withResolvers() };
  threads[lane].set(catalogue, thread);
  worker.on('message', (answer: FromScan) => {
    if (answer.is === 'ready') {
      thread.ready.resolve();
      return;
    }
    const asked = thread.asked.get(answer.id);
    thread.asked.delete(answer.id);
    clearTimeout(asked?.timer);
    asked?.answer(answer);
  });
  worker.on('error', () => end(catalogue, lane, thread));
  worker.on('exit', () => end(catalogue, lane, thread));
  // Last: to listen takes hold of the process again.
  worker.unref();
  return thread;
}

/** What holds a thread up is given up with it; another is ready before the next call comes. */
function replace(catalogue: Catalogue, lane: Lane, thread: Thread): void {
  end(catalogue, lane, thread);
  threadFor(catalogue, lane);
}

/** A thread is of no more use; the next call gets a new one. */
function end(catalogue: Catalogue, lane: Lane, thread: Thread): void {
  if (threads[lane].get(catalogue) === thread) threads[lane].delete(catalogue);
  for (const { answer, timer } of thread.asked.values()) {
    clearTimeout(timer);
    answer({ is: 'unfinished' });
  }
  thread.asked.clear();
  thread.ready.resolve();
  void thread.worker.terminate();
}
