import type { Services } from '../context.ts';

/**
 * Minimum interval in milliseconds between notifications about one client, because an alert may grow many times a
 * second.
 */
const MIN_NOTIFICATION_INTERVAL_MS = 2_000;
/** Clients notified within the interval, and those with further changes to announce when it ends. */
const reported = new Set<string>();
const again = new Set<string>();

/** Notifies open pages that a client's alerts have changed. */
export function announceAlerts({ events }: Pick<Services, 'events'>, clientId: string): void {
  if (reported.has(clientId)) {
    again.add(clientId);
    return;
  }
  events.publish({ client: clientId, topic: 'alerts', id: null });
  reported.add(clientId);
  setTimeout(() => {
    reported.delete(clientId);
    if (again.delete(clientId)) announceAlerts({ events }, clientId);
  }, MIN_NOTIFICATION_INTERVAL_MS).unref();
}
