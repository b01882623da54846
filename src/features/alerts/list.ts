import { ALERT_STATES } from '#domain/detections/alert-words.ts';
import { foldPlaces } from '#domain/detections/fold.ts';
import { logEdges } from '#store/activity/read.ts';
import { countAlerts } from '#store/detections/alerts.ts';
import { alertsFound, countFound } from '#store/detections/folds.ts';
import type { HandlerContext } from '../context.ts';
import type { Unpaged } from '../paging.ts';
import type { alertsContract } from './contract.ts';
import { searchOf } from './search.ts';
import { alertLine } from './view.ts';

type AlertFilter = Unpaged<(typeof alertsContract.list)['~orpc']['inputSchema']>;

/** The alerts of a client that match a filter, latest first. */
export async function listAlerts(context: HandlerContext, filter: Omit<AlertFilter, 'client'>, limit = 500) {
  const { client, services } = context;
  const { detections } = services.catalogue;
  const search = searchOf(detections, filter, client.timezone);
  const places = foldPlaces(detections);
  return context.read(async (tx) => {
    const rows = await alertsFound(tx, client.id, search, places, limit);
    const items = [];
    for (const row of rows) items.push(await alertLine(tx, services.catalogue, row));
    const numbers = await countAlerts(tx, client.id);
    const sum = (one: string) =>
      numbers.filter((row) => row.state === one).reduce((all, row) => all + row.alerts, 0);
    const edges = await logEdges(tx, client.id);
    return {
      items,
      total: await countFound(tx, client.id, search, places),
      counts: Object.fromEntries(ALERT_STATES.map((one) => [one, sum(one)])) as Record<
        (typeof ALERT_STATES)[number],
        number
      >,
      watched: { since: edges?.first ?? null, last: edges?.last ?? null },
    };
  });
}
