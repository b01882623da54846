/**
 * Counters of this process since it started, for `/metrics`. Each has one label, which identifies no client and no
 * person.
 */
export type Counted =
  /** Activities passed to a log, by `result`: added, known. */
  | 'activities'
  /** Telemetry records or requests that were refused, by reason. */
  | 'telemetry_refused'
  /** Telemetry requests that were spooled to disk and what became of them, by `step`: queued, stored, set_aside. */
  | 'telemetry_queue'
  /** Job runs, by `job/result`, where the result is done or failed. */
  | 'jobs';

/** Creates the counters, starting at 0. */
export interface Tally {
  add(counted: Counted, label: string, by?: number): void;
  /** Current values, by label. */
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
