import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verdict } from '#domain/model/verdict.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { ORGANIZATION } from '../../../sandbox/anthropic/samples.ts';
import { type Simulator, startAnthropic } from '../../../sandbox/anthropic/simulator.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { readSources } from './read-sources.ts';

const KEY = 'sk-ant-api01-live-0003';
const OWN = 'apikey_bylaw';
let bylaw: TestConsole;
let vendor: Simulator;
let now = TEST_NOW;
let at: { id: string; slug: string };

beforeAll(async () => {
  vendor = await startAnthropic({ now: () => now, limit: 100_000 });
  bylaw = await testConsole({ anthropic: vendor.url });
});
afterAll(async () => {
  await bylaw.close();
  await vendor.close();
});

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
  bylaw.setNow(now);
};
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
let count = 0;
const happened = (minutes: number, type: string, more: object = {}) => {
  count += 1;
  vendor.feed.add({
    id: `activity_${count}`,
    created_at: ago(minutes),
    organization_id: null,
    organization_uuid: ORGANIZATION,
    actor: { type: 'user_actor', email_address: 'mara@alder.example.org', user_id: 'user_01mara' },
    type,
    ...more,
  });
};
/** As it is stored, since a session does not last as long as a feed takes to grow old. */
const verdict = async (control: string) => {
  await bylaw.services.verdicts.ensureCurrent([at.id]);
  const { body } = await bylaw.services.store.read([at.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select('body')
      .where('control_id', '=', control)
      .where('until', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  return body as Verdict;
};
const DAY = 24 * 60;

it('does not take what Bylaw itself reads for someone who opens conversations', async () => {
  at = await bylaw.client('Guild of content', { claudePlan: 'enterprise' });
  vendor.keys.set(KEY, {
    kind: 'access',
    scopes: ['read:compliance_activities', 'read:compliance_user_data'],
  });
  await bylaw.owner.call('POST', `/clients/${at.slug}/sources`, { key: KEY });
  happened(30, 'claude_chat_created');
  await readSources(bylaw.services);
  later(10);
  const read = (key: string, request: number) =>
    happened(3, 'compliance_api_accessed', {
      actor: { type: 'api_actor', api_key_id: key, ip_address: null, user_agent: 'node' },
      request_id: `req_${request}`,
      url: 'https://api.anthropic.com/v1/compliance/apps/chats/claude_chat_01/messages?limit=100',
      request_method: 'GET',
      status_code: 200,
    });
  await storeFacts({
    store: bylaw.services.store,
    clientId: at.id,
    now,
    files: { 'charter.yaml': 'contentAccess:\n  allowed: false\n' },
  });
  read(OWN, vendor.requests.length);
  await readSources(bylaw.services);
  expect((await verdict('CLA-VIS-13')).state).toBe('pass');
  later(10);
  read('apikey_somebody', 1_000_000);
  await readSources(bylaw.services);
  expect((await verdict('CLA-VIS-13')).state).toBe('fail');
});

it('decides controls by the feed that is read live, and never past what its ledger calls whole', async () => {
  at = await bylaw.client('Guild of the feed', { claudePlan: 'enterprise' });
  vendor.feed.clear();
  vendor.keys.set(KEY, { kind: 'access', scopes: ['read:compliance_activities'] });
  expect((await verdict('CLA-VIS-04')).state).toBe('cannot_read');
  happened(20 * DAY, 'claude_chat_created');
  happened(10 * DAY, 'org_members_exported');
  happened(60, 'claude_chat_created');
  await bylaw.owner.call('POST', `/clients/${at.slug}/sources`, { key: KEY });
  await readSources(bylaw.services);
  const recorded = await verdict('CLA-VIS-04');
  expect(recorded).toMatchObject({
    state: 'pass',
    reason: expect.stringContaining('The Compliance API is recording'),
  });
  expect(recorded.evidence[0]).toMatchObject({ kind: 'activities', file: 'Activity feed, read live' });
  // An export ten days ago that no journal approves.
  expect(await verdict('CLA-VIS-16')).toMatchObject({
    state: 'cannot_read',
    question: expect.stringContaining('1 export waits'),
  });

  // What comes is decided on at once, without anyone importing anything.
  later(10);
  happened(2, 'org_compliance_api_settings_updated', {
    compliance_api_enabled: false,
    compliance_api_logging_enabled: false,
  });
  await readSources(bylaw.services);
  expect(await verdict('CLA-VIS-04')).toMatchObject({ state: 'fail' });
  later(5);
  happened(1, 'org_compliance_api_settings_updated', {
    compliance_api_enabled: true,
    compliance_api_logging_enabled: true,
  });
  await readSources(bylaw.services);
  expect((await verdict('CLA-VIS-04')).state).toBe('pass');

  // Without the key, the feed grows old, and nothing passes by it anymore.
  const [connection] = (await bylaw.owner.call('GET', `/clients/${at.slug}/sources`)).body.connections;
  await bylaw.owner.call('DELETE', `/clients/${at.slug}/sources/${connection.connection}`, {
    version: connection.version,
  });
  later(9 * DAY);
  expect(await verdict('CLA-VIS-04')).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('days old'),
  });
});
// Guide: G5.2-00 G5.2-05
