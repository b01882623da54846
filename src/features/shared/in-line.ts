import { unavailable } from '../problems.ts';

/** Maximum waiting requests. Each keeps its input in memory. */
const MAX_WAITING = 20;
const RETRY_SECONDS = 30;

/**
 * Creates something after everything that was requested earlier. If `signal` aborts because no one waits for it any
 * longer, it leaves the line and is not created. Throws UNAVAILABLE if the line is full, or if it left the line.
 */
export type Line = <Made>(make: () => Promise<Made>, signal?: AbortSignal) => Promise<Made>;

/** A line in which one is created at a time. An error does not affect the next one. */
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
