import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { anActivity } from '#domain/activity/testing.ts';
import type { ForwardedAlert, ForwardedEvent } from '#domain/forwarding/event.ts';
import { type Siem, siemSchema } from '#domain/model/siem.ts';
import type { Outgoing, Sink, SinkMeans } from './sink.ts';

/** What the vendors say, as the catalogue has it. */
export const VENDORS: Siem = siemSchema.parse(
  parse(readFileSync(new URL('../../catalogue/delivery/siem.yaml', import.meta.url), 'utf8')),
);

/** An empty directory in the machine's own place for what is not kept. */
export function newDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'bylaw-sinks-'));
}

/** Means that reach whatever a test starts, at once. */
export function testMeans(vendors: Siem, change: Partial<SinkMeans> = {}): SinkMeans {
  return {
    fetch: (url, { ca: _ca, ...request }) =>
      fetch(url, { ...request, redirect: 'manual' } as unknown as RequestInit),
    connect: ({ host, port }) =>
      new Promise((done, failed) => {
        const socket = connect({ host, port }, () => done(socket));
        socket.once('error', failed);
      }),
    now: () => new Date('2026-11-24T15:00:00Z'),
    wait: async (_milliseconds, signal) => signal.throwIfAborted(),
    ownFolder: '/nowhere',
    folders: [],
    clientFolder: 'alder',
    vendors,
    ...change,
  };
}

/** An activity on its way, with what a test changes of it. */
export function anEvent(
  change: Parameters<typeof anActivity>[0] = {},
  seq = 1,
): ForwardedEvent & { readonly stream: 'activities' } {
  return {
    stream: 'activities',
    client: { id: 'alder', name: 'Alder Society' },
    test: false,
    activity: { ...anActivity(change), seq, receivedAt: '2026-11-20T09:00:01.000Z' },
  };
}

/** An alert on its way, with what a test changes of it. */
export function anAlert(
  change: Partial<ForwardedAlert> = {},
): ForwardedEvent & { readonly stream: 'alerts' } {
  return {
    stream: 'alerts',
    client: { id: 'alder', name: 'Alder Society' },
    test: false,
    alert: {
      seq: 7,
      id: 'alert_7',
      version: 1,
      change: 'raised',
      changedAt: '2026-11-20T09:00:02.000Z',
      changedBy: null,
      at: '2026-11-20T09:00:00.000Z',
      lastAt: '2026-11-20T09:40:00.000Z',
      count: 900,
      raisedAt: '2026-11-20T09:00:02.000Z',
      rule: { id: 'bulk_calls', title: 'Bulk connector calls' },
      severity: 'high',
      title: 'Bulk connector calls by Jane',
      says: 'jane@example.org called Outlook 900 times in an hour; usual are 20.',
      state: 'open',
      person: 'jane@example.org',
      activities: ['activity_1'],
      ...change,
    },
  };
}

/** Sends events to a sink as one batch. */
export async function sendAll(sink: Sink, events: readonly ForwardedEvent[]) {
  const batch: Outgoing[] = events.map((event) => ({ event, body: sink.encode(event) }));
  return sink.send(batch, AbortSignal.timeout(20_000));
}
