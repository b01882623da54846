import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importOn } from '../retention/testing.ts';
import { USAGE_LISTS } from './schemas.ts';

anyEngine('usage', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let auditor: TestPerson;
  let events = 0;

  const get = async (path: string, person = auditor) =>
    person.call('GET', `/clients/${client.slug}/usage${path}`);
  /** So many messages of someone, at noon of a day in New York. */
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
    bylaw = await testConsole({ store: await engine.open() });
    // Tuesday, November 24, 2026; the last whole week began on Monday the 16th.
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
  });
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

    it('splits connectors by effect, with unclassified calls apart and never as reads', async () => {
      const { body } = await get('');
      expect(body.connectors).toEqual([
        expect.objectContaining({
          id: 'microsoft365_outlook',
          name: 'Microsoft 365 (Outlook)',
          calls: 3,
          effects: { read: 1, write: 0, admin: 0, unknown: 1 },
          failed: 1,
          refused: 0,
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
          effects: { read: 1, write: 0, admin: 0, unknown: 1 },
          failed: 1,
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
      expect(people).toMatchObject({ counted: 2, median: 22, unusual: 1, notCompared: 1, noPerson: 3 });
    });

    it('says what no source of the plan can report, where it would be', async () => {
      const { blind } = (await get('')).body;
      expect(blind.map(({ about }: { about: string }) => about).slice(0, 4)).toEqual([
        'content',
        'messages',
        'connectors',
        'cost',
      ]);
      expect(blind[0].words).toMatch(
        /Primary Owner of a Team plan can export all of the organization’s conversations/,
      );
      const [, messages] = blind;
      expect(messages.words).toContain('Team plan');
      expect(messages.page.url).toBe('https://claude.ai/analytics/activity');
    });

    it('is there with nothing in it before any source reported anything', async () => {
      const empty = await bylaw.client('Quiet Guild', { claudePlan: 'enterprise' });
      const { body, status } = await bylaw.owner.call('GET', `/clients/${empty.slug}/usage?range=all`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ log: { first: null }, connectors: [], cost: { total: null } });
      expect(body.weeks.every(({ messages: sent }: { messages: number | null }) => sent === null)).toBe(true);
    });
  });

  describe('people', () => {
    it('are compared by name with their own earlier weeks', async () => {
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

    it('appear only under a code to someone who may not see people', async () => {
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

  // Anthropic's own figures and imported files have tests of their own, with clients that have some.
  it.each(USAGE_LISTS.filter((list) => !/^(vendor_|imported$)/.test(list)))(
    'takes %s along',
    async (list) => {
      const file = await get(`/table?list=${list}&format=csv`);
      expect(file.status).toBe(200);
      const rows = parse(file.bytes.toString('utf8'), { bom: true });
      expect(rows.length).toBeGreaterThan(1);
      expect((await get(`/table?list=${list}&format=xlsx`)).status).toBe(200);
    },
  );
});
// Guide: G1.1-04 G1.1-11 G2.2-18 G5-00 G5.1-00 G5.1-01 G5.1-02 G5.1-03 G5.1-04 G5.1-05 G5.1-07 G5.1-08
// Guide: G5.2-01
