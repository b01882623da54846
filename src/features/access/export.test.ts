import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '../../server/testing/console.ts';

/** The lists of who gets in, as files: what the page shows, harmless in a spreadsheet program, without secrets. */
const FORMULA = '=HYPERLINK("http://evil.example")';
const SECRET = 'a-client-secret-of-the-provider';
let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };
let admin: TestPerson;
let token: string;
let inviteSecret: string;

beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild');
  admin = await bylaw.person('client_admin', alder.id, 'Carla Admin');
  await bylaw.person('hr', alder.id, FORMULA);
  await bylaw.person('hr', harrow.id, 'Stranger of Harrow');
  token = (await bylaw.owner.call('POST', '/me/tokens', { name: FORMULA, purpose: 'cli' })).body.secret;
  const invited = await admin.call('POST', `/clients/${alder.slug}/access/invitations`, {
    email: 'ivy@people.example',
    name: 'Ivy Invited',
    role: 'auditor',
  });
  expect(invited.body.link).toBeNull();
  inviteSecret = bylaw.mailedLink('ivy@people.example').split('/').at(-1) ?? '';
  await admin.call('POST', `/clients/${alder.slug}/access/invitations`, {
    email: 'gone@people.example',
    name: 'Gone Again',
    role: 'auditor',
  });
  const { items } = (await admin.call('GET', `/clients/${alder.slug}/access/invitations`)).body;
  const gone = items.find(({ name }: { name: string }) => name === 'Gone Again');
  await admin.call('DELETE', `/clients/${alder.slug}/access/invitations/${gone.id}`);
  const { store, sealer } = bylaw.services;
  await store.write('system', (tx) =>
    tx
      .insertInto('identity_providers')
      .values({
        id: 'p1',
        name: 'Work account',
        issuer: 'https://login.people.example',
        oidc_client_id: 'bylaw',
        secret_sealed: sealer.seal(SECRET, 'identity_providers/p1'),
        enabled: true,
        created_at: bylaw.services.clock(),
      })
      .execute(),
  );
});
afterAll(() => bylaw.close());

const LISTS = [
  ['/users/export', 'Carla Admin', 'people-who-can-sign-in'],
  ['/invitations/export', 'Ivy Invited', 'invitations'],
  ['/tokens/export', 'Command line', 'all-tokens'],
  ['/identity-providers/export', 'https://login.people.example', 'sign-in-providers'],
] as const;

/** Every secret of this console and every hash of one, as the database holds them. */
async function secretsHeld(): Promise<string[]> {
  const held = await bylaw.services.store.read('system', async (tx) => [
    ...(await tx.selectFrom('api_tokens').select('token_hash as it').execute()),
    ...(await tx.selectFrom('invitations').select('token_hash as it').execute()),
    ...(await tx.selectFrom('sessions').select('token_hash as it').execute()),
    ...(await tx.selectFrom('identity_providers').select('secret_sealed as it').execute()),
  ]);
  return [SECRET, token, token.slice(0, 10), inviteSecret, ...held.map(({ it }) => String(it))].filter(
    (one) => one !== 'null',
  );
}

describe.each(LISTS)('%s', (path, shown, name) => {
  it('holds what the page shows, in each format, and says what it is', async () => {
    const csv = await bylaw.owner.call('GET', `${path}?format=csv`);
    expect(csv.status).toBe(200);
    expect(csv.headers['content-disposition']).toContain(`filename="${name}-2026-11-24.csv"`);
    expect(csv.body).toContain(shown);
    expect(csv.body).toMatch(/^\uFEFF?[A-Z][^\r\n]*,/u);
    const json = JSON.parse((await bylaw.owner.call('GET', `${path}?format=json`)).bytes.toString());
    expect(JSON.stringify(json)).toContain(shown);
    expect(json.takenBy).toBe('Olive Owner');
    const xlsx = await bylaw.owner.call('GET', `${path}?format=xlsx`);
    expect(xlsx.bytes.subarray(0, 2).toString()).toBe('PK');
  });

  it('holds no secret and no hash of one', async () => {
    const secrets = await secretsHeld();
    expect(secrets.length).toBeGreaterThan(8);
    for (const format of ['csv', 'json']) {
      const { bytes } = await bylaw.owner.call('GET', `${path}?format=${format}`);
      for (const secret of secrets) expect(bytes.toString()).not.toContain(secret);
    }
  });
});

describe('lists of access as files', () => {
  it('leave text that a spreadsheet program would calculate as text', async () => {
    for (const path of ['/users/export', '/tokens/export', `/clients/${alder.slug}/access/export`]) {
      const { body } = await bylaw.owner.call('GET', `${path}?format=csv`);
      expect(body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
      expect(body).not.toMatch(/(?:^|[,\n"])=HYPERLINK/u);
    }
  });

  it("hold at a client its own people, with times in the client's zone", async () => {
    const { status, body, headers } = await admin.call(
      'GET',
      `/clients/${alder.slug}/access/export?format=csv`,
    );
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('alder-society-who-has-access-2026-11-24.csv');
    expect(body).toContain('"Client admin, Alder Society"');
    expect(body).not.toContain('Stranger of Harrow');
  });

  it('show of the invitations to a client those that its page shows, and say so', async () => {
    const { body } = await admin.call('GET', `/clients/${alder.slug}/access/invitations/export?format=csv`);
    expect(body).toContain('Ivy Invited');
    expect(body).not.toContain('Gone Again');
  });

  it("hide from someone who may not see a client that it is named in others' access", async () => {
    const reader = await bylaw.person('owner', null, 'Sam Second');
    await bylaw.owner.call('POST', `/users/${reader.id}/grants`, { effect: 'deny', forClient: harrow.slug });
    const { status, body } = await reader.call('GET', '/users/export?format=csv');
    expect(status).toBe(200);
    expect(body).toContain('Stranger of Harrow');
    expect(body).not.toContain('Harrow Guild');
    expect(body).toContain('A client that is not yours to see');
  });
});
