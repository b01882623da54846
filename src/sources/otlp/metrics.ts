import { NO_AMOUNTS } from '#domain/activity/activity.ts';
import { type Filled, type LeftOut, NOTHING_FILLED } from './context.ts';
import type { TelemetryRecord } from './record.ts';
import { detailOf } from './values.ts';

const PREFIX = 'claude_code.';

/** Metrics of Claude Code that no event reports (docs/decisions/015-telemetry-is-counted-once.md). */
const KEPT_METRICS = new Map([
  ['session.count', 'session'],
  ['lines_of_code.count', 'other'],
  ['pull_request.count', 'other'],
  ['commit.count', 'other'],
  ['active_time.total', 'other'],
] as const);

/** Metrics that events report individually, too: cost and tokens by `api_request`, decisions by `tool_decision`. */
const REPEATED = new Set(['cost.usage', 'token.usage', 'code_edit_tool.decision']);

const DETAILS = new Set(['type', 'start_type', 'app.entrypoint', 'terminal.type']);

/** Name without prefix; null: not a metric of Claude Code. */
function metricName(record: TelemetryRecord): string | null {
  return record.name?.startsWith(PREFIX) === true ? record.name.slice(PREFIX.length) : null;
}

export function fillMetric(record: TelemetryRecord): (Filled & { readonly type: string }) | LeftOut {
  const name = metricName(record);
  if (name === null) return 'unknown_metric';
  if (REPEATED.has(name)) return 'repeats_events';
  const category = KEPT_METRICS.get(name as Parameters<typeof KEPT_METRICS.get>[0]);
  if (category === undefined) return 'unknown_metric';
  const { measure } = record;
  if (measure?.value === null || measure === null || !Number.isFinite(measure.value)) return 'no_value';
  if (measure.running) return 'running_total';
  return {
    ...NOTHING_FILLED,
    type: name,
    category,
    amounts: NO_AMOUNTS,
    detail: {
      value: measure.value,
      unit: measure.unit,
      ...detailOf(record.attributes, DETAILS),
    },
  };
}
