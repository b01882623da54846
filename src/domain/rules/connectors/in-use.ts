import { plainConnectorName, UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import type { AnalyticsConnectorRow, TelemetryRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { exportedTelemetry } from '../visibility/telemetry.ts';
import { type ConnectorMatch, matchConnector } from './match.ts';

export interface InUse<Row> {
  readonly place: ConnectorMatch;
  readonly rows: readonly Row[];
}

/** Connectors that successful calls in telemetry files name, with those calls. */
export function usedByTelemetry(context: CheckContext): readonly InUse<TelemetryRow>[] {
  const telemetry = exportedTelemetry(context);
  return byPlace(
    context,
    (telemetry?.rows ?? []).flatMap((row) =>
      row.category !== 'tool_call' ||
      row.outcome === 'failure' ||
      row.outcome === 'rejected' ||
      row.connector === null ||
      row.connector === UNNAMED_CONNECTOR
        ? []
        : [[plainConnectorName(row.connector), row] as const],
    ),
  );
}

/** Connectors that the usage analytics list, without those of which each line counts no call. */
export function usedByAnalytics(context: CheckContext): readonly InUse<AnalyticsConnectorRow>[] {
  const analytics = context.read('analytics_connectors');
  const rows = analytics.ok ? analytics.rows : [];
  return byPlace(
    context,
    rows.map((row) => [row.connector, row] as const),
  ).filter((one) => one.rows.some((row) => callsOf(row) !== 0));
}

/** Calls of a row; null where the split is not enabled, which is not the same as none. */
export function callsOf(row: AnalyticsConnectorRow): number | null {
  const counts = [row.reads, row.writes, row.unclassified];
  const known = counts.filter((n) => n !== null);
  const sum = known.reduce((total, n) => total + n, 0);
  return sum > 0 || known.length === counts.length ? sum : null;
}

function byPlace<Row>(
  context: CheckContext,
  named: readonly (readonly [string, Row])[],
): readonly InUse<Row>[] {
  const byKey = new Map<string, { place: ConnectorMatch; rows: Row[] }>();
  for (const [name, row] of named) {
    const place = matchConnector(name, context.catalogue);
    const group = byKey.get(place.key) ?? { place, rows: [] };
    group.rows.push(row);
    byKey.set(place.key, group);
  }
  return [...byKey.values()];
}
