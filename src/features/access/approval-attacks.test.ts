import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { later, putPeople } from '../people/testing.ts';
import { recover } from '../sign-in/recover.ts';
import { ask } from './testing/ask.ts';
import { inputFor, nameOf } from './testing/input.ts';

const BASELINE = `name: Wide
purpose: Opens much
meantFor: { claudePlans: [team], m365: [business_premium] }
charter: { maxOwners: 9 }
`;
const PASSWORD = 'four wooden lanterns hum';
const COUNTING = operations().filter(({ meta }) => meta.verifiedAccount === true);

/** Ways to one's own approval, as someone with a role would try them. */
describe('what counts as someone’s word', () => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let tech: TestPerson;
  let admin: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client('Alder Society', { claudePlan: 'team', m365: 'business_premium' });
    tech = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  });
  const at = (path: string) => `/clients/${client.slug}${path}`;
  const unprove = (id: string, by: string | null) =>
    bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ proven_at: null, proven_how: null, handed_by: by })
        .where('id', '=', id)
        .execute(),
    );
  async function rename(who: TestPerson, name: string) {
    const { version } = (await who.call('GET', '/me')).body;
    expect((await who.call('PATCH', '/me', { version, name })).status).toBe(200);
  }

  it('is not accepted, by session or token, from someone whose account is not verified', async () => {
    expect(COUNTING.length).toBeGreaterThan(9);
    const owner = await bylaw.person('owner', null, 'Pia Puppet');
    const { body } = await owner.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
    await unprove(owner.id, bylaw.owner.id);
    for (const operation of COUNTING)
      for (const proof of [{ cookie: owner.cookie }, { token: String(body.secret) }]) {
        const answer = await ask(bylaw, operation, inputFor(operation, { client: client.slug }), proof);
        expect([nameOf(operation), answer.status]).toEqual([nameOf(operation), 403]);
        expect(answer.body.message).toContain('does not count yet: nothing shows that this account is yours');
      }
  });

  it('does not become another person’s by a new name', async () => {
    await putPeople(bylaw.services.store, client.id);
    const asked = await tech.call('POST', at('/exceptions'), {
      control: 'CLA-ACC-07',
      items: null,
      reason: 'Handover until January',
      owner: 'Adele Admin',
      until: '2026-12-31',
    });
    expect([asked.status, asked.body.message]).toEqual([201, undefined]);
    await rename(admin, 'Zora Quist');
    await rename(admin, 'Zora Q. Quist');
    const { id, version } = asked.body;
    const own = await admin.call('POST', at(`/exceptions/${id}/approve`), { version });
    expect([own.status, own.body.message]).toEqual([403, expect.stringContaining('You are the owner')]);
    const other = await bylaw.person('client_admin', client.id, 'Berta Board');
    expect((await other.call('POST', at(`/exceptions/${id}/approve`), { version })).status).toBe(201);
  });

  it('is not accepted on a charter from the author of the baseline it is made from', async () => {
    const writer = await bylaw.person('owner', null, 'Wilma Writer');
    const created = await writer.call('POST', '/baselines', { yaml: BASELINE });
    expect([created.status, created.body.message]).toEqual([201, undefined]);
    const { id, version } = created.body;
    const applied = await bylaw.owner.call('POST', `/baselines/${id}/apply`, {
      version,
      clients: [client.slug],
      reason: 'All alike',
    });
    expect([applied.status, applied.body.message]).toEqual([201, undefined]);
    const [draft] = (await admin.call('GET', at('/charter'))).body.drafts;
    const proposed = await bylaw.owner.call('POST', at(`/charter/drafts/${draft.id}/propose`), {
      version: draft.version,
    });
    const approve = (who: TestPerson) =>
      who.call('POST', at(`/charter/drafts/${draft.id}/approve`), { version: proposed.body.version });
    const own = await approve(writer);
    expect([own.status, own.body.message]).toEqual([403, expect.stringContaining('You wrote the baseline')]);
    expect((await approve(admin)).status).toBe(201);
  });

  it('is not verified by an invitation opened after signing in with a password from another', async () => {
    const other = await bylaw.client('Harrow Guild');
    const grants = [{ role: 'hr', forClient: other.slug }];
    const email = `adele.${client.slug}@people.example`;
    const invited = await bylaw.owner.call('POST', '/invitations', { email, name: 'Adele Admin', grants });
    expect(invited.status).toBe(201);
    await bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ email, proven_at: null, proven_how: null, handed_by: bylaw.owner.id })
        .where('id', '=', admin.id)
        .execute(),
    );
    const token = bylaw.mailedLink(email).split('/').at(-1);
    expect((await admin.call('POST', '/invitations/accept-signed-in', { token })).status).toBe(201);
    expect((await admin.call('GET', '/me')).body.proven).toBe(false);
  });

  it('does not count as two people if both accounts were opened at the server’s terminal', async () => {
    // As the first owner is made.
    const owner = await bylaw.person('owner', null, 'Fay First');
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ proven_how: 'machine' }).where('id', '=', owner.id).execute(),
    );
    const asked = await owner.call('POST', at('/charter/drafts'), { title: 'Owners', reason: 'Holidays' });
    const draft = at(`/charter/drafts/${asked.body.draft}`);
    const edited = await owner.call('PATCH', draft, { version: asked.body.version, parts: { maxOwners: 9 } });
    const sent = await owner.call('POST', `${draft}/propose`, { version: edited.body.version });
    const link = await recover(bylaw.services, { email: admin.email, withoutApp: true });
    const reset = await bylaw.nobody.call('POST', '/sign-in/reset', {
      token: new URL(link ?? '').hash.slice(1),
      password: PASSWORD,
    });
    expect(reset.status).toBe(201);
    const signedIn = async (password: string) => {
      const session = { email: admin.email, password };
      const opened = await bylaw.nobody.call('POST', '/sign-in/password', session);
      return [opened.headers['set-cookie']].flat().map(String)[0]?.split(';')[0] ?? '';
    };
    const approve = (cookie: string) =>
      bylaw.inject({
        method: 'POST',
        url: `/api/v1${draft}/approve`,
        headers: { cookie, origin: bylaw.services.config.origin, 'content-type': 'application/json' },
        payload: JSON.stringify({ version: sent.body.version }),
      });
    const cookie = await signedIn(PASSWORD);
    const own = await approve(cookie);
    expect([own.status, own.body.message]).toEqual([403, expect.stringContaining('own terminal')]);
    // The person proves by their own mail, which ends what was set up before.
    const mailed = await bylaw.inject({
      method: 'POST',
      url: '/api/v1/me/address-link',
      headers: { cookie, origin: bylaw.services.config.origin, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(mailed.status).toBe(201);
    await bylaw.nobody.call('POST', '/sign-in/reset', {
      token: new URL(bylaw.mailedLink(admin.email)).hash.slice(1),
      password: `${PASSWORD} twice`,
    });
    expect((await approve(await signedIn(`${PASSWORD} twice`))).status).toBe(201);
  });
});
