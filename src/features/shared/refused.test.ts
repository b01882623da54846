import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { visitor } from '../sign-in/testing/visitor.ts';
import { MAX_RECORDS, roomForRecord } from './refused.ts';

let bylaw: TestConsole;
const { signIn } = visitor(() => bylaw);
beforeEach(async () => {
  bylaw = await testConsole();
});
afterEach(() => bylaw.close());

async function refusals(chain: string) {
  const rows = await bylaw.services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['actor_name', 'body'])
      .where('client_id', '=', chain)
      .where('action', '=', 'access.refused')
      .orderBy('seq')
      .execute(),
  );
  return rows.map(({ actor_name, body }) => ({ by: actor_name, ...JSON.parse(body).after }));
}

describe('refused access is on record', () => {
  test('in the log of the client whose role does not include it, once for a burst', async () => {
    const alder = await bylaw.client('Alder Society');
    const vera = await bylaw.person('auditor', alder.id, 'Vera Auditor');
    const ask = () => vera.call('DELETE', `/clients/${alder.slug}`, { confirm: alder.name, reason: 'x' });
    for (let round = 0; round < 12; round++) expect((await ask()).status).toBe(403);
    expect(await refusals(alder.id)).toEqual([
      expect.objectContaining({ by: 'Vera Auditor', client: alder.slug, refusalsWithinTheHour: 1 }),
      expect.objectContaining({ by: 'Vera Auditor', client: alder.slug, refusalsWithinTheHour: 10 }),
    ]);
  });

  test('in the log of the workspace where it was another client, or none', async () => {
    const alder = await bylaw.client('Alder Society');
    const harrow = await bylaw.client('Harrow Guild');
    const vera = await bylaw.person('auditor', alder.id, 'Vera Auditor');
    expect((await vera.call('GET', `/clients/${harrow.slug}/controls`)).status).toBe(404);
    expect((await vera.call('GET', '/clients/nobody-here/controls')).status).toBe(404);
    expect(await refusals('workspace')).toEqual([
      expect.objectContaining({ by: 'Vera Auditor', operation: 'controls.list', client: harrow.slug }),
    ]);
    expect(await refusals(harrow.id)).toEqual([]);
  });

  test('where only the operation knew why, and where a second factor is missing', async () => {
    const alder = await bylaw.client('Alder Society');
    const rita = await bylaw.person('technician', alder.id, 'Rita');
    const created = await rita.call('POST', '/me/tokens', { name: 'Script', purpose: 'automation' });
    const ask = () =>
      bylaw.inject({
        method: 'POST',
        url: '/api/v1/me/address-link',
        headers: { authorization: `Bearer ${created.body.secret}`, 'content-type': 'application/json' },
        payload: '{}',
      });
    expect((await ask()).status).toBe(403);
    const [first] = await refusals('workspace');
    expect(first).toMatchObject({
      by: 'Rita',
      operation: 'account.sendAddressLink',
      because: 'circumstances',
    });
    for (let round = 0; round < 12; round++) await ask();
    expect(await refusals('workspace')).toHaveLength(2);

    const required = await bylaw.owner.call('PUT', '/settings/second-factor', { version: 1, roles: ['hr'] });
    expect(required.status).toBe(200);
    const hanna = await bylaw.person('hr', alder.id, 'Hanna');
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ password: 'a hash' }).where('id', '=', hanna.id).execute(),
    );
    expect((await hanna.call('GET', `/clients/${alder.slug}/people`)).status).toBe(403);
    expect((await refusals('workspace')).at(-1)).toMatchObject({ by: 'Hanna', because: 'second_factor' });
  });

  test('of a token that is not valid, without the token', async () => {
    const answer = await bylaw.inject({
      method: 'GET',
      url: '/api/v1/fleet',
      headers: { authorization: 'Bearer byl_not_one_of_ours' },
    });
    expect(answer.status).toBe(401);
    const found = await refusals('workspace');
    expect(found).toMatchObject([{ by: 'Not signed in', wrongToken: true, network: '127.0.0.0/24' }]);
    expect(JSON.stringify(found)).not.toContain('not_one_of_ours');
  });

  test('but not of someone who is simply not signed in', async () => {
    expect((await bylaw.nobody.call('GET', '/fleet')).status).toBe(401);
    expect(await refusals('workspace')).toEqual([]);
  });

  test('up to a limit on disk, no matter who asks from where', async () => {
    for (let at = 0; at < MAX_RECORDS - 1; at++) expect(roomForRecord(bylaw.services, 'sign_in')).toBe('yes');
    for (let at = 0; at < 3; at++)
      expect(
        (await signIn(`nobody${at}@elsewhere.example`, 'wrong guess', { ip: `203.0.${at}.7` })).status,
      ).toBe(401);
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('action', '=', 'sign_in.failed').execute(),
    );
    expect(rows.map(({ body }) => JSON.parse(body).after.moreAreNotRecorded)).toEqual([true]);
  });
});
