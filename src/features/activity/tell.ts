import type { Services } from '../context.ts';

/** Open pages hear of a client's new activities at most so often, in milliseconds. */
const EVERY = 1_000;

/** Tells open pages that there is something new in a client's log. */
export function tellOfActivities({
  activityLog,
  events,
}: Pick<Services, 'activityLog' | 'events'>): () => void {
  const told = new Set<string>();
  const again = new Set<string>();
  const tell = (client: string): void => {
    if (told.has(client)) {
      again.add(client);
      return;
    }
    told.add(client);
    events.publish({ client, topic: 'activity', id: null });
    setTimeout(() => {
      told.delete(client);
      if (again.delete(client)) tell(client);
    }, EVERY).unref();
  };
  return activityLog.onAppended(tell);
}
