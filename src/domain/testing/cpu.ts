/** Measures the cost of algorithms in tests. Unlike elapsed time, CPU time is not affected by other load. */

/** CPU time in milliseconds since `begun`, of all threads of this process. */
export function cpuSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
