import { DateTime } from 'luxon';
import type { z } from 'zod';
import { ALERT_LEVELS, alertLevel, OPEN_ALERT_STATES } from '#domain/detections/alert-words.ts';
import { addDays } from '#domain/model/day.ts';
import { weekOf } from '#domain/usage/slices.ts';
import { logEdges } from '#store/activity/read.ts';
import { alertsBegunSince } from '#store/detections/alerts.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import type { alertWeeksSchema } from './contract.ts';

/** Number of weeks shown, including the current one. */
const WEEKS = 13;

/** Alerts by the week in which their events started, in the client's time zone. */
export async function alertWeeks(context: HandlerContext): Promise<z.infer<typeof alertWeeksSchema>> {
  const { client, now, read } = context;
  const zone = client.timezone;
  const thisWeek = weekOf(present(now, zone).today);
  const starts = Array.from({ length: WEEKS }, (_, at) => addDays(thisWeek, 7 * (at - WEEKS + 1)));
  const from = DateTime.fromISO(starts[0] ?? thisWeek, { zone });
  const { alerts, edges } = await read(async (tx) => ({
    alerts: await alertsBegunSince(tx, client.id, from.toJSDate()),
    edges: await logEdges(tx, client.id),
  }));
  const dayIn = (at: Date | string) =>
    (typeof at === 'string' ? DateTime.fromISO(at, { zone }) : DateTime.fromJSDate(at, { zone })).toFormat(
      'yyyy-MM-dd',
    );
  const first = edges?.first == null ? null : weekOf(dayIn(edges.first));
  const byWeek = Map.groupBy(alerts, (alert) => weekOf(dayIn(alert.first)));
  return {
    weeks: starts.map((start) => {
      const own = byWeek.get(start) ?? [];
      // Before the first event nothing was monitored, so an empty week means nothing.
      const watched = own.length > 0 || (first !== null && start >= first);
      return {
        start,
        whole: start < thisWeek,
        counts: watched
          ? {
              alerts: own.length,
              open: own.filter(({ state }) => OPEN_ALERT_STATES.some((one) => one === state)).length,
              levels: Object.fromEntries(
                ALERT_LEVELS.map((level) => [
                  level,
                  own.filter((one) => alertLevel(one.level) === level).length,
                ]),
              ) as Record<(typeof ALERT_LEVELS)[number], number>,
            }
          : null,
      };
    }),
  };
}
