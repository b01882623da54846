import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { addSpans } from '#store/sources/spans.ts';
import { importOn } from '../retention/testing.ts';
import { jobContext } from './asking.ts';
import { buildWeekly } from './weekly/build.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string; name: string };
let auditor: TestPerson;
let events = 0;

const get = async (path: string, person = auditor) =>
  person.call('GET', `/clients/${client.slug}/usage${path}`);
/** So many messages of somebody, at noon of a day in New York. */
const messages = (person: string | null, day: string, many: number): Activity[] =>
  Array.from({ length: many }, () => {
    events += 1;
    return anActivity({
      id: `m${events}`,
      at: `${day}T17:00:00.000Z`,
      type: 'user_prompt',
      category: 'message',
      person,
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
    });
  });
const call = (id: string, change: Partial<Activity>) =>
  anActivity({ id, at: '2026-11-18T17:00:00.000Z', person: 'mara@alder.example.org', ...change });

beforeAll(async () => {
  bylaw = await testConsole();
  // Tuesday, 24 November 2026; the last whole week began on Monday the 16th.
  client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
  await importOn(bylaw, client, '2026-11-24', [
    {
      name: 'members.csv',
      bytes:
        'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\nBert Holm,bert@alder.example.org,User,Standard,Active\n',
    },
    {
      name: 'roster.csv',
      bytes:
        'Name,Email,Status,Department\nMara Ellingsworth,mara@alder.example.org;m.e@alder.example.org,Active,Office\nBert Holm,bert@alder.example.org,Active,Office\n',
    },
  ]);
  auditor = await bylaw.person('auditor', client.id);
  await bylaw.services.activityLog.append(client.id, [
    ...['2026-10-05', '2026-10-12', '2026-10-19', '2026-11-02', '2026-11-09'].flatMap((day) =>
      messages('mara@alder.example.org', day, 10),
    ),
    ...messages('mara@alder.example.org', '2026-11-17', 25),
    // Another address of hers, late on a Sunday in New York, which is Monday in UTC.
    ...messages('m.e@alder.example.org', '2026-11-18', 15),
    ...messages('bert@alder.example.org', '2026-11-16', 4),
    ...messages(null, '2026-11-16', 3),
    call('c1', { effect: 'read' }),
    call('c2', { effect: 'write', outcome: 'failure' }),
    call('c3', { effect: null, person: 'm.e@alder.example.org' }),
    call('c4', { connector: 'taskline', connectorName: 'Taskline', effect: 'unknown' }),
    call('c5', { connector: null, connectorName: null, tool: 'Bash', effect: 'unknown' }),
    call('r1', {
      category: 'model_request',
      model: 'claude-opus-4-8',
      effect: null,
      amounts: { ...NO_AMOUNTS, inputTokens: 10, costMicros: 2_500_000 },
    }),
    call('r2', { category: 'model_request', model: 'claude-opus-4-8', effect: null }),
    call('r3', { category: 'model_request', model: 'nova-pro', effect: null }),
  ]);
}, 120_000);
afterAll(() => bylaw.close());

describe('the usage page', () => {
  it('counts messages by day, week and month, and a time in which nothing came as not known', async () => {
    const { body } = await get('?range=12w');
    const weeks = Object.fromEntries(
      body.weeks.map(({ start, messages: sent }: { start: string; messages: number | null }) => [
        start,
        sent,
      ]),
    );
    expect(weeks).toMatchObject({
      '2026-10-19': 10,
      // No event of any kind came in that week.
      '2026-10-26': null,
      '2026-11-16': 47,
      '2026-11-23': null,
    });
    expect(body).toMatchObject({ from: '2026-08-31', to: '2026-11-24', lastWeek: '2026-11-16' });
    expect(body.months.slice(-2)).toMatchObject([
      { start: '2026-10', messages: 30, whole: false },
      { start: '2026-11', messages: 67, whole: false },
    ]);
    const sum = (list: { messages: number | null }[]) =>
      list.reduce((total, { messages: sent }) => total + (sent ?? 0), 0);
    expect([sum(body.days), sum(body.weeks), sum(body.months)]).toEqual([97, 97, 97]);
    expect(body.weeks.at(-1).whole).toBe(false);
  });

  it('tells connectors by effect, with what nobody classified apart and never as a read', async () => {
    const { body } = await get('');
    expect(body.connectors).toEqual([
      expect.objectContaining({
        id: 'microsoft365_outlook',
        name: 'Microsoft 365 (Outlook)',
        calls: 3,
        effects: { read: 1, write: 1, admin: 0, unknown: 1 },
        failed: 1,
        inCharter: null,
        sources: ['otlp'],
      }),
      expect.objectContaining({ id: null, name: 'Claude’s own tools', calls: 1 }),
      expect.objectContaining({ id: 'taskline', calls: 1 }),
    ]);
    const who = (await get('/connector?connector=microsoft365_outlook')).body;
    expect(who.items).toEqual([
      expect.objectContaining({
        name: 'Mara Ellingsworth',
        effects: { read: 1, write: 1, admin: 0, unknown: 1 },
        sources: ['otlp'],
      }),
    ]);
  });

  it('sums what is stated, and says of how many', async () => {
    const { models, cost } = (await get('')).body;
    expect(models).toEqual([
      expect.objectContaining({ model: 'nova-pro', family: 'nova-pro', requests: 1, costMicros: null }),
      expect.objectContaining({
        model: 'claude-opus-4-8',
        family: 'Opus',
        requests: 2,
        inputTokens: { sum: 10, stated: 1, of: 2 },
        costMicros: { sum: 2_500_000, stated: 1, of: 2 },
      }),
    ]);
    expect(cost.total).toMatchObject({ sum: 2_500_000, stated: 1 });
  });

  it('counts people once, whatever address they use, of the seats there are', async () => {
    const { people, adoption } = (await get('')).body;
    expect(adoption).toMatchObject({ seats: 2, staff: 2, lastWeek: 2 });
    expect(people).toMatchObject({ counted: 2, median: 22, unusual: 1, notCompared: 1, notTold: 3 });
  });

  it('says what no source of the plan can tell, where it would stand', async () => {
    const { blind } = (await get('')).body;
    expect(blind.map(({ about }: { about: string }) => about)).toEqual([
      'content',
      'messages',
      'connectors',
      'cost',
    ]);
    expect(blind[0].words).toMatch(/Primary Owner of a Team plan can export all conversations/);
    const [, messages] = blind;
    expect(messages.words).toContain('Team plan');
    expect(messages.page.url).toBe('https://claude.ai/analytics/activity');
  });

  it('is there with nothing in it before any source told anything', async () => {
    const empty = await bylaw.client('Quiet Guild', { claudePlan: 'enterprise' });
    const { body, status } = await bylaw.owner.call('GET', `/clients/${empty.slug}/usage?range=all`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ log: { first: null }, connectors: [], cost: { total: null } });
    expect(body.weeks.every(({ messages: sent }: { messages: number | null }) => sent === null)).toBe(true);
  });
});

describe('people', () => {
  it('stand by name against their own weeks before', async () => {
    const { items } = (await get('/people')).body;
    expect(items).toMatchObject([
      { name: 'Bert Holm', week: 4, usual: null, unusual: null },
      { name: 'Mara Ellingsworth', week: 40, usual: 10, unusual: true },
    ]);
  });

  it('are each shown with both of their addresses', async () => {
    const { body } = await get('/person?key=mara@alder.example.org');
    expect(body.addresses).toEqual(['m.e@alder.example.org', 'mara@alder.example.org']);
    expect(body.connectors.map(({ name }: { name: string }) => name)).toContain('Microsoft 365 (Outlook)');
    expect((await get('/person?key=nobody@alder.example.org')).status).toBe(404);
  });

  it('are known by a code only to who may not see people', async () => {
    const shy = await bylaw.person('auditor', client.id);
    await bylaw.owner.call('POST', `/users/${shy.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: client.slug,
    });
    for (const path of [
      '/people',
      '/connector?connector=microsoft365_outlook',
      '/table?list=people&format=csv',
    ])
      expect((await get(path, shy)).bytes.toString()).not.toMatch(/mara|ellingsworth/i);
    expect((await get('/person?key=mara@alder.example.org', shy)).status).toBe(404);
  });
});

describe('use that two sources tell of', () => {
  let both: typeof client;
  let calls = 0;
  const told = (source: Activity['source'], day: string, many: number, change: Partial<Activity> = {}) =>
    Array.from({ length: many }, () => {
      calls += 1;
      return anActivity({ id: `t${calls}`, at: `${day}T17:00:00.000Z`, source, person: MARA, ...change });
    });
  const MARA = 'mara@twice.example.org';
  const usage = async (path: string) =>
    (await auditorOf.call('GET', `/clients/${both.slug}/usage${path}`)).body;
  let auditorOf: TestPerson;

  beforeAll(async () => {
    both = await bylaw.client('Twice Guild', { timezone: 'America/New_York', claudePlan: 'enterprise' });
    auditorOf = await bylaw.person('auditor', both.id);
    await bylaw.services.activityLog.append(both.id, [
      // The session records of this day are whole: they count, where they tell of somebody at all.
      ...told('otlp', '2026-11-17', 4),
      ...told('sessions', '2026-11-17', 3),
      ...told('sessions', '2026-11-17', 5, { surface: 'chat' }),
      ...told('otlp', '2026-11-17', 2, { person: 'bert@twice.example.org' }),
      // Of this day they were read in part only.
      ...told('otlp', '2026-11-18', 4),
      ...told('sessions', '2026-11-18', 1),
      ...told('sessions', '2026-11-19', 2),
      // One of them does not say who it was.
      ...told('otlp', '2026-11-20', 3, { person: null }),
      ...told('sessions', '2026-11-20', 2),
      // One of them does not say where it was, nor by which name the other knows the connector.
      ...told('sessions', '2026-11-21', 2, { surface: 'unknown', connector: 'taskline' }),
      ...told('otlp', '2026-11-21', 1),
    ]);
    await bylaw.services.store.write([both.id], (tx) =>
      addSpans(tx, both.id, 'sessions', [
        { from: '2026-11-17T05:00:00.000Z', to: '2026-11-18T05:00:00.000Z', gap: null, mendable: false },
      ]),
    );
  });

  it('is in each figure of the page once, by the source that is whole, else by the one that tells most', async () => {
    const { connectors, surfaces, adoption, twice } = await usage('');
    expect(connectors).toMatchObject([
      { id: 'microsoft365_outlook', calls: 19, effects: { read: 19, unknown: 0 }, notCounted: 8 },
      { id: 'taskline', calls: 2, notCounted: 0 },
    ]);
    expect(
      Object.fromEntries(surfaces.map((one: { surface: string; calls: number }) => [one.surface, one.calls])),
    ).toEqual({ cowork: 14, chat: 5, unknown: 2 });
    expect(adoption.lastWeek).toBe(2);
    expect(twice).toMatchObject([
      {
        figure: 'tool_call',
        surface: 'cowork',
        told: [
          { source: 'otlp', days: 3, events: 13, counted: 9 },
          { source: 'sessions', days: 3, events: 6, counted: 3, because: expect.stringContaining('whole') },
        ],
      },
      {
        surface: 'unknown',
        told: [
          { source: 'otlp', counted: 0 },
          { source: 'sessions', counted: 2 },
        ],
      },
    ]);
  });

  it('is counted once for each person, and nobody goes missing of whom one source tells', async () => {
    const { items } = await usage('/people');
    expect(items.map(({ key, calls: many }: { key: string; calls: number }) => [key, many])).toEqual([
      ['bert@twice.example.org', 2],
      [MARA, 16],
    ]);
    const { connectors, weeks } = await usage(`/person?key=${MARA}`);
    expect(connectors).toMatchObject([
      { calls: 14, notCounted: 8 },
      { name: 'taskline', calls: 2 },
    ]);
    expect(weeks.find(({ start }: { start: string }) => start === '2026-11-16').calls).toBe(16);
    const who = await usage('/connector?connector=microsoft365_outlook');
    expect(who.items.reduce((sum: number, { calls: many }: { calls: number }) => sum + many, 0)).toBe(19);
  });

  it('is in exported lists and the weekly file once', async () => {
    for (const [list, column] of [
      ['everything', 'Events'],
      ['connectors_by_person', 'Calls'],
    ] as const) {
      const { bytes } = await auditorOf.call(
        'GET',
        `/clients/${both.slug}/usage/table?list=${list}&format=csv`,
      );
      const rows: Record<string, string>[] = parse(bytes.toString('utf8'), {
        bom: true,
        comment: '#',
        comment_no_infix: true,
        columns: true,
      });
      expect(rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(21);
    }
    const ref = { ...both, timezone: 'America/New_York', sandbox: false };
    const { summary } = await buildWeekly(jobContext(bylaw.services, ref), '2026-11-16');
    expect(summary).toMatchObject({ calls: 21, writes: 0 });
  });
});

it.each([
  'days',
  'weeks',
  'months',
  'people',
  'connectors',
  'connectors_by_person',
  'models',
  'models_by_person',
  'adoption',
  'everything',
])('takes %s along', async (list) => {
  const file = await get(`/table?list=${list}&format=csv`);
  expect(file.status).toBe(200);
  const rows = parse(file.bytes.toString('utf8'), { bom: true, comment: '#', comment_no_infix: true });
  expect(rows.length).toBeGreaterThan(1);
  expect((await get(`/table?list=${list}&format=xlsx`)).status).toBe(200);
});
