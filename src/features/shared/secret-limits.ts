import type { Services } from '../context.ts';

/** Counts within so many milliseconds. */
const WINDOW = 10 * 60_000;
/** Readings of one address, and wrong addresses and things handed in from one network, within that time. */
const LIMITS = { read: 60, wrong: 30, given: 10 } as const;
/** So that nobody fills the memory with addresses. */
const MAX_KEYS = 10_000;

interface Counter {
  from: number;
  count: number;
}

const counters = new WeakMap<Services['store'], Map<string, Counter>>();

/**
 * Counts a reading of an address; seconds to wait where there were too many, else 0. Each process counts for itself: an
 * address cannot be guessed, so this keeps off load, not guesses.
 */
export function countRead(services: Pick<Services, 'store'>, hash: string, now: Date): number {
  return counted(services, `read ${hash}`, LIMITS.read, now);
}

/** Counts an address that is nobody's, against the network that asked for it; seconds to wait, likewise. */
export function countWrong(services: Pick<Services, 'store'>, network: string, now: Date): number {
  return counted(services, `wrong ${network}`, LIMITS.wrong, now);
}

/** Counts what somebody without an account hands in, against the network that it came from; likewise. */
export function countGiven(services: Pick<Services, 'store'>, network: string, now: Date): number {
  return counted(services, `given ${network}`, LIMITS.given, now);
}

function counted({ store }: Pick<Services, 'store'>, key: string, max: number, now: Date): number {
  const known = counters.get(store) ?? new Map<string, Counter>();
  counters.set(store, known);
  const counter = known.get(key);
  if (counter === undefined || counter.from + WINDOW <= now.getTime()) {
    if (known.size >= MAX_KEYS) known.clear();
    known.set(key, { from: now.getTime(), count: 1 });
    return 0;
  }
  counter.count += 1;
  return counter.count <= max ? 0 : Math.ceil((counter.from + WINDOW - now.getTime()) / 1000);
}
