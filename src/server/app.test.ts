import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('is a reference page', async () => {
    const { body } = await console_.inject({ url: '/api/reference' });
    expect(body).toContain('Add a client');
    expect(body).toContain('bylaw clients create');
  });
});
