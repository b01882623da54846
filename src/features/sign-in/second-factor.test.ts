import { afterEach, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
afterEach(() => bylaw.close());

/** A password and nothing more. */
async function withPassword(person: TestPerson, more: { totp_sealed?: string } = {}) {
  await bylaw.services.store.write('system', (tx) =>
    tx
      .updateTable('users')
      .set({ password: 'hash', ...more })
      .where('id', '=', person.id)
      .execute(),
  );
}
const setRoles = async (roles: string[]) => {
  const { version } = (await bylaw.owner.call('GET', '/settings')).body;
  return bylaw.owner.call('PUT', '/settings/second-factor', { version, roles });
};

it('is required of Owners beyond loopback before anything else, tokens too', async () => {
  bylaw = await testConsole({ provesAgain: false, origin: 'http://192.0.2.7:7700' });
  const { owner } = bylaw;
  const created = await owner.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
  expect((await owner.call('GET', '/settings')).body.secondFactor).toEqual({ roles: [], always: ['owner'] });
  const late = await bylaw.person('owner', null, 'Late Owner');
  await withPassword(late);
  await withPassword(owner);
  const refused = await late.call('GET', '/users');
  expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('second factor')]);
  expect((await late.call('POST', '/me/tokens', { name: 'x', purpose: 'cli' })).status).toBe(403);
  expect((await late.call('GET', '/me')).body.signIn.secondFactorNeeded).toBe(true);
  const token = await bylaw.inject({
    method: 'GET',
    url: '/api/v1/users',
    headers: { authorization: `Bearer ${created.body.secret}` },
  });
  expect(token.status).toBe(403);
  const technician = await bylaw.person('technician', null);
  await withPassword(technician);
  expect((await technician.call('GET', '/me')).body.signIn.secondFactorNeeded).toBe(false);
  // The way out: it is set up with the same session.
  expect((await late.call('POST', '/me/totp', {})).status).toBe(201);
});

it('is required for the roles that the workspace names, for sign-ins with a password alone', async () => {
  bylaw = await testConsole({ provesAgain: false });
  const client = await bylaw.client();
  const tech = await bylaw.person('technician', client.id);
  const ready = await bylaw.person('technician', client.id);
  const byProvider = await bylaw.person('technician', client.id);
  await withPassword(tech);
  await withPassword(ready, { totp_sealed: 'sealed' });
  const path = `/clients/${client.slug}/charter`;
  expect((await tech.call('GET', path)).status).toBe(200);
  const set = await setRoles(['technician']);
  expect(set.body.secondFactor).toEqual({ roles: ['technician'], always: [] });
  const statuses = await Promise.all(
    [tech, ready, byProvider].map(async (one) => (await one.call('GET', path)).status),
  );
  expect(statuses).toEqual([403, 200, 200]);
  const record = await bylaw.services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select('body')
      .where('action', '=', 'settings.set_second_factor')
      .executeTakeFirst(),
  );
  expect(record?.body).toContain('technician');
  expect((await setRoles([])).status).toBe(200);
  expect((await tech.call('GET', path)).status).toBe(200);
});

it('is set by Owners alone, with a fresh proof and never by a token', async () => {
  bylaw = await testConsole({ provesAgain: false });
  const created = await bylaw.owner.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
  const byToken = await bylaw.inject({
    method: 'PUT',
    url: '/api/v1/settings/second-factor',
    headers: { authorization: `Bearer ${created.body.secret}`, 'content-type': 'application/json' },
    payload: JSON.stringify({ version: 1, roles: [] }),
  });
  expect(byToken.status).toBe(403);
  const technician = await bylaw.person('technician', null);
  expect((await technician.call('PUT', '/settings/second-factor', { version: 1, roles: [] })).status).toBe(
    403,
  );
  bylaw.setNow(new Date(bylaw.services.clock().getTime() + 11 * 60_000));
  const late = await setRoles(['owner']);
  expect([late.status, late.body.code]).toEqual([403, 'PROOF_REQUIRED']);
});
