import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { analyticsDay, chatWith } from '../../../sandbox/anthropic/organisation.ts';
import { ORGANISATION, sampleOfEachType, WRITTEN } from '../../../sandbox/anthropic/samples.ts';
import {
  ACCESS_KEY,
  ADMIN_KEY,
  type Simulator,
  startAnthropic,
} from '../../../sandbox/anthropic/simulator.ts';
import { readSources } from './read-sources.ts';

let bylaw: TestConsole;
let vendor: Simulator;
let now = TEST_NOW;
let at: { id: string; slug: string };
let count = 0;

beforeAll(async () => {
  vendor = await startAnthropic({ now: () => now, limit: 100_000 });
  bylaw = await testConsole({ anthropic: vendor.url });
});
afterAll(async () => {
  await bylaw.close();
  await vendor.close();
});
beforeEach(async () => {
  count += 1;
  setNow(new Date(TEST_NOW.getTime() + count * 3_600_000));
  await bylaw.services.store.write('system', (tx) => tx.deleteFrom('source_connections').execute());
  vendor.keys.set(FEED_KEY, FEED_ONLY);
  vendor.feed.clear();
  vendor.sameForEver = false;
  vendor.organisation.recording = true;
  at = await bylaw.client(`Guild ${count}`, { claudePlan: 'enterprise' });
});

function setNow(next: Date): void {
  now = next;
  bylaw.setNow(next);
}
const later = (minutes: number) => setNow(new Date(now.getTime() + minutes * 60_000));
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
/** Reads the feed alone, which is quicker where nothing else is asked. */
const FEED_KEY = 'sk-ant-api01-feed-0002';
const FEED_ONLY = { kind: 'access', scopes: ['read:compliance_activities'] } as const;
const path = (rest = '') => `/clients/${at.slug}/sources${rest}`;
const call = (method: string, rest = '', body?: unknown) => bylaw.owner.call(method, path(rest), body);
const event = (id: string, created: string, more: object = {}) => ({
  id,
  created_at: created,
  organization_id: null,
  organization_uuid: ORGANISATION,
  actor: { type: 'user_actor', email_address: 'Mara@alder.example.org', user_id: 'user_01mara' },
  type: 'claude_chat_created',
  ...more,
});
const logged = () => bylaw.services.store.read([at.id], (tx) => activitiesAfter(tx, at.id, 0, 10_000));
const fromFeed = async () =>
  (await logged()).filter(({ source }) => source === 'compliance_feed').map(({ id }) => id);

const completeness = async () =>
  (await bylaw.owner.call('GET', `/clients/${at.slug}/completeness?days=1&source=compliance_feed`)).body;

async function connect(key = ACCESS_KEY) {
  const answer = await call('POST', '', { key });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.connections.find(({ hint }: { hint: string }) => hint.endsWith(key.slice(-4)));
}
const streamOf = (answer: { body: { connections: { streams: { stream: string }[] }[] } }, id: string) =>
  answer.body.connections.flatMap(({ streams }) => streams).find(({ stream }) => stream === id) as never as {
    state: string;
    says: string | null;
    readAt: string | null;
    complete: { from: string; to: string } | null;
  };

describe('connecting', () => {
  it('says what each scope gives by reading, keeps the key sealed and never shows it again', async () => {
    const one = await connect();
    expect(one.scopes.map(({ state }: { state: string }) => state)).toEqual(Array(6).fill('granted'));
    expect(one.organisations).toEqual([{ id: ORGANISATION, name: 'Alder Society' }]);
    expect(one).toMatchObject({ recording: 'on', state: 'connected', hint: 'sk-ant-api01-…0001' });
    expect(JSON.stringify((await call('GET')).body)).not.toContain(ACCESS_KEY);
    const row = await bylaw.services.store.read([at.id], (tx) =>
      tx.selectFrom('source_connections').selectAll().executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(row)).not.toContain(ACCESS_KEY);
    const audit = await bylaw.owner.call('GET', `/clients/${at.slug}/audit`);
    expect(JSON.stringify(audit.body)).not.toContain(ACCESS_KEY);
    expect(JSON.stringify(audit.body)).toContain('sources.connect');
  });

  it.each([
    ['hello', /no key that Bylaw knows/],
    ['sk-ant-api03-abc', /asks models/],
    ['sk-ant-api01-not-a-real-one', /refuses the key.*Nothing was stored/],
    ['sk-ant-api01-two parts', /space or a line break/],
  ])('refuses %s with a reason', async (key, why) => {
    const answer = await call('POST', '', { key });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(why);
    expect((await call('GET')).body.connections).toEqual([]);
  });

  it('says what a key with fewer scopes cannot see, and reads the rest', async () => {
    const key = 'sk-ant-api01-feed-only';
    vendor.keys.set(key, { kind: 'access', scopes: ['read:compliance_activities'] });
    const one = await connect(key);
    const states = Object.fromEntries(
      one.scopes.map(({ scope, state }: { scope: string; state: string }) => [scope, state]),
    );
    expect(states).toMatchObject({
      'read:compliance_activities': 'granted',
      'read:compliance_org_data': 'missing',
      'read:analytics': 'missing',
    });
    expect(one.streams.map(({ stream }: { stream: string }) => stream)).toEqual(['feed']);
    const none = 'sk-ant-api01-nothing';
    vendor.keys.set(none, { kind: 'access', scopes: [] });
    expect((await call('POST', '', { key: none })).status).toBe(422);
  });

  it('takes one key of a kind, replaces it by one of the same organisation, and forgets it', async () => {
    const one = await connect();
    expect((await call('POST', '', { key: ACCESS_KEY })).body.message).toMatch(/connected already/);
    await connect(ADMIN_KEY);
    const key = 'sk-ant-api01-the-second-one-9999';
    vendor.keys.set(key, { kind: 'access', scopes: ['read:org_audit', 'read:analytics'] });
    const replace = (body: object) => call('PUT', `/${one.connection}/key`, body);
    expect((await replace({ key: ADMIN_KEY, version: 1 })).status).toBe(422);
    const replaced = await replace({ key, version: 1 });
    expect(replaced.status, JSON.stringify(replaced.body)).toBe(200);
    expect((await replace({ key, version: 1 })).status).toBe(409);
    expect((await call('DELETE', `/${one.connection}`, { version: 1 })).status).toBe(409);
    const gone = await call('DELETE', `/${one.connection}`, { version: 2 });
    expect(gone.body.connections).toHaveLength(1);
  });

  it('says plainly what a Team plan cannot have, and what is used in its place', async () => {
    const team = await bylaw.client('Team Guild', { claudePlan: 'team' });
    const { body } = await bylaw.owner.call('GET', `/clients/${team.slug}/sources`);
    expect(body.plan).toMatchObject({ name: expect.stringContaining('Team'), offered: false });
    expect(body.plan.cannot.length).toBeGreaterThan(0);
    expect(body.plan.instead.map(({ title }: { title: string }) => title)).toContain('Telemetry');
  });
});

describe('the activity feed', () => {
  it('brings one activity of each documented type, of each kind of actor, and nothing that anybody wrote', async () => {
    const samples = sampleOfEachType(
      bylaw.services.catalogue.activityTypes,
      new Date(now.getTime() - 86_400_000),
    );
    for (const sample of samples) vendor.feed.add(sample);
    await connect(FEED_KEY);
    await readSources(bylaw.services);
    const log = (await logged()).filter(({ source }) => source === 'compliance_feed');
    expect(new Set(log.map(({ id }) => id))).toEqual(new Set(samples.map(({ id }) => id)));
    expect(log.map(({ at: when }) => when)).toEqual(log.map(({ at: when }) => when).toSorted());
    expect(JSON.stringify(log)).not.toContain(WRITTEN);
    expect(new Set(log.map(({ actor }) => actor.type)).size).toBe(12);
    const policy = log.find(({ type }) => type === 'mcp_tool_policy_updated');
    expect(policy).toMatchObject({
      category: 'connectors',
      connectorName: 'Microsoft 365',
      tool: 'outlook_email_search',
      detail: { max_permission: 'allow' },
    });
    expect(log.find(({ type }) => type === 'claude_from_the_future')).toMatchObject({
      category: 'other',
      surface: 'unknown',
      detail: { answer: 'answer of claude_from_the_future' },
    });
    for (const { actor, person } of log)
      expect(person).toBe(actor.type === 'user_actor' ? 'mara@alder.example.org' : null);
    const feed = streamOf(await call('GET'), 'feed');
    expect(feed).toMatchObject({ state: 'ok', complete: { from: samples[0]?.created_at } });
  });

  it('goes on by cursor, finds late rows, takes each once, and comes back after days off', async () => {
    vendor.feed.add(event('a1', ago(120)));
    vendor.feed.add(event('a2', ago(5)));
    await connect(FEED_KEY);
    await readSources(bylaw.services);
    expect(await fromFeed()).toEqual(['a1', 'a2']);
    later(1);
    vendor.feed.add(event('a3', ago(0.2)));
    // Indexed five minutes from now, although it happened before what is known.
    vendor.feed.add(event('late', ago(3)), now.getTime() + 5 * 60_000);
    await readSources(bylaw.services);
    expect(await fromFeed()).toEqual(['a1', 'a2', 'a3']);
    later(16);
    await readSources(bylaw.services);
    expect(await fromFeed()).toEqual(['a1', 'a2', 'a3', 'late']);
    const late = await completeness();
    expect(late.ledgers[0].spans).toContainEqual(
      expect.objectContaining({
        from: `${ago(19).slice(0, 16)}:00.000Z`,
        gap: 'late_indexed',
        mendable: true,
      }),
    );
    expect(late.whole).toBe(false);
    // The next long look goes over these minutes again and finds no more.
    later(61);
    await readSources(bylaw.services);
    expect(JSON.stringify(await completeness())).not.toContain('late_indexed');
    later(10 * 60);
    for (let n = 0; n < 6000; n += 1) vendor.feed.add(event(`b${n}`, ago(590 - n / 11)));
    await readSources(bylaw.services);
    expect((await fromFeed()).length).toBe(6004);
    const { complete } = streamOf(await call('GET'), 'feed');
    expect(complete?.to).toBe(ago(1));
    const { body } = await bylaw.owner.call(
      'GET',
      `/clients/${at.slug}/completeness?days=1&source=compliance_feed`,
    );
    expect(body.ledgers[0].spans.map(({ gap }: { gap: string | null }) => gap)).toEqual(['not_read', null]);
  });

  it('goes on where it stood after it was disconnected, and from the start where another organisation is read', async () => {
    const key = 'sk-ant-api01-feed-of-all';
    vendor.keys.set(key, {
      kind: 'access',
      scopes: ['read:compliance_activities', 'read:compliance_org_data'],
    });
    const { organisations } = vendor.organisation;
    const feedSince = (from: number) =>
      vendor.requests.slice(from).filter(({ path: asked }) => asked === '/v1/compliance/activities');
    const disconnect = async () => {
      const [one] = (await call('GET')).body.connections;
      await call('DELETE', `/${one.connection}`, { version: one.version });
    };
    vendor.feed.add(event('f1', ago(3000)));
    vendor.feed.add(event('f2', ago(30)));
    await connect(key);
    await readSources(bylaw.services);
    await disconnect();
    later(300);
    vendor.feed.add(event('f3', ago(100)));
    await connect(key);
    const reconnected = vendor.requests.length;
    await readSources(bylaw.services);
    expect(await fromFeed()).toEqual(['f1', 'f2', 'f3']);
    const asked = feedSince(reconnected);
    expect(asked.length).toBeGreaterThan(0);
    // By cursor, and by time with overlap: never from the beginning.
    expect(
      asked.every(({ query }) => query.has('before_id') || (query.get('created_at.gte') ?? '') > ago(2500)),
    ).toBe(true);
    expect((await completeness()).ledgers[0].spans.at(-1)).toMatchObject({ gap: null, to: ago(10) });

    // One that nobody has read: what was whole is so only once its events are there.
    await disconnect();
    later(60);
    organisations.push({ uuid: '33333333-aaaa-4bbb-8ccc-000000000003', name: 'New Chapter' });
    vendor.feed.add(event('of another', ago(2000)));
    await connect(key);
    expect((await completeness()).ledgers[0].spans.at(-1)).toMatchObject({ gap: 'not_read' });
    await readSources(bylaw.services);
    organisations.pop();
    expect(new Set(await fromFeed())).toEqual(new Set(['f1', 'f2', 'f3', 'of another']));
    expect((await completeness()).ledgers[0].spans.at(-1)).toMatchObject({
      gap: null,
      from: expect.any(String),
    });
  });

  it('says that a feed goes in a circle, keeps what it had, and goes on once it does not', async () => {
    vendor.feed.add(event('c1', ago(50)));
    vendor.feed.add(event('c2', ago(40)));
    vendor.sameForEver = true;
    await connect(FEED_KEY);
    await readSources(bylaw.services);
    expect(streamOf(await call('GET'), 'feed')).toMatchObject({
      state: 'stuck',
      says: expect.stringContaining('same place again'),
    });
    expect(await fromFeed()).toEqual(['c1', 'c2']);
    const { body } = await bylaw.owner.call(
      'GET',
      `/clients/${at.slug}/completeness?days=1&source=compliance_feed`,
    );
    expect(body.whole).toBe(false);
    expect(body.ledgers[0].spans.at(-1)).toMatchObject({ gap: 'feed_stuck', mendable: true });
    vendor.sameForEver = false;
    later(10);
    await readSources(bylaw.services);
    expect(streamOf(await call('GET'), 'feed').state).toBe('ok');
  });

  it('waits as the vendor asks, without moving on, and takes a refused key as refused', async () => {
    vendor.feed.add(event('d1', ago(50)));
    const { connection } = await connect(FEED_KEY);
    vendor.failNext({
      status: 429,
      type: 'rate_limit_error',
      headers: { 'retry-after': '120' },
      path: '/activities',
    });
    await readSources(bylaw.services);
    expect(streamOf(await call('GET'), 'feed').state).toBe('waiting');
    later(1);
    const before = vendor.requests.length;
    await readSources(bylaw.services);
    expect(vendor.requests.slice(before).filter(({ path: asked }) => asked.endsWith('/activities'))).toEqual(
      [],
    );
    later(2);
    await readSources(bylaw.services);
    expect(await fromFeed()).toEqual(['d1']);
    vendor.keys.delete(FEED_KEY);
    later(5);
    await readSources(bylaw.services);
    const refused = (await call('GET')).body;
    expect(refused.connections[0].state).toBe('refused');
    expect(refused.findings[0].title).toMatch(/new key/);
    const tail = (await bylaw.owner.call('GET', `/clients/${at.slug}/completeness?days=1`)).body.ledgers.find(
      ({ source }: { source: string }) => source === 'compliance_feed',
    );
    expect(tail.spans.at(-1)).toMatchObject({ gap: null });
    vendor.keys.set(FEED_KEY, FEED_ONLY);
    const tested = await call('POST', `/${connection}/test`, {});
    expect(tested.body.connections[0].state).toBe('connected');
  });

  it('calls recording that is off urgent, and its time lost for good', async () => {
    const settings = (id: string, when: string, on: boolean) =>
      event(id, when, {
        type: 'org_compliance_api_settings_updated',
        compliance_api_enabled: on,
        compliance_api_logging_enabled: on,
      });
    vendor.feed.add(event('e1', ago(2000)));
    vendor.feed.add(settings('off', ago(600), false));
    vendor.feed.add(settings('on', ago(300), true));
    vendor.feed.add(settings('off again', ago(30), false));
    vendor.organisation.recording = false;
    await connect(FEED_KEY);
    await readSources(bylaw.services);
    const { body } = await call('GET');
    expect(body.findings[0]).toMatchObject({ urgent: true, title: expect.stringMatching(/recording/) });
    const home = (await bylaw.owner.call('GET', `/clients/${at.slug}/home`)).body;
    expect(home.doNow[0]).toMatchObject({ verb: 'source', severity: 'critical' });
    const work = (await bylaw.owner.call('GET', `/clients/${at.slug}/work`)).body;
    expect(work.items.map(({ kind }: { kind: string }) => kind)).toContain('source');
    const { ledgers, says } = (
      await bylaw.owner.call('GET', `/clients/${at.slug}/completeness?days=1&source=compliance_feed`)
    ).body;
    expect(ledgers[0].spans).toContainEqual(
      expect.objectContaining({ from: ago(600), to: ago(300), gap: 'recording_off', mendable: false }),
    );
    expect(says).toMatch(/never recorded/);
  });
});

describe('the other streams', () => {
  it('log which connector and tool was called, with its effect, and none of the text', async () => {
    await connect();
    await readSources(bylaw.services);
    const calls = (await logged()).filter(({ source }) => source === 'sessions');
    expect(
      calls.map(({ person, connector, tool, effect, outcome, surface }) => ({
        person,
        connector,
        tool,
        effect,
        outcome,
        surface,
      })),
    ).toEqual(
      expect.arrayContaining([
        {
          person: 'mara@alder.example.org',
          connector: 'microsoft365_outlook',
          tool: 'outlook_email_search',
          effect: 'read',
          outcome: 'success',
          surface: 'chat',
        },
        expect.objectContaining({ person: 'tom@alder.example.org', outcome: 'failure', surface: 'cowork' }),
      ]),
    );
    expect(JSON.stringify(calls)).not.toMatch(new RegExp(`${WRITTEN}|token=hidden`));
    vendor.organisation.chats.push(chatWith('claude_chat_02', ago(20), 'Slack', 'slack_send_message', false));
    later(6);
    await readSources(bylaw.services);
    expect((await logged()).filter(({ source }) => source === 'sessions')).toHaveLength(calls.length + 1);
    vendor.organisation.chats.pop();
  });

  it('make readings of members, settings and use, so that verdicts rest on them', async () => {
    const day = new Date(now.getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
    const unsplit = analyticsDay(false);
    vendor.organisation.analyticsUsers[day] = unsplit.users;
    vendor.organisation.analyticsConnectors[day] = [
      ...unsplit.connectors,
      { connector_name: 'slack', distinct_user_count: 1, read_call_count: null, write_call_count: null },
    ];
    await connect();
    await readSources(bylaw.services);
    const kept = await bylaw.services.store.read([at.id], (tx) =>
      tx
        .selectFrom('observations')
        .select(['kind', 'provenance', 'row_count'])
        .where('stored_at', 'is not', null)
        .execute(),
    );
    expect(kept).toEqual(
      expect.arrayContaining([
        { kind: 'members', provenance: 'api', row_count: 4 },
        expect.objectContaining({ kind: 'settings', provenance: 'api' }),
        expect.objectContaining({ kind: 'api_keys', provenance: 'api' }),
        { kind: 'analytics_connectors', provenance: 'api', row_count: 2 },
        { kind: 'analytics_users', provenance: 'api', row_count: 1 },
        expect.objectContaining({ kind: 'analytics_summaries', provenance: 'api' }),
        { kind: 'claude_roles', provenance: 'api', row_count: 1 },
        { kind: 'claude_groups', provenance: 'api', row_count: 1 },
      ]),
    );
    later(61);
    await readSources(bylaw.services);
    const again = await bylaw.services.store.read([at.id], (tx) =>
      tx.selectFrom('observations').select('id').where('kind', '=', 'settings').execute(),
    );
    expect(again).toHaveLength(1);
  });

  it('read the settings of every linked organisation, and members by the users where invitations may not be read', async () => {
    const other = '22222222-aaaa-4bbb-8ccc-000000000002';
    const { organisation } = vendor;
    organisation.organisations.push({
      uuid: other,
      name: 'Alder Foundation',
      created_at: '2026-01-01T00:00:00Z',
    });
    organisation.settingsOf[other] = [{ name: 'sso_claude_ai_enforced', type: 'boolean', value: false }];
    const key = 'sk-ant-api01-directory';
    vendor.keys.set(key, {
      kind: 'access',
      scopes: ['read:compliance_org_data', 'read:compliance_user_data'],
    });
    organisation.chats = [];
    await connect(key);
    await readSources(bylaw.services);
    await bylaw.services.verdicts.ensureCurrent([at.id]);
    const verdictOf = async (control: string) =>
      (await bylaw.owner.call('GET', `/clients/${at.slug}/controls/${control}`)).body;
    expect(await verdictOf('CLA-ACC-14')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Alder Foundation'),
    });
    const kept = await bylaw.services.store.read([at.id], (tx) =>
      tx
        .selectFrom('observations')
        .select(['kind', 'row_count'])
        .where('stored_at', 'is not', null)
        .execute(),
    );
    expect(kept).toContainEqual({ kind: 'members', row_count: 3 });
    organisation.settingsOf[other] = null;
    later(61);
    await readSources(bylaw.services);
    expect(streamOf(await call('GET'), 'settings').says).toMatch(/1 of 2 linked organizations/);
    await bylaw.services.verdicts.ensureCurrent([at.id]);
    expect(await verdictOf('CLA-ACC-14')).toMatchObject({ state: 'cannot_read' });
    organisation.organisations.pop();
  });
});
