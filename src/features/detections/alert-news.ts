import type { Services } from '../context.ts';

/** Open pages hear of a client's alerts at most so often, in milliseconds: an alert may grow many times a second. */
const EVERY_MS = 2_000;
/** Clients that pages were told of just now, and those of which there is more to tell since. */
const told = new Set<string>();
const again = new Set<string>();

/** Tells open pages that a client's alerts have changed. */
export function tellOfAlerts({ events }: Pick<Services, 'events'>, clientId: string): void {
  if (told.has(clientId)) {
    again.add(clientId);
    return;
  }
  events.publish({ client: clientId, topic: 'alerts', id: null });
  told.add(clientId);
  setTimeout(() => {
    told.delete(clientId);
    if (again.delete(clientId)) tellOfAlerts({ events }, clientId);
  }, EVERY_MS).unref();
}
