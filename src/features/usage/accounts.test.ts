import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { type Simulator, startAnthropic } from '../../../sandbox/anthropic/simulator.ts';
import { importOn } from '../retention/testing.ts';
import { readSources } from '../sources/read-sources.ts';

anyEngine('someone whom one source names by the id of the account and another by the address', (engine) => {
  let bylaw: TestConsole;
  let vendor: Simulator;
  let client: { id: string; slug: string; name: string };
  let auditor: TestPerson;
  let events = 0;
  beforeAll(async () => {
    vendor = await startAnthropic({ now: () => TEST_NOW, limit: 100_000 });
    bylaw = await testConsole({ store: await engine.open(), anthropic: vendor.url });
    client = await bylaw.client('Alder Society', { timezone: 'UTC', claudePlan: 'enterprise' });
    await importOn(bylaw, client, '2026-11-24', [
      {
        name: 'members.csv',
        bytes:
          'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\n',
      },
      {
        name: 'roster.csv',
        bytes:
          'Name,Email,Status,Department\nMara Ellingsworth,mara@alder.example.org;m.e@alder.example.org,Active,Office\n',
      },
    ]);
    auditor = await bylaw.person('auditor', client.id);
  });
  afterAll(async () => {
    await bylaw.close();
    await vendor.close();
  });

  const add = (...list: Activity[]) => bylaw.services.activityLog.append(client.id, list);
  const message = (person: string, actor: Partial<Activity['actor']> = {}) => {
    events += 1;
    return anActivity({
      id: `m${events}`,
      at: `2026-11-17T10:00:00.${String(events).padStart(3, '0')}Z`,
      category: 'message',
      person,
      actor: { type: 'user', id: null, email: null, name: null, ...actor },
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
    });
  };
  const people = async (who = auditor): Promise<[string, number][]> =>
    (await who.call('GET', `/clients/${client.slug}/usage/people`)).body.items.map(
      ({ name, week }: { name: string; week: number }) => [name, week],
    );

  it('is one person once an activity names both, and two before', async () => {
    await add(message('mara@alder.example.org'), message('user_01mara', { id: 'user_01mara' }));
    expect(await people()).toEqual([
      ['Mara Ellingsworth', 1],
      ['user_01mara', 1],
    ]);
    // By an address of hers that the roster alone knows, in an event of no use.
    await add({
      ...message('m.e@alder.example.org', { id: 'user_01mara', email: 'M.E@alder.example.org' }),
      category: 'sign_in',
    });
    expect(await people()).toEqual([['Mara Ellingsworth', 2]]);
    const person = '/usage/person?key=mara@alder.example.org';
    expect((await auditor.call('GET', `/clients/${client.slug}${person}`)).body.addresses).toContain(
      'user_01mara',
    );
    const list = await auditor.call('GET', `/clients/${client.slug}/activity?person=mara@alder.example.org`);
    expect(list.body.items).toHaveLength(3);
  });

  it('is nobody else because of a name', async () => {
    const named = { id: 'user_02other', name: 'Mara Ellingsworth' };
    await add(message('user_02other', named), message('user_02other', named));
    expect(await people()).toEqual([
      ['Mara Ellingsworth', 2],
      ['user_02other', 2],
    ]);
  });

  it('is nobody else because of an id that many may share', async () => {
    await add(
      message('lou@alder.example.org', { id: 'anonymous', email: 'lou@alder.example.org' }),
      message('anonymous', { id: 'anonymous' }),
    );
    expect(await people()).toContainEqual(['anonymous', 1]);
  });

  it('is the current holder of the account if its address was changed', async () => {
    await add(
      message('new@alder.example.org', { id: 'user_03', email: 'new@alder.example.org' }),
      {
        ...message('old@alder.example.org', { id: 'user_03', email: 'old@alder.example.org' }),
        at: '2026-10-01T10:00:00.000Z',
      },
      message('user_03', { id: 'user_03' }),
    );
    expect(await people()).toContainEqual(['new@alder.example.org', 2]);
  });

  it('is reported by the vendor’s list of users, too', async () => {
    const one = vendor.organization.users.find(({ id }) => id !== 'user_01mara');
    await add(message(String(one?.id)));
    const name = async () => (await people()).some(([who]) => who === String(one?.id));
    expect(await name()).toBe(true);
    const key = 'sk-ant-api01-members-only-0001';
    vendor.keys.set(key, { kind: 'access', scopes: ['read:members'] });
    await bylaw.owner.call('POST', `/clients/${client.slug}/sources`, { key });
    await readSources(bylaw.services);
    expect(await name()).toBe(false);
  });

  it('belongs to one client alone, and is hidden from anyone who may not see people', async () => {
    const harrow = await bylaw.client('Harrow Guild', { timezone: 'UTC' });
    await bylaw.services.activityLog.append(harrow.id, [message('user_01mara', { id: 'user_01mara' })]);
    const { items } = (await bylaw.owner.call('GET', `/clients/${harrow.slug}/usage/people`)).body;
    expect(items).toMatchObject([{ name: 'user_01mara' }]);
    const shy = await bylaw.person('auditor', client.id);
    await bylaw.owner.call('POST', `/users/${shy.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: client.slug,
    });
    expect((await people(shy)).every(([name]) => /^Person [0-9a-f]{6}$/.test(name))).toBe(true);
  });
});
