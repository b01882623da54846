import { randomUUID } from 'node:crypto';
import { atOf, type ForwardedEvent, idOf, seqOf } from '#domain/forwarding/event.ts';
import { readActivities } from '#store/activity/forward.ts';
import { changeFailedDelivery, setAside, waitingDeliveries } from '#store/sinks/failed-deliveries.ts';
import { insertSink } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { sealSecrets } from '../sinks/index.ts';

const DANA = 'Dana Whitlock (sandbox)';
const FILTER = {
  categories: null,
  activities: true,
  alerts: true,
  minSeverity: 'low',
  audit: false,
  workspaceAudit: false,
} as const;

/**
 * Two sinks of the sandbox association: files that are written for real, on this server, from the beginning of its log;
 * and a syslog server of its own that does not exist, paused, with an event that someone let go.
 */
export async function addSandboxSinks(
  context: HandlerContext,
  client: { readonly id: string; readonly name: string },
): Promise<void> {
  const { now, services } = context;
  await context.change(async (tx, recorder) => {
    const common = {
      client_id: client.id,
      secrets_sealed: null,
      filter: JSON.stringify(FILTER),
      created_at: now,
      created_by_name: DANA,
      changed_at: now,
      changed_by_name: DANA,
    };
    const files = { ...common, id: randomUUID(), kind: 'files', name: 'Archive of activities' };
    const syslog = { ...common, id: randomUUID(), kind: 'syslog', name: 'Log server' };
    const host = 'logs.alder.example.org';
    const fileSettings = { folder: '', megabytes: 100, format: 'ocsf' };
    await insertSink(
      tx,
      {
        ...files,
        place: 'in Bylaw’s data folder',
        hosts: '[]',
        settings: JSON.stringify(fileSettings),
        paused: false,
      },
      { activities: 0, alerts: 0, audit: 0, workspace_audit: 0 },
    );
    const settings = {
      host,
      port: 6514,
      transport: 'tls',
      form: 'cef',
      kilobytes: 8,
      ca: '',
      certificate: '',
    };
    const [activity] = (await readActivities(tx, client.id, { after: 0, limit: 1, categories: null }))
      .activities;
    await insertSink(
      tx,
      {
        ...syslog,
        // Lists are in the order of it.
        created_at: new Date(now.getTime() + 1),
        place: `${host}:6514, TLS`,
        hosts: JSON.stringify([`${host}:6514`]),
        settings: JSON.stringify(settings),
        secrets_sealed: sealSecrets(services, client.id, syslog.id, { key: '' }),
        paused: true,
      },
      { activities: activity?.seq ?? 0, alerts: 0, audit: 0, workspace_audit: 0 },
    );
    for (const sink of [files, syslog])
      await recorder.record({
        action: 'sinks.add',
        chain: client.id,
        subject: { kind: 'sink', id: sink.id, name: sink.name },
        after: { kind: sink.kind, filter: FILTER, from: 'start' },
      });
    if (activity !== undefined)
      await letGo({ stream: 'activities', client, test: false, activity }, syslog.id);

    async function letGo(event: ForwardedEvent, sinkId: string): Promise<void> {
      const says = 'The event is longer than the 8 kB allowed for one message.';
      const reason = 'A trial of ours, of no use there.';
      await setAside(tx, {
        clientId: client.id,
        sinkId,
        stream: event.stream,
        events: [event],
        unnamed: 0,
        says,
        answer: null,
        at: new Date(Math.min(now.getTime(), Date.parse(atOf(event)) + 1_000)),
      });
      const [delivery] = await waitingDeliveries(tx, client.id, sinkId, 1);
      if (delivery === undefined) return;
      await changeFailedDelivery(tx, client.id, delivery.id, delivery.version, {
        state: 'dropped',
        settled_at: now,
        settled_by_name: DANA,
        settled_why: reason,
      });
      await recorder.record({
        action: 'sinks.drop',
        chain: client.id,
        subject: { kind: 'failed_delivery', id: delivery.id, name: says },
        reason,
        after: { state: 'dropped', events: 1, ids: [idOf(event)], seq: seqOf(event) },
      });
    }
  });
  services.forwarding.wake(client.id);
}
