import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { usableMemoryMb, usedMemoryMb } from '../memory.ts';
import { ForeignProblem } from './problem.ts';

/** With this many megabytes no thread, bounded as it is, comes near the end of memory. */
const AMPLE_MB = 16_384;
const EVERY_MS = 25;
/** What the server needs to answer others while a thread ends, in megabytes. */
const RESERVE_MB = 40;

/** Threads that read or make something, in the order in which they started. */
const open = new Set<Worker>();
let timer: NodeJS.Timeout | null = null;

/** Where memory is looked at; tests have their own. */
export interface Gauge {
  usable(): number;
  used(): number;
}

const OWN: Gauge = { usable: usableMemoryMb, used: usedMemoryMb };

/** What a PDF takes outside of any heap, in megabytes: the library that sets it is not bounded by a thread's limits. */
export const PRINTING_MB = 120;

/** Megabytes that may still be taken before threads are ended. */
export function freeMemoryMb(gauge: Gauge = OWN): number {
  return gauge.usable() - gauge.used() - RESERVE_MB;
}

/** Longest that work waits for memory: threads that are idle are let go after seconds. */
const MAX_WAIT_MS = 30_000;
const LOOK_AGAIN_MS = 200;

/**
 * Waits until so many megabytes may be taken, as what was done just before gives back what it took within seconds.
 * Throws a ForeignProblem, `busy`, where it does not. Where there is ample memory it waits for nothing.
 */
export async function roomFor(megabytes: number, gauge: Gauge = OWN, maxMs = MAX_WAIT_MS): Promise<void> {
  const end = performance.now() + maxMs;
  while (freeMemoryMb(gauge) < megabytes) {
    if (performance.now() > end)
      throw new ForeignProblem(
        'busy',
        'There is too little memory for this at the moment. Try again in a minute, or give Bylaw more memory.',
      );
    await wait(LOOK_AGAIN_MS);
  }
}

/**
 * Ends a thread, the newest first, where the whole process comes near the end of what it may use: the limit of a
 * thread's heap counts neither buffers nor what a library takes, and the kernel would end the server instead.
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
  timer ??= setInterval(() => look(gauge), EVERY_MS);
  timer.unref();
  return worker;
}

/** The error with which a thread ends whose memory is full. */
export function noMemory(): Error {
  const error = new Error('There is not enough memory for this.');
  return Object.assign(error, { code: 'ERR_WORKER_OUT_OF_MEMORY' });
}

function look(gauge: Gauge): void {
  if (freeMemoryMb(gauge) > 0) return;
  const newest = [...open].at(-1);
  if (newest === undefined) return;
  open.delete(newest);
  // As Node itself says it where a heap is full.
  // Anyone who has given it back already hears nothing more of it.
  if (newest.listenerCount('error') > 0) newest.emit('error', noMemory());
  void newest.terminate();
}
