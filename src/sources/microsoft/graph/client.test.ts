import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../../../sandbox/microsoft/self-signed.ts';
import {
  APPLICATION,
  type MicrosoftOptions,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { collectEntries, type GraphClient, type GraphPage, graphClient } from './client.ts';
import { GraphProblem, hasExpired } from './problem.ts';
import { reachTo } from './testing.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const SIGN_IN = {
  cloud: 'global',
  tenant: APPLICATION.tenant,
  application: APPLICATION.application,
  secret: APPLICATION.secret,
} as const;

let microsoft: MicrosoftSimulator;
let way: ReturnType<typeof reachTo>;
let graph: GraphClient;

async function start(options: MicrosoftOptions = {}, application: typeof SIGN_IN | object = SIGN_IN) {
  way = reachTo(() => microsoft.url, NOW);
  microsoft = await startMicrosoft({ now: way.clock, ...options });
  graph = graphClient({ ...SIGN_IN, ...application }, way.reach);
}
beforeEach(() => start());
afterEach(() => microsoft.close());

const problem = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GraphProblem)) throw new Error(`No problem of Graph: ${error}`);
  return error;
};

async function pages(list: AsyncIterable<GraphPage>) {
  const found: GraphPage[] = [];
  for await (const page of list) found.push(page);
  return found;
}

describe('signing in', () => {
  it('keeps a token until it is about to end, and asks again where it is refused', async () => {
    await graph.get('/organization');
    await graph.get('/organization');
    microsoft.revoke();
    await graph.get('/organization');
    way.pass(3_400_000);
    await graph.get('/organization');
    expect(microsoft.requests.filter((one) => one.endsWith('/token'))).toHaveLength(3);
    expect(await graph.claims()).toEqual({ tenant: APPLICATION.tenant, roles: microsoft.consented });
  });

  it('proves itself by a certificate, and says where the clock is wrong', async () => {
    const { pem, key } = await selfSigned(new Date('2027-11-24T00:00:00Z'));
    await microsoft.close();
    await start({ application: { ...APPLICATION, certificate: pem } }, { secret: `${pem}\n${key}` });
    expect(await graph.get('/organization')).toMatchObject({ value: [{ displayName: 'The Alder Society' }] });
    microsoft.revoke();
    way.pass(3_600_000);
    await microsoft.close();
    await start(
      { application: { ...APPLICATION, certificate: pem }, now: () => new Date(NOW.getTime() + 600_000) },
      { secret: `${pem}\n${key}` },
    );
    expect(await problem(graph.get('/organization'))).toMatchObject({
      code: 'credential_refused',
      message: expect.stringContaining('The clock of this server differs'),
    });
  });

  it('takes only what a sign-in service gives, and says why it was not asked', async () => {
    const signedInBy = (answer: () => Response) =>
      problem(
        graphClient(SIGN_IN, {
          ...way.reach,
          fetch: async () => answer(),
        }).get('/organization'),
      );
    const token = { token_type: 'Bearer', access_token: 'a-token', expires_in: 3600 };
    const elsewhere = { message: expect.stringContaining('What answers there is not Entra') };
    expect(await signedInBy(() => Response.json({ ...token, token_type: 'mac' }))).toMatchObject(elsewhere);
    expect(await signedInBy(() => new Response('<html>'))).toMatchObject(elsewhere);
    const cut = JSON.stringify({ error: 'invalid_client', error_description: 'AADSTS7000222: Ended.' });
    expect(await signedInBy(() => new Response(cut, { status: 401 }))).toMatchObject({
      code: 'credential_refused',
      message: expect.stringContaining(
        'secret has expired. Make a new one in Entra and enter it here. It said: AADSTS7000222',
      ),
    });
    const refusal = Object.assign(new Error('This address is not asked.'), { name: 'OutboundRefused' });
    expect(
      await signedInBy(() => {
        throw refusal;
      }),
    ).toMatchObject({ code: 'unreachable', retry: false, message: 'This address is not asked.' });
  });

  it.each([
    [{ secret: 'wrong' }, /client secret is wrong/],
    [{ tenant: 'elsewhere.example' }, /tenant is not known/],
    [{ application: 'other' }, /application is not known/],
  ])('refused with %o', async (wrong, says) => {
    await microsoft.close();
    await start({}, wrong);
    expect(await problem(graph.get('/organization'))).toMatchObject({
      code: 'credential_refused',
      message: expect.stringMatching(says),
    });
  });
});

describe('reading', () => {
  it('follows pages to their end, and never to another host', async () => {
    await microsoft.close();
    await start({ pageSize: 10 });
    const users = await collectEntries(graph.list('/users', { $select: 'id,displayName' }));
    expect(users).toHaveLength(microsoft.tenant.users.length);
    expect(Object.keys(users[0] ?? {})).toEqual(['id', 'displayName']);
    const before = microsoft.requests.length;
    expect(await problem(collectEntries(graph.list('https://elsewhere.example/v1.0/users')))).toMatchObject({
      code: 'unreadable',
    });
    expect(microsoft.requests).toHaveLength(before);
  });

  it('ends where pages lead back to one that was read, and takes no list with an entry that is none', async () => {
    const answering = (answer: (page: string) => unknown) =>
      graphClient(SIGN_IN, {
        ...way.reach,
        fetch: async (target, request) =>
          String(target).includes('/v1.0/')
            ? Response.json(answer(new URL(String(target)).searchParams.get('page') ?? 'first'))
            : way.reach.fetch(target, request),
      });
    const back: Record<string, string> = { first: 'second', second: 'third', third: 'second' };
    const circle = answering((page) => ({
      value: [],
      '@odata.nextLink': `${microsoft.url}/v1.0/users?page=${back[page]}`,
    }));
    expect(await problem(collectEntries(circle.list('/users')))).toMatchObject({ code: 'stuck' });
    const holed = answering(() => ({ value: [{ id: '1' }, null] }));
    expect(await problem(collectEntries(holed.list('/users')))).toMatchObject({ code: 'unreadable' });
    const leadsNowhere = answering(() => ({ value: [{ id: '1' }], '@odata.nextLink': { page: 2 } }));
    expect(await problem(collectEntries(leadsNowhere.list('/users')))).toMatchObject({ code: 'unreadable' });
  });

  it.each([
    ['503 in the middle of the pages', { status: 503 }, [1000]],
    ['a connection that breaks off', { status: 'broken' }, [1000]],
    ['429 that says how long', { status: 429, headers: { 'retry-after': '7' } }, [7000]],
    ['429 that does not', { status: 429 }, [1000]],
  ] as const)('reads on after %s', async (_, fault, waits) => {
    await microsoft.close();
    await start({ pageSize: 25 });
    microsoft.failNext({ path: '/users', after: 1, ...fault });
    expect(await collectEntries(graph.list('/users'))).toHaveLength(microsoft.tenant.users.length);
    expect(way.waits).toEqual(waits);
    expect(way.exhausted).toEqual(fault.status === 429 ? ['directory'] : []);
  });

  it('gives up where it has to wait for minutes, and says how long', async () => {
    microsoft.failNext({ status: 429, headers: { 'retry-after': '180' } });
    expect(await problem(graph.get('/organization'))).toMatchObject({
      code: 'throttled',
      retryAfterMs: 180_000,
      requestId: expect.any(String),
    });
    expect(way.waits).toEqual([]);
  });

  it('says what is missing: permission, license, consent that was withdrawn between two calls', async () => {
    microsoft.consented = ['User.Read.All', 'IdentityRiskyUser.Read.All'];
    expect(await problem(graph.get('/identity/conditionalAccess/policies'))).toMatchObject({
      code: 'missing_permission',
      graphCode: 'AccessDenied',
      retry: false,
    });
    expect(await problem(graph.get('/oauth2PermissionGrants'))).toMatchObject({
      code: 'missing_permission',
      graphCode: 'Authorization_RequestDenied',
    });
    expect(await problem(graph.get('/identityProtection/riskyUsers'))).toMatchObject({
      code: 'not_licensed',
    });
    expect(await graph.get('/users')).toHaveProperty('value');
    microsoft.consented = [];
    microsoft.revoke();
    expect(await problem(graph.get('/users'))).toMatchObject({ code: 'missing_permission' });
  });

  it('is given values that Graph has only for those who ask, in a batch too', async () => {
    const [policy] = microsoft.tenant.policies;
    const grantControls = { operator: 'AND', builtInControls: ['riskRemediation'] };
    Object.assign(policy ?? {}, { grantControls });
    const path = `/identity/conditionalAccess/policies/${policy?.id}`;
    expect(await graph.get(path)).toMatchObject({ grantControls });
    const answers = await graph.batch([{ id: '1', method: 'GET', path }]);
    expect(answers.get('1')).toMatchObject({ ok: true, body: { grantControls } });
  });

  it('hears what changed, and that a delta token has expired', async () => {
    const [latest] = await pages(graph.list('/users/delta()', { $deltatoken: 'latest' }));
    expect(latest).toMatchObject({ items: [], next: null });
    const [user] = microsoft.tenant.users;
    Object.assign(user ?? {}, { accountEnabled: false });
    microsoft.tenant.users.pop();
    const [change] = await pages(graph.list(latest?.delta ?? ''));
    expect(change?.items).toMatchObject([{ id: user?.id, accountEnabled: false }, { '@removed': {} }]);
    microsoft.expireDeltas();
    expect(hasExpired(await problem(collectEntries(graph.list(change?.delta ?? ''))))).toBe(true);
  });

  it('asks in batches of 20, each request with an answer of its own, throttled ones again', async () => {
    const apps = microsoft.tenant.apps.map(({ id }) => id);
    microsoft.failNext({ path: `/servicePrincipals/${apps[1]}/appRoleAssignedTo`, status: 429 });
    const answers = await graph.batch([
      ...apps.map((id) => ({
        id,
        method: 'GET' as const,
        path: `/servicePrincipals/${id}/appRoleAssignedTo`,
      })),
      ...Array.from({ length: 20 }, (_, n) => ({ id: `x${n}`, method: 'GET' as const, path: `/x/${n}` })),
    ]);
    expect(answers.size).toBe(apps.length + 20);
    expect(answers.get(apps[1] ?? '')).toMatchObject({ ok: true, body: { value: [{}, {}, {}] } });
    expect(answers.get('x19')).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(microsoft.requests.filter((one) => one === 'POST /$batch')).toHaveLength(3);
    expect(way.waits).toEqual([2000]);
  });
});

describe('writing', () => {
  const POLICY = { displayName: 'A', state: 'enabledForReportingButNotEnforced', conditions: {} };
  const PATH = '/identity/conditionalAccess/policies';
  const names = async () => (await collectEntries(graph.list(PATH))).map(({ displayName }) => displayName);

  it('needs the three permissions together, and shows a while later', async () => {
    await microsoft.close();
    await start({ lagMs: 30_000, throttles: false });
    expect(await problem(graph.post(PATH, POLICY))).toMatchObject({ code: 'missing_permission' });
    microsoft.consented.push('Policy.ReadWrite.ConditionalAccess');
    microsoft.revoke();
    const created = await graph.post(PATH, POLICY);
    expect(await names()).not.toContain('A');
    way.pass(30_000);
    expect(await names()).toContain('A');
    await graph.patch(`${PATH}/${created?.id}`, { displayName: 'B' });
    way.pass(30_000);
    expect(await names()).toContain('B');
    await graph.delete(`${PATH}/${created?.id}`);
    way.pass(30_000);
    expect(await names()).not.toContain('B');
  });

  it('is not repeated where nobody knows whether it was done', async () => {
    microsoft.consented.push('Policy.ReadWrite.ConditionalAccess');
    microsoft.failNext({ path: PATH, status: 504 });
    expect(await problem(graph.post(PATH, POLICY))).toMatchObject({ code: 'vendor', retry: true });
    microsoft.failNext({ path: PATH, status: 429 });
    expect(await graph.post(PATH, POLICY)).toMatchObject({ displayName: 'A' });
    expect((await names()).filter((name) => name === 'A')).toEqual(['A']);
  });
});

it('has a Conditional Access that allows one request a second and says nothing of how long', async () => {
  const read = () => graph.get('/identity/conditionalAccess/policies');
  await read();
  await read();
  expect(microsoft.throttled).toBe(1);
  expect(way.waits).toEqual([1000]);
});
