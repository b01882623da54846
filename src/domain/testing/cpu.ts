/** What a test of an algorithm's cost measures: other work on the machine makes a clock run on, and not this. */

/** Milliseconds of processor time since it was begun, of all threads of this process. */
export function cpuSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
