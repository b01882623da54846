import type { Worker } from 'node:worker_threads';
import { ownThread } from '#app/deciding/own-thread.ts';
import { keepIdleThreads } from '#features/foreign/index.ts';
import type { ThreadSource } from '#features/verdicts/thread.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

/*
 * What the consoles of one test process have in common: each would make the same of the same files, and to make it
 * took longer than most tests.
 */

// Threads that read files, too: a file of tests comes back to them after more than they wait for a person.
keepIdleThreads();

/** Threads that no console uses now; two, for consoles that decide at the same time. */
const SPARE = 2;
const spare: Worker[] = [];
const own = ownThread(sharedCatalogue);

/**
 * Hands the deciding thread from one console to the next as soon as it is idle. What it keeps are rows by the random
 * ids of their observations, which no other console has.
 */
export const SHARED_THREAD: ThreadSource = {
  idleMs: 0,
  take: () => spare.pop() ?? own.take(),
  async giveBack(thread) {
    if (spare.length < SPARE) spare.push(thread);
    else await own.giveBack(thread);
  },
};
