import { describe, expect, it } from 'vitest';
import { sampleOfEachType, WRITTEN } from '../../../sandbox/anthropic/samples.ts';
import { readSources } from './read-sources.ts';
import { event, FEED_KEY, FEED_ONLY, sourcesOfAClient, streamOf } from './testing/each-client.ts';

const here = sourcesOfAClient();
const { ago, call, completeness, connect, fromFeed, later, logged } = here;

describe('the activity feed', () => {
  it('brings one activity of each documented type, of each kind of actor, and nothing that anyone wrote', async () => {
    const samples = sampleOfEachType(
      here.bylaw.services.catalogue.activityTypes,
      new Date(here.now.getTime() - 86_400_000),
    );
    for (const sample of samples) here.vendor.feed.add(sample);
    await connect(FEED_KEY);
    await readSources(here.bylaw.services);
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

  it('goes on by cursor, finds late rows, takes each once, and catches up after days off', async () => {
    here.vendor.feed.add(event('a1', ago(120)));
    here.vendor.feed.add(event('a2', ago(5)));
    await connect(FEED_KEY);
    await readSources(here.bylaw.services);
    expect(await fromFeed()).toEqual(['a1', 'a2']);
    later(1);
    here.vendor.feed.add(event('a3', ago(0.2)));
    // Indexed five minutes from now, although it happened before what is known.
    here.vendor.feed.add(event('late', ago(3)), here.now.getTime() + 5 * 60_000);
    await readSources(here.bylaw.services);
    expect(await fromFeed()).toEqual(['a1', 'a2', 'a3']);
    later(16);
    await readSources(here.bylaw.services);
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
    await readSources(here.bylaw.services);
    expect(JSON.stringify(await completeness())).not.toContain('late_indexed');
    later(10 * 60);
    for (let n = 0; n < 6000; n += 1) here.vendor.feed.add(event(`b${n}`, ago(590 - n / 11)));
    await readSources(here.bylaw.services);
    expect((await fromFeed()).length).toBe(6004);
    const { complete } = streamOf(await call('GET'), 'feed');
    expect(complete?.to).toBe(ago(1));
    const { body } = await here.bylaw.owner.call(
      'GET',
      `/clients/${here.client.slug}/completeness?days=1&source=compliance_feed`,
    );
    expect(body.ledgers[0].spans.map(({ gap }: { gap: string | null }) => gap)).toEqual(['not_read', null]);
  });

  it('resumes where it stopped once reconnected, and starts over for another organization', async () => {
    const key = 'sk-ant-api01-feed-of-all';
    here.vendor.keys.set(key, {
      kind: 'access',
      scopes: ['read:compliance_activities', 'read:compliance_org_data'],
    });
    const { organizations } = here.vendor.organization;
    const feedSince = (from: number) =>
      here.vendor.requests.slice(from).filter(({ path: asked }) => asked === '/v1/compliance/activities');
    const disconnect = async () => {
      const [one] = (await call('GET')).body.connections;
      await call('DELETE', `/${one.connection}`, { version: one.version });
    };
    here.vendor.feed.add(event('f1', ago(3000)));
    here.vendor.feed.add(event('f2', ago(30)));
    await connect(key);
    await readSources(here.bylaw.services);
    await disconnect();
    later(300);
    here.vendor.feed.add(event('f3', ago(100)));
    await connect(key);
    const reconnected = here.vendor.requests.length;
    await readSources(here.bylaw.services);
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
    organizations.push({ uuid: '33333333-aaaa-4bbb-8ccc-000000000003', name: 'New Chapter' });
    here.vendor.feed.add(event('of another', ago(2000)));
    await connect(key);
    expect((await completeness()).ledgers[0].spans.at(-1)).toMatchObject({ gap: 'not_read' });
    await readSources(here.bylaw.services);
    organizations.pop();
    expect(new Set(await fromFeed())).toEqual(new Set(['f1', 'f2', 'f3', 'of another']));
    expect((await completeness()).ledgers[0].spans.at(-1)).toMatchObject({
      gap: null,
      from: expect.any(String),
    });
  });

  it('reports a feed that goes in a circle, keeps what it had, and goes on once it does not', async () => {
    here.vendor.feed.add(event('c1', ago(50)));
    here.vendor.feed.add(event('c2', ago(40)));
    here.vendor.sameForEver = true;
    await connect(FEED_KEY);
    await readSources(here.bylaw.services);
    expect(streamOf(await call('GET'), 'feed')).toMatchObject({
      state: 'stuck',
      says: expect.stringContaining('same position'),
    });
    expect(await fromFeed()).toEqual(['c1', 'c2']);
    const { body } = await here.bylaw.owner.call(
      'GET',
      `/clients/${here.client.slug}/completeness?days=1&source=compliance_feed`,
    );
    expect(body.whole).toBe(false);
    expect(body.ledgers[0].spans.at(-1)).toMatchObject({ gap: 'feed_stuck', mendable: true });
    here.vendor.sameForEver = false;
    later(10);
    await readSources(here.bylaw.services);
    expect(streamOf(await call('GET'), 'feed').state).toBe('ok');
  });

  it('waits as the vendor asks, without moving on, and takes a refused key as refused', async () => {
    here.vendor.feed.add(event('d1', ago(50)));
    const { connection } = await connect(FEED_KEY);
    here.vendor.failNext({
      status: 429,
      type: 'rate_limit_error',
      headers: { 'retry-after': '120' },
      path: '/activities',
    });
    await readSources(here.bylaw.services);
    expect(streamOf(await call('GET'), 'feed').state).toBe('waiting');
    later(1);
    const before = here.vendor.requests.length;
    await readSources(here.bylaw.services);
    expect(
      here.vendor.requests.slice(before).filter(({ path: asked }) => asked.endsWith('/activities')),
    ).toEqual([]);
    later(2);
    await readSources(here.bylaw.services);
    expect(await fromFeed()).toEqual(['d1']);
    here.vendor.keys.delete(FEED_KEY);
    later(5);
    await readSources(here.bylaw.services);
    const refused = (await call('GET')).body;
    expect(refused.connections[0].state).toBe('refused');
    expect(refused.findings[0].title).toMatch(/Replace the refused key/);
    const tail = (
      await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/completeness?days=1`)
    ).body.ledgers.find(({ source }: { source: string }) => source === 'compliance_feed');
    expect(tail.spans.at(-1)).toMatchObject({ gap: null });
    here.vendor.keys.set(FEED_KEY, FEED_ONLY);
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
    here.vendor.feed.add(event('e1', ago(2000)));
    here.vendor.feed.add(settings('off', ago(600), false));
    here.vendor.feed.add(settings('on', ago(300), true));
    here.vendor.feed.add(settings('off again', ago(30), false));
    here.vendor.organization.recording = false;
    await connect(FEED_KEY);
    await readSources(here.bylaw.services);
    const { body } = await call('GET');
    expect(body.findings[0]).toMatchObject({ urgent: true, title: expect.stringMatching(/recording/) });
    const home = (await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/home`)).body;
    expect(home.doNow[0]).toMatchObject({ verb: 'source', severity: 'critical' });
    const work = (await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/work`)).body;
    expect(work.items.map(({ kind }: { kind: string }) => kind)).toContain('source');
    const { ledgers, says } = (
      await here.bylaw.owner.call(
        'GET',
        `/clients/${here.client.slug}/completeness?days=1&source=compliance_feed`,
      )
    ).body;
    expect(ledgers[0].spans).toContainEqual(
      expect.objectContaining({ from: ago(600), to: ago(300), gap: 'recording_off', mendable: false }),
    );
    expect(says).toMatch(/never recorded/);
  });
});
// Guide: G5.2-00
