import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { usableMemoryMb, usedMemoryMb } from '../memory.ts';
import { ForeignProblem } from './problem.ts';

/** With at least this many megabytes, threads within their limits cannot exhaust memory. */
const AMPLE_MB = 16_384;
const CHECK_INTERVAL_MS = 25;
/** Megabytes that the server needs to respond while a thread is terminated. */
const RESERVE_MB = 40;

/** Running threads in the order in which they started. */
const open = new Set<Worker>();
let timer: NodeJS.Timeout | null = null;

/** The source of memory figures, in megabytes; tests use their own. */
export interface Gauge {
  usable(): number;
  used(): number;
}

const OWN: Gauge = { usable: usableMemoryMb, used: usedMemoryMb };

/** Megabytes that a PDF needs outside of any heap: the typesetting library is not subject to a thread's limits. */
export const PRINTING_MB = 120;

/** Megabytes available before threads are terminated. */
export function freeMemoryMb(gauge: Gauge = OWN): number {
  return gauge.usable() - gauge.used() - RESERVE_MB;
}

/** Maximum wait for memory, in milliseconds; idle threads end within seconds. */
const MAX_WAIT_MS = 30_000;
const RECHECK_MS = 200;

/**
 * Waits until this many megabytes are available, because earlier work releases its memory within seconds. Throws a
 * ForeignProblem `busy` if they do not become available in time.
 */
export async function roomFor(megabytes: number, gauge: Gauge = OWN, maxMs = MAX_WAIT_MS): Promise<void> {
  const end = performance.now() + maxMs;
  while (freeMemoryMb(gauge) < megabytes) {
    if (performance.now() > end)
      throw new ForeignProblem(
        'busy',
        'There is too little memory for this at the moment. Try again in a minute, or give Bylaw more memory.',
      );
    await wait(RECHECK_MS);
  }
}

/**
 * Terminates threads, newest first, if the whole process is about to run out of memory. A thread's heap limit includes
 * neither buffers nor native memory of libraries, and the kernel would kill the server instead.
 */
export function watchMemory(worker: Worker, gauge: Gauge = OWN): Worker {
  if (gauge.usable() >= AMPLE_MB) return worker;
  open.add(worker);
  worker.once('exit', () => {
    open.delete(worker);
    if (open.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  });
  timer ??= setInterval(() => look(gauge), CHECK_INTERVAL_MS);
  timer.unref();
  return worker;
}

/** The error with which a thread ends that has run out of memory. */
export function noMemory(): Error {
  const error = new Error('There is not enough memory for this.');
  return Object.assign(error, { code: 'ERR_WORKER_OUT_OF_MEMORY' });
}

function look(gauge: Gauge): void {
  if (freeMemoryMb(gauge) > 0) return;
  const newest = [...open].at(-1);
  if (newest === undefined) return;
  open.delete(newest);
  // The same error as Node's for a full heap. A thread that was already released has no listener anymore.
  if (newest.listenerCount('error') > 0) newest.emit('error', noMemory());
  void newest.terminate();
}
