import type { ForwardedClient, ForwardedEvent, SinkFilter, StreamName } from '#domain/forwarding/event.ts';
import { activitiesBehind, readActivities } from '#store/activity/forward.ts';
import { lastActivity } from '#store/activity/read.ts';
import type { Tx } from '#store/open.ts';

/** What is read on from a number. */
export interface StreamRead {
  readonly client: ForwardedClient;
  readonly after: number;
  readonly limit: number;
  readonly filter: SinkFilter;
}

/** Something of a client's that goes up by number and is handed on in that order. */
export interface Stream {
  readonly name: StreamName;
  /** Whether a sink with this filter is given any of it. */
  wanted(filter: SinkFilter): boolean;
  /**
   * Events after a number, of those that the filter wants, and the number up to which there are no others. A number that
   * was passed once may never be given out later.
   */
  read(
    tx: Tx,
    wanted: StreamRead,
  ): Promise<{ readonly events: readonly ForwardedEvent[]; readonly through: number }>;
  /** How many wait after a number, counted up to the limit, and since when the first does. */
  behind(tx: Tx, wanted: StreamRead): Promise<{ readonly count: number; readonly oldest: Date | null }>;
  /** The number that was given out last. */
  last(tx: Tx, clientId: string): Promise<number>;
}

const activities: Stream = {
  name: 'activities',
  wanted: (filter) => filter.activities,
  async read(tx, { client, filter: { categories }, ...range }) {
    const page = await readActivities(tx, client.id, { ...range, categories });
    return {
      events: page.activities.map((activity) => ({ stream: 'activities', client, test: false, activity })),
      through: page.through,
    };
  },
  behind: (tx, { client, filter: { categories }, ...range }) =>
    activitiesBehind(tx, client.id, { ...range, categories }),
  last: lastActivity,
};

/** Every stream, the most urgent first. */
export const STREAM_LIST: readonly Stream[] = [activities];
