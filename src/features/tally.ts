/** What a process counts of its own work since it started, for `/metrics`. Each has one label, which names no client and nobody. */
export type Counted =
  /** Activities that entered a log, by `result`: added, known. */
  | 'activities'
  /** Records or requests of telemetry that were not taken, by reason. */
  | 'telemetry_refused'
  /** Requests of telemetry that were put on the disk and handed on since, by `step`: queued, stored, set_aside. */
  | 'telemetry_queue'
  /** Runs of jobs, by `job/result`, where the result is done or failed. */
  | 'jobs';

/** Counts of one process; they begin at 0 with each start. */
export interface Tally {
  add(counted: Counted, label: string, by?: number): void;
  /** What was counted so far, by label. */
  of(counted: Counted): ReadonlyMap<string, number>;
}

export function createTally(): Tally {
  const counts = new Map<Counted, Map<string, number>>();
  return {
    add(counted, label, by = 1) {
      const mine = counts.get(counted) ?? new Map<string, number>();
      counts.set(counted, mine);
      mine.set(label, (mine.get(label) ?? 0) + by);
    },
    of: (counted) => counts.get(counted) ?? new Map(),
  };
}
