import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { readSources } from './read-sources.ts';
import { HARBOR, startHarbor } from './testing/harbor/server.ts';
import { HARBOR_FACTS, harbor } from './testing/harbor/vendor.ts';

/** A vendor that nobody but its own folder knows goes through the whole feature: nothing else has to be touched. */
let bylaw: TestConsole;
let vendor: Awaited<ReturnType<typeof startHarbor>>;
let now = TEST_NOW;
let client: { id: string; slug: string };

beforeAll(async () => {
  vendor = await startHarbor();
  bylaw = await testConsole({ vendor: { source: harbor, facts: HARBOR_FACTS, url: vendor.url } });
  client = await bylaw.client('Harbor Guild');
  vendor.people = ['ann', 'ben', 'cleo'].map((name) => ({
    id: name,
    userPrincipalName: `${name}@alder.example.org`,
    displayName: name,
    accountEnabled: true,
    userType: 'Member',
  }));
  vendor.events = [60, 40, 20].map((minutes, index) => ({
    id: index,
    at: ago(minutes),
    type: 'boat_moored',
    by: 'ann@alder.example.org',
  }));
});
afterAll(async () => {
  await bylaw?.close();
  await vendor?.close();
});

const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
  bylaw.setNow(now);
};
const call = (method: string, rest = '', body?: unknown) =>
  bylaw.owner.call(method, `/clients/${client.slug}/sources${rest}`, body);
const one = async () => (await call('GET')).body.connections[0];
const streamNamed = async (id: string) =>
  (await one()).streams.find(({ stream }: { stream: string }) => stream === id);
const connect = (credential: object) => call('POST', '', { vendor: 'harbor', credential });

it('says on the page what it is, what it asks for and what stays unseen without it', async () => {
  const { body } = await call('GET');
  const known = body.vendors.find(({ vendor }: { vendor: string }) => vendor === 'harbor');
  expect(known).toMatchObject({
    name: 'Harbor',
    words: { credential: 'application', tenant: 'harbor' },
    fields: [
      { name: 'tenant', label: 'Harbor ID', secret: false, required: true },
      { name: 'application', secret: false },
      { name: 'secret', secret: true },
    ],
    plan: { offered: true },
    keys: [
      {
        kind: 'application',
        prefix: null,
        usable: true,
        refused: null,
        consent: expect.stringContaining('{tenant}'),
      },
    ],
    scopes: [{ scope: 'People.Read.All', blinds: 'Who works there stays unseen.' }, {}],
  });
});

it('refuses missing and wrong values and an unknown vendor, and stores nothing', async () => {
  for (const [credential, why] of [
    [{ tenant: 'harbor-one', application: 'app-1234' }, /^Application secret: it is missing/],
    [{ ...HARBOR, tenant: 'elsewhere' }, /does not recognize this kind of key/],
    [{ ...HARBOR, secret: 'wrong' }, /Harbor refuses the application.*Nothing was stored/],
  ] as const) {
    const answer = await connect(credential);
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(why);
  }
  expect((await call('POST', '', { vendor: 'nobody', credential: HARBOR })).body.message).toMatch(
    /no source “nobody”.*harbor/,
  );
  expect((await call('GET')).body.connections).toEqual([]);
});

it('connects with an application, and never shows its secret again', async () => {
  const answer = await connect(HARBOR);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  expect(await one()).toMatchObject({
    vendor: 'harbor',
    name: 'Harbor',
    keyKind: 'application',
    keyName: 'Application',
    hint: '…1234',
    settings: { tenant: 'harbor-one', application: 'app-1234' },
    recording: null,
    tenants: [{ id: 'harbor-one', name: 'Alder Harbor' }],
    scopes: [{ state: 'granted' }, { state: 'granted' }],
    streams: [{ stream: 'people' }, { stream: 'events' }],
  });
  const rows = await bylaw.services.store.read([client.id], (tx) =>
    tx.selectFrom('source_connections').selectAll().execute(),
  );
  const audit = (await bylaw.owner.call('GET', `/clients/${client.slug}/audit`)).body;
  expect(JSON.stringify([rows, audit, await one()])).not.toContain(HARBOR.secret);
  expect(JSON.stringify(audit)).toContain('sources.connect');
  expect((await connect(HARBOR)).body.message).toMatch(/^An application of this kind is already connected/);
  const settings = await bylaw.owner.call('GET', '/settings');
  expect(settings.body.outbound).toContainEqual({
    host: new URL(vendor.url).host,
    for: 'Reading the sources of 1 client',
  });
});

it('reads every page into the log and into readings, and says which time is complete', async () => {
  await readSources(bylaw.services);
  const log = await bylaw.services.store.read([client.id], (tx) => activitiesAfter(tx, client.id, 0, 100));
  expect(log.map(({ id, source }) => [id, source])).toEqual(
    [0, 1, 2].map((id) => [`harbor/${id}`, 'vendor_log']),
  );
  const kept = await bylaw.services.store.read([client.id], (tx) =>
    tx.selectFrom('observations').select(['kind', 'provenance', 'row_count']).execute(),
  );
  expect(kept).toEqual([{ kind: 'entra_users', provenance: 'api', row_count: 3 }]);
  expect(await streamNamed('events')).toMatchObject({
    state: 'ok',
    brought: 3,
    complete: { from: ago(60), to: now.toISOString() },
    newestAt: ago(20),
  });
  const completeness = await bylaw.owner.call('GET', `/clients/${client.slug}/completeness?days=1`);
  expect(completeness.body.ledgers).toMatchObject([
    { source: 'harbor_events', title: 'Events of the harbor', connected: true, proves: true },
  ]);
});

it.each([
  ['waits as long as it is asked to', 429, { 'retry-after': '90' }, '', 'waiting', 1.5, /asks to wait/],
  ['has a permission missing', 403, {}, 'consent', 'no_scope', 24 * 60, /No administrator consented/],
  ['is not licensed', 403, {}, 'license', 'not_offered', 24 * 60, /no license/],
])('%s, and reads on afterwards', async (_, status, headers, body, state, minutes, says) => {
  later(6);
  vendor.faults.push({ path: '/events', status, headers, body });
  await readSources(bylaw.services);
  const stopped = await streamNamed('events');
  expect(stopped).toMatchObject({ state, says: expect.stringMatching(says) });
  expect(Date.parse(stopped.nextAt) - now.getTime()).toBe(minutes * 60_000);
  // Someone has put it right and tests again, so that nobody waits for tomorrow.
  if (minutes > 60) await call('POST', `/${(await one()).connection}/test`);
  else later(minutes);
  await readSources(bylaw.services);
  expect(await streamNamed('events')).toMatchObject({ state: 'ok', says: null });
});

it('never follows the vendor to a host that it did not declare', async () => {
  later(6);
  vendor.events.push(...[1, 2, 3].map((id) => ({ id: 10 + id, at: ago(1), type: 'x', by: 'a@b.example' })));
  vendor.nextHost = 'elsewhere.example';
  await readSources(bylaw.services);
  expect(await streamNamed('events')).toMatchObject({
    state: 'failed',
    says: expect.stringMatching(/^elsewhere\.example\S* is not among the hosts/),
  });
  vendor.nextHost = null;
  later(6);
  await readSources(bylaw.services);
  expect(await streamNamed('events')).toMatchObject({ state: 'ok', brought: 6 });
});

it('keeps a secret that the vendor renews', async () => {
  vendor.renewTo = 'second-secret';
  later(6);
  await readSources(bylaw.services);
  later(6);
  await readSources(bylaw.services);
  expect(vendor.secret).toBe('second-secret');
  expect(await streamNamed('events')).toMatchObject({ state: 'ok' });
  expect((await one()).state).toBe('connected');
});

it('says in its own words when it is refused, and takes a new secret of the same harbor only', async () => {
  vendor.secret = 'third-secret';
  later(6);
  await readSources(bylaw.services);
  const refused = (await call('GET')).body;
  expect(refused.connections[0]).toMatchObject({ state: 'refused' });
  expect(refused.findings).toEqual([
    expect.objectContaining({
      title: 'Replace the refused application',
      says: 'Harbor refuses the application. Make a new secret in Harbor and enter it.',
    }),
  ]);
  const { connection, version } = await one();
  const replace = (secret: string, tenant = HARBOR.tenant) =>
    call('PUT', `/${connection}/key`, { version, credential: { ...HARBOR, tenant, secret } });
  vendor.tenant = { id: 'harbor-two', name: 'Another Harbor' };
  expect((await replace('third-secret', 'harbor-two')).body.message).toMatch(/belongs to another harbor/);
  vendor.tenant = { id: 'harbor-one', name: 'Alder Harbor' };
  expect((await replace('third-secret')).status).toBe(200);
  expect((await call('POST', `/${connection}/test`)).body.connections[0]).toMatchObject({
    state: 'connected',
    scopes: [{ state: 'granted' }, { state: 'granted' }],
  });
  await readSources(bylaw.services);
  expect(await streamNamed('events')).toMatchObject({ state: 'ok' });
});

it('says a month before that the secret ends', async () => {
  const { connection } = await one();
  const endsIn = async (days: number) => {
    vendor.tenant.secretEnds = new Date(now.getTime() + days * 86_400_000).toISOString();
    return (await call('POST', `/${connection}/test`)).body;
  };
  expect(await endsIn(31)).toMatchObject({
    findings: [],
    connections: [{ expiresAt: vendor.tenant.secretEnds }],
  });
  expect((await endsIn(29)).findings).toEqual([
    expect.objectContaining({
      title: 'Replace the application of Harbor',
      says: expect.stringMatching(/^It expires on .* and nothing is read after that\.$/),
    }),
  ]);
});

it('resumes where it stopped once it is connected again', async () => {
  const { connection, version } = await one();
  expect((await call('DELETE', `/${connection}`, { version })).body.connections).toEqual([]);
  expect((await bylaw.owner.call('GET', '/settings')).body.outbound).not.toContainEqual(
    expect.objectContaining({ for: 'Reading the sources of 1 client' }),
  );
  later(10);
  vendor.events.push({ id: 20, at: ago(2), type: 'boat_left', by: 'ben@alder.example.org' });
  expect((await connect({ ...HARBOR, secret: 'third-secret' })).status).toBe(201);
  await readSources(bylaw.services);
  // One is new; what was read before is not asked for again.
  expect(await streamNamed('events')).toMatchObject({ state: 'ok', brought: 1 });
});
