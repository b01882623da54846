import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertInvitation } from '#store/access/invitations.ts';
import { insertProvider, providerSecretPlace } from '#store/identity/providers.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { insertUser } from '#store/identity/users.ts';
import { type TestAnswer, type TestConsole, testConsole } from '../../../server/testing/console.ts';
import { OIDC_CLIENT, type TestProvider, testProvider } from '../testing/provider.ts';

const ORIGIN = 'http://127.0.0.1:7700';
let provider: TestProvider;
let console_: TestConsole;

beforeAll(async () => {
  provider = await testProvider(`${ORIGIN}/api/v1/sign-in/oidc/callback`);
});
afterAll(() => provider.close());

beforeEach(async () => {
  // The provider keeps its own time, so the console has to keep the same.
  console_ = await testConsole({ origin: ORIGIN, now: new Date() });
  const { services } = console_;
  await services.store.write('system', (tx) =>
    insertProvider(tx, {
      id: 'p1',
      name: 'Kestrel accounts',
      issuer: provider.issuer,
      oidcClientId: OIDC_CLIENT.id,
      secretSealed: services.sealer.seal(OIDC_CLIENT.secret, providerSecretPlace('p1')),
      now: services.clock(),
    }),
  );
});
afterEach(() => console_.close());

const dana = (more: object = {}) => ({
  sub: 'subject-of-dana',
  claims: { email: 'dana@kestrel.example', email_verified: true, name: 'Dana Whitlock', ...more },
});

async function person(email = 'Dana@kestrel.example'): Promise<string> {
  const id = randomUUID();
  await console_.services.store.write('system', (tx) =>
    insertUser(tx, { id, email, name: 'Dana Whitlock', password: null, now: console_.services.clock() }),
  );
  return id;
}

interface Begin {
  readonly cookie?: string;
  readonly link?: boolean;
  readonly returnTo?: string;
}

async function begin({ cookie, link, returnTo }: Begin = {}) {
  const started = await console_.inject({
    method: 'POST',
    url: '/api/v1/sign-in/oidc',
    headers: {
      origin: ORIGIN,
      'content-type': 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
    },
    payload: JSON.stringify({ provider: 'p1', ...(link ? { link } : {}), ...(returnTo ? { returnTo } : {}) }),
  });
  const own = String(started.headers['set-cookie']).split(';')[0] ?? '';
  return { started, browser: cookie === undefined ? own : `${own}; ${cookie}` };
}

function comeBack(url: URL, browser: string): Promise<TestAnswer> {
  return console_.inject({
    method: 'GET',
    url: `${url.pathname}${url.search}`,
    headers: { cookie: browser },
  });
}

async function signIn(options: Begin = {}): Promise<TestAnswer> {
  const { started, browser } = await begin(options);
  expect(started.status).toBe(201);
  return comeBack(await provider.visit(started.body.url), browser);
}

function sessionOf(answer: TestAnswer): string | null {
  const cookies = [answer.headers['set-cookie']].flat().map(String);
  return cookies.find((text) => /^bylaw_session=[\w-]/.test(text))?.split(';')[0] ?? null;
}

async function whoIs(answer: TestAnswer) {
  const { body } = await console_.inject({
    method: 'GET',
    url: '/api/v1/me',
    headers: { cookie: sessionOf(answer) ?? '' },
  });
  return body;
}

describe('signing in at a provider', () => {
  test('links a person by their verified address once, and by the account itself from then on', async () => {
    const id = await person();
    provider.setAccount(dana());
    const first = await signIn({ returnTo: '/clients?state=fail' });
    expect(first.status).toBe(302);
    expect(first.headers.location).toBe('/clients?state=fail');
    expect(await whoIs(first)).toMatchObject({
      id,
      signIn: { method: 'oidc', provider: 'Kestrel accounts' },
    });
    // The address at the provider may change or lose its proof; the account stays the person's.
    provider.setAccount({ ...dana({ email: 'dana.married@kestrel.example', email_verified: false }) });
    expect(await whoIs(await signIn())).toMatchObject({ id });
  });

  test('refuses an address that the provider does not vouch for', async () => {
    await person();
    provider.setAccount(dana({ email_verified: false }));
    const answer = await signIn();
    expect(answer.headers.location).toBe('/sign-in?problem=unverified');
    expect(sessionOf(answer)).toBeNull();
    // What only Entra may say counts for nothing from anyone else.
    provider.setAccount(dana({ email_verified: undefined, xms_edov: true }));
    expect((await signIn()).headers.location).toBe('/sign-in?problem=unverified');
  });

  test('creates no account without an invitation, and one with its roles if there is one', async () => {
    provider.setAccount(dana());
    expect((await signIn()).headers.location).toBe('/sign-in?problem=not_invited');
    const alder = await console_.client('Alder Society');
    await console_.services.store.write('system', (tx) =>
      insertInvitation(tx, {
        email: 'dana@kestrel.example',
        name: 'Dana',
        grants: [{ client: alder.id, effect: 'allow', role: 'auditor', permission: null }],
        delivery: 'mail',
        invitedBy: console_.owner.id,
        secret: newSecret(),
        now: console_.services.clock(),
      }),
    );
    const me = await whoIs(await signIn());
    expect(me).toMatchObject({ email: 'dana@kestrel.example', roles: [], clients: [{ roles: ['auditor'] }] });
    provider.setAccount({ ...dana(), sub: 'someone-else-with-that-address' });
    expect((await signIn()).headers.location).toBe('/sign-in?problem=other_account');
  });

  test('refuses an invitation from someone who may no longer give what it gives', async () => {
    const alder = await console_.client('Alder Society');
    const inviter = await console_.person('client_admin', alder.id);
    const at = `/clients/${alder.slug}/access/invitations`;
    const invited = await inviter.call('POST', at, {
      email: 'dana@kestrel.example',
      name: 'Dana',
      role: 'hr',
    });
    expect(invited.status).toBe(201);
    await console_.owner.call('POST', `/users/${inviter.id}/disable`, {});
    expect((await signIn()).headers.location).toBe('/sign-in?problem=not_invited');
  });

  test('turns away someone who is disabled here', async () => {
    const id = await person();
    provider.setAccount(dana());
    await signIn();
    await console_.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', id).execute(),
    );
    const answer = await signIn();
    expect(answer.headers.location).toBe('/sign-in?problem=disabled');
    expect(sessionOf(answer)).toBeNull();
  });

  test('takes an answer once, in the browser that asked, as it was asked', async () => {
    await person();
    provider.setAccount(dana());
    const { started, browser } = await begin();
    const url = await provider.visit(started.body.url);
    expect((await comeBack(url, '')).headers.location).toBe('/sign-in?problem=expired');
    expect((await comeBack(url, 'bylaw_oidc=of-another-browser')).headers.location).toBe(
      '/sign-in?problem=expired',
    );
    expect(sessionOf(await comeBack(url, browser))).not.toBeNull();
    expect((await comeBack(url, browser)).headers.location).toBe('/sign-in?problem=expired');
    const second = await begin();
    const changed = await provider.visit(second.started.body.url);
    changed.searchParams.set('state', 'another');
    expect((await comeBack(changed, second.browser)).headers.location).toBe('/sign-in?problem=failed');
    // The code of one sign-in brought into another one.
    const third = await begin();
    const fourth = await begin();
    const stolen = await provider.visit(third.started.body.url);
    const own = await provider.visit(fourth.started.body.url);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect((await comeBack(own, fourth.browser)).headers.location).toBe('/sign-in?problem=failed');
  });

  test('says so when the person says no, and never sends the browser to another site', async () => {
    provider.setAccount(null);
    expect((await signIn()).headers.location).toBe('/sign-in?problem=canceled');
    await person();
    provider.setAccount(dana());
    for (const returnTo of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example'])
      expect((await signIn({ returnTo })).headers.location).toBe('/');
  });

  test('is not offered where the provider is switched off', async () => {
    expect((await console_.nobody.call('GET', '/sign-in')).body.providers).toEqual([
      { id: 'p1', name: 'Kestrel accounts' },
    ]);
    await console_.services.store.write('system', (tx) =>
      tx.updateTable('identity_providers').set({ enabled: false }).execute(),
    );
    expect((await console_.nobody.call('GET', '/sign-in')).body.providers).toEqual([]);
    expect((await begin()).started.status).toBe(404);
  });
});

describe('an account that was taken before its person came', () => {
  const OLD = 'four wooden lanterns hum';
  const signInWith = (password: string) =>
    console_.nobody.call('POST', '/sign-in/password', { email: 'dana@kestrel.example', password });

  /** Opened by whoever was shown the link: password, session and token are theirs. */
  async function taken() {
    await console_.close();
    console_ = await testConsole({ origin: ORIGIN, now: new Date(), mail: false });
    const { services, owner } = console_;
    await services.store.write('system', (tx) =>
      insertProvider(tx, {
        id: 'p1',
        name: 'Kestrel accounts',
        issuer: provider.issuer,
        oidcClientId: OIDC_CLIENT.id,
        secretSealed: services.sealer.seal(OIDC_CLIENT.secret, providerSecretPlace('p1')),
        now: services.clock(),
      }),
    );
    const alder = await console_.client('Alder Society');
    const created = await owner.call('POST', '/invitations', {
      email: 'dana@kestrel.example',
      name: 'Dana',
      grants: [{ role: 'client_admin', forClient: alder.slug }],
    });
    const token = String(created.body.link).split('/').at(-1);
    await console_.nobody.call('POST', '/invitations/accept', { token, name: 'Dana', password: OLD });
    const cookie = sessionOf(await signInWith(OLD)) ?? '';
    const own = await console_.inject({
      method: 'POST',
      url: '/api/v1/me/tokens',
      headers: { cookie, origin: ORIGIN, 'content-type': 'application/json' },
      payload: JSON.stringify({ name: 'kept', purpose: 'cli' }),
    });
    expect(own.status).toBe(201);
    return { cookie, bearer: `Bearer ${own.body.secret}` };
  }
  const status = async (headers: Record<string, string>) =>
    (await console_.inject({ method: 'GET', url: '/api/v1/me', headers })).status;

  test('is the person’s alone once the provider vouches for them', async () => {
    const { cookie, bearer } = await taken();
    expect(await status({ authorization: bearer })).toBe(200);
    provider.setAccount(dana());
    expect(await whoIs(await signIn())).toMatchObject({
      proven: true,
      signIn: { method: 'oidc', password: false, passkeys: 0 },
    });
    expect([await status({ cookie }), await status({ authorization: bearer })]).toEqual([401, 401]);
    expect((await signInWith(OLD)).status).toBe(401);
  });

  test('stays shut for another account at the provider that names the address without proof', async () => {
    const { cookie } = await taken();
    provider.setAccount({ ...dana({ email_verified: false }), sub: 'attacker' });
    expect((await signIn()).headers.location).toBe('/sign-in?problem=unverified');
    // Linked from the stolen session, it proves nothing and falls with the rest.
    expect((await signIn({ cookie, link: true })).headers.location).toBe('/me?linked=yes');
    expect(await whoIs(await signIn())).toMatchObject({ proven: false });
    provider.setAccount(dana());
    expect(await whoIs(await signIn())).toMatchObject({ proven: true });
    provider.setAccount({ ...dana({ email_verified: false }), sub: 'attacker' });
    expect((await signIn()).headers.location).toBe('/sign-in?problem=unverified');
    expect(await status({ cookie })).toBe(401);
  });
});

describe('linking from the own account', () => {
  test('needs no verified address, and belongs to one person only', async () => {
    provider.setAccount(dana({ email: 'other@elsewhere.example', email_verified: false }));
    const linked = await signIn({ cookie: console_.owner.cookie, link: true });
    expect(linked.headers.location).toBe('/me?linked=yes');
    expect(await whoIs(await signIn())).toMatchObject({ id: console_.owner.id });
    const hr = await console_.person('hr', null);
    const taken = await signIn({ cookie: hr.cookie, link: true });
    expect(taken.headers.location).toBe('/me?problem=taken');
  });

  test('is finished only by the person who began it', async () => {
    provider.setAccount(dana());
    const hr = await console_.person('hr', null);
    const { started, browser } = await begin({ cookie: console_.owner.cookie, link: true });
    const url = await provider.visit(started.body.url);
    const swapped = `${browser.split(';')[0]}; ${hr.cookie}`;
    expect((await comeBack(url, swapped)).headers.location).toBe('/sign-in?problem=expired');
    expect((await begin({ link: true })).started.status).toBe(401);
  });
});
