import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestAnswer, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';

const OLD = 'four wooden lanterns hum';
const NEW = 'new harbour lights blink';

let bylaw: TestConsole;
let client: { id: string; slug: string };
beforeEach(async () => {
  bylaw = await testConsole({ provesAgain: false });
  client = await bylaw.client();
});
afterEach(() => bylaw.close());

const cookieOf = (answer: TestAnswer) =>
  [answer.headers['set-cookie']].flat().map(String)[0]?.split(';')[0] ?? '';

async function signIn(email: string, password: string) {
  const answer = await bylaw.nobody.call('POST', '/sign-in/password', { email, password });
  const cookie = cookieOf(answer);
  return {
    status: answer.status,
    call: (method: string, path: string, body?: unknown): Promise<TestAnswer> =>
      bylaw.inject({
        method: method as 'GET',
        url: `/api/v1${path}`,
        headers: { cookie, origin: bylaw.services.config.origin, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { payload: JSON.stringify(body ?? {}) }),
      }),
  };
}

/** An account that someone else opened with the link that they were shown, with keys of theirs left in it. */
async function heldByAnother(): Promise<TestPerson> {
  const person = await bylaw.person('client_admin', client.id, 'Pia Puppet');
  await bylaw.services.store.write('system', async (tx) => {
    await tx
      .updateTable('users')
      .set({
        proven_at: null,
        proven_how: null,
        handed_by: bylaw.owner.id,
        oidc_issuer: 'https://login.attacker.example',
        oidc_subject: 'attacker',
        totp_sealed: 'sealed for the attacker',
      })
      .where('id', '=', person.id)
      .execute();
    await tx
      .insertInto('passkeys')
      .values({
        id: 'key-of-the-attacker',
        user_id: person.id,
        name: 'Theirs',
        credential_id: 'of the attacker',
        public_key: Buffer.from('key'),
        counter: 0,
        transports: '[]',
        created_at: bylaw.services.clock(),
      })
      .execute();
  });
  return person;
}

describe('an account that someone else held', () => {
  it('is the person’s alone once they open the link that went to their address', async () => {
    const pia = await heldByAnother();
    expect((await pia.call('POST', '/me/address-link', {})).status).toBe(201);
    const token = new URL(bylaw.mailedLink(pia.email)).hash.slice(1);
    const set = await bylaw.nobody.call('POST', '/sign-in/reset', { token, password: NEW });
    expect(set.status).toBe(201);
    expect((await pia.call('GET', '/me')).status).toBe(401);
    const { body } = await (await signIn(pia.email, NEW)).call('GET', '/me');
    expect(body).toMatchObject({ proven: true, signIn: { passkeys: 0, provider: null, totpSince: null } });
  });

  it('keeps what its person set up if no one else ever held it', async () => {
    const pat = await bylaw.person('client_admin', client.id, 'Pat');
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ totp_sealed: 'own' }).where('id', '=', pat.id).execute(),
    );
    await bylaw.owner.call('POST', `/users/${pat.id}/password-link`, { reason: 'Forgot it' });
    const token = new URL(bylaw.mailedLink(pat.email)).hash.slice(1);
    await bylaw.nobody.call('POST', '/sign-in/reset', { token, password: NEW });
    const row = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('users').select('totp_sealed').where('id', '=', pat.id).executeTakeFirstOrThrow(),
    );
    expect(row.totp_sealed).toBe('own');
  });

  it('is not verified by someone holding it, with or without the password', async () => {
    const pia = await heldByAnother();
    expect((await pia.call('POST', '/me/address-link', {})).body).toEqual({ done: true });
    expect((await pia.call('GET', '/me')).body.proven).toBe(false);
    expect((await pia.call('PUT', '/me/password', { password: OLD })).status).toBeLessThan(300);
    expect((await pia.call('GET', '/me')).body.proven).toBe(false);
  });
});

describe('files of two people', () => {
  const charter = { name: 'charter.yaml', bytes: 'version: 9\nmaxOwners: 3\n' };

  it('a charter of one person does not become the draft of another, which they could approve', async () => {
    const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const tech = await bylaw.person('technician', client.id, 'Tara Tech');
    const theirs = importing(bylaw, tech, client.slug);
    const id = await theirs.start();
    await importing(bylaw, admin, client.slug).add(id, charter);
    await theirs.read(id);
    const { facts } = await theirs.preview(id);
    const stored = await theirs.store(id, facts);
    expect([stored.status, stored.body.message]).toEqual([
      403,
      'Adele Admin added charter.yaml, so Adele Admin stores it: what it says is theirs. Leave it out, or add the file yourself.',
    ]);
    await theirs.add(id, charter);
    await theirs.read(id);
    expect((await theirs.store(id, (await theirs.preview(id)).facts)).status).toBe(201);
  });
});

describe('tokens', () => {
  const token = async (by: TestPerson, purpose: string, forClient: string | null = null) => {
    const { body } = await by.call('POST', '/me/tokens', { name: purpose, purpose, forClient });
    return (method: string, path: string, payload?: object) =>
      bylaw.inject({
        method: method as 'GET',
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${body.secret}`, 'content-type': 'application/json' },
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      });
  };

  it('for one client reach neither the workspace nor another client', async () => {
    const other = await bylaw.client('Harrow Guild');
    const call = await token(bylaw.owner, 'cli', client.slug);
    const pat = await bylaw.person('hr', client.id, 'Pat');
    const tries = [
      await call('GET', `/clients/${other.slug}`),
      await call('GET', '/users'),
      await call('POST', `/users/${pat.id}/grants`, { role: 'owner' }),
      await call('POST', `/clients/${other.slug}/access/${pat.id}/grants`, { role: 'client_admin' }),
      await call('POST', '/me/tokens', { name: 'more', purpose: 'cli' }),
      await call('POST', '/invitations', {
        email: 'g@people.example',
        name: 'G',
        grants: [{ role: 'owner', forClient: null }],
      }),
      await call('POST', '/backup', {}),
    ];
    expect(tries.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  });

  it('make a backup only where they were made for that, and then do nothing else', async () => {
    const cli = await token(bylaw.owner, 'cli');
    const refused = await cli('POST', '/backup', {});
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('Create a token for backups'),
    ]);
    const forBackups = await token(bylaw.owner, 'backup');
    expect((await forBackups('POST', '/backup', {})).status).toBe(200);
    const others = [
      await forBackups('GET', '/users'),
      await forBackups('GET', `/clients/${client.slug}/charter`),
      await forBackups('PUT', '/settings/name', { version: 1, name: 'x' }),
      await forBackups('GET', '/me/tokens'),
    ];
    expect(others.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const tech = await bylaw.person('technician', null, 'Tara Tech');
    const wish = { name: 'x', purpose: 'backup' };
    expect((await tech.call('POST', '/me/tokens', wish)).status).toBe(422);
    expect((await bylaw.owner.call('POST', '/me/tokens', { ...wish, forClient: client.slug })).status).toBe(
      422,
    );
  });

  it('a session left open makes no backup and no calendar address', async () => {
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 11 * 60_000));
    for (const path of ['/backup', '/me/calendar-feed']) {
      const { status, body } = await bylaw.owner.call('POST', path, {});
      expect([path, status, body.code]).toEqual([path, 403, 'PROOF_REQUIRED']);
    }
  });

  it('lose access as soon as their person loses the role', async () => {
    const tech = await bylaw.person('technician', client.id, 'Tara Tech');
    const call = await token(tech, 'cli');
    const path = `/clients/${client.slug}/charter/drafts`;
    expect((await call('POST', path, { title: 'Draft', reason: 'Now' })).status).toBe(201);
    const { items } = (await bylaw.owner.call('GET', '/users')).body;
    const [grant] = items.find(({ id }: { id: string }) => id === tech.id).grants;
    await bylaw.owner.call('DELETE', `/users/${tech.id}/grants/${grant.id}`, { reason: 'Moved on' });
    expect((await call('POST', path, { title: 'Draft', reason: 'Later' })).status).toBe(404);
  });
});
