import { type Activity, NO_AMOUNTS, NOTHING_REPORTED } from '#domain/activity/activity.ts';
import { type ToolResolver, UNNAMED_CONNECTOR } from '#domain/activity/tools.ts';
import type { TelemetryRow } from '#domain/model/kinds.ts';

/** Marks an activity imported from a file, which does not show whether telemetry arrives. */
export const BROUGHT_AS_FILE = 'brought_as_file';

/**
 * Converts an event of a telemetry file to an activity with the same id as if sent, so that an event received both ways
 * is counted once.
 * @param resolve Knows the client's charter, unlike the reader of the file.
 */
export function telemetryActivity(row: TelemetryRow, resolve: ToolResolver): Activity {
  const { id, at, type, category, surface, person, organization, tool, outcome, event, file } = row;
  const name = event === undefined ? row.connector : event.connectorName;
  const known = name === null || name === UNNAMED_CONNECTOR ? null : resolve(name, tool);
  return {
    ...NOTHING_REPORTED,
    source: 'otlp',
    amounts: NO_AMOUNTS,
    ...event,
    id,
    at,
    type,
    category,
    surface,
    person,
    organization: organization,
    connector: known?.connector ?? row.connector,
    connectorName: name,
    tool,
    effect: known === null || tool === null || row.effect === null ? row.effect : known.effect,
    outcome,
    detail: { ...event?.detail, [BROUGHT_AS_FILE]: file },
  };
}
