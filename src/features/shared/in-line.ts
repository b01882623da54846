import { unavailable } from '../problems.ts';

/** Places in a line. Each waiting request keeps what it was asked to make in memory. */
const MAX_WAITING = 20;
const RETRY_SECONDS = 30;

/**
 * Makes something once everything asked for earlier was made. `signal` aborts when nobody waits for it any longer: it
 * then gives up its place and is not made. Throws UNAVAILABLE when the line is full, or when it gave up its place.
 */
export type Line = <Made>(make: () => Promise<Made>, signal?: AbortSignal) => Promise<Made>;

/** A line in which one is made after the other. One that fails does not keep the next one from its turn. */
export function newLine(maxWaiting = MAX_WAITING): Line {
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Set<object>();
  return async (make, signal) => {
    if (signal?.aborted === true) throw unavailable(GONE, RETRY_SECONDS);
    if (waiting.size >= maxWaiting) throw unavailable(FULL, RETRY_SECONDS);
    const place = {};
    const leave = () => waiting.delete(place);
    waiting.add(place);
    signal?.addEventListener('abort', leave, { once: true });
    const mine = last.then(() => {
      signal?.removeEventListener('abort', leave);
      if (!leave()) throw unavailable(GONE, RETRY_SECONDS);
      return make();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}

const FULL = 'Many files are already being made. Try again in half a minute.';
const GONE = 'The request was canceled before its file was made.';
