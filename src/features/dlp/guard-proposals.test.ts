import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeExactIndex } from '#domain/dlp/exact.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importOn } from '../retention/testing.ts';

const secretOf = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;
const SECRET = secretOf(7);
const OTHER = secretOf(9);
const KEY = '0123456789abcdef'.repeat(2);

/** Nobody takes a guard away, has it refuse less or takes the member list from it by themselves. */
describe('a change that makes a guard see or refuse less', () => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string };
  let tech: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    alder = await bylaw.client('Alder Society', { claudePlan: 'enterprise' });
    await importOn(bylaw, alder, '2026-11-24', [
      { name: 'charter.yaml', bytes: 'contentChecks: { blockUnchecked: true }\n' },
    ]);
    tech = await bylaw.person('technician', alder.id, 'Tara Tech');
  });

  const at = (path: string) => `/clients/${alder.slug}/dlp/${path}`;
  const show = async (path: string) => (await bylaw.owner.call('GET', at(path))).body;
  const put = async (by: TestPerson, path: string, wanted: object) => {
    const answer = await by.call('PUT', at(path), { version: (await show(path)).version, ...wanted });
    expect([answer.status, answer.body.message]).toEqual([200, undefined]);
    return answer.body;
  };
  const remove = async (by: TestPerson, path: string) => {
    const { version } = await show(path);
    return (await by.call('DELETE', at(path), { version })).body;
  };
  const approve = (by: TestPerson, proposed: string) => by.call('POST', at('guards/approve'), { proposed });
  const withdraw = (by: TestPerson, proposed: string) =>
    by.call('POST', at('guards/withdraw'), { proposed, reason: 'Not agreed' });
  const last = async () => {
    const rows = await bylaw.services.store.read([alder.id], (tx) =>
      tx
        .selectFrom('audit_log')
        .select('body')
        .where('client_id', '=', alder.id)
        .orderBy('seq', 'desc')
        .limit(1)
        .execute(),
    );
    return JSON.parse(rows[0]?.body ?? '{}');
  };
  const hookOn = (by = bylaw.owner) => put(by, 'hook', { mode: 'enforce', secret: SECRET });
  let calls = 0;
  /** Whether Claude's call is taken when it is signed with this secret. */
  const taken = async (secret: string) => {
    const { hook } = await show('hook');
    if (hook === null) return false;
    calls += 1;
    const payload = JSON.stringify({ type: 'prompt', messages: [{ role: 'user', content: 'Hello' }] });
    const { body } = await bylaw.inject({
      method: 'POST',
      url: new URL(hook.address).pathname,
      payload,
      headers: {
        'content-type': 'application/json',
        'webhook-id': `m${calls}`,
        'webhook-timestamp': String(TEST_NOW.getTime() / 1000),
        'webhook-signature': new Webhook(secret).sign(`m${calls}`, TEST_NOW, payload),
      },
    });
    return body.error !== 'forged' && body.error !== 'no_secret';
  };
  const listOf = (key: string, members: readonly string[]) => ({
    key,
    hashes: Buffer.from(
      makeExactIndex(
        members.map((one) => ['mail', one] as const),
        key,
      ),
    ).toString('base64'),
    counts: { people: members.length, values: { mail: members.length } },
  });

  it('keeps a hook refusing until someone else approves that it only watches', async () => {
    await hookOn();
    const { hook, version, proposed } = await put(tech, 'hook', { mode: 'watch' });
    expect([hook.mode, version]).toEqual(['enforce', 1]);
    expect(proposed).toMatchObject({ by: 'Tara Tech', mode: 'watch', remove: false, secret: false });
    expect(proposed.may.approve).toBe(false);
    expect((await approve(tech, proposed.id)).status).toBe(403);
    expect((await show('hook')).hook.mode).toBe('enforce');
    expect((await approve(bylaw.owner, proposed.id)).body).toEqual({ guard: 'hook' });
    expect(await show('hook')).toMatchObject({
      hook: { mode: 'watch', changedBy: 'Tara Tech' },
      proposed: null,
      version: 2,
    });
    expect((await approve(bylaw.owner, proposed.id)).status).toBe(409);
    expect(await last()).toMatchObject({
      action: 'dlp.guards.approve',
      before: { mode: 'enforce' },
      after: { mode: 'watch', proposedBy: 'Tara Tech' },
    });
  });

  it('keeps a hook taking calls until another approves its removal; not one without a secret', async () => {
    await put(tech, 'hook', { mode: 'watch' });
    expect((await remove(tech, 'hook')).hook).toBeNull();
    await hookOn();
    const { hook, proposed } = await remove(bylaw.owner, 'hook');
    expect([hook.mode, proposed.remove]).toEqual(['enforce', true]);
    expect(await taken(SECRET)).toBe(true);
    expect((await approve(bylaw.owner, proposed.id)).status).toBe(403);
    expect((await approve(tech, proposed.id)).status).toBe(201);
    expect(await show('hook')).toMatchObject({ hook: null, proposed: null });
  });

  it('accepts calls with either secret until someone else approves the new one', async () => {
    await hookOn();
    const { proposed } = await put(tech, 'hook', { mode: 'enforce', secret: OTHER });
    expect(proposed).toMatchObject({ mode: null, remove: false, secret: true });
    expect(JSON.stringify(await last())).not.toContain('whsec_');
    expect([await taken(SECRET), await taken(OTHER), await taken(secretOf(3))]).toEqual([true, true, false]);
    await withdraw(tech, proposed.id);
    expect([await taken(SECRET), await taken(OTHER)]).toEqual([true, false]);
    const again = await put(tech, 'hook', { mode: 'enforce', secret: OTHER });
    expect((await approve(bylaw.owner, again.proposed.id)).status).toBe(201);
    expect([await taken(SECRET), await taken(OTHER)]).toEqual([false, true]);
  });

  it('ends with another change of the hook, whose stricter part takes effect at once', async () => {
    await put(bylaw.owner, 'hook', { mode: 'watch', secret: SECRET });
    const first = (await remove(tech, 'hook')).proposed;
    const strict = await put(tech, 'hook', { mode: 'enforce' });
    expect(strict).toMatchObject({ hook: { mode: 'enforce' }, proposed: null });
    expect((await approve(bylaw.owner, first.id)).status).toBe(409);
  });

  it('keeps the check at the proxy, and that it refuses, until someone else approves', async () => {
    await put(tech, 'icap', { mode: 'enforce' });
    const helpUrl = 'https://help.example/report';
    const looser = await put(tech, 'icap', { mode: 'watch', helpUrl });
    expect(looser).toMatchObject({
      service: { mode: 'enforce', helpUrl },
      proposed: { mode: 'watch', remove: false },
      version: 2,
    });
    expect((await approve(tech, looser.proposed.id)).status).toBe(403);
    expect((await approve(bylaw.owner, looser.proposed.id)).status).toBe(201);
    expect((await show('icap')).service).toMatchObject({ mode: 'watch', helpUrl });
    const gone = await remove(tech, 'icap');
    expect(gone).toMatchObject({ service: { mode: 'watch' }, proposed: { remove: true } });
    expect((await approve(bylaw.owner, gone.proposed.id)).status).toBe(201);
    expect((await show('icap')).service).toBeNull();
  });

  it('keeps the index of the member list until someone else lets it be replaced or removed', async () => {
    const first = await put(tech, 'member-list', listOf(KEY, ['a@example.org', 'b@example.org']));
    expect(first).toMatchObject({ list: { people: 2 }, proposed: null, version: 1 });
    const { list, proposed } = await put(tech, 'member-list', listOf(KEY, ['c@example.org']));
    expect([list.people, proposed.counts.people]).toEqual([2, 1]);
    expect(JSON.stringify(proposed)).not.toContain(KEY);
    expect((await approve(tech, proposed.id)).status).toBe(403);
    expect((await approve(bylaw.owner, proposed.id)).status).toBe(201);
    expect(await show('member-list')).toMatchObject({
      list: { people: 1, made: { by: 'Tara Tech' } },
      version: 2,
    });
    const gone = await remove(tech, 'member-list');
    expect(gone).toMatchObject({ list: { people: 1 }, proposed: { counts: null } });
    expect((await withdraw(bylaw.owner, gone.proposed.id)).status).toBe(201);
    expect(await last()).toMatchObject({ reason: 'Not agreed', before: { proposed: { remove: true } } });
    expect((await approve(bylaw.owner, gone.proposed.id)).status).toBe(409);
    expect((await show('member-list')).list.people).toBe(1);
  });

  it('is approved at its own client, by those who may change what guards look for', async () => {
    await hookOn();
    const { proposed } = await remove(tech, 'hook');
    const rowan = await bylaw.client('Rowan Guild');
    const stranger = await bylaw.person('technician', rowan.id);
    const auditor = await bylaw.person('auditor', alder.id);
    const path = `/clients/${rowan.slug}/dlp/guards/approve`;
    expect((await stranger.call('POST', path, { proposed: proposed.id })).status).toBe(409);
    expect((await approve(stranger, proposed.id)).status).toBe(404);
    expect((await approve(auditor, proposed.id)).status).toBe(403);
    const { body } = await bylaw.owner.call('GET', '/work');
    expect(JSON.stringify(body)).toContain(`/c/${alder.slug}/connectors/inference-hook`);
  });

  it('takes effect if no one else could approve it, and the record says so', async () => {
    await bylaw.owner.call('POST', `/users/${tech.id}/disable`, { reason: 'Has left' });
    await hookOn();
    expect(await put(bylaw.owner, 'hook', { mode: 'watch' })).toMatchObject({
      hook: { mode: 'watch' },
      proposed: null,
    });
    expect(await last()).toMatchObject({ action: 'dlp.hook.set', after: { alone: true } });
    expect((await remove(bylaw.owner, 'hook')).hook).toBeNull();
    expect(await last()).toMatchObject({ action: 'dlp.hook.remove', after: { alone: true } });
    await put(bylaw.owner, 'member-list', listOf(KEY, ['a@example.org']));
    expect((await remove(bylaw.owner, 'member-list')).list).toBeNull();
    expect(await last()).toMatchObject({ after: { alone: true } });
  });
});
// Guide: G7.2-16
