import { type Activity, NO_AMOUNTS, NOTHING_REPORTED } from '#domain/activity/activity.ts';
import { type ToolResolver, UNNAMED_CONNECTOR } from '#domain/activity/tools.ts';
import type { TelemetryRow } from '#domain/model/kinds.ts';

/** Marks an activity that someone brought as a file: it says nothing of whether telemetry arrives. */
export const BROUGHT_AS_FILE = 'brought_as_file';

/**
 * An event of a telemetry file as an activity, under the id that it has where it is sent: what came by both ways is one.
 * @param resolve Knows the client's charter, which the reader of the file did not.
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
