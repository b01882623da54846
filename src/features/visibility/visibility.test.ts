import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { append, splunkAt } from '../sinks/testing/splunk-sink.ts';
import { storeFacts } from '../verdicts/testing.ts';

/** Which sources can show the use of Claude, and which of them do. */
let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

const sourcesOf = async (slug: string, by = bylaw.owner): Promise<Record<string, Json>> => {
  const { status, body } = await by.call('GET', `/clients/${slug}/visibility`);
  expect(status).toBe(200);
  return Object.fromEntries(body.items.map((one: Json) => [one.source, one]));
};

test('a Team client sees what its plan lacks, what was imported up to which day, and what nobody reads', async () => {
  const client = await bylaw.client('Alder Society', { m365: 'business_premium' });
  const empty = await sourcesOf(client.slug);
  expect(empty.members_list).toMatchObject({ given: 'yes', state: 'nothing_yet', newest: null, loss: null });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  const found = await sourcesOf(client.slug);
  expect(found.activity_feed).toMatchObject({ given: 'no', state: 'not_given', newest: null });
  expect(found.activity_feed.because).toMatch(/Team/);
  expect(found.telemetry).toMatchObject({ given: 'yes', state: 'nothing_yet', lagSeconds: null });
  expect(found.microsoft_audit).toMatchObject({ given: 'yes', state: 'not_read', keepsDays: 180 });
  expect(found.members_list).toMatchObject({ state: 'in_files', loss: null, losesOn: null });
  expect(found.members_list.newest).toMatch(/^2026-11-\d\d$/);
  expect(found.spend_report).toMatchObject({ state: 'in_files', keepsDays: 90, loss: null });
  // Sign-ins are kept for 30 days with Entra ID P1, which Business Premium has.
  expect(found.entra_sign_ins.keepsDays).toBe(30);
});

test('an Enterprise client is given more, of which nothing is called collected before it is', async () => {
  const client = await bylaw.client('Rowan Institute', { claudePlan: 'enterprise' });
  const found = await sourcesOf(client.slug);
  expect(found.activity_feed).toMatchObject({
    given: 'yes',
    state: 'nothing_yet',
    arrives: 'asked',
    lagSeconds: 60,
  });
  expect(Object.values(found).filter(({ state }) => state === 'collecting')).toEqual([]);
});

test('by how much each sink is behind is counted from the oldest record that waits', async () => {
  const hec = await startHec();
  const { client, path, sink } = await splunkAt(bylaw, hec.url);
  const behind = async () => (await bylaw.owner.call('GET', `/clients/${client.slug}/visibility`)).body.sinks;
  expect(await behind()).toMatchObject([{ sink: sink.id, state: 'new', waiting: 0, behindSeconds: null }]);
  await bylaw.owner.call('POST', `${path}/pause`, { version: sink.version });
  await append(bylaw, client, 'a');
  bylaw.setNow(new Date(TEST_NOW.getTime() + 5 * 60_000));
  expect(await behind()).toMatchObject([{ state: 'paused', waiting: 1, behindSeconds: 300 }]);
  bylaw.setNow(TEST_NOW);
  await hec.close();
});

test('what was not read for longer than the source keeps it is lost, with the day', async () => {
  const client = await bylaw.client('Sedge Guild');
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  bylaw.setNow(new Date(TEST_NOW.getTime() + 200 * 86_400_000));
  // Sessions of that time are over.
  const { spend_report } = await sourcesOf(client.slug, await bylaw.person('auditor', client.id));
  expect(spend_report).toMatchObject({ state: 'in_files', loss: 'lost' });
  expect(spend_report.losesOn > spend_report.newest).toBe(true);
  bylaw.setNow(TEST_NOW);
});
// Guide: G1.2-08 G5-00 G5.2-05
