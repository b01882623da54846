/** Runs before a cost is taken for real: garbage collection or another thread of the process can slow one of them. */
const RUNS = 5;

/**
 * CPU time in milliseconds, of all threads of this process, that `act` takes at least: of the first run that takes less
 * than `limit`, otherwise of the fastest of {@link RUNS}. Unlike elapsed time, CPU time hardly depends on other load.
 * For algorithms whose cost must not grow faster than their input: `limit` lies far above what is needed and far below
 * what the slow way would take.
 */
export async function leastCpu(limit: number, act: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && least >= limit; run += 1) {
    const begun = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
