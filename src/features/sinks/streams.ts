import {
  ALERT_CHANGES,
  type ForwardedClient,
  type ForwardedEvent,
  SEVERITIES,
  type SinkFilter,
  type StreamName,
} from '#domain/forwarding/event.ts';
import { activitiesBehind, readActivities } from '#store/activity/forward.ts';
import { lastActivity } from '#store/activity/read.ts';
import {
  alertChangesBehind,
  hasNewAlertChanges,
  lastAlertChange,
  numberAlertChanges,
  readAlertChanges,
} from '#store/detections/forward.ts';
import type { Tx } from '#store/open.ts';
import { alertLine } from '../alerts/view.ts';
import type { Services } from '../context.ts';

/** What is read on from a number. */
export interface StreamRead {
  readonly services: Pick<Services, 'catalogue'>;
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
  /** What has to be written before it can be read, outside any transaction. */
  prepare?(services: Pick<Services, 'store'>, clientId: string): Promise<void>;
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
  /** The number that was given out last. Within a transaction that may write. */
  last(tx: Tx, clientId: string): Promise<number>;
}

const activities: Stream = {
  name: 'activities',
  wanted: (filter) => filter.activities,
  async read(tx, { client, after, limit, filter: { categories } }) {
    const page = await readActivities(tx, client.id, { after, limit, categories });
    return {
      events: page.activities.map((activity) => ({
        stream: 'activities',
        client: { id: client.id, name: client.name },
        test: false,
        activity,
      })),
      through: page.through,
    };
  },
  behind: (tx, { client, after, limit, filter: { categories } }) =>
    activitiesBehind(tx, client.id, { after, limit, categories }),
  last: lastActivity,
};

/**
 * Each change of an alert with the alert as it stood then, in the order in which they were made. What nobody has to look
 * at, because it is silenced or old, stays here until somebody does.
 */
const alerts: Stream = {
  name: 'alerts',
  wanted: (filter) => filter.alerts,
  async prepare({ store }, clientId) {
    if (await store.read([clientId], (tx) => hasNewAlertChanges(tx, clientId)))
      await store.write([clientId], (tx) => numberAlertChanges(tx, clientId));
  },
  async read(tx, { services, client, after, limit, filter }) {
    const page = await readAlertChanges(tx, client.id, { after, limit, levels: levelsOf(filter) });
    const events: ForwardedEvent[] = [];
    for (const { number, version, act, at, by, alert: row } of page.changes) {
      const { title, words, count } = await alertLine(tx, services.catalogue, row);
      const alert = {
        seq: number,
        id: row.id,
        version,
        change: ALERT_CHANGES.find((one) => one === act) ?? 'counted',
        changedAt: at.toISOString(),
        changedBy: by,
        at: row.first_at.toISOString(),
        lastAt: row.last_at.toISOString(),
        count,
        raisedAt: row.raised_at.toISOString(),
        rule: { id: row.rule, title },
        severity: SEVERITIES.find((one) => one === row.level) ?? 'low',
        title,
        says: words,
        state: row.state,
        person: row.outlier?.person ?? null,
        activities: row.first_activity === null ? [] : [row.first_activity],
      };
      events.push({ stream: 'alerts', client: { id: client.id, name: client.name }, test: false, alert });
    }
    return { events, through: page.through };
  },
  behind: (tx, { client, after, limit, filter }) =>
    alertChangesBehind(tx, client.id, { after, limit, levels: levelsOf(filter) }),
  async last(tx, clientId) {
    // What was done until now has to lie before it.
    await numberAlertChanges(tx, clientId);
    return lastAlertChange(tx, clientId);
  },
};

function levelsOf({ minSeverity }: SinkFilter): readonly string[] {
  return SEVERITIES.slice(SEVERITIES.indexOf(minSeverity));
}

/** Every stream, the most urgent first. */
export const STREAM_LIST: readonly Stream[] = [alerts, activities];
