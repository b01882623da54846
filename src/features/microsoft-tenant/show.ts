import { incidentCode } from '#domain/incidents/words.ts';
import { cached } from '#store/cache.ts';
import { openIncidentsOf } from '#store/incidents/incidents.ts';
import { type AlertClosingRow, alertClosingsOf } from '#store/microsoft/alert-closings.ts';
import { todayOf } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { writerState } from '../sources/index.ts';
import { ALERTS_WRITER } from './write-back.ts';

/** The state of the tenant for Claude as last read, with decisions made here about it. */
export async function showMicrosoftTenant(context: HandlerContext) {
  const { services, client } = context;
  const key = `microsoft tenant ${todayOf(context)}`;
  const found = await cached(services.store, [client.id], { key, weight: 2 }, async () => {
    const run = await services.verdicts.run(client.id, 'microsoftTenant', undefined);
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  const closings = await context.read((tx) => alertClosingsOf(tx, client.id));
  const incidents = await context.read((tx) => openIncidentsOf(tx, client.id, 'defender'));
  const promoted = new Map(incidents.map((row) => [row.origin_id, row]));
  const closed = new Map(closings.map((row) => [row.alert_id, closingShown(row)]));
  return {
    ...found,
    alerts: {
      ...found.alerts,
      writer: (await writerState(services, client.id, ALERTS_WRITER)).is,
      may: { close: context.can('alerts.decide'), promote: context.can('incidents.lead') },
      list: found.alerts.list.map((alert) => {
        const incident = promoted.get(alert.id);
        return {
          ...alert,
          closed: closed.get(alert.id) ?? null,
          incident:
            incident === undefined || !context.can('incidents.read')
              ? null
              : { id: incident.id, code: incidentCode(incident.number, incident.drill) },
        };
      }),
    },
  };
}

export function closingShown({
  classification,
  determination,
  note,
  closed_by_name,
  closed_at,
  state,
  problem,
  proved_at,
  version,
}: AlertClosingRow) {
  return {
    classification,
    determination,
    note,
    by: closed_by_name,
    at: closed_at.toISOString(),
    state,
    problem,
    provedAt: proved_at?.toISOString() ?? null,
    version,
  };
}
