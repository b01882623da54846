import type { Services } from '../context.ts';

/** Open pages hear of a client's new activities at most so often, in milliseconds. */
const EVERY = 1_000;

/** Notifies open pages that there is something new in a client's log. */
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
    }, EVERY).unref();
  };
  return activityLog.onAppended(announce);
}
