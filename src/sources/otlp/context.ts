import type { Activity } from '#domain/activity/activity.ts';
import type { ToolResolver } from '#domain/activity/tools.ts';
import type { ContentPeriod } from '#domain/charter/content-kept.ts';
import type { TelemetryRecord } from './record.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is known about the client that the telemetry belongs to. */
export interface ClientOfTelemetry {
  readonly receivedAt: Date;
  /** Lowercase ids of the client's own Claude organizations; null: not stated. */
  readonly organizations: ReadonlySet<string> | null;
  readonly resolve: ToolResolver;
  /** Periods in which its charters allow texts to be kept, and which; null: none. */
  readonly content: readonly ContentPeriod[] | null;
  readonly vocabulary: Vocabulary;
}

/** Records that are counted but not kept, because they repeat something else or contain nothing usable. */
export type LeftOut = 'repeats_events' | 'repeats_records' | 'running_total' | 'unknown_metric' | 'no_value';

export type Made = Activity | LeftOut;

/** Parts filled in per emitter; the rest is the same for all. */
export type Filled = Pick<
  Activity,
  'category' | 'connector' | 'connectorName' | 'tool' | 'effect' | 'outcome' | 'model' | 'amounts' | 'detail'
>;

export const NOTHING_FILLED = {
  connector: null,
  connectorName: null,
  tool: null,
  effect: null,
  outcome: null,
  model: null,
} as const satisfies Partial<Filled>;

export type Fill = (record: TelemetryRecord, name: string, client: ClientOfTelemetry) => Filled;
