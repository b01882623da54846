import { expect } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import type { TestConsole } from '#server/testing/console.ts';

/** The token of the SIEM that the tests stand in for. */
export const TOKEN = '11111111-2222-3333-4444-555555555555';
/** A filter through which every activity goes and no alert. */
export const ALL = { categories: null, activities: true, alerts: false, minSeverity: 'low' };

/** Hands on what waits at a client and tells how it ended, by sink. */
export const settle = ({ services }: TestConsole, client: { id: string }) =>
  services.forwarding.settle(client.id);

/** Adds activities to a client's log, those whose id begins with "s" as changes of settings. */
export const append = ({ services }: TestConsole, client: { id: string }, ...ids: string[]) =>
  services.activityLog.append(
    client.id,
    ids.map((id) => anActivity({ id, category: id.startsWith('s') ? 'settings' : 'tool_call' })),
  );

/** A new client with a sink of Splunk's kind, and what its pages say of it. */
export async function splunkAt(bylaw: TestConsole, url: string, more: object = {}, filter: object = {}) {
  const client = await bylaw.client(`Client ${Math.random().toString(36).slice(2, 8)}`, { siem: 'splunk' });
  const added = await bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, {
    client: client.slug,
    kind: 'splunk',
    name: 'The SIEM',
    settings: { url, token: TOKEN, ...more },
    filter: { ...ALL, ...filter },
  });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  const path = `/clients/${client.slug}/sinks/${added.body.id}`;
  return {
    client,
    path,
    sink: added.body,
    shown: async () => (await bylaw.owner.call('GET', `/clients/${client.slug}/sinks`)).body.items[0],
    failedDeliveries: async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/failed-deliveries`)).body,
    /** State of the control that the SIEM receives Claude's events. */
    receives: async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-VIS-07`)).body.state,
    /** What Home and Work say about the sink; the two must not differ. */
    toDo: async (): Promise<string[]> => {
      const { body: home } = await bylaw.owner.call('GET', `/clients/${client.slug}/home`);
      const { body: work } = await bylaw.owner.call('GET', `/clients/${client.slug}/work`);
      const reported = work.items.filter(({ kind }: { kind: string }) => kind === 'sink');
      const above = home.doNow.filter(({ verb }: { verb: string }) => verb === 'sink');
      expect(above.map(({ key, detail }: { key: string; detail: string }) => [key, detail])).toEqual(
        reported.map(({ key, why }: { key: string; why: string }) => [key, why]),
      );
      return reported.map(({ title, why }: { title: string; why: string }) => `${title}: ${why}`);
    },
  };
}
