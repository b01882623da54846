import { plainConnectorName, UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { AnalyticsConnectorRow, TelemetryRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, sentence } from '../../text/words.ts';
import { exportedTelemetry } from '../visibility/telemetry.ts';
import { type ConnectorMatch, matchAction, matchConnector } from './match.ts';

export interface InUse<Row> {
  readonly place: ConnectorMatch;
  readonly rows: readonly Row[];
}

/** A connector that was used or linked, with the people whom the sources name. */
export interface Used {
  readonly place: ConnectorMatch;
  readonly people: readonly string[];
  readonly on: string;
  readonly evidence: readonly Evidence[];
}

/**
 * What a connector of the counts is called. Counts refer to a connector of the catalogue by its id and have the name of
 * any other in lower case.
 */
export function countedName(connector: string, { connectors }: Pick<Catalogue, 'connectors'>): string {
  if (connector === UNNAMED_CONNECTOR) return connector;
  return connectors.find(({ id }) => id === connector)?.name ?? sentence(connector);
}

/** Usage according to calls that Bylaw counted; only a server counts calls. */
export function countedUse({ journal, catalogue }: CheckContext): Used[] {
  if (!journal.ok) return [];
  return (journal.value.connectorsSeen ?? []).map(({ connector, people, on }, at) => ({
    place: matchConnector(countedName(connector, catalogue), catalogue),
    people,
    on,
    evidence: [journal.cite(`connectorsSeen.${at}`, `the last call on ${dayWords(on)}`)],
  }));
}

/**
 * The connector of a call. One server may cover several connectors of the catalogue, such as "Microsoft 365" for
 * SharePoint and Outlook; then a tool that only one of them has identifies it.
 */
export function placeOfCall(context: CheckContext, connector: string, tool: string | null): ConnectorMatch {
  const place = matchConnector(plainConnectorName(connector), context.catalogue);
  if (tool === null || place.entries.length < 2) return place;
  const match = matchAction(tool, place.entries, 'observed');
  const own = match.kind === 'actions' ? [...new Set(match.actions.map((one) => one.connector))] : [];
  const [only, second] = own;
  return only === undefined || second !== undefined ? place : matchConnector(only.name, context.catalogue);
}

/** Connectors that successful calls in telemetry files name, with those calls. */
export function usedByTelemetry(context: CheckContext): readonly InUse<TelemetryRow>[] {
  const telemetry = exportedTelemetry(context);
  return byPlace(
    (telemetry?.rows ?? []).flatMap((row) =>
      row.category !== 'tool_call' ||
      row.outcome === 'failure' ||
      row.outcome === 'rejected' ||
      row.connector === null ||
      row.connector === UNNAMED_CONNECTOR
        ? []
        : [[placeOfCall(context, row.connector, row.tool), row] as const],
    ),
  );
}

/** Connectors in the usage analytics, except those whose lines all count zero calls. */
export function usedByAnalytics(context: CheckContext): readonly InUse<AnalyticsConnectorRow>[] {
  const analytics = context.read('analytics_connectors');
  const rows = analytics.ok ? analytics.rows : [];
  return byPlace(rows.map((row) => [matchConnector(row.connector, context.catalogue), row] as const)).filter(
    (one) => one.rows.some((row) => callsOf(row) !== 0),
  );
}

/** Number of calls in a row; null if the split is not enabled, which is not zero. */
export function callsOf(row: AnalyticsConnectorRow): number | null {
  const counts = [row.reads, row.writes, row.unclassified];
  const known = counts.filter((n) => n !== null);
  const sum = known.reduce((total, n) => total + n, 0);
  return sum > 0 || known.length === counts.length ? sum : null;
}

function byPlace<Row>(named: readonly (readonly [ConnectorMatch, Row])[]): readonly InUse<Row>[] {
  const byKey = new Map<string, { place: ConnectorMatch; rows: Row[] }>();
  for (const [place, row] of named) {
    const group = byKey.get(place.key) ?? { place, rows: [] };
    group.rows.push(row);
    byKey.set(place.key, group);
  }
  return [...byKey.values()];
}
