import { type ClosingProblem, closedAs, type LiveAlert } from '#domain/microsoft/alert-closing.ts';
import { body } from '#sources/microsoft/graph/body.ts';
import type { GraphClient } from '#sources/microsoft/graph/client.ts';
import { SourceProblem } from '#sources/problem.ts';
import { appendAudit } from '#store/audit.ts';
import {
  type AlertClosingRow,
  changeAlertClosing,
  dueAlertClosings,
  findAlertClosing,
} from '#store/microsoft/alert-closings.ts';
import type { Services } from '../context.ts';
import { askGraph } from '../microsoft-connector/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { readSoon, writerState } from '../sources/index.ts';

/** The application with consent for closing alerts. */
export const ALERTS_WRITER = { vendor: 'microsoft', kind: 'alerts' };

/** How long a process that sends a classification holds it, in milliseconds; after that, another may continue. */
const HOLD_MS = 120_000;
/** Milliseconds before looking again for a classification that was sent but is not visible yet. */
const RECHECK_MS = 60_000;
/** Milliseconds after which a classification that could not be written to Defender is given up. */
const GIVE_UP_MS = 24 * 3_600_000;

/** Clients whose alerts are sent in parallel. */
const MAX_CONCURRENT_CLIENTS = 4;

type End =
  | { readonly is: 'written' }
  | { readonly is: 'refused'; readonly problem: ClosingProblem }
  | { readonly is: 'later'; readonly sent: boolean; readonly ms: number };

/**
 * Job that sends pending classifications to Defender: sequentially per client, and clients in parallel, so that a slow
 * one does not delay others.
 */
export async function writeAlertsBack(services: Services): Promise<void> {
  const due = await services.store.read('system', (tx) => dueAlertClosings(tx, services.clock()));
  const queues = [...Map.groupBy(due, ({ client_id }) => client_id).values()];
  const send = async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift())
      for (const { client_id, alert_id } of queue)
        await writeBack(services, client_id, alert_id).catch((error: unknown) =>
          services.log.warn({ err: error, alert: alert_id }, 'an alert could not be closed in Defender'),
        );
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_CLIENTS }, send));
}

/**
 * Closes an alert in Defender as it was closed here, and reads it again; only what that shows counts as written. An
 * alert closed in Defender with another classification is not changed. Safe to call again if the process was killed at
 * any point.
 */
export async function writeBack(services: Services, clientId: string, alertId: string): Promise<void> {
  const row = await take(services, clientId, alertId);
  if (row === null) return;
  const of = { services, client: { id: clientId, timezone: 'UTC' }, now: services.clock() };
  const answer = await askGraph<End>(of, ALERTS_WRITER, (graph) => close(graph, row));
  let end: End;
  if (answer.is === 'busy')
    end = { is: 'later', sent: answer.taken === 'unknown', ms: answer.seconds * 1000 };
  else if (answer.is !== 'refused' || 'problem' in answer) end = answer;
  else end = { is: 'refused', problem: await whyRefused(services, clientId) };
  await note(services, row, end);
  if (end.is === 'written') await readSoon(services, clientId, ALERTS_WRITER.vendor, ['alerts']);
}

/** Whether Microsoft refused it, or the application was removed or lost its permission meanwhile. */
async function whyRefused(services: Services, clientId: string): Promise<ClosingProblem> {
  const { is } = await writerState(services, clientId, ALERTS_WRITER);
  return is === 'none' || is === 'missing' ? 'not_connected' : 'denied';
}

/** Takes the row and holds it; null if there is nothing to send now or another process has it. */
async function take(
  { store, clock }: Services,
  clientId: string,
  alertId: string,
): Promise<AlertClosingRow | null> {
  const now = clock();
  return store.write([clientId], async (tx) => {
    const row = await findAlertClosing(tx, clientId, alertId);
    if (row?.state !== 'waiting' || row.next_at === null || row.next_at > now) return null;
    const next_at = new Date(now.getTime() + HOLD_MS);
    return (await changeAlertClosing(tx, row, { next_at })) ? { ...row, version: row.version + 1 } : null;
  });
}

async function close(graph: GraphClient, row: AlertClosingRow): Promise<End> {
  const path = `/security/alerts_v2/${encodeURIComponent(row.alert_id)}`;
  const { classification, determination } = row;
  let live: LiveAlert;
  try {
    live = liveOf(await graph.get(path));
  } catch (error) {
    if (error instanceof SourceProblem && error.code === 'not_found')
      return { is: 'refused', problem: 'gone' };
    throw error;
  }
  const before = closedAs(live, row);
  if (before === 'as_meant') return { is: 'written' };
  if (before === 'otherwise') return { is: 'refused', problem: 'closed_otherwise' };
  await graph.patch(path, body('alert', { status: 'resolved', classification, determination }));
  return closedAs(liveOf(await graph.get(path)), row) === 'as_meant'
    ? { is: 'written' }
    : { is: 'later', sent: true, ms: RECHECK_MS };
}

function liveOf(alert: Record<string, unknown>): LiveAlert {
  const text = (name: string) => (typeof alert[name] === 'string' ? alert[name] : null);
  return {
    status: text('status'),
    classification: text('classification'),
    determination: text('determination'),
  };
}

async function note({ store, clock, events }: Services, row: AlertClosingRow, end: End): Promise<void> {
  const now = clock();
  const sent_at = end.is === 'later' && end.sent ? now : row.sent_at;
  const over = now.getTime() - row.closed_at.getTime() > GIVE_UP_MS;
  const problem: ClosingProblem | null =
    end.is === 'refused'
      ? end.problem
      : end.is === 'later' && over
        ? sent_at
          ? 'not_shown'
          : 'unreachable'
        : null;
  await store.write([row.client_id], async (tx) => {
    if (end.is === 'later' && problem === null) {
      await changeAlertClosing(tx, row, { sent_at, next_at: new Date(now.getTime() + end.ms) });
      return;
    }
    const state = end.is === 'written' ? 'written' : 'refused';
    const changed = await changeAlertClosing(tx, row, {
      state,
      problem,
      sent_at: end.is === 'written' ? (sent_at ?? now) : sent_at,
      next_at: null,
      proved_at: end.is === 'written' ? now : null,
    });
    if (!changed) return;
    await appendAudit(tx, {
      chain: row.client_id,
      actor: BYLAW,
      action: 'microsoftTenant.writeAlertBack',
      subject: { kind: 'defender_alert', id: row.alert_id, name: row.title },
      before: { state: row.state },
      after: { state, problem, classification: row.classification, determination: row.determination },
      at: now,
    });
  });
  events.publish({ client: row.client_id, topic: 'sources', id: row.alert_id });
}
// Guide: G5.5-03
