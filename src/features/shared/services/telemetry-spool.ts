import type { Decoded, Signal } from '#sources/otlp/record.ts';

/** A telemetry request as spooled to disk, already without any text that people wrote. */
export interface SpooledRequest {
  readonly signal: Signal;
  readonly receivedAt: Date;
  readonly decoded: Decoded;
}

/** Accepts telemetry while the database is unavailable, and forwards it once it is back. */
export interface TelemetrySpool {
  /** The database did not answer last time: requests are spooled at once. */
  readonly away: boolean;
  /** Spools a request. Throws {@link StoreProblem} `full` if there is no space. */
  put(clientId: string, request: SpooledRequest): Promise<void>;
  /**
   * Returns the result of `work`, or throws {@link StoreProblem} if the database is unavailable or has not answered
   * anyone for a while. The work continues; storing it late does not store it twice.
   */
  patiently<T>(work: () => Promise<T>): Promise<T>;
  /** What is currently spooled. */
  size(): Promise<{ readonly entries: number; readonly bytes: number }>;
  /**
   * Forwards spooled requests in order until none are left or the database is unavailable. Returns how many were
   * forwarded.
   */
  drain(): Promise<number>;
  /** Checks the spool every second, until stopped. */
  start(): void;
  stop(): Promise<void>;
}
