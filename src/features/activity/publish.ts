import type { Services } from '../context.ts';

/** Milliseconds in which any number of events of a client tell open pages once. */
const TOGETHER_MS = 2_000;

/** Tells open pages that a client's log grew: at once for the first event, then once in a while as long as more come. */
export function publishAppended({ activityLog, events }: Pick<Services, 'activityLog' | 'events'>): void {
  /** Clients that were told of lately; true: something came since. */
  const quiet = new Map<string, boolean>();
  const tell = (client: string) => {
    events.publish({ client, topic: 'activity', id: null });
    quiet.set(client, false);
    setTimeout(() => {
      if (quiet.get(client) === true) tell(client);
      else quiet.delete(client);
    }, TOGETHER_MS).unref();
  };
  activityLog.onAppended((client) => {
    if (quiet.has(client)) quiet.set(client, true);
    else tell(client);
  });
}
