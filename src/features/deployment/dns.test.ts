import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { nameServer } from '../../../tests/support/name-server.ts';
import { type TestDeployment, testDeployment } from './testing.ts';
import { watchDomains } from './watch.ts';

const VALUE = 'anthropic-domain-verification-x1=abc';
/** DNS answers that the test server gives; tests change them. */
const own: Record<string, string[][] | 'silence'> = { 'alder.example.org': [['v=spf1 -all']] };
const others: Record<string, string[][] | 'silence'> = { 'alder.example.org': [['v=spf1 -all']] };

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
let servers: { close(): void }[];
beforeAll(async () => {
  const authority = await nameServer(own, { host: '127.0.0.2' });
  const resolver = await nameServer(others, {
    ns: {
      'alder.example.org': ['localhost'],
      'fir.example.org': ['localhost'],
      'inside.example.org': ['ns.inside.example.org'],
    },
    a: { localhost: '127.0.0.2', 'ns.inside.example.org': '127.0.0.2' },
  });
  servers = [authority, resolver];
  on = await testDeployment({ dns: { resolvers: [resolver.address], port: authority.port } });
  ({ bylaw, me } = on);
});
afterAll(async () => {
  await bylaw.close();
  for (const server of servers) server.close();
});

describe('the check of DNS', () => {
  const check = async (slug: string) => {
    on.later();
    const answer = await me.call('POST', `/clients/${slug}/deployment/check`, {});
    expect(answer.status).toBe(201);
    return answer.body.domains[0];
  };
  const verified = async (slug: string) => (await on.task(slug, 'domain_verified')).proof[0];

  test('keeps the answers as evidence and decides again, each time', async () => {
    const { slug } = await bylaw.client();
    await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    expect(await check(slug)).toMatchObject({ found: false });
    expect(await verified(slug)).toMatchObject({ state: 'fail' });

    own['alder.example.org'] = [['v=spf1 -all'], [VALUE]];
    const half = await check(slug);
    expect(half.found).toBeNull();
    expect(half.words).toContain('The servers disagree: localhost has the record');
    expect(await verified(slug)).toMatchObject({ state: 'cannot_read' });
    expect((await on.task(slug, 'creation_restricted')).state).toBe('locked');

    others['alder.example.org'] = [[VALUE]];
    const found = await check(slug);
    expect(found).toMatchObject({ found: true, answers: [{ kind: 'authoritative' }, { kind: 'resolver' }] });
    const proof = await verified(slug);
    expect(proof).toMatchObject({ state: 'pass', holds: true });
    expect((await on.task(slug, 'domain_verified')).state).toBe('proved');
    expect((await on.task(slug, 'creation_restricted')).state).not.toBe('locked');
    const kept = await me.call('GET', `/clients/${slug}/evidence/${proof.evidence[0].sha256}/file`);
    expect(kept.bytes.toString()).toContain(VALUE);
    const [record] = await on.auditOf(slug, 'deployment.check');
    expect(record).toBeDefined();
    // The lookup is kept as evidence, not as a record of a deployment.
    const other = `/clients/${slug}/deployment/records/${proof.evidence[0].sha256}`;
    expect((await me.call('GET', other)).status).toBe(404);
  });

  test('never asks a name server inside the network of this server', async () => {
    own['inside.example.org'] = [[VALUE]];
    const { slug } = await bylaw.client('Inside', { domains: ['inside.example.org'] });
    const found = await check(slug);
    expect(found.answers.map(({ kind }: Json) => kind)).toEqual(['resolver']);
    expect(found.words).toContain('lie in a private network, so they were not asked');
  });

  test('knows the value that Claude shows, and accepts no other', async () => {
    own['alder.example.org'] = [['anthropic-domain-verification-old=1']];
    others['alder.example.org'] = [['anthropic-domain-verification-old=1']];
    const { id, slug } = await bylaw.client();
    const expecting = (value: string | null, domain = 'alder.example.org', person = me) =>
      person.call('PUT', `/clients/${slug}/deployment/expected-records/${domain}`, { value });
    for (const wrong of [
      'MS=ms1',
      'anthropic-domain-verification-',
      'Anthropic-domain-verification-x',
      `${VALUE} y`,
    ])
      expect((await expecting(wrong)).status, wrong).toBe(400);
    expect((await expecting(VALUE, 'harrow.example.org')).body.message).toContain(
      'has no domain harrow.example.org',
    );
    const auditor = await bylaw.person('auditor', id);
    expect((await expecting(VALUE, 'alder.example.org', auditor)).status).toBe(403);
    // Without an expected value, any record of the right form counts.
    expect(await check(slug)).toMatchObject({ found: true, expected: null });

    on.later();
    expect((await expecting(`"${VALUE}"`)).body).toMatchObject({ value: VALUE, by: 'Olive Owner' });
    const missing = await check(slug);
    expect(missing).toMatchObject({ found: false, expected: VALUE });
    expect(missing.words).toContain('its value is another: anthropic-domain-verification-old=1');
    expect(missing.host).toContain('kept at localhost');
    expect(await verified(slug)).toMatchObject({ state: 'fail' });
    const shown = await on.task(slug, 'domain_verified');
    expect(shown.copies[0]).toMatchObject({ kind: 'dns', text: VALUE, fill: null });
    expect(shown.dns).toMatchObject({ expected: [{ domain: 'alder.example.org', value: VALUE }] });

    own['alder.example.org'] = [[VALUE]];
    others['alder.example.org'] = [[VALUE]];
    expect(await check(slug)).toMatchObject({ found: true });
    expect(await verified(slug)).toMatchObject({ state: 'pass' });
    on.later();
    expect((await expecting(null)).body).toMatchObject({ value: null, by: null });
    expect(await on.auditOf(slug, 'deployment.expect')).toHaveLength(2);
  });
});

describe('looking again by itself', () => {
  /** A new session for today: sessions expire before the time that this test spans. */
  const today = () => bylaw.person('technician', null);
  const imports = async (slug: string) =>
    (await (await today()).call('GET', `/clients/${slug}/imports`)).body.items.length;
  const DAY = 24 * 60;

  test('notices within a day that a record is gone, and keeps an unchanged answer once a week', async () => {
    own['fir.example.org'] = [[VALUE]];
    others['fir.example.org'] = [[VALUE]];
    // A domain of its own, so that its silence does not slow down the lookups of the other clients.
    const { slug } = await bylaw.client('Fir Society', { domains: ['fir.example.org'] });
    const never = await bylaw.client('No one looked');
    await me.call('POST', `/clients/${slug}/deployment/check`, {});
    const state = async () => (await on.task(slug, 'domain_verified', await today())).proof[0].state;
    on.later(60);
    await watchDomains(bylaw.services);
    expect(await imports(slug)).toBe(1);
    on.later(DAY);
    await watchDomains(bylaw.services);
    expect([await imports(slug), await state()]).toEqual([1, 'pass']);

    // Timeouts from all servers for a day say nothing about the record.
    own['fir.example.org'] = 'silence';
    others['fir.example.org'] = 'silence';
    on.later(DAY);
    await watchDomains(bylaw.services);
    expect([await imports(slug), await state()]).toEqual([1, 'pass']);

    own['fir.example.org'] = [['v=spf1 -all']];
    others['fir.example.org'] = [['v=spf1 -all']];
    on.later(DAY);
    await watchDomains(bylaw.services);
    expect([await imports(slug), await state()]).toEqual([2, 'fail']);
    // A lost record is drift, too (G2.2-04).
    const { items: departed } = (await (await today()).call('GET', `/clients/${slug}/drift`)).body;
    expect(departed).toMatchObject([{ words: 'It was in DNS on Nov 24, 2026 but is no longer there.' }]);
    expect(JSON.stringify(departed)).toContain('fir.example.org');
    // Two processes at the same time look up only once.
    on.later(8 * DAY);
    await Promise.all([watchDomains(bylaw.services), watchDomains(bylaw.services)]);
    expect([await imports(slug), await state()]).toEqual([3, 'fail']);
    const { items: records } = (
      await (await today()).call('GET', `/clients/${slug}/audit?action=deployment.check`)
    ).body;
    expect(records.map(({ actor }: Json) => actor.kind)).toEqual(['system', 'system', 'user']);
    expect(await imports(never.slug)).toBe(0);
  });
});
// Guide: G1.1-05 G2.2-03 G2.2-04
