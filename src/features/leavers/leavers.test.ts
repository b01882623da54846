import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { later, putPeople, putReading } from '../people/testing.ts';

const TOBIN = 'tobin@alder.example.org';

anyEngine('people who leave', (engine) => {
  let bylaw: TestConsole;
  let tess: TestPerson;
  let client: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { domains: ['alder.example.org'] });
    tess = await bylaw.person('technician', client.id, 'Tess Technician');
    await putPeople(bylaw.services.store, client.id, '2026-11-20');
    await bylaw.services.verdicts.refresh(client.id);
  }, 60_000);
  afterAll(() => bylaw.close());

  const at = (path = '') => `/clients/${client.slug}/leavers${path}`;
  const list = async (by = bylaw.owner): Promise<Json> => (await by.call('GET', at())).body;
  const one = async (address = TOBIN): Promise<Json> =>
    (await list()).items.find((item: Json) => item.address === address);
  const start = (body: object = {}, by = bylaw.owner) =>
    by.call('POST', at(), { address: TOBIN, lastDay: '2026-10-12', owner: tess.email, ...body });
  const mark = (leaver: Json, on: string | null, by = bylaw.owner) =>
    by.call('POST', at(`/${leaver.id}/removed`), { version: leaver.version, on });
  const seats = async () =>
    (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/ACC-07`)).body.state;
  const due = async (): Promise<Json[]> =>
    (await tess.call('GET', `/work?of=${client.slug}&kind=leaver&owner=mine`)).body.items;

  describe('from the roster to the proof', () => {
    test('whoever left by the roster and holds a seat is listed before anyone starts', async () => {
      const { items, membersOn } = await list();
      expect(membersOn).toBe('2026-11-20');
      expect(items.map(({ address, state, lastDay }: Json) => [address, state, lastDay])).toEqual([
        [TOBIN, 'not_started', '2026-10-12'],
        ['wren@alder.example.org', 'not_started', '2026-10-30'],
      ]);
      expect(await due()).toEqual([]);
    });

    test('its owner has it under Work until it is marked; the mark makes no control pass', async () => {
      const { body: started } = await start();
      expect(started).toMatchObject({ state: 'overdue', name: 'Tobin Achterberg', version: 1 });
      expect(started.owner).toMatchObject({ user: tess.id, access: true });
      expect(await due()).toMatchObject([
        { title: 'Remove the Claude seat of Tobin Achterberg', due: '2026-10-12', when: 'overdue' },
      ]);
      expect(await seats()).toBe('fail');
      const { body: marked } = await mark(started, '2026-11-24');
      expect(marked).toMatchObject({ state: 'claimed', removed: { on: '2026-11-24', by: 'Olive Owner' } });
      expect(await due()).toEqual([]);
      expect(await seats()).toBe('fail');
      const file = await bylaw.owner.call('GET', at('/export?format=csv'));
      expect(file.body).toContain('Marked as removed');
    });

    test('a later file that still lists the seat contradicts the mark, and the work is back', async () => {
      await later(bylaw, '2026-11-26T09:00:00Z');
      await putPeople(bylaw.services.store, client.id, '2026-11-25');
      await bylaw.services.verdicts.refresh(client.id);
      expect(await one()).toMatchObject({
        state: 'contradicted',
        words: 'Marked as removed on 24 Nov 2026, and still holds a seat in the file of 25 Nov 2026',
      });
      expect(await due()).toHaveLength(1);
    });

    test('a later file without the seat proves it', async () => {
      await putReading(
        bylaw.services.store,
        client.id,
        'members',
        [
          { name: 'Ana Ruiz', email: 'ana@alder.example.org', role: 'primary_owner', status: 'active' },
          { name: 'Ben Okafor', email: 'ben@alder.example.org', role: 'user', status: 'active' },
        ],
        '2026-11-26',
      );
      await bylaw.services.verdicts.refresh(client.id);
      expect(await one()).toMatchObject({
        state: 'gone',
        words: 'No seat in the members file of 26 Nov 2026',
      });
      expect(await due()).toEqual([]);
    });
  });

  test('a file that nothing shows to be whole proves no seat gone', async () => {
    const harrow = await bylaw.client('Harrow Guild', { domains: ['alder.example.org'] });
    const of = `/clients/${harrow.slug}/leavers`;
    const ana = {
      name: 'Ana Ruiz',
      email: 'ana@alder.example.org',
      role: 'primary_owner',
      status: 'active',
    } as const;
    const ben = {
      name: 'Ben Okafor',
      email: 'ben@alder.example.org',
      role: 'user',
      status: 'active',
    } as const;
    const bring = async (rows: readonly (typeof ana | typeof ben)[], day: string) => {
      await putReading(bylaw.services.store, harrow.id, 'members', rows, day);
      await bylaw.services.verdicts.refresh(harrow.id);
    };
    await bring([ana, ben], '2026-11-20');
    const started = await bylaw.owner.call('POST', of, {
      address: ben.email,
      lastDay: '2026-10-12',
      owner: tess.email,
    });
    expect(started).toMatchObject({ status: 201, body: { state: 'overdue' } });
    await bring([ana], '2026-11-23');
    const { items } = (await bylaw.owner.call('GET', of)).body;
    expect(items).toMatchObject([{ address: ben.email, state: 'overdue' }]);
  });

  describe('what is refused', () => {
    test('someone without an account, a second start, a day to come, a stale version, and who only reads', async () => {
      const ana = { address: 'ana@alder.example.org', lastDay: '2026-12-31' };
      expect((await start({ address: 'nobody@alder.example.org' })).status).toBe(422);
      const { body: started } = await start(ana);
      expect(started.state).toBe('open');
      expect((await start(ana)).status).toBe(409);
      const { body: marked } = await mark(started, '2026-11-26');
      expect((await mark(started, null)).status).toBe(409);
      expect((await mark(marked, '2026-12-24')).status).toBe(400);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await mark(marked, null, auditor)).status).toBe(403);
      expect((await list(auditor)).people).toEqual([]);
      const { body: back } = await mark(marked, null);
      expect(back).toMatchObject({ state: 'open', removed: null });
      const stop = await bylaw.owner.call('POST', at(`/${back.id}/stop`), { version: back.version });
      expect(stop.body).toEqual({ stopped: true });
      expect(await one(ana.address)).toBeUndefined();
      const audit = await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=leavers.mark`);
      expect(audit.body.items.length).toBeGreaterThanOrEqual(3);
    });
  });
});
// Guide: G6.6-03
