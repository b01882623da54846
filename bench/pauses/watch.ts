import { threadCpuUsage } from 'node:process';

/**
 * The longest uninterrupted computation of this thread during `act`, in milliseconds; it blocks everything else for
 * that time. CPU time rather than wall-clock time, which on a busy machine includes other processes.
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

/** Milliseconds of a fixed piece of work, as a median. About 2 on a machine of 2024. */
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

/** CPU time of this thread since its start, in milliseconds. */
function spent(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}
