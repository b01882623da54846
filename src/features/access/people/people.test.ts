import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '../../../server/testing/console.ts';

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

async function lastRecord(chain: string) {
  const row = await bylaw.services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'body'])
      .where('client_id', '=', chain)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
  return { action: row.action, ...JSON.parse(row.body) };
}
async function grantsOf(id: string) {
  return (await owner.call('GET', `/users/${id}`)).body.grants;
}

describe('people who can sign in', () => {
  it('lists them with roles, second factor and whether they are disabled', async () => {
    const hana = await bylaw.person('hr', alder.id, 'Hana Ito');
    const { status, body } = await owner.call('GET', '/users');
    expect(status).toBe(200);
    const row = body.items.find((one: { id: string }) => one.id === hana.id);
    expect(row).toMatchObject({
      name: 'Hana Ito',
      email: hana.email,
      secondFactor: false,
      disabled: null,
      self: false,
      grants: [{ client: { slug: alder.slug, name: 'Alder Society' }, effect: 'allow', role: 'hr' }],
    });
    expect(body.items.find((one: { self: boolean }) => one.self).id).toBe(owner.id);
  });

  it('shuts a person out at once, and lets them in again', async () => {
    const tess = await bylaw.person('technician', null, 'Tess Technician');
    expect((await tess.call('GET', `/me/tokens`)).status).toBe(200);
    const done = await owner.call('POST', `/users/${tess.id}/disable`, { reason: 'Left on 20 November' });
    expect(done.status).toBe(201);
    expect(done.body.disabled).not.toBeNull();
    expect((await tess.call('GET', '/me/tokens')).status).toBe(401);
    expect(await lastRecord('workspace')).toMatchObject({
      action: 'users.disable',
      reason: 'Left on 20 November',
      subject: { name: 'Tess Technician' },
    });
    const may = await owner.call('GET', `/users/${tess.id}/permissions?forClient=${alder.slug}`);
    expect(may.body.items.some((one: { allowed: boolean }) => one.allowed)).toBe(false);
    const again = await owner.call('POST', `/users/${tess.id}/disable`, {});
    expect([again.status, again.body.message]).toEqual([422, 'Tess Technician is disabled already.']);
    expect((await owner.call('POST', `/users/${tess.id}/enable`, {})).body.disabled).toBeNull();
    // The session that was ended stays ended.
    expect((await tess.call('GET', '/me/tokens')).status).toBe(401);
  });

  it('ends the upload links of someone who is disabled, and names their other links', async () => {
    const tess = await bylaw.person('owner', null, 'Tess Links');
    const at = `/clients/${alder.slug}`;
    const upload = async () =>
      (await tess.call('POST', `${at}/imports/links`, { label: 'Payroll', kinds: ['roster'], days: 30 }))
        .body;
    const { address } = await upload();
    const page = (await tess.call('POST', `${at}/policy/page`, {})).status;
    expect(page).toBe(201);
    const open = () => bylaw.inject({ method: 'GET', url: new URL(address).pathname, headers: {} });
    expect((await open()).status).toBe(200);
    const done = await owner.call('POST', `/users/${tess.id}/disable`, { reason: 'Left' });
    expect(done.body.links).toEqual([
      { kind: 'upload', client: { slug: alder.slug, name: alder.name }, label: 'Payroll', ended: true },
      { kind: 'staff_page', client: { slug: alder.slug, name: alder.name }, label: '', ended: false },
    ]);
    expect((await open()).status).not.toBe(200);
    expect(await lastRecord(alder.id)).toMatchObject({
      action: 'users.disable',
      subject: { kind: 'upload_link', name: 'Payroll' },
      reason: 'Tess Links, who made it, was disabled.',
    });
    expect((await owner.call('POST', `/users/${tess.id}/enable`, {})).status).toBe(201);
    expect((await open()).status).not.toBe(200);
    const all = await owner.call('POST', `/users/${tess.id}/disable`, { endLinks: true });
    expect(all.body.links).toMatchObject([{ kind: 'staff_page', ended: true }]);
  });

  it('lets nobody disable themselves, and keeps the last active Owner', async () => {
    const own = await owner.call('POST', `/users/${owner.id}/disable`, {});
    expect([own.status, own.body.message]).toEqual([422, 'You cannot disable yourself. Ask another Owner.']);

    const second = await bylaw.person('owner', null, 'Sam Second');
    // Sam is denied something, so Sam could not undo everything.
    expect(
      (await owner.call('POST', `/users/${second.id}/grants`, { effect: 'deny', forClient: harrow.slug }))
        .status,
    ).toBe(201);
    const refused = await second.call('POST', `/users/${owner.id}/disable`, {});
    expect(refused.status).toBe(403);
    expect((await owner.call('GET', '/users')).status).toBe(200);
  });

  it('leaves one Owner where two disable each other at the same time', async () => {
    const own = await testConsole();
    try {
      const other = await own.person('owner', null, 'Other Owner');
      const answers = await Promise.all([
        own.owner.call('POST', `/users/${other.id}/disable`, {}),
        other.call('POST', `/users/${own.owner.id}/disable`, {}),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    } finally {
      await own.close();
    }
  });

  it("removes someone's second factor with a reason, and ends their sessions", async () => {
    const pat = await bylaw.person('auditor', alder.id, 'Pat Lost');
    const none = await owner.call('POST', `/users/${pat.id}/remove-second-factor`, {
      reason: 'Lost the phone',
    });
    expect([none.status, none.body.message]).toEqual([422, 'Pat Lost has no second factor.']);
    await bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ totp_sealed: 'sealed', totp_since: new Date(), password: 'hash' })
        .where('id', '=', pat.id)
        .execute(),
    );
    expect((await owner.call('POST', `/users/${pat.id}/remove-second-factor`, {})).status).toBe(400);
    const done = await owner.call('POST', `/users/${pat.id}/remove-second-factor`, {
      reason: 'Lost the phone',
    });
    expect(done.body).toMatchObject({ secondFactor: false, signsInWith: ['password'] });
    expect((await pat.call('GET', '/me/tokens')).status).toBe(401);
    expect(await lastRecord('workspace')).toMatchObject({
      reason: 'Lost the phone',
      before: { authenticator: true },
    });
  });
});

describe('giving and taking', () => {
  it("records a grant for a client in that client's chain and one for all clients in the workspace's", async () => {
    const nia = await bylaw.person('staff', null, 'Nia New');
    const here = await owner.call('POST', `/users/${nia.id}/grants`, {
      role: 'auditor',
      forClient: alder.slug,
    });
    expect(here.status).toBe(201);
    expect(await lastRecord(alder.id)).toMatchObject({
      action: 'access.grant',
      actor: { name: 'Olive Owner' },
      after: { client: 'Alder Society', role: 'auditor' },
    });
    expect((await owner.call('POST', `/users/${nia.id}/grants`, { role: 'technician' })).status).toBe(201);
    expect(await lastRecord('workspace')).toMatchObject({
      after: { client: 'all clients', role: 'technician' },
    });
    const twice = await owner.call('POST', `/users/${nia.id}/grants`, { role: 'technician' });
    expect([twice.status, twice.body.message]).toEqual([
      422,
      'Nia New has this already: Technician for all clients.',
    ]);
    const taken = await owner.call('DELETE', `/users/${nia.id}/grants/${here.body.id}`, {
      reason: 'Audit is over',
    });
    expect(taken.status).toBe(200);
    expect(await lastRecord(alder.id)).toMatchObject({ action: 'access.take', reason: 'Audit is over' });
    expect((await grantsOf(nia.id)).length).toBe(2);
  });

  it('lets a denial win, names it, and applies it from the next request', async () => {
    const tom = await bylaw.person('technician', null, 'Tom Technician');
    expect((await tom.call('GET', `/clients/${harrow.slug}/access`)).status).toBe(403);
    await owner.call('POST', `/users/${tom.id}/grants`, { effect: 'deny', forClient: harrow.slug });
    expect((await tom.call('GET', `/clients/${harrow.slug}/access`)).status).toBe(404);
    const { body } = await owner.call('GET', `/users/${tom.id}/permissions?forClient=${harrow.slug}`);
    expect(body.items[0]).toMatchObject({
      allowed: false,
      reason: 'Everything is denied for Harrow Guild by Olive Owner.',
    });
    const alders = await owner.call('GET', `/users/${tom.id}/permissions?forClient=${alder.slug}`);
    expect(alders.body.items[0]).toMatchObject({
      allowed: true,
      reason: expect.stringContaining('As Technician for all clients'),
    });
  });

  it('refuses input that makes no sense', async () => {
    const una = await bylaw.person('staff', null, 'Una Unclear');
    const give = (body: object) => owner.call('POST', `/users/${una.id}/grants`, body);
    expect((await give({})).body.message).toBe('Name the role to give.');
    expect((await give({ effect: 'deny', role: 'owner' })).body.message).toContain('A role cannot be denied');
    expect(
      (await give({ effect: 'deny', permission: 'users.read', forClient: alder.slug })).body.message,
    ).toContain('belongs to the workspace');
    expect((await give({ role: 'auditor', forClient: 'no-such-client' })).status).toBe(404);
    expect((await owner.call('POST', '/users/nobody/grants', { role: 'auditor' })).status).toBe(404);
    const own = await owner.call('POST', `/users/${owner.id}/grants`, { role: 'auditor' });
    expect([own.status, own.body.message]).toEqual([
      403,
      'You cannot change your own access. Ask someone else who can.',
    ]);
  });
});

describe('access at one client', () => {
  it('shows a client admin who has access there, and nobody else', async () => {
    const carla = await bylaw.person('client_admin', alder.id, 'Carla Admin');
    const stranger = await bylaw.person('client_admin', harrow.id, 'Stranger of Harrow');
    const both = await bylaw.person('hr', alder.id, 'Bea Both');
    await owner.call('POST', `/users/${both.id}/grants`, { role: 'auditor', forClient: harrow.slug });
    await bylaw.person('staff', null, 'Staff Only');
    const { status, body } = await carla.call('GET', `/clients/${alder.slug}/access`);
    expect(status).toBe(200);
    const names = body.items.map((one: { name: string }) => one.name);
    expect(names).toEqual(expect.arrayContaining(['Olive Owner', 'Carla Admin', 'Bea Both']));
    expect(names).not.toContain('Stranger of Harrow');
    // Staff may ask for connectors there, so they have access too.
    expect(names).toContain('Staff Only');
    expect(JSON.stringify(body)).not.toContain('Harrow');
    const rights = Object.fromEntries(
      body.items.map((one: { name: string; changeable: boolean }) => [one.name, one.changeable]),
    );
    expect([rights['Olive Owner'], rights['Carla Admin'], rights['Bea Both']]).toEqual([false, false, true]);

    expect((await carla.call('GET', `/clients/${harrow.slug}/access`)).status).toBe(404);
    expect((await carla.call('GET', '/users')).status).toBe(403);
    const unknown = await carla.call('POST', `/clients/${alder.slug}/access/nobody/grants`, { role: 'hr' });
    const foreign = await carla.call('POST', `/clients/${alder.slug}/access/${stranger.id}/grants`, {
      role: 'hr',
    });
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body]);
  });

  it('lets a client admin give and take there, but never more than they hold', async () => {
    const carl = await bylaw.person('client_admin', alder.id, 'Carl Admin');
    const ida = await bylaw.person('hr', alder.id, 'Ida Here');
    const at = `/clients/${alder.slug}/access`;
    const given = await carl.call('POST', `${at}/${ida.id}/grants`, { role: 'auditor' });
    expect(given.status).toBe(201);
    expect(given.body.client).toEqual({ slug: alder.slug, name: 'Alder Society' });
    expect(await lastRecord(alder.id)).toMatchObject({
      actor: { name: 'Carl Admin' },
      after: { role: 'auditor' },
    });
    expect((await carl.call('POST', `${at}/${ida.id}/grants`, { role: 'owner' })).status).toBe(403);
    expect((await carl.call('POST', `${at}/${owner.id}/grants`, { effect: 'deny' })).status).toBe(403);
    expect((await carl.call('DELETE', `${at}/${ida.id}/grants/${given.body.id}`)).status).toBe(200);
    const tia = await bylaw.person('technician', null, 'Tia Everywhere');
    const [everywhere] = await grantsOf(tia.id);
    expect((await carl.call('DELETE', `${at}/${tia.id}/grants/${everywhere.id}`)).status).toBe(404);
    expect((await ida.call('POST', `${at}/${tia.id}/grants`, { role: 'hr' })).status).toBe(403);
  });
});
