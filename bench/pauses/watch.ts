import { threadCpuUsage } from 'node:process';

/**
 * Milliseconds that this thread computed in one go, at most, while something was at work: for so long nothing else got a
 * turn. Time of the processor and not of the clock, which on a busy machine measures the others.
 */
export async function longestPause<T>(
  act: () => Promise<T>,
): Promise<{ readonly pause: number; readonly result: T }> {
  let last = spent();
  let longest = 0;
  let going = true;
  const turn = () => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) setImmediate(turn);
  };
  await new Promise(setImmediate);
  last = spent();
  setImmediate(turn);
  const result = await act();
  going = false;
  turn();
  return { pause: longest, result };
}

/** Milliseconds of a piece of work that is always the same: the median of many. About 2 on a machine of 2024. */
export function measureOfMachine(): number {
  const value = Object.fromEntries(
    Array.from({ length: 4_000 }, (_, at) => [`key${at}`, [at, `value ${at}`]]),
  );
  const taken = Array.from({ length: 31 }, () => {
    const from = spent();
    JSON.parse(JSON.stringify(value));
    return spent() - from;
  }).sort((a, b) => a - b);
  return taken[15] ?? 1;
}

/** Milliseconds that this thread has computed since it began. */
function spent(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}
