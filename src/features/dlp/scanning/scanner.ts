import type { Worker } from 'node:worker_threads';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { promptTexts } from '#sources/web-request/gather.ts';
import { shareOfMemory, startThread } from '../../foreign/index.ts';
import { isSmall, type Lane, laneOf } from './lane.ts';
import type { Looker } from './look.ts';
import type { FromScan, Scan, Scanned, ToScan } from './messages.ts';

const HEAP_MB = 256;
/** Maximum queue length; further calls are not scanned. */
const MAX_WAITING = 100;
/** Milliseconds after its deadline by which the thread must have finished a scan. */
const GRACE_MS = 2_000;

/** Result of a scan: `unfinished` if the time was up before anything was known. */
export type ScanAnswer = Scanned | { readonly is: 'unreadable' } | { readonly is: 'unfinished' };

interface Asked {
  readonly answer: (answer: ScanAnswer) => void;
  timer: NodeJS.Timeout;
}

interface Thread {
  readonly worker: Worker;
  /** Calls without an answer yet, including those past their deadline. */
  readonly asked: Map<number, Asked>;
  /** Resolves once it is ready, or has failed. */
  readonly ready: PromiseWithResolvers<void>;
}

const threads: Readonly<Record<Lane, WeakMap<Catalogue, Thread>>> = {
  short: new WeakMap(),
  large: new WeakMap(),
};
let next = 0;

/** Scans small requests without a thread, if proxies are used; other servers save the memory. */
const lookers = new WeakMap<Catalogue, Looker>();

const rulesOf = (catalogue: Catalogue) => catalogue.dlp.flatMap((file) => file.rules);

/**
 * Scans content in a separate thread, one after the other, or a small request on this thread. There is always an
 * answer by the deadline.
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
      // A scan that exceeds this is stuck in something that does not check the deadline.
      const asked = thread.asked.get(id);
      if (asked !== undefined)
        asked.timer = setTimeout(() => replace(catalogue, lane, thread), GRACE_MS).unref();
    };
    thread.asked.set(id, { answer: resolve, timer: setTimeout(overdue, Math.max(0, until - Date.now())) });
    if (scan.what === 'text') {
      thread.worker.postMessage({ ...scan, id } satisfies ToScan);
      return;
    }
    // Nobody reads a call's body again, so its buffer is transferred. A request is forwarded to Claude, and a slice of
    // a larger buffer would transfer the whole buffer: these are copied.
    const { buffer, byteLength } = scan.bytes;
    const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    const own = scan.what === 'call' && isAlone ? buffer : new Uint8Array(scan.bytes).buffer;
    thread.worker.postMessage({ ...scan, bytes: new Uint8Array(own), id } satisfies ToScan, [own]);
  });
}

/** Starts the thread before the first call: starting takes longer than a call may. */
export function warmScanner(catalogue: Catalogue): Promise<void> {
  return threadFor(catalogue, 'short').ready.promise;
}

/**
 * Starts the thread and warms up the scanner for small requests, whose rules and expressions take half of the time
 * available for a request. Until then, the thread scans them.
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
  // Last, because adding a listener refs the thread again.
  worker.unref();
  return thread;
}

/** Whatever blocks a thread is discarded with it; another is started before the next call. */
function replace(catalogue: Catalogue, lane: Lane, thread: Thread): void {
  end(catalogue, lane, thread);
  threadFor(catalogue, lane);
}

/** Discards a thread; the next call gets a new one. */
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
