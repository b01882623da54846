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
import { auditBehind } from '#store/audit/forward.ts';
import { lastSeq, linksAfter } from '#store/audit/read.ts';
import { WORKSPACE } from '#store/audit.ts';
import {
  alertChangesBehind,
  hasNewAlertChanges,
  lastAlertChange,
  numberAlertChanges,
  readAlertChanges,
} from '#store/detections/forward.ts';
import type { Scope, Tx } from '#store/open.ts';
import { alertLine } from '../alerts/index.ts';
import { viewOf } from '../audit/index.ts';
import type { Services } from '../context.ts';

/** What is read on from a number. */
export interface StreamRead {
  readonly services: Pick<Services, 'catalogue' | 'actionTitles'>;
  readonly client: ForwardedClient;
  readonly after: number;
  readonly limit: number;
  readonly filter: SinkFilter;
}

/** Something of a client's that goes up by number and is handed on in that order. */
export interface Stream {
  readonly name: StreamName;
  /** Chain of the audit log that a client's sinks are given; left out: it is none. Its rows are in scope of that name. */
  readonly chain?: (clientId: string) => string;
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
 * at, because it is silenced or old, stays here until someone does.
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
        rule: { id: row.detection, title },
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

/** Records of one chain of the audit log, each with its place in the chain. */
function auditOf(
  name: 'audit' | 'workspace_audit',
  chainOf: (clientId: string) => string,
  wanted: Stream['wanted'],
): Stream {
  return {
    name,
    chain: chainOf,
    wanted,
    async read(tx, { services, client, after, limit }) {
      const chain = chainOf(client.id);
      const last = await lastSeq(tx, chain);
      const links = await linksAfter(tx, chain, { after, last, limit: Math.min(limit, MAX_RECORDS) });
      return {
        events: links.map((link) => {
          const { id, at, actor, action, what, subject } = viewOf(link, services.actionTitles);
          const { seq, prev, hash } = link;
          return {
            stream: name,
            client: { id: client.id, name: client.name },
            test: false,
            record: { seq, id, at, chain, actor, action, title: what, subject, prev, hash },
          };
        }),
        through: links.at(-1)?.seq ?? Math.max(after, last),
      };
    },
    behind: (tx, { client, after, limit }) => auditBehind(tx, chainOf(client.id), { after, limit }),
    last: (tx, clientId) => lastSeq(tx, chainOf(clientId)),
  };
}

/** Texts of records may be long, so few are read at once. */
const MAX_RECORDS = 200;

// What was stored before there was a choice says nothing of it, and is given none.
const audit = auditOf(
  'audit',
  (clientId) => clientId,
  (filter) => filter.audit === true,
);
const workspaceAudit = auditOf(
  'workspace_audit',
  () => WORKSPACE,
  (filter) => filter.workspaceAudit === true,
);

/** Every stream, the most urgent first. */
export const STREAM_LIST: readonly Stream[] = [alerts, audit, workspaceAudit, activities];

/** What a transaction has to see so that these streams of a client can be read. */
export function scopeOf(clientId: string, streams: readonly Stream[]): Scope {
  return [...new Set([clientId, ...streams.flatMap((one) => one.chain?.(clientId) ?? [])])];
}
