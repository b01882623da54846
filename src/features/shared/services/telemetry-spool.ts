import type { Decoded, Signal } from '#sources/otlp/record.ts';

/** A request of telemetry as it waits on the disk: what the door lets in of it, without any text that people wrote. */
export interface SpooledRequest {
  readonly signal: Signal;
  readonly receivedAt: Date;
  readonly decoded: Decoded;
}

/** Takes telemetry while the database does not, and hands it on once it does. */
export interface TelemetrySpool {
  /** The database did not answer the last time: what comes is put on the disk at once. */
  readonly away: boolean;
  /** Puts a request on the disk. Throws {@link StoreProblem} `full` where there is no room. */
  put(clientId: string, request: SpooledRequest): Promise<void>;
  /**
   * Gives what `work` gives, or throws {@link StoreProblem} where the database is away or has not answered anyone for
   * a while. The work goes on; what it stores late is stored once.
   */
  patiently<T>(work: () => Promise<T>): Promise<T>;
  /** What waits on the disk. */
  size(): Promise<{ readonly entries: number; readonly bytes: number }>;
  /** Hands on what waits, in order, until nothing does or the database is away. Gives how many requests were handed on. */
  drain(): Promise<number>;
  /** Looks each second whether something waits, until stopped. */
  start(): void;
  stop(): Promise<void>;
}
