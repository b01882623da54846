import type { Services } from '../context.ts';

/** Period of the limits, in milliseconds. */
const WINDOW = 10 * 60_000;
/** Requests for one URL, and wrong URLs and submissions from one network, within that period. */
const LIMITS = { read: 60, wrong: 30, given: 10 } as const;
/** Limits the memory used. */
const MAX_KEYS = 10_000;

interface Counter {
  from: number;
  count: number;
}

const counters = new WeakMap<Services['store'], Map<string, Counter>>();

/**
 * Counts a request for a URL; returns the seconds to wait if there were too many, otherwise 0. Counted per process:
 * the URL cannot be guessed, so this limits load, not guessing.
 */
export function countRead(services: Pick<Services, 'store'>, hash: string, now: Date): number {
  return counted(services, `read ${hash}`, LIMITS.read, now);
}

/** Counts a wrong URL against the network that requested it; returns the seconds to wait. */
export function countWrong(services: Pick<Services, 'store'>, network: string, now: Date): number {
  return counted(services, `wrong ${network}`, LIMITS.wrong, now);
}

/** Counts a submission by somebody without an account against its network; returns the seconds to wait. */
export function countGiven(services: Pick<Services, 'store'>, network: string, now: Date): number {
  return counted(services, `given ${network}`, LIMITS.given, now);
}

function counted({ store }: Pick<Services, 'store'>, key: string, max: number, now: Date): number {
  const known = counters.get(store) ?? new Map<string, Counter>();
  counters.set(store, known);
  const counter = known.get(key);
  // A period that begins in the future began before the clock was set back.
  const age = counter === undefined ? WINDOW : now.getTime() - counter.from;
  if (counter === undefined || age < 0 || age >= WINDOW) {
    if (known.size >= MAX_KEYS) known.clear();
    known.set(key, { from: now.getTime(), count: 1 });
    return 0;
  }
  counter.count += 1;
  return counter.count <= max ? 0 : Math.ceil((counter.from + WINDOW - now.getTime()) / 1000);
}
