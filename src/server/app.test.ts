import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '#store/engine/problems.ts';
import { securityHeaders } from './headers.ts';
import { openApi } from './reference.ts';
import { type TestConsole, testConsole } from './testing/console.ts';

let console_: TestConsole;
beforeAll(async () => {
  console_ = await testConsole();
});
afterAll(async () => console_.close());

const NEW = {
  name: 'Rowan Guild',
  domains: ['rowan.example.org'],
  claudePlan: 'team',
  timezone: 'America/New_York',
};

describe('an operation over HTTP', () => {
  it('stores the change, its record in the chain of the client, and the verdicts that follow', async () => {
    const answer = await console_.owner.call('POST', '/clients', NEW);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ client: 'rowan-guild', name: 'Rowan Guild', sandbox: false });
    const { id } = answer.body;
    const stored = await console_.services.store.read([id], async (tx) => ({
      audit: await tx.selectFrom('audit_log').selectAll().where('client_id', '=', id).execute(),
      verdicts: await tx
        .selectFrom('verdicts')
        .select(['state', 'until'])
        .where('client_id', '=', id)
        .execute(),
    }));
    expect(stored.audit.map(({ action, actor_name, seq }) => [action, actor_name, Number(seq)])).toEqual([
      ['clients.create', 'Olive Owner', 1],
    ]);
    expect(stored.verdicts).toHaveLength(console_.services.catalogue.controls.length);
    expect(stored.verdicts.every(({ state }) => state !== 'pass')).toBe(true);
  });

  it('gives a second client of the same name a short name of its own', async () => {
    const answer = await console_.owner.call('POST', '/clients', NEW);
    expect(answer.body.client).toBe('rowan-guild-2');
  });

  it('says in one sentence what is wrong with an input', async () => {
    const answer = await console_.owner.call('POST', '/clients', { ...NEW, domains: ['no domain'] });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(/is not a domain name/);
  });

  it('refuses a change that another site asked for', async () => {
    const answer = await console_.inject({
      method: 'POST',
      url: '/api/v1/clients',
      headers: {
        cookie: console_.owner.cookie,
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
      payload: JSON.stringify(NEW),
    });
    expect(answer.status).toBe(403);
  });

  it('asks a stranger to sign in', async () => {
    expect((await console_.nobody.call('POST', '/clients', NEW)).status).toBe(401);
  });

  it('answers an unknown path in the same form', async () => {
    const answer = await console_.owner.call('GET', '/nothing/here');
    expect(answer.status).toBe(404);
    expect(answer.body.message).toContain('/api/reference');
  });
});

describe('a refusal', () => {
  const problem = { 'content-type': expect.stringMatching(/^application\/problem\+json/) };

  it('is a problem by RFC 9457, with what the console and the command line read beside it', async () => {
    const { status, headers, body } = await console_.owner.call('GET', '/clients/nobody-knows');
    expect([status, headers]).toEqual([404, expect.objectContaining(problem)]);
    expect(body).toMatchObject({
      type: 'http://127.0.0.1:7700/api/reference#problem-NOT_FOUND',
      title: expect.any(String),
      status: 404,
      code: 'NOT_FOUND',
    });
    expect(body.detail).toBe(body.message);
    const { body: page } = await console_.inject({ url: '/api/reference' });
    expect(page).toContain('id="problem-NOT_FOUND"');
  });

  it('says how to authenticate, and distinguishes a token that is not valid from none', async () => {
    const none = await console_.nobody.call('GET', '/settings');
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="Bylaw"']);
    const wrong = await console_.inject({
      url: '/api/v1/settings',
      headers: { authorization: 'Bearer byl_wrong' },
    });
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="Bylaw", error="invalid_token"');
  });

  it('says which methods an address takes', async () => {
    const answer = await console_.owner.call('DELETE', '/settings', {});
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(answer.headers).toMatchObject(problem);
    const options = await console_.inject({ method: 'OPTIONS', url: '/api/v1/settings' });
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const openapi = await console_.inject({ method: 'POST', url: '/api/openapi.json' });
    expect([openapi.status, openapi.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(openapi.headers).toMatchObject(problem);
    expect(openapi.body).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    const health = await console_.inject({ method: 'POST', url: '/healthz' });
    expect([health.status, health.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('says how long to wait while the database is away', async () => {
    const read = vi
      .spyOn(console_.services.store, 'read')
      .mockRejectedValue(new StoreUnavailable('not_stored'));
    try {
      const answer = await console_.owner.call('GET', '/settings');
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10']);
    } finally {
      read.mockRestore();
    }
  });
});

describe('HEAD', () => {
  it('is answered as GET would be, without a body', async () => {
    const headers = { cookie: console_.owner.cookie };
    const head = await console_.inject({ method: 'HEAD', url: '/api/v1/settings', headers });
    const get = await console_.inject({ url: '/api/v1/settings', headers });
    expect([head.status, head.headers['content-type']]).toEqual([200, get.headers['content-type']]);
    expect(head.bytes).toHaveLength(0);
  });
});

describe('an address that is nobody’s', () => {
  it.each(['/.well-known/openid-configuration', '/wp-login.php', '/nothing'])(
    '%s is not there',
    async (url) => expect((await console_.inject({ url })).status).toBe(404),
  );

  it('tells search engines to stay away', async () => {
    const { status, body } = await console_.inject({ url: '/robots.txt' });
    expect([status, body]).toEqual([200, 'User-agent: *\nDisallow: /\n']);
  });
});

describe('headers', () => {
  it('let a page run and load nothing from elsewhere', async () => {
    const { headers } = await console_.inject({ url: '/api/reference' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each(['http://localhost:7700', 'https://bylaw.example'])(
    'of an operation are those of a page but for the nonces, on %s',
    async (origin) => {
      const app = fastify();
      await securityHeaders(app, origin);
      for (const url of ['/api/v1/operation', '/page']) app.get(url, async () => 'text');
      const [operation, page] = await Promise.all(
        ['/api/v1/operation', '/page'].map(async (url) => (await app.inject({ url })).headers),
      );
      await app.close();
      const without = String(page?.['content-security-policy']).replaceAll(/ 'nonce-\w+'/gu, '');
      const { date: _, ...expected } = { ...page, 'content-security-policy': without };
      expect(operation).toMatchObject(expected);
      expect(Object.keys(operation ?? {}).toSorted()).toEqual(Object.keys(page ?? {}).toSorted());
    },
  );
});

describe('what is made of the contract', () => {
  it('is an OpenAPI 3.1 document with permission and command of each operation', async () => {
    const { body } = await console_.inject({ url: '/api/openapi.json' });
    expect(body.openapi).toMatch(/^3\.1/);
    expect(body.paths['/clients'].post).toMatchObject({
      summary: 'Add a client',
      'x-bylaw-permission': 'clients.create',
      'x-bylaw-command': 'bylaw clients create',
    });
  });

  it('is made one feature after the other, so that others are answered meanwhile', async () => {
    let turns = 0;
    let made = false;
    const turn = () => {
      turns += 1;
      if (!made) setImmediate(turn);
    };
    setImmediate(turn);
    await openApi('https://bylaw.example');
    made = true;
    expect(turns).toBeGreaterThan(30);
  });

  it('says each refusal once, with an example, and refers to it', async () => {
    const { body } = await console_.inject({ url: '/api/openapi.json' });
    const { 409: conflict, 201: made } = body.paths['/clients'].post.responses;
    expect(conflict).toEqual({ $ref: '#/components/responses/Conflict' });
    expect(made.content).toBeDefined();
    const { Conflict } = body.components.responses;
    expect(Conflict.content['application/problem+json'].example).toMatchObject({
      code: 'CONFLICT',
      status: 409,
    });
    const paths = JSON.stringify(body.paths);
    expect(paths.match(/"defined"/g)).toBeNull();
    for (const [, name = ''] of paths.matchAll(/#\/components\/responses\/(\w+)/g))
      expect(body.components.responses).toHaveProperty(name);
  });

  it('is a reference page', async () => {
    const { body } = await console_.inject({ url: '/api/reference' });
    expect(body).toContain('Add a client');
    expect(body).toContain('bylaw clients create');
    // Its first example is one that works.
    const [, first = ''] = /curl [^<]*?(\/api\/v1\/\w+)/.exec(body) ?? [];
    const answer = await console_.inject({ url: first, headers: { cookie: console_.owner.cookie } });
    expect(answer.status).toBe(200);
  });
});
// Guide: G0-01 G2.2-03
