import { ALERT_STATES, OPEN_ALERT_STATES } from '#domain/detections/alert-words.ts';
import { logEdges } from '#store/activity/read.ts';
import { alertsIn, countAlerts } from '#store/detections/alerts.ts';
import type { HandlerContext } from '../context.ts';
import { alertLine } from './view.ts';

const STATES = {
  open: OPEN_ALERT_STATES,
  settled: ALERT_STATES.filter(
    (state) => !OPEN_ALERT_STATES.some((one) => one === state) && state !== 'merged',
  ),
  all: ALERT_STATES.filter((state) => state !== 'merged'),
} as const;

export interface AlertFilter {
  readonly state: keyof typeof STATES;
  readonly rule?: string | undefined;
}

/** The alerts of a client, the latest first. */
export async function listAlerts(context: HandlerContext, { state, rule }: AlertFilter, limit = 500) {
  const { client, services } = context;
  return context.read(async (tx) => {
    const rows = await alertsIn(tx, client.id, STATES[state], { limit, rule });
    const items = [];
    for (const row of rows) items.push(await alertLine(tx, services.catalogue, row));
    const numbers = await countAlerts(tx, client.id);
    const sum = (one: string, of?: string) =>
      numbers
        .filter((row) => row.state === one && (of === undefined || row.rule === of))
        .reduce((all, row) => all + row.alerts, 0);
    const edges = await logEdges(tx, client.id);
    return {
      items,
      total: STATES[state].reduce((all, one) => all + sum(one, rule), 0),
      counts: Object.fromEntries(ALERT_STATES.map((one) => [one, sum(one)])) as Record<
        (typeof ALERT_STATES)[number],
        number
      >,
      watched: { since: edges?.first ?? null, last: edges?.last ?? null },
    };
  });
}
