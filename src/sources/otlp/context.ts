import type { Activity } from '#domain/activity/activity.ts';
import type { ToolResolver } from '#domain/activity/tools.ts';
import type { ContentPeriod } from '#domain/charter/content-kept.ts';
import type { TelemetryRecord } from './record.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is known of the client whose telemetry it is. */
export interface ClientOfTelemetry {
  readonly receivedAt: Date;
  /** Ids of the client's own Claude organizations, in lower case; null: nobody has said. */
  readonly organizations: ReadonlySet<string> | null;
  readonly resolve: ToolResolver;
  /** When its charters let text be kept, and which; null: none is kept. */
  readonly content: readonly ContentPeriod[] | null;
  readonly vocabulary: Vocabulary;
}

/** Records that are taken note of and not kept, since something else says the same or nothing can be made of them. */
export type LeftOut = 'repeats_events' | 'repeats_records' | 'running_total' | 'unknown_metric' | 'no_value';

export type Made = Activity | LeftOut;

/** The parts that a part of Claude fills in; the rest is the same for all. */
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
