import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '../../../server/testing/console.ts';

let bylaw: TestConsole;
let owner: TestPerson;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };

beforeAll(async () => {
  bylaw = await testConsole({ provesAgain: false });
  owner = bylaw.owner;
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild');
});
afterAll(() => bylaw.close());

const make = (by: TestPerson, body: object = {}) =>
  by.call('POST', '/me/tokens', { name: 'My laptop', purpose: 'cli', ...body });

/** A call with a token instead of a session, as the command line does it. */
async function withToken(secret: string, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) {
  return bylaw.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

describe('personal tokens', () => {
  it('shows a token once and keeps only its hash and beginning', async () => {
    const { status, body } = await make(owner);
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^byl_[\w-]{43}$/u);
    expect(body.token.prefix).toBe(body.secret.slice(0, 10));
    const list = await owner.call('GET', '/me/tokens');
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
    const stored = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('api_tokens').selectAll().execute(),
      await tx.selectFrom('audit_log').selectAll().execute(),
    ]);
    expect(JSON.stringify(stored)).not.toContain(body.secret);
  });

  it('opens what its person may open, and notes when it was used', async () => {
    const { body } = await make(owner);
    expect((await withToken(body.secret, 'GET', '/users')).status).toBe(200);
    const list = await owner.call('GET', '/me/tokens');
    expect(list.body.items.find((one: { id: string }) => one.id === body.token.id).lastUsedAt).toBe(
      TEST_NOW.toISOString(),
    );
    expect((await withToken(`${body.secret}x`, 'GET', '/users')).status).toBe(401);
  });

  it('never allows more than its person may do at that moment', async () => {
    const tess = await bylaw.person('technician', null, 'Tess');
    const { body } = await make(tess);
    const path = `/clients/${alder.slug}/access`;
    expect((await withToken(body.secret, 'GET', path)).status).toBe(403);
    await owner.call('POST', `/users/${tess.id}/grants`, { role: 'auditor' });
    expect((await withToken(body.secret, 'GET', path)).status).toBe(200);
    await owner.call('POST', `/users/${tess.id}/grants`, { effect: 'deny' });
    expect((await withToken(body.secret, 'GET', path)).status).toBe(404);
    await owner.call('POST', `/users/${tess.id}/disable`, {});
    expect((await withToken(body.secret, 'GET', path)).status).toBe(401);
  });

  it('keeps a token for one client to that client', async () => {
    const { body } = await make(owner, { forClient: alder.slug });
    expect(body.token.client).toEqual({ slug: alder.slug, name: 'Alder Society' });
    expect((await withToken(body.secret, 'GET', `/clients/${alder.slug}/access`)).status).toBe(200);
    const foreign = await withToken(body.secret, 'GET', `/clients/${harrow.slug}/access`);
    const missing = await withToken(body.secret, 'GET', '/clients/no-such-client/access');
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    expect((await withToken(body.secret, 'GET', '/users')).status).toBe(403);
  });

  it('lets a token for Claude read and change nothing', async () => {
    const { body } = await make(owner, { purpose: 'mcp' });
    expect((await withToken(body.secret, 'GET', '/users')).status).toBe(200);
    const someone = await bylaw.person('staff', null);
    expect((await withToken(body.secret, 'POST', `/users/${someone.id}/disable`, {})).status).toBe(403);
  });

  it('lets no token make another', async () => {
    const { body } = await make(owner);
    const answer = await withToken(body.secret, 'POST', '/me/tokens', { name: 'More', purpose: 'cli' });
    expect(answer.status).toBe(403);
  });

  it('ends by itself, lasts a year at the longest, and needs a fresh proof', async () => {
    const created = await make(owner, {});
    expect(created.body.token.expiresAt.slice(0, 10)).toBe('2027-02-22');
    expect((await make(owner, { expiresOn: '2028-01-01' })).status).toBe(422);
    bylaw.setNow(new Date(TEST_NOW.getTime() + 11 * 60_000));
    try {
      const late = await make(owner, {});
      expect([late.status, late.body.code]).toEqual([403, 'PROOF_REQUIRED']);
    } finally {
      bylaw.setNow(TEST_NOW);
    }
  });

  it('ends on its day, or when its person or an Owner revokes it, and no one else can end it', async () => {
    const dated = await make(owner, { expiresOn: '2026-11-25' });
    expect((await make(owner, { expiresOn: '2026-11-23' })).body.message).toBe(
      '2026-11-23 is over. Choose a later last day.',
    );
    expect((await withToken(dated.body.secret, 'GET', '/users')).status).toBe(200);
    bylaw.setNow(new Date('2026-11-26T00:00:00Z'));
    expect((await withToken(dated.body.secret, 'GET', '/users')).status).toBe(401);
    bylaw.setNow(TEST_NOW);

    const hana = await bylaw.person('hr', alder.id, 'Hana');
    const mine = await make(hana);
    const other = await bylaw.person('hr', alder.id, 'Otto');
    const missing = await other.call('DELETE', '/me/tokens/nothing');
    const foreign = await other.call('DELETE', `/me/tokens/${mine.body.token.id}`);
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    expect((await other.call('DELETE', `/tokens/${mine.body.token.id}`)).status).toBe(403);
    const all = await owner.call('GET', '/tokens');
    expect(all.body.items.find((one: { id: string }) => one.id === mine.body.token.id).person.name).toBe(
      'Hana',
    );
    expect((await withToken(mine.body.secret, 'GET', `/me/tokens`)).status).toBe(200);
    expect((await owner.call('DELETE', `/tokens/${mine.body.token.id}`)).status).toBe(200);
    expect((await withToken(mine.body.secret, 'GET', `/me/tokens`)).status).toBe(401);
  });

  it('treats a client that the person may not see like one that does not exist', async () => {
    const hana = await bylaw.person('hr', alder.id, 'Hana Two');
    const foreign = await make(hana, { forClient: harrow.slug });
    const missing = await make(hana, { forClient: 'no-such-client' });
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
  });
});
