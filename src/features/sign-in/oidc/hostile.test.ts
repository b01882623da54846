import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertProvider, providerSecretPlace } from '#store/identity/providers.ts';
import { insertUser } from '#store/identity/users.ts';
import { type TestConsole, testConsole } from '../../../server/testing/console.ts';
import { type HostileProvider, hostileProvider, type Mischief } from '../testing/hostile-provider.ts';
import { OIDC_CLIENT } from '../testing/provider.ts';

const ORIGIN = 'http://127.0.0.1:7700';
let provider: HostileProvider;
let bylaw: TestConsole;

beforeAll(async () => {
  provider = await hostileProvider();
  bylaw = await testConsole({ origin: ORIGIN, now: new Date() });
  const { services } = bylaw;
  await services.store.write('system', async (tx) => {
    await insertProvider(tx, {
      id: 'p1',
      name: 'Kestrel accounts',
      issuer: provider.issuer,
      oidcClientId: OIDC_CLIENT.id,
      secretSealed: services.sealer.seal(OIDC_CLIENT.secret, providerSecretPlace('p1')),
      now: services.clock(),
    });
    const now = services.clock();
    await insertUser(tx, { id: 'd', email: 'dana@kestrel.example', name: 'Dana', password: null, now });
  });
});
afterAll(async () => {
  await bylaw.close();
  await provider.close();
});

async function begin() {
  const started = await bylaw.nobody.call('POST', '/sign-in/oidc', { provider: 'p1' });
  return { started, cookie: String(started.headers['set-cookie']).split(';')[0] ?? '' };
}

/** Goes the whole way; where the browser is sent in the end, or null where it was not even begun. */
async function signIn(mischief: Mischief, more: Readonly<Record<string, string>> = {}) {
  provider.behave(mischief);
  const { started, cookie } = await begin();
  if (started.status !== 201) return null;
  const back = provider.back(started.body.url);
  for (const [name, value] of Object.entries(more)) back.searchParams.set(name, value);
  const answer = await bylaw.inject({
    method: 'GET',
    url: `${back.pathname}${back.search}`,
    headers: { cookie },
  });
  expect(answer.status).toBe(302);
  return answer.headers.location;
}

const endless = (response: ServerResponse): void => {
  response.write('{"keys":[');
  const more = setInterval(() => response.write('{"kty":"RSA"},'.repeat(5_000)), 1);
  response.once('close', () => clearInterval(more));
};
const bomb = (response: ServerResponse): void => {
  response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20_000_000, ' ')));
};
const ago = Math.floor(Date.now() / 1000) - 3_600;

const TOKENS: Readonly<Record<string, Mischief>> = {
  'without a signature': { header: { alg: 'none' }, signWith: 'nothing' },
  'without a signature, which its description allows': {
    description: { id_token_signing_alg_values_supported: ['none', 'RS256'] },
    header: { alg: 'none' },
    signWith: 'nothing',
  },
  'signed with the public key as a password': { header: { alg: 'HS256' }, signWith: 'the public key' },
  'the same, which its description allows': {
    description: { id_token_signing_alg_values_supported: ['HS256', 'RS256'] },
    header: { alg: 'HS256' },
    signWith: 'the public key',
  },
  'signed with a key that is not published': { signWith: 'another key' },
  'whose signature was left out': { signWith: 'nothing' },
  'of a key that is not in the set': { header: { kid: 'two' } },
  'for another audience': { claims: { aud: 'another-application' } },
  'for several audiences of which another asked': {
    claims: { aud: [OIDC_CLIENT.id, 'another-application'], azp: 'another-application' },
  },
  'of another issuer': { claims: { iss: 'https://elsewhere.example' } },
  'with the nonce of another sign-in': { claims: { nonce: 'of-another-sign-in' } },
  'without a nonce': { claims: { nonce: undefined } },
  'that has run out': { claims: { iat: ago, exp: ago + 60 } },
  'that begins later': { claims: { nbf: ago + 7_200 } },
  'of no one': { claims: { sub: undefined } },
  'with a key set without an end': { keys: endless },
  'with a key set that unpacks to megabytes': { keys: bomb },
};

test('a provider that behaves lets its person in', async () => {
  expect(await signIn({})).toBe('/');
});

test.each(Object.keys(TOKENS))('nobody comes in by a token %s', async (what) => {
  expect(await signIn(TOKENS[what] ?? {})).toBe('/sign-in?problem=failed');
});

test('an answer of another provider is not taken for this one’s', async () => {
  expect(await signIn({}, { iss: 'https://elsewhere.example' })).toBe('/sign-in?problem=failed');
  const says = { authorization_response_iss_parameter_supported: true };
  expect(await signIn({ description: says })).toBe('/sign-in?problem=failed');
});

test('an address without email_verified proves nothing', async () => {
  const sub = 'someone-else';
  for (const email_verified of [undefined, null, false, 0, 1, 'yes', {}])
    expect(await signIn({ claims: { sub, email_verified } })).toBe('/sign-in?problem=unverified');
});

const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'for another issuer': { issuer: 'https://elsewhere.example' },
  'whose page is a script': { authorization_endpoint: 'javascript:alert(1)' },
  'whose page is data': { authorization_endpoint: 'data:text/html,hello' },
  'whose page is no address': { authorization_endpoint: 'nowhere' },
  'without a page': { authorization_endpoint: undefined },
};
test.each(Object.keys(DESCRIPTIONS))('no browser is sent on by a description %s', async (what) => {
  expect(await signIn({ description: DESCRIPTIONS[what] ?? {} })).toBeNull();
});

test('no secret goes where a description points within', async () => {
  for (const token_endpoint of ['https://10.0.0.1/token', 'https://[::1]/token', 'file:///etc/passwd'])
    expect(await signIn({ description: { token_endpoint } })).toBe('/sign-in?problem=failed');
});
