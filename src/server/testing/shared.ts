import type { Worker } from 'node:worker_threads';
import { OWN_THREAD } from '#app/deciding/own-thread.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { ThreadSource } from '#features/verdicts/thread.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';

/*
 * What the consoles of one test process have in common: each would make the same of the same files, and to make it
 * took longer than most tests.
 */

let catalogue: Catalogue | null = null;

/** The catalogue, read once. It is frozen, so that a test that changes it fails instead of another after it. */
export function sharedCatalogue(): Catalogue {
  catalogue ??= frozen(loadCatalogue());
  return catalogue;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** Threads that no console uses now; two, for consoles that decide at the same time. */
const SPARE = 2;
const spare: Worker[] = [];

/**
 * Hands the deciding thread from one console to the next as soon as it is idle. What it keeps are rows by the random
 * ids of their observations, which no other console has.
 */
export const SHARED_THREAD: ThreadSource = {
  idleMs: 0,
  take: () => spare.pop() ?? OWN_THREAD.take(),
  async giveBack(thread) {
    if (spare.length < SPARE) spare.push(thread);
    else await OWN_THREAD.giveBack(thread);
  },
};
