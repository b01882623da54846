import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestAnswer, type TestConsole, testConsole } from '#server/testing/console.ts';
import { MEMBERS } from '../imports/testing/each-client.ts';

/**
 * What whoever holds one secret address, or half of one, tries with it. Each kind of link has tests of its own beside
 * it; here are the ways from one to another and around what a link is for.
 */
let bylaw: TestConsole;
let alder: { id: string; slug: string };
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());
beforeEach(async () => {
  bylaw.setNow(TEST_NOW);
  alder = await bylaw.client('Alder Society');
});

const made = async (path: string, body: object): Promise<{ id: string; address: string; secret: string }> => {
  const answer = await bylaw.owner.call('POST', path, body);
  expect([answer.status, answer.body.message]).toEqual([201, undefined]);
  return { ...answer.body, address: new URL(answer.body.address).pathname };
};
const secretIn = (address: string) => /[\w-]{43}/u.exec(address)?.[0] ?? '';
const reportLink = async () => {
  const { body } = await bylaw.owner.call('POST', `/clients/${alder.slug}/reports`, { title: 'Board' });
  return made(`/clients/${alder.slug}/reports/${body.id}/links`, { label: 'The board' });
};
const uploadLink = () => made(`/clients/${alder.slug}/imports/links`, { label: 'HR', kinds: ['members'] });

let asked = 0;
/** A request from a network of its own: what is limited by network is not what stops it. */
const from = (
  method: string,
  url: string,
  headers: Record<string, string> = {},
  payload?: string | Buffer,
) => {
  asked += 1;
  return bylaw.inject({
    method: method as 'GET',
    url,
    headers,
    remoteAddress: `10.${Math.floor(asked / 250)}.${asked % 250}.9`,
    ...(payload === undefined ? {} : { payload }),
  });
};

/** Everywhere that a secret opens something. */
const DOORS: Readonly<Record<string, (secret: string) => Promise<TestAnswer>>> = {
  report: (secret) => from('GET', `/report/${secret}`),
  upload: (secret) => from('GET', `/upload/${secret}`),
  'upload of a file': (secret) =>
    from('PUT', `/upload/${secret}/files?name=members.csv`, { 'content-type': 'text/csv' }, MEMBERS),
  calendar: (secret) => from('GET', `/calendar/${secret}.ics`),
  policy: (secret) => from('GET', `/policy/${secret}`),
  staff: (secret) => from('GET', `/staff/${secret}`),
  hook: (secret) => from('POST', `/hooks/inference/${secret}`, { 'content-type': 'application/json' }, '{}'),
  mcp: (secret) =>
    from(
      'POST',
      '/mcp',
      {
        authorization: `Bearer ${secret}`,
        host: '127.0.0.1:7700',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    ),
  api: (secret) => from('GET', '/api/v1/me', { authorization: `Bearer ${secret}` }),
  session: (secret) => from('GET', '/api/v1/me', { cookie: `bylaw_session=${secret}` }),
  telemetry: (secret) =>
    from(
      'POST',
      '/v1/logs',
      { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      JSON.stringify({ resourceLogs: [] }),
    ),
};

describe('a secret address', () => {
  it('opens what it is for and nothing else, and nothing by its hash', async () => {
    const secrets = {
      report: secretIn((await reportLink()).address),
      upload: secretIn((await uploadLink()).address),
      calendar: secretIn((await made('/me/calendar-feed', {})).address),
      session: bylaw.owner.cookie.split('=')[1] ?? '',
      telemetry: (
        await bylaw.owner.call('POST', `/clients/${alder.slug}/telemetry/tokens`, { name: 'Claude Code' })
      ).body.secret,
    };
    const opened: string[] = [];
    for (const [whose, secret] of Object.entries(secrets)) {
      expect(secret.length).toBeGreaterThan(40);
      for (const [door, knock] of Object.entries(DOORS)) {
        const hash = createHash('sha256').update(secret);
        const tried = {
          itself: secret,
          'its hash': hash.copy().digest('hex'),
          'its hash, as long as a secret': hash.digest('base64url'),
        };
        for (const [how, value] of Object.entries(tried)) {
          const { status } = await knock(value);
          if (status < 300) opened.push(`${whose} at ${door}: ${how}`);
          else expect([401, 403, 404], `${whose} at ${door}`).toContain(status);
        }
      }
    }
    expect(opened).toEqual([
      'report at report: itself',
      'upload at upload: itself',
      'upload at upload of a file: itself',
      'calendar at calendar: itself',
      'session at session: itself',
      'telemetry at telemetry: itself',
    ]);
  });

  it('opens nothing with one character changed, added or removed', async () => {
    const addresses = [(await reportLink()).address, (await uploadLink()).address];
    for (const address of addresses) {
      const secret = secretIn(address);
      const [first = ''] = secret;
      const swapped = first === 'a' ? 'b' : 'a';
      const wrong = [
        secret.slice(1),
        secret.slice(0, -1),
        `${secret}a`,
        `${secret}%00`,
        `${secret}%20`,
        `%20${secret}`,
        `${secret}.html`,
        `${secret};a`,
        `${secret}%2f..`,
        `./${secret}/../${swapped}${secret.slice(1)}`,
        `${swapped}${secret.slice(1)}`,
        secret.replace(/[a-zA-Z]/u, (one) =>
          one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase(),
        ),
        `${first}%25${secret.slice(1)}`,
        '%',
        `${secret.slice(0, 42)}_%_`,
        "' or 1=1 --".padEnd(43, 'x'),
        '_'.repeat(43),
      ];
      for (const one of wrong) {
        const { status, headers } = await from('GET', address.replace(secret, one));
        expect([one, status < 400, headers['set-cookie']]).toEqual([one, false, undefined]);
        expect(status).toBeLessThan(500);
      }
      expect((await from('GET', address)).status).toBe(200);
    }
  });

  it('is read whole and from the server each time, and only by a GET', async () => {
    const link = await reportLink();
    const opened = async () => {
      const { body } = await bylaw.owner.call('GET', `/clients/${alder.slug}/reports`);
      const [{ id }] = body.items;
      const { items } = (await bylaw.owner.call('GET', `/clients/${alder.slug}/reports/${id}/links`)).body;
      return items.find((one: { id: string }) => one.id === link.id).opened;
    };
    const first = await from('GET', link.address);
    expect(await opened()).toBe(1);
    const asks: readonly Record<string, string>[] = [
      { range: 'bytes=0-99' },
      { 'if-none-match': '*' },
      { 'if-modified-since': new Date(TEST_NOW.getTime() + 86_400_000).toUTCString() },
      { 'cache-control': 'only-if-cached' },
      { 'x-http-method-override': 'DELETE', 'x-original-url': '/api/v1/me', 'x-rewrite-url': '/api/v1/me' },
    ];
    for (const headers of asks) {
      const answer = await from('GET', link.address, headers);
      expect([answer.status, answer.bytes.length]).toEqual([200, first.bytes.length]);
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(answer.headers).not.toHaveProperty('etag');
      expect(answer.headers).not.toHaveProperty('last-modified');
      expect(answer.headers).not.toHaveProperty('accept-ranges');
    }
    const count = await opened();
    expect(count).toBe(1 + asks.length);
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, bytes } = await from(method, link.address);
      expect([method, status === 200 && bytes.length > 0]).toEqual([method, false]);
      expect(bytes.toString()).not.toContain('Alder Society');
    }
    expect(await opened()).toBe(count);
  });

  it('is made for the server’s own name, whatever the request calls it', async () => {
    const path = `/clients/${alder.slug}/imports/links`;
    // The proof that it asks for is given with one that is made as usual.
    await uploadLink();
    const answer = await bylaw.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: {
        cookie: bylaw.owner.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/json',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.example',
      },
      payload: JSON.stringify({ label: 'HR', kinds: [] }),
    });
    expect(answer.status).toBe(201);
    expect(answer.body.address).toMatch(/^http:\/\/127\.0\.0\.1:7700\/upload\//u);
  });
});

describe('a file that a stranger sends', () => {
  const send = (address: string, name: string, payload: string | Buffer, more: Record<string, string> = {}) =>
    from(
      'PUT',
      `${address}/files?${new URLSearchParams({ name })}`,
      { 'content-type': 'text/csv', ...more },
      payload,
    );
  const names = async (): Promise<string[]> => {
    const rows = await bylaw.services.store.read([alder.id], (tx) =>
      tx.selectFrom('import_files').select('name').where('client_id', '=', alder.id).execute(),
    );
    return rows.map(({ name }) => name);
  };

  it('gets no name that leads out of a folder, poses as another file or sets a header', async () => {
    const { address } = await uploadLink();
    const tried = [
      '../../../etc/passwd.csv',
      '..\\..\\windows\\members.csv',
      'C:\\Users\\members.csv',
      '/root/.ssh/members.csv',
      'a/./b/../members.csv',
      `${'x'.repeat(3_000)}.csv`,
      '"; filename="evil.html',
      '=HYPERLINK("http://evil.example").csv',
    ];
    for (const [at, name] of tried.entries())
      expect([name, (await send(address, name, `${MEMBERS}\n${at}`)).status]).toEqual([name, 200]);
    for (const name of ['members\r\nset-cookie: a=b.csv', 'mem\u202evsc.exe', 'members\u0000.csv', ''])
      expect([name, (await send(address, name, MEMBERS)).status]).toEqual([name, 400]);
    const kept = await names();
    expect(kept).toHaveLength(tried.length);
    for (const name of kept) {
      expect(name.length).toBeLessThanOrEqual(400);
      expect(name).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)|\\|^\/|^[a-z]:/iu);
    }
  });

  it('counts once however often it is sent, and is refused by its size before it is read', async () => {
    const { address } = await uploadLink();
    expect((await send(address, 'members.csv', MEMBERS)).status).toBe(200);
    const twice = await send(address, 'members.csv', MEMBERS);
    expect(twice.status).toBeLessThan(500);
    expect(await names()).toEqual(['members.csv']);
    const huge = await send(address, 'huge.csv', 'a,b', { 'content-length': '100000001' });
    expect([400, 413]).toContain(huge.status);
    expect(await names()).toEqual(['members.csv']);
  });
});

describe('what is a person’s own', () => {
  it('cannot be ended, renamed or read by anyone else, not even an Owner', async () => {
    const pia = await bylaw.person('technician', null, 'Pia');
    const page = '/c/$client/controls';
    const view = (await pia.call('POST', '/me/views', { page, name: 'Mine', search: '' })).body.id;
    const token = (await pia.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' })).body;
    const sessions = (await pia.call('GET', '/me/sessions')).body.items;
    const tokenId = token.token?.id ?? token.id;
    const others = [
      ['PATCH', `/me/views/${view}`, { name: 'Theirs' }],
      ['DELETE', `/me/views/${view}`, undefined],
      ['DELETE', `/me/tokens/${tokenId}`, {}],
      ['DELETE', `/me/sessions/${sessions[0].id}`, undefined],
    ] as const;
    for (const [method, path, body] of others)
      expect([path, (await bylaw.owner.call(method, path, body)).status]).toEqual([path, 404]);
    expect((await pia.call('GET', '/me/views')).body.items).toMatchObject([{ id: view, name: 'Mine' }]);
    expect((await from('GET', '/api/v1/me', { authorization: `Bearer ${token.secret}` })).status).toBe(200);
    expect((await pia.call('GET', '/me')).status).toBe(200);
  });
});
// Guide: G0-00
