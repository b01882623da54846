import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { settle, splunkAt, TOKEN } from './testing/splunk-sink.ts';

/** The audit log on its way to a system that someone else keeps. */

let bylaw: TestConsole;
let hec: Awaited<ReturnType<typeof startHec>>;
beforeAll(async () => {
  bylaw = await testConsole();
  hec = await startHec({});
});
afterAll(async () => {
  await hec.close();
  await bylaw.close();
});

const AUDIT = { activities: false, alerts: false, audit: true };
const SECRET_REASON = 'Because Pat asked for it in confidence.';

interface Sent {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly action: string;
}
const sent = (clientId: string): Sent[] =>
  hec.events
    .filter(({ source }) => source === `bylaw:${clientId}`)
    .map(({ event }) => event as unknown as Sent);

it('goes to the sinks that were chosen for it, record by record with its place in the chain', async () => {
  const { client, path } = await splunkAt(bylaw, hec.url, { format: 'bylaw' }, AUDIT);
  const held = await bylaw.owner.call('PUT', `/clients/${client.slug}/hold`, { reason: SECRET_REASON });
  expect(held.status, JSON.stringify(held.body)).toBeLessThan(300);
  await bylaw.owner.call('POST', `${path}/test`, {});
  await settle(bylaw, client);
  const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit`);
  const audited = body.items.toReversed().map(({ seq, hash, action }: Sent) => ({ seq, hash, action }));
  expect(audited.length).toBeGreaterThan(1);
  const arrived = sent(client.id).filter(({ chain }) => chain !== undefined);
  expect(arrived.map(({ seq, hash, action }) => ({ seq, hash, action }))).toEqual(
    audited.filter(({ action }: Sent) => action !== 'clients.create'),
  );
  expect(arrived.every(({ chain }) => chain === client.id)).toBe(true);
  const text = JSON.stringify(hec.events);
  for (const kept of [TOKEN, SECRET_REASON, '"before"', '"after"', '"reason"'])
    expect(text).not.toContain(kept);
});

it('goes to no sink that was not chosen for it', async () => {
  const { client } = await splunkAt(bylaw, hec.url, { format: 'bylaw' });
  await settle(bylaw, client);
  expect(sent(client.id)).toEqual([]);
});

it('of the workspace goes where an Owner says, and no one else can redirect it', async () => {
  const filter = { ...AUDIT, audit: false, workspaceAudit: true };
  const { client, path, sink } = await splunkAt(bylaw, hec.url, { format: 'bylaw' }, filter);
  const tina = await bylaw.person('technician', null, 'Tina');
  const settings = { url: hec.url, token: TOKEN, format: 'bylaw' };
  const wanted = { version: sink.version, name: 'Mine', settings, filter: { ...sink.filter, ...filter } };
  const without = { ...wanted, filter: { ...wanted.filter, activities: true, workspaceAudit: false } };
  for (const [method, to, body] of [
    ['POST', `/clients/${client.slug}/sinks`, { ...wanted, version: undefined, kind: 'splunk' }],
    ['PUT', path, wanted],
    ['PUT', path, without],
    ['POST', `${path}/pause`, { version: sink.version }],
    ['DELETE', path, { version: sink.version }],
  ] as const)
    expect([method, to, (await tina.call(method, to, body)).status]).toEqual([method, to, 403]);
  await bylaw.owner.call('PUT', '/settings/name', { version: 1, name: 'Another name' });
  await settle(bylaw, client);
  expect(sent(client.id)).toMatchObject([{ chain: 'workspace', action: 'settings.rename' }]);
  const { body } = await bylaw.owner.call('GET', '/workspace/audit');
  expect(sent(client.id).map(({ hash }) => hash)).toEqual(
    body.items.filter(({ action }: Sent) => action === 'settings.rename').map(({ hash }: Sent) => hash),
  );
});

it('that a sink refused is read only by people who may read it elsewhere, and sent as it is', async () => {
  const strict = await startHec({ isBad: () => true });
  const filter = { ...AUDIT, audit: false, workspaceAudit: true };
  const { client, failedDeliveries } = await splunkAt(bylaw, strict.url, { format: 'bylaw' }, filter);
  await bylaw.owner.call('PUT', '/settings/name', { version: 2, name: 'A third name' });
  await settle(bylaw, client);
  const [delivery] = (await failedDeliveries()).items;
  const path = `/clients/${client.slug}/failed-deliveries/${delivery.id}`;
  const tina = await bylaw.person('technician', null, 'Tina');
  expect((await tina.call('GET', path)).status).toBe(403);
  expect(
    (await tina.call('POST', `${path}/drop`, { version: delivery.version, reason: 'Away with it' })).status,
  ).toBe(403);
  const { body } = await bylaw.owner.call('GET', path);
  expect(body.events).toMatchObject([{ record: { action: 'settings.rename' } }]);
  const repaired = await bylaw.owner.call('PUT', path, { version: delivery.version, events: body.events });
  expect([repaired.status, repaired.body.message]).toEqual([422, expect.stringContaining('sent unchanged')]);
  await strict.close();
});
