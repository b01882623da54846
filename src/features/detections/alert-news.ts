import type { Services } from '../context.ts';

/** Open pages hear of a client's alerts at most so often, in milliseconds: an alert may grow many times a second. */
const EVERY_MS = 2_000;
/** Clients that pages were just notified of, and those of which there is more to announce since. */
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
  }, EVERY_MS).unref();
}
