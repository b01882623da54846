import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importOn, ownerNow } from '../../retention/testing.ts';

const MESSAGES = {
  name: 'usage october.csv',
  bytes:
    'Email,Messages,Spend USD,Date from,Date to\n' +
    'mara@alder.example.org,120,1.25,2026-10-01,2026-10-31\n' +
    'm.e@alder.example.org,30,0.10,2026-10-01,2026-10-31\n' +
    'bert@alder.example.org,0,,2026-10-01,2026-10-31\n' +
    ',5,0.2,2026-10-01,2026-10-31\n',
};
const COUNTS_ONLY = {
  name: 'usage september.csv',
  bytes: 'Email,Messages,Date from,Date to\nmara@alder.example.org,40,2026-09-01,2026-09-30\n',
};
const ROSTER = {
  name: 'roster.csv',
  bytes:
    'Name,Email,Status\nMara Ellingsworth,mara@alder.example.org;m.e@alder.example.org,Active\nBert Holm,bert@alder.example.org,Active\n',
};
const MEMBERS = {
  name: 'members.csv',
  bytes:
    'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\nBert Holm,bert@alder.example.org,User,Standard,Active\n',
};
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' };

let bylaw: TestConsole;
let client: { id: string; slug: string; name: string };
/** Sessions end between the days of imports, so an owner signs in each time. */
const usage = async (path: string, person?: TestPerson, of = client) =>
  (person ?? (await ownerNow(bylaw))).call('GET', `/clients/${of.slug}/usage${path}`);
const filesOf = async (of = client) => (await usage('', undefined, of)).body.imported;

beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Alder Society', { claudePlan: 'team', timezone: 'UTC' });
  await importOn(bylaw, client, '2026-11-20', [MEMBERS, ROSTER, MESSAGES, COUNTS_ONLY]);
});
afterAll(() => bylaw.close());

describe('imported usage files', () => {
  it('are each shown with their own period, totals and people', async () => {
    const { why, items } = await filesOf();
    expect(why).toBeNull();
    expect(items).toMatchObject([
      {
        name: MESSAGES.name,
        period: OCTOBER,
        people: 2,
        unnamed: 1,
        messages: { sum: 155, stated: 4, of: 4 },
        netMicros: { sum: 1_550_000, stated: 3, of: 4 },
        contradicted: false,
        replaces: [],
      },
      { name: COUNTS_ONLY.name, period: SEPTEMBER, people: 1, unnamed: 0, messages: { sum: 40 } },
    ]);
  });

  it('give no amount that they do not state', async () => {
    const [october, september] = (await filesOf()).items;
    expect([october.requests, october.inputTokens, october.grossMicros]).toEqual([null, null, null]);
    expect(september.netMicros).toBeNull();
    const { items } = (await usage(`/imported?file=${september.file}`)).body;
    expect(items).toMatchObject([{ person: 'Mara Ellingsworth', messages: { sum: 40 }, netMicros: null }]);
  });

  it('list people by name with both of their addresses together, and a stated 0 as 0', async () => {
    const { items, total } = (await usage('/imported')).body;
    expect(total).toBe(4);
    expect(items).toMatchObject([
      { period: OCTOBER, person: 'Bert Holm', messages: { sum: 0, stated: 1, of: 1 }, netMicros: null },
      {
        period: OCTOBER,
        person: 'Mara Ellingsworth',
        messages: { sum: 150 },
        netMicros: { sum: 1_350_000 },
      },
      { period: OCTOBER, key: null, person: 'Not reported', messages: { sum: 5 } },
      { period: SEPTEMBER, person: 'Mara Ellingsworth', messages: { sum: 40 }, netMicros: null },
    ]);
    const first = (await usage('/imported?limit=3')).body;
    const rest = (await usage(`/imported?limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items]).toEqual(items);
  });

  it('say that a spend report is not all use on a plan with seats', async () => {
    const { blind } = (await usage('')).body;
    expect(blind.filter(({ about }: { about: string }) => about === 'imported')).toMatchObject([
      { words: expect.stringContaining('only use above the allotment') },
    ]);
  });

  it('can be exported, with an empty cell if nothing is stated', async () => {
    const { bytes } = await usage('/table?list=imported&format=csv');
    const rows = parse<Record<string, string>>(bytes.toString('utf8'), { bom: true, columns: true });
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatchObject({ From: '2026-10-01', Who: 'Mara Ellingsworth', Messages: '150' });
    expect(Number(rows[1]?.['Net spend in US dollars'])).toBe(1.35);
    expect(rows[3]).toMatchObject({ File: COUNTS_ONLY.name, Messages: '40', 'Net spend in US dollars': '' });
    expect((await usage('/table?list=imported&format=xlsx')).status).toBe(200);
  });

  it('name no one to a person who may not see people', async () => {
    const shy = await bylaw.person('auditor', client.id);
    await bylaw.owner.call('POST', `/users/${shy.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: client.slug,
    });
    for (const path of ['/imported', '/table?list=imported&format=csv']) {
      const { status, bytes } = await usage(path, shy);
      expect(status).toBe(200);
      expect(bytes.toString()).not.toMatch(/mara|bert|ellingsworth/i);
    }
  });

  it('are there for nobody who may not see activity', async () => {
    const other = await bylaw.client('Birch Society', {});
    const stranger = await bylaw.person('auditor', other.id);
    expect((await usage('/imported', stranger)).status).toBe(404);
    expect((await usage('/imported?file=unknown')).status).toBe(404);
  });
});

describe('several files', () => {
  const guild = async (name: string) => bylaw.client(name, { claudePlan: 'team', timezone: 'UTC' });
  const file = (name: string, lines: string, heading = 'Email,Messages,Date from,Date to') => ({
    name,
    bytes: `${heading}\n${lines}\n`,
  });

  it('of the same period: the newer one replaces the older one, and says so', async () => {
    const own = await guild('Replacing Guild');
    const month = '2026-11-01,2026-11-30';
    await importOn(bylaw, own, '2026-11-20', [file('early.csv', `a@b.example,10,${month}`)]);
    await importOn(bylaw, own, '2026-11-24', [file('late.csv', `a@b.example,12,${month}`)]);
    expect((await filesOf(own)).items).toMatchObject([
      {
        name: 'late.csv',
        observedOn: '2026-11-24',
        period: { from: '2026-11-01', to: '2026-11-24' },
        messages: { sum: 12 },
        replaces: ['early.csv'],
      },
    ]);
  });

  it('of the same period with other figures each stay', async () => {
    const own = await guild('Two Figures Guild');
    await importOn(bylaw, own, '2026-11-20', [file('messages.csv', 'a@b.example,10,2026-11-01,2026-11-30')]);
    await importOn(bylaw, own, '2026-11-24', [
      file('spend.csv', 'a@b.example,1.5,2026-11-01,2026-11-30', 'Email,Spend USD,Date from,Date to'),
    ]);
    expect(
      (await filesOf(own)).items.map(({ name, replaces }: Record<string, unknown>) => [name, replaces]),
    ).toEqual([
      ['spend.csv', []],
      ['messages.csv', []],
    ]);
  });

  it('of one period and day that differ: neither is taken for the current one', async () => {
    const own = await guild('Differing Guild');
    const month = '2026-10-01,2026-10-31';
    await importOn(bylaw, own, '2026-11-24', [
      file('one.csv', `a@b.example,10,${month}`),
      file('two.csv', `a@b.example,11,${month}`),
    ]);
    expect(
      (await filesOf(own)).items.map(({ name, contradicted }: Record<string, unknown>) => [
        name,
        contradicted,
      ]),
    ).toEqual([
      ['one.csv', true],
      ['two.csv', true],
    ]);
  });

  it('keep two periods in one file apart', async () => {
    const own = await guild('Two Months Guild');
    await importOn(bylaw, own, '2026-11-24', [
      file('both.csv', 'a@b.example,10,2026-09-01,2026-09-30\na@b.example,20,2026-10-01,2026-10-31'),
    ]);
    expect((await filesOf(own)).items).toMatchObject([
      { name: 'both.csv', period: OCTOBER, messages: { sum: 20 } },
      { name: 'both.csv', period: SEPTEMBER, messages: { sum: 10 } },
    ]);
    expect((await usage('/imported', undefined, own)).body.total).toBe(2);
  });

  it('without a period or a person say neither', async () => {
    const own = await guild('Undated Guild');
    await importOn(bylaw, own, '2026-11-24', [
      { name: 'totals.csv', bytes: 'Model,Requests,Input tokens\nclaude-opus-4-8,12,3400\n' },
    ]);
    expect((await filesOf(own)).items).toMatchObject([
      { period: null, people: null, unnamed: 1, messages: null, requests: { sum: 12 } },
    ]);
  });

  it('are asked for where there are none', async () => {
    const own = await guild('Empty Guild');
    expect(await filesOf(own)).toMatchObject({
      why: expect.stringContaining('has not been provided'),
      howToGet: expect.stringContaining('Export spend report'),
      items: [],
    });
  });
});
// Guide: G5.1-00 G5.2-01
