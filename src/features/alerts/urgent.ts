import { OPEN_ALERT_STATES, URGENT_LEVELS } from '#domain/detections/alert-words.ts';
import { alertsIn } from '#store/detections/alerts.ts';
import type { HandlerContext } from '../context.ts';

import { alertLine } from './view.ts';

/** An alert that nobody has settled and that cannot wait. */
export interface UrgentAlert {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly level: 'high' | 'critical';
}

/** Alerts that are looked through for urgent ones. */
const MOST = 200;

/** Open alerts of high or critical level, the worst first. An alert grows while it stands, so it is read each time. */
export async function urgentAlerts(context: HandlerContext): Promise<UrgentAlert[]> {
  const { client, services } = context;
  return context.read(async (tx) => {
    const rows = await alertsIn(tx, client.id, OPEN_ALERT_STATES, { limit: MOST });
    const urgent = rows.filter(({ level }) => URGENT_LEVELS.some((one) => one === level));
    const order = urgent.toSorted((a, b) => Number(b.level === 'critical') - Number(a.level === 'critical'));
    const [first] = order;
    // Only the first is told in words.
    const told = first === undefined ? null : await alertLine(tx, services.catalogue, first);
    return order.map(({ id, level }) => ({
      id,
      title: told?.title ?? '',
      words: told?.words ?? '',
      level: level === 'critical' ? 'critical' : 'high',
    }));
  });
}
