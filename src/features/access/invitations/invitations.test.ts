import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '../../../server/testing/console.ts';

const PASSWORD = 'four wooden lanterns hum';
let bylaw: TestConsole;
let owner: TestPerson;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };

beforeAll(async () => {
  bylaw = await testConsole();
  owner = bylaw.owner;
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild');
});
afterAll(() => bylaw.close());

let count = 0;
async function invite(
  by: TestPerson = owner,
  grants: object[] = [{ role: 'auditor', forClient: alder.slug }],
) {
  count += 1;
  const email = `guest${count}@people.example`;
  const answer = await by.call('POST', '/invitations', { email, name: 'Gus Guest', grants });
  return {
    ...answer,
    email,
    token: answer.status === 201 ? (bylaw.mailedLink(email).split('/').at(-1) ?? '') : '',
  };
}
const preview = (token: string) => bylaw.nobody.call('POST', '/invitations/preview', { token });
const accept = (token: string, more: object = {}) =>
  bylaw.nobody.call('POST', '/invitations/accept', { token, name: 'Gus Guest', password: PASSWORD, ...more });

describe('inviting', () => {
  it('hands out a link once, mails it, and keeps no trace of it', async () => {
    bylaw.outbox.length = 0;
    const { status, body, email, token } = await invite();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      mail: 'sent',
      invitation: { email, state: 'open', invitedBy: 'Olive Owner' },
    });
    expect(body.link).toBeNull();
    expect(JSON.stringify(body)).not.toContain(token);
    expect(token.length).toBeGreaterThan(40);
    expect(bylaw.outbox).toHaveLength(1);
    expect(bylaw.outbox[0]?.to).toBe(email);
    expect(bylaw.outbox[0]?.text).toContain(`http://127.0.0.1:7700/invite/${token}`);
    expect(bylaw.outbox[0]?.text).toContain('Auditor for one client');
    // As Americans write a day and a time, with the zone of the client; Intl puts a narrow space before AM and PM.
    expect(bylaw.outbox[0]?.text).toMatch(
      /once, until [A-Z][a-z]{2} \d{1,2}, 20\d\d, \d{1,2}:\d\d\s[AP]M \(New York time\):\nhttp/u,
    );
    // Nothing that anyone typed goes to an address of their choice.
    for (const typed of ['Gus Guest', 'Alder Society', 'Olive Owner'])
      expect(JSON.stringify(bylaw.outbox[0])).not.toContain(typed);
    const list = await owner.call('GET', '/invitations');
    expect(JSON.stringify(list.body)).not.toContain(token);
    const stored = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('invitations').selectAll().execute(),
      await tx.selectFrom('audit_log').selectAll().execute(),
    ]);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('shows the holder of the link who invites them and to what', async () => {
    const { token, email } = await invite();
    expect((await preview(token)).body).toMatchObject({
      email,
      name: 'Gus Guest',
      invitedBy: 'Olive Owner',
      to: ['Auditor for Alder Society'],
    });
  });

  it('creates an account with the access that was given, once', async () => {
    const { token, email } = await invite();
    expect((await accept(token)).body).toEqual({ email });
    const users = (await owner.call('GET', '/users')).body.items;
    expect(users.find((one: { email: string }) => one.email === email)).toMatchObject({
      name: 'Gus Guest',
      signsInWith: ['password'],
      grants: [{ client: { slug: alder.slug }, role: 'auditor', grantedBy: 'Olive Owner' }],
    });
    const again = await accept(token);
    expect(again.status).toBe(404);
    expect((await owner.call('GET', '/users')).body.total).toBe(users.length);
  });

  it('gives one account to several who accept at the same time', async () => {
    const { token, email } = await invite();
    const answers = await Promise.all([1, 2, 3].map(() => accept(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
    const { body } = await owner.call('GET', '/users');
    expect(body.items.filter((one: { email: string }) => one.email === email)).toHaveLength(1);
  });

  it('gives the same answer for every link that is not valid', async () => {
    const wrong = await preview('no-such-token');
    expect(wrong.status).toBe(404);
    const used = await invite();
    await accept(used.token);
    const revoked = await invite();
    expect((await owner.call('DELETE', `/invitations/${revoked.body.invitation.id}`)).status).toBe(200);
    const replaced = await invite();
    const renewed = await owner.call('POST', `/invitations/${replaced.body.invitation.id}/resend`);
    expect(renewed.status).toBe(201);
    const atClient = await invite();
    const path = `/clients/${alder.slug}/access/invitations/${atClient.body.invitation.id}/resend`;
    expect((await owner.call('POST', path)).body).toMatchObject({ mail: 'sent', link: null });
    const late = await invite();
    for (const { token } of [used, revoked, replaced, atClient]) {
      expect((await preview(token)).body).toEqual(wrong.body);
      expect((await accept(token)).body).toEqual(wrong.body);
    }
    bylaw.setNow(new Date(TEST_NOW.getTime() + 7 * 24 * 60 * 60 * 1000));
    try {
      expect((await preview(late.token)).body).toEqual(wrong.body);
      expect((await accept(late.token)).body).toEqual(wrong.body);
    } finally {
      bylaw.setNow(TEST_NOW);
    }
    for (const { email } of [replaced, atClient])
      expect((await preview(bylaw.mailedLink(email).split('/').at(-1) ?? '')).status).toBe(201);
  });

  it('is no longer valid once the inviter may not give that access anymore', async () => {
    const second = await bylaw.person('owner', null, 'Sol Second');
    const invited = await invite(second);
    expect((await preview(invited.token)).status).toBe(201);
    await owner.call('POST', `/users/${second.id}/disable`, {});
    expect((await preview(invited.token)).status).toBe(404);
    expect((await accept(invited.token)).status).toBe(404);
  });

  it('rejects an easily guessed password first, and keeps the invitation', async () => {
    const { token } = await invite();
    const weak = await accept(token, { password: 'password1234' });
    expect(weak.status).toBe(422);
    expect((await accept(token)).status).toBe(201);
  });

  it('says so where mail is not set up', async () => {
    const silent = await testConsole({ mail: false });
    try {
      const client = await silent.client();
      const answer = await silent.owner.call('POST', '/invitations', {
        email: 'a@people.example',
        name: 'A',
        grants: [{ role: 'hr', forClient: client.slug }],
      });
      expect(answer.body.mail).toBe('not_set_up');
    } finally {
      await silent.close();
    }
  });

  it('refuses names that would break a mail or a table', async () => {
    const body = { email: 'x@people.example', grants: [{ role: 'hr', forClient: alder.slug }] };
    for (const name of ['Two\nLines', 'Turned \u202Eround', ' '])
      expect((await owner.call('POST', '/invitations', { ...body, name })).status).toBe(400);
    expect(
      (await owner.call('POST', '/invitations', { ...body, name: 'X', email: 'no address' })).status,
    ).toBe(400);
  });
});

describe('inviting to one client', () => {
  it('lets a client admin invite there with what they hold, and see only such invitations', async () => {
    const admin = await bylaw.person('client_admin', alder.id, 'Ada Admin');
    const at = `/clients/${alder.slug}/access/invitations`;
    const created = await admin.call('POST', at, {
      email: 'here@people.example',
      name: 'Hal Here',
      role: 'hr',
    });
    expect(created.status).toBe(201);
    expect(
      (await admin.call('POST', at, { email: 'o@people.example', name: 'O', role: 'owner' })).status,
    ).toBe(403);
    const other = await invite(owner, [{ role: 'hr', forClient: harrow.slug }]);
    const wide = await invite(owner, [{ role: 'technician', forClient: null }]);
    const list = await admin.call('GET', at);
    const mails = list.body.items.map((one: { email: string }) => one.email);
    expect(mails).toContain('here@people.example');
    expect(mails).not.toContain(other.email);
    expect(mails).not.toContain(wide.email);
    for (const { body } of [other, wide])
      expect((await admin.call('DELETE', `${at}/${body.invitation.id}`)).status).toBe(404);
    expect((await admin.call('DELETE', `${at}/${created.body.invitation.id}`)).status).toBe(200);
    const hr = await bylaw.person('hr', alder.id);
    expect((await hr.call('POST', at, { email: 'n@people.example', name: 'N', role: 'staff' })).status).toBe(
      403,
    );
  });

  it('does not tell a client admin whether an address can sign in already', async () => {
    const admin = await bylaw.person('client_admin', alder.id, 'Abe Admin');
    const stranger = await bylaw.person('hr', harrow.id, 'Stella Stranger');
    const at = `/clients/${alder.slug}/access/invitations`;
    const answer = await admin.call('POST', at, { email: stranger.email, name: 'S', role: 'auditor' });
    expect(answer.status).toBe(201);
    const token = bylaw.mailedLink(stranger.email).split('/').at(-1) ?? '';
    expect((await accept(token)).status).toBe(422);
    const someone = await bylaw.person('staff', null, 'Someone Else');
    expect((await someone.call('POST', '/invitations/accept-signed-in', { token })).status).toBe(422);
    expect((await stranger.call('POST', '/invitations/accept-signed-in', { token })).status).toBe(201);
    const seen = await stranger.call('GET', `/clients/${alder.slug}/access`);
    expect(seen.status).toBe(200);
    expect((await stranger.call('POST', '/invitations/accept-signed-in', { token })).status).toBe(404);
  });
});
