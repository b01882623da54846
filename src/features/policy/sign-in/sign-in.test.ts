import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import {
  type HostileProvider,
  hostileProvider,
  type Mischief,
} from '../../sign-in/testing/hostile-provider.ts';
import { type PolicyOffice, policyOffice } from '../testing/office.ts';

const TENANT = '0a5c7f0e-91d4-4c6b-8f3e-2b7d5a1c9e60';
const APPLICATION = '5f2d8c1a-3b7e-4a90-b6c4-7e1f0d9a2c38';
const TOBIN = 'tobin@alder.example.org';
const OID = '11111111-2222-4333-8444-555555555555';

anyEngine('staff who sign in at their own Entra tenant', (engine) => {
  let office: PolicyOffice;
  let provider: HostileProvider;
  let page: string;
  beforeAll(async () => {
    provider = await hostileProvider(`/${TENANT}/v2.0`);
    // The provider keeps its own time, so the console has to keep the same.
    office = await policyOffice(engine, { now: new Date(), microsoft: new URL(provider.issuer).origin });
    expect((await office.publish()).status).toBe(201);
    page = await office.openPage();
  });
  afterAll(async () => {
    await office.bylaw.close();
    await provider.close();
  });

  const set = (more: object = {}, by = office.admin) =>
    by.call('PUT', office.at('/sign-in'), {
      version: 0,
      tenant: TENANT.toUpperCase(),
      application: APPLICATION,
      secret: 'very-secret-value',
      ...more,
    });
  const cookieOf = (headers: Record<string, unknown>, name: string) =>
    [headers['set-cookie']]
      .flat()
      .map(String)
      .find((one) => one.startsWith(`${name}=`))
      ?.split(';')[0] ?? '';

  /** Goes the whole way from a page; `cookie`: of the browser that comes back, left out: the one that began. */
  async function signIn(claims: object, { from = page, mischief = {} as Mischief, cookie = '' } = {}) {
    provider.behave({
      ...mischief,
      claims: {
        aud: APPLICATION,
        tid: TENANT,
        oid: OID,
        email: undefined,
        email_verified: undefined,
        ...claims,
      },
    });
    const begun = await office.browse('GET', `${from}/entra`);
    expect(begun.status).toBe(303);
    const back = provider.back(String(begun.headers.location));
    const own = cookieOf(begun.headers, 'bylaw_staff_sign_in');
    const path = `${back.pathname}${back.search}`;
    return { path, own, end: await office.browse('GET', path, {}, cookie === '' ? own : cookie) };
  }

  test('is set up by who edits connections, once Microsoft knows the tenant', async () => {
    expect((await set({}, office.hr)).status).toBe(403);
    expect((await set({ tenant: 'common' })).status).toBe(400);
    const unknown = await set({ tenant: APPLICATION });
    expect([unknown.status, unknown.body.message]).toEqual([
      422,
      expect.stringContaining('Nothing was stored'),
    ]);
    expect((await office.overview()).signIn.application).toBeNull();
    expect((await office.browse('GET', page)).body).not.toContain('/entra');
    expect((await office.browse('GET', `${page}/entra`)).status).toBe(503);
    const created = await set();
    expect(created.status, JSON.stringify(created.body)).toBe(200);
    expect(created.body).toMatchObject({
      redirectUri: 'http://127.0.0.1:7700/staff/entra/callback',
      application: { tenant: TENANT, id: APPLICATION, hasSecret: true, by: 'Adele Admin' },
      version: 1,
    });
    expect((await set()).status).toBe(409);
    const log = await office.bylaw.owner.call('GET', `/clients/${office.client.slug}/audit`);
    expect(JSON.stringify([await office.overview(), log.body])).not.toContain('very-secret-value');
  });

  test('acknowledges the policy by a sign-in, which the register and the log name', async () => {
    expect((await office.browse('GET', page)).body).toContain(`href="${page}/entra?lang=en"`);
    const { end } = await signIn({ preferred_username: 'Tobin@Alder.example.org' });
    const link = String(end.headers.location).split('?')[0] ?? '';
    const cookie = cookieOf(end.headers, 'bylaw_policy');
    expect([end.status, link]).toEqual([303, expect.stringMatching(/^\/policy\/sign\/[\w-]{43}$/u)]);
    expect((await office.browse('GET', link)).body).toContain('name="check"');
    const opened = await office.browse('GET', link, {}, cookie);
    expect(opened.body).not.toContain('name="check"');
    expect(opened.body).toContain('your Microsoft account');
    const form = { name: 'Tobin Achterberg', sha256: office.shaOn(opened.body) };
    expect((await office.browse('POST', link, form, cookie)).body).toContain('was acknowledged on');
    expect(await office.register()).toMatchObject([
      { address: TOBIN, method: 'sign_in', account: `${TENANT}/${OID}` },
    ]);
    const log = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/audit?action=policy.acknowledge`,
    );
    expect(log.body.items).toMatchObject([
      { actor: { name: `Tobin Achterberg, by a sign-in at Entra as ${TOBIN}` } },
    ]);
    const csv = (await office.hr.call('GET', office.at('/register/export?format=csv'))).bytes.toString();
    expect(csv).toContain('Signed in at Microsoft Entra');
  });

  test('opens their own page, in the browser that signed in', async () => {
    const { end } = await signIn(
      { preferred_username: TOBIN },
      { from: page.replace('/policy/', '/staff/') },
    );
    const own = String(end.headers.location).split('?')[0] ?? '';
    expect(own).toMatch(/^\/staff\/mine\//u);
    expect((await office.browse('GET', own)).body).toContain('This is another browser');
    const shown = await office.browse('GET', own, {}, cookieOf(end.headers, 'bylaw_staff'));
    expect(shown.body).toContain(TOBIN);
  });

  const refused = async (...given: Parameters<typeof signIn>) => {
    const { end } = await signIn(...given);
    expect(end.headers.location).toBeUndefined();
    return [end.status, /<p>([^<]+)<\/p>/u.exec(String(end.body))?.[1]];
  };

  test('lets in nobody whom the tenant does not vouch for', async () => {
    const outside = [403, expect.stringContaining('not one of the people who work here')];
    const name = { preferred_username: TOBIN };
    expect(await refused({ ...name, tid: APPLICATION })).toEqual(outside);
    expect(await refused({ ...name, oid: undefined })).toEqual(outside);
    expect(await refused({ ...name, idp: 'https://sts.example/another-tenant/' })).toEqual(outside);
    expect(await refused({ ...name, acct: 1 })).toEqual(outside);
    expect(await refused({ preferred_username: 'tobin@elsewhere.example' })).toEqual(outside);
    // An address that anyone can write into a directory.
    const written = { preferred_username: 'x@elsewhere.example', email: TOBIN };
    expect(await refused(written)).toEqual(outside);
    // Another account with an address that somebody signed in with before.
    expect(await refused({ ...name, oid: APPLICATION })).toEqual([
      403,
      expect.stringContaining('previously used with another account'),
    ]);
    expect(await refused(name, { mischief: { signWith: 'another key' } })).toEqual([
      403,
      expect.stringContaining('could not be verified'),
    ]);
    expect(await refused(name, { cookie: 'bylaw_staff_sign_in=another' })).toEqual([
      403,
      expect.stringContaining('started in another browser'),
    ]);
    const { path, own, end } = await signIn(name);
    expect(end.status).toBe(303);
    expect((await office.browse('GET', path, {}, own)).status).toBe(403);
  });

  test('follows an account that was renamed, and ends with the application', async () => {
    const { end } = await signIn({ preferred_username: 'tobin.new@alder.example.org' });
    expect(end.status).toBe(303);
    // Whoever has the earlier address now is let in with it.
    expect((await signIn({ preferred_username: TOBIN, oid: APPLICATION })).end.status).toBe(303);
    const removed = await office.admin.call('DELETE', office.at('/sign-in'), { version: 1 });
    expect([removed.status, (await office.overview()).signIn.application]).toEqual([200, null]);
    expect((await office.browse('GET', page)).body).not.toContain('/entra');
  });
});
// Guide: G8-17
