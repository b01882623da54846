import type { Services } from '../context.ts';

/** Minimum milliseconds between two notifications of open pages about a client. */
const MIN_NOTIFICATION_INTERVAL_MS = 1_000;

/** Notifies open pages that a client's log has new activities. */
export function announceActivities({
  activityLog,
  events,
}: Pick<Services, 'activityLog' | 'events'>): () => void {
  const reported = new Set<string>();
  const again = new Set<string>();
  const announce = (client: string): void => {
    if (reported.has(client)) {
      again.add(client);
      return;
    }
    reported.add(client);
    events.publish({ client, topic: 'activity', id: null });
    setTimeout(() => {
      reported.delete(client);
      if (again.delete(client)) announce(client);
    }, MIN_NOTIFICATION_INTERVAL_MS).unref();
  };
  return activityLog.onAppended(announce);
}
