import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestAnswer, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

const PASSWORD = 'four wooden lanterns hum';

/** Two people decide: nobody is both, whoever they sign in as. */
describe('where there is no mail', () => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let owner: TestPerson;
  beforeEach(async () => {
    bylaw = await testConsole({ mail: false });
    client = await bylaw.client();
    ({ owner } = bylaw);
  });
  afterEach(() => bylaw.close());
  const at = (path: string) => `/clients/${client.slug}${path}`;

  /** Signs in and calls as that account, whoever is behind it. */
  async function as(email: string, password = PASSWORD) {
    const opened = await bylaw.nobody.call('POST', '/sign-in/password', { email, password });
    const cookie = [opened.headers['set-cookie']].flat().map(String)[0]?.split(';')[0] ?? '';
    return {
      status: opened.status,
      call: (method: string, path: string, body?: unknown): Promise<TestAnswer> =>
        bylaw.inject({
          method: method as 'GET',
          url: `/api/v1${path}`,
          headers: { cookie, origin: bylaw.services.config.origin, 'content-type': 'application/json' },
          payload: JSON.stringify(body ?? {}),
        }),
    };
  }
  /** An account whose link its maker was shown, and used. */
  async function puppet(by: TestPerson, email: string, role = 'client_admin') {
    const created = await by.call('POST', '/invitations', {
      email,
      name: 'Pia Puppet',
      grants: [{ role, forClient: client.slug }],
    });
    expect(created.body).toMatchObject({ mail: 'not_set_up' });
    const token = String(created.body.link).split('/').at(-1);
    const accepted = await bylaw.nobody.call('POST', '/invitations/accept', {
      token,
      name: 'Pia Puppet',
      password: PASSWORD,
    });
    expect(accepted.status).toBe(201);
    const { items } = (await by.call('GET', '/users')).body;
    return items.find((one: { email: string }) => one.email === email).id as string;
  }
  type Caller = Pick<TestPerson, 'call'>;
  async function proposed(by: Caller): Promise<{ draft: string; version: number }> {
    const created = await by.call('POST', at('/charter/drafts'), { title: 'Owners', reason: 'Holidays' });
    const edited = await by.call('PATCH', at(`/charter/drafts/${created.body.draft}`), {
      version: created.body.version,
      parts: { maxOwners: 3 },
    });
    const sent = await by.call('POST', at(`/charter/drafts/${created.body.draft}/propose`), {
      version: edited.body.version,
    });
    return { draft: created.body.draft, version: sent.body.version };
  }
  const approve = (by: Caller, { draft, version }: { draft: string; version: number }) =>
    by.call('POST', at(`/charter/drafts/${draft}/approve`), { version });

  it('an inviter approves nothing by the account that they opened', async () => {
    await puppet(owner, 'pia@people.example');
    const pia = await as('pia@people.example');
    const draft = await proposed(owner);
    const refused = await approve(pia, draft);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('does not count yet'),
    ]);
    const shown = await pia.call('GET', at(`/charter/drafts/${draft.draft}`));
    expect(shown.body.status.may.approve).toBe(false);
    // Nor by having the puppet propose.
    const own = await approve(owner, await proposed(pia));
    expect([own.status, own.body.message]).toEqual([403, expect.stringContaining('Pia Puppet')]);
  });

  it('an uninvolved Owner confirms the person; no one makes a puppet a second person', async () => {
    const id = await puppet(owner, 'pia@people.example');
    const pia = await as('pia@people.example');
    const draft = await proposed(owner);
    const reason = 'Spoke to her';
    expect((await owner.call('POST', `/users/${id}/confirm`, { reason })).status).toBe(201);
    const refused = await approve(pia, draft);
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('Olive Owner')]);
    const other = await proposed(await bylaw.person('technician', client.id, 'Tara Tech'));
    expect((await approve(pia, other)).status).toBe(201);
    expect((await pia.call('POST', `/users/${id}/confirm`, { reason })).status).toBe(403);
  });

  it('a password link that was shown to someone makes the account unverified', async () => {
    const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const { body } = await owner.call('POST', `/users/${admin.id}/password-link`, { reason: 'Forgot it' });
    const older = new URL(body.link).hash.slice(1);
    const newer = await owner.call('POST', `/users/${admin.id}/password-link`, { reason: 'Again' });
    const set = (token: string) => bylaw.nobody.call('POST', '/sign-in/reset', { token, password: PASSWORD });
    expect((await set(older)).status).toBe(403);
    expect((await set(new URL(newer.body.link).hash.slice(1))).status).toBe(201);
    const adele = await as(admin.email);
    expect((await approve(adele, await proposed(owner))).status).toBe(403);
  });

  it('a request for a connector is decided only by a verified account', async () => {
    await puppet(owner, 'pia@people.example');
    const pia = await as('pia@people.example');
    const wish = await owner.call('POST', at('/my-requests'), {
      name: 'Canva',
      purpose: 'Flyers',
      data: ['public'],
      people: 'Two',
      writes: 'no',
      until: '2026-12-31',
    });
    const decided = await pia.call('POST', at(`/requests/${wish.body.id}/approve`), {
      version: wish.body.version,
      until: '2026-12-31',
      reason: 'Fine',
    });
    expect([wish.status, decided.status]).toEqual([201, 403]);
  });

  it('a client admin hands out no link, and a token none at all', async () => {
    const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const guest = { email: 'g@people.example', name: 'Gus', role: 'client_admin' };
    expect((await admin.call('POST', at('/access/invitations'), guest)).status).toBe(422);
    const { body } = await owner.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
    const answer = await bylaw.inject({
      method: 'POST',
      url: '/api/v1/invitations',
      headers: { authorization: `Bearer ${body.secret}`, 'content-type': 'application/json' },
      payload: JSON.stringify({ ...guest, grants: [{ role: 'owner', forClient: null }] }),
    });
    expect(answer.status).toBe(403);
  });
});

describe('where mail is set up', () => {
  let bylaw: TestConsole;
  beforeEach(async () => {
    bylaw = await testConsole();
  });
  afterEach(() => bylaw.close());

  it('the link reaches only the address, and opening it verifies the account', async () => {
    const client = await bylaw.client();
    const grants = [{ role: 'client_admin', forClient: client.slug }];
    const created = await bylaw.owner.call('POST', '/invitations', {
      email: 'nina@people.example',
      name: 'Nina',
      grants,
    });
    expect(created.body).toMatchObject({ link: null, mail: 'sent' });
    const token = bylaw.mailedLink('nina@people.example').split('/').at(-1);
    await bylaw.nobody.call('POST', '/invitations/accept', { token, name: 'Nina', password: PASSWORD });
    const { items } = (await bylaw.owner.call('GET', '/users')).body;
    expect(items.find((one: { email: string }) => one.email === 'nina@people.example').proven).toBe('mail');
  });

  it('two accounts of one mailbox are one person', async () => {
    const client = await bylaw.client();
    const { owner } = bylaw;
    const email = owner.email.replace('@', '+board@');
    const grants = [{ role: 'client_admin', forClient: client.slug }];
    await owner.call('POST', '/invitations', { email, name: 'Berta Board', grants });
    const token = bylaw.mailedLink(email).split('/').at(-1);
    await bylaw.nobody.call('POST', '/invitations/accept', {
      token,
      name: 'Berta Board',
      password: PASSWORD,
    });
    const opened = await bylaw.nobody.call('POST', '/sign-in/password', { email, password: PASSWORD });
    const cookie = [opened.headers['set-cookie']].flat().map(String)[0]?.split(';')[0] ?? '';
    const drafts = `/clients/${client.slug}/charter/drafts`;
    const { draft } = (await owner.call('POST', drafts, { title: 'Owners', reason: 'Holidays' })).body;
    await owner.call('PATCH', `${drafts}/${draft}`, { version: 1, parts: { maxOwners: 3 } });
    await owner.call('POST', `${drafts}/${draft}/propose`, { version: 2 });
    const approved = await bylaw.inject({
      method: 'POST',
      url: `/api/v1${drafts}/${draft}/approve`,
      headers: { cookie, origin: bylaw.services.config.origin, 'content-type': 'application/json' },
      payload: JSON.stringify({ version: 3 }),
    });
    expect([approved.status, approved.body.message]).toEqual([403, expect.stringContaining('one mailbox')]);
  });

  it('invitations are limited by address and by person', async () => {
    const client = await bylaw.client();
    const grants = [{ role: 'hr', forClient: client.slug }];
    const { body } = await bylaw.owner.call('POST', '/invitations', {
      email: 'n@people.example',
      name: 'N',
      grants,
    });
    const again = () => bylaw.owner.call('POST', `/invitations/${body.invitation.id}/resend`, {});
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await again()).status);
    expect(statuses).toEqual([201, 201, 201, 201, 429]);
  });

  it('proposes no access to all clients', async () => {
    const answer = await bylaw.owner.call('POST', '/invitations', {
      email: 'n@people.example',
      name: 'N',
      grants: [{ role: 'owner' }],
    });
    expect(answer.status).toBe(400);
  });
});
