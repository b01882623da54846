import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { type Simulator, startAnthropic } from '../../../../sandbox/anthropic/simulator.ts';
import { readSources } from '../../sources/read-sources.ts';
import { jobContext } from '../asking.ts';
import { buildWeekly } from '../weekly/build.ts';

const MARA = 'mara@alder.example.org';
const WEEK = '2026-11-16';

anyEngine('what Anthropic counts itself', (engine) => {
  let bylaw: TestConsole;
  let vendor: Simulator;
  let client: { id: string; slug: string; name: string };
  let auditor: TestPerson;
  let events = 0;
  const usage = async (path: string, person = auditor) =>
    (await person.call('GET', `/clients/${client.slug}/usage${path}`)).body;
  const reported = (day: string, many: number, change: Partial<Activity>): Activity[] =>
    Array.from({ length: many }, () => {
      events += 1;
      return anActivity({ id: `v${events}`, at: `${day}T17:00:00.000Z`, person: MARA, ...change });
    });
  const message = {
    category: 'message',
    connector: null,
    connectorName: null,
    tool: null,
    effect: null,
  } as const;
  const person = (id: string, email: string, chat: number | null, cowork: number | null) => ({
    user: { id, email_address: email, type: 'user' },
    chat_metrics: { message_count: chat },
    cowork_metrics: { message_count: cowork },
  });
  const connector = (name: string, user: string, counts: readonly [number, number, number] | null) => ({
    connector_name: name,
    distinct_user_count: 1,
    read_call_count: counts?.[0] ?? null,
    write_call_count: counts?.[1] ?? null,
    unclassified_call_count: counts?.[2] ?? null,
    user_id: user,
  });

  beforeAll(async () => {
    vendor = await startAnthropic({ now: () => TEST_NOW, limit: 100_000 });
    bylaw = await testConsole({ store: await engine.open(), anthropic: vendor.url });
    client = await bylaw.client('Alder Society', { timezone: 'UTC', claudePlan: 'enterprise' });
    auditor = await bylaw.person('auditor', client.id);
    const { analyticsUsers, analyticsConnectors } = vendor.organization;
    // Two days on which exactly the same was done, and a quiet weekend.
    for (const day of ['2026-11-17', '2026-11-18']) {
      analyticsUsers[day] = [
        person('user_01mara', MARA, 40, 3),
        person('user_02bert', 'bert@alder.example.org', 5, 0),
      ];
      analyticsConnectors[day] = [
        connector('microsoft 365', 'user_01mara', [7, 2, 1]),
        connector('slack', 'user_09gone', null),
      ];
    }
    const model = (id: string, email: string, name: string | null, requests: number, product = 'chat') => ({
      actor: { type: 'user_actor', user_id: id, email_address: email, name: null, deleted: false },
      model: name,
      product,
      requests,
      total_tokens: requests * 100,
    });
    Object.assign(vendor.organization.analyticsModels ?? {}, {
      '2026-11-17': [
        model('user_01mara', MARA, 'claude-opus-5-5', 7),
        model('user_01mara', MARA, 'nova-pro', 2),
        // Only the report of models lists this person.
        model('user_03nina', 'nina@alder.example.org', 'claude-opus-5-5', 1),
      ],
      '2026-11-18': [model('user_01mara', MARA, 'claude-opus-5-5', 3), model('user_01mara', MARA, null, 1)],
    });
    analyticsUsers['2026-11-19'] = [person('user_01mara', MARA, 10, null)];
    await bylaw.services.activityLog.append(client.id, [
      ...reported('2026-11-17', 2, message),
      ...reported('2026-11-18', 4, message),
      // The vendor counts no messages in Claude Code: they are not what it is compared with.
      ...reported('2026-11-18', 9, { ...message, surface: 'claude_code' }),
      ...reported('2026-11-17', 3, { effect: 'read' }),
      ...reported('2026-11-18', 1, { effect: 'write' }),
      // The vendor has not reckoned up this day yet.
      ...reported('2026-11-24', 6, message),
      ...reported('2026-11-18', 1, {
        category: 'model_request',
        model: 'claude-opus-4-8',
        effect: null,
        amounts: { ...NO_AMOUNTS },
      }),
    ]);
    const key = 'sk-ant-api01-analytics-only-0001';
    vendor.keys.set(key, { kind: 'access', scopes: ['read:analytics'] });
    const answer = await bylaw.owner.call('POST', `/clients/${client.slug}/sources`, { key });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    await readSources(bylaw.services);
  });
  afterAll(async () => {
    await bylaw.close();
    await vendor.close();
  });

  it('tells the models of chat by family, month and person, and keeps the name of one that it does not know', async () => {
    const { models, people } = await usage('/vendor?range=4w');
    expect(models.reported).toBeGreaterThan(0);
    expect(models.items).toMatchObject([
      { family: 'No model', model: null, requests: { sum: 1 } },
      { family: 'nova-pro', model: 'nova-pro', product: 'chat', tokens: { sum: 200 } },
      {
        family: 'Opus',
        model: 'claude-opus-5-5',
        requests: { sum: 11, stated: 3, of: 3 },
        tokens: { sum: 1100 },
        months: [{ start: '2026-11', requests: { sum: 11 } }],
        people: [
          { key: MARA, requests: { sum: 10 } },
          { key: 'nina@alder.example.org', requests: { sum: 1 } },
        ],
      },
    ]);
    // Whom only that report lists is counted in no number of messages.
    expect(JSON.stringify(people)).not.toContain('nina');
    const table = await auditor.call(
      'GET',
      `/clients/${client.slug}/usage/table?range=4w&list=vendor_models&format=csv`,
    );
    expect(table.bytes.toString('utf8')).toContain('claude-opus-5-5');
  });

  it('stands beside the log by day, week and person, with the difference, and is in no other figure', async () => {
    const shown = await usage('/vendor?range=4w');
    expect(shown).toMatchObject({ offered: true, says: null, newest: '2026-11-23' });
    const day = (start: string) => shown.days.find((one: { start: string }) => one.start === start);
    expect(day('2026-11-17')).toMatchObject({
      reported: 1,
      messages: { sum: 48, stated: 2, of: 2 },
      chat: 45,
      log: 2,
      difference: 46,
    });
    expect(day('2026-11-18')).toMatchObject({ messages: { sum: 48 }, log: 4, difference: 44 });
    // One figure is not stated: the sum is of nobody, and that is not 0.
    expect(day('2026-11-19')).toMatchObject({ messages: null, chat: 10, cowork: null, difference: null });
    // Read whole, and nobody did anything.
    expect(day('2026-11-21')).toMatchObject({ reported: 1, messages: { sum: 0 }, log: 0, difference: 0 });
    // Not reported yet.
    expect(day('2026-11-24')).toMatchObject({ reported: 0, of: 0, messages: null, log: null });
    expect(shown.weeks.find((one: { start: string }) => one.start === WEEK)).toMatchObject({
      reported: 7,
      of: 7,
      messages: { sum: 96, stated: 4, of: 5 },
      log: 6,
      difference: null,
    });
    expect(shown.people).toMatchObject({
      reported: 7,
      items: [
        { name: 'bert@alder.example.org', messages: { sum: 10 }, log: 0, difference: 10 },
        { name: MARA, messages: { sum: 86, stated: 2, of: 3 }, log: 6, difference: null },
      ],
    });
    const page = await usage('?range=4w');
    expect(page.weeks.find((one: { start: string }) => one.start === WEEK).messages).toBe(15);
    expect(page.connectors).toMatchObject([{ calls: 4 }]);
  });

  it('tells reads from writes where the vendor does, and never takes what it does not say for none', async () => {
    const { connectors } = await usage('/vendor?range=4w');
    expect(connectors).toMatchObject([
      {
        name: 'microsoft 365',
        calls: { sum: 20, stated: 2, of: 2 },
        read: { sum: 14 },
        write: { sum: 4 },
        unclassified: { sum: 2 },
        log: { calls: 4, read: 3, write: 1, unknown: 0 },
        difference: 16,
        people: [{ name: MARA, read: { sum: 14 } }],
      },
      {
        name: 'slack',
        calls: null,
        read: null,
        log: { calls: 0 },
        difference: null,
        people: [{ name: 'user_09gone', calls: null }],
      },
    ]);
  });

  it('says how many seats and active people the vendor counts', async () => {
    const { adoption } = await usage('/vendor?range=4w');
    expect(adoption.newest).toMatchObject({ day: '2026-11-23', activeOnDay: 1, activeInMonth: null });
    expect(adoption.weeks.find((one: { start: string }) => one.start === WEEK)).toMatchObject({
      vendor: 2,
      log: 1,
      difference: 1,
    });
  });

  it('says from which day on it was read, as the ledger has it', async () => {
    const { whole, gaps } = await usage('/vendor?range=12w');
    expect(whole).toBe(false);
    expect(gaps[0].says).toEqual(expect.any(String));
    expect((await usage('/vendor?range=4w')).gaps.length).toBeGreaterThan(0);
  });

  it('goes into lists and the weekly file in columns of its own', async () => {
    const read = async (list: string) => {
      const { bytes } = await auditor.call(
        'GET',
        `/clients/${client.slug}/usage/table?list=${list}&format=csv`,
      );
      return parse(bytes.toString('utf8'), {
        bom: true,
        columns: true,
      });
    };
    expect(await read('vendor_weeks')).toContainEqual(
      expect.objectContaining({
        'Days reported': '7',
        'Anthropic: messages in chat and Cowork': '96',
        'Anthropic: messages in chat and Cowork: lines without a figure': '1',
        'Anthropic less log': '',
      }),
    );
    expect(await read('vendor_days')).not.toEqual([]);
    expect(await read('vendor_people')).toHaveLength(2);
    expect(await read('vendor_connectors')).toHaveLength(4);
    const ref = { ...client, timezone: 'UTC', sandbox: false };
    const { csv, xlsx } = await buildWeekly(jobContext(bylaw.services, ref), WEEK);
    const rows: Record<string, string>[] = parse(Buffer.from(csv).toString('utf8'), {
      bom: true,
      columns: true,
    });
    const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
    // 15 messages, 4 calls and a request; the vendor's figures are in none of them.
    expect(sum('Events')).toBe(20);
    expect(sum('Anthropic’s own count of the week: not part of Events')).toBe(96 + 20);
    expect((await readSheet(Buffer.from(xlsx), 'Anthropic’s count by person')).length).toBeGreaterThan(2);
  });

  it('names nobody to who may not see people', async () => {
    const shy = await bylaw.person('auditor', client.id);
    await bylaw.owner.call('POST', `/users/${shy.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: client.slug,
    });
    expect(JSON.stringify(await usage('/vendor', shy))).not.toMatch(/mara|bert|user_09/i);
  });

  it('is said to come with Enterprise only where the plan has none', async () => {
    const team = await bylaw.client('Team Guild', { claudePlan: 'team' });
    const { body } = await bylaw.owner.call('GET', `/clients/${team.slug}/usage/vendor`);
    expect(body).toMatchObject({ offered: false, newest: null, says: expect.stringContaining('Enterprise') });
    expect(body.weeks.every(({ messages }: { messages: unknown }) => messages === null)).toBe(true);
    const { blind } = (await bylaw.owner.call('GET', `/clients/${team.slug}/usage`)).body;
    expect(
      blind
        .filter(({ words }: { words: string }) => words.includes('Anthropic’s own'))
        .map(({ about }: { about: string }) => about),
    ).toEqual(['messages', 'people', 'connectors', 'models', 'adoption']);
  });
});
// Guide: G5.1-00 G5.1-01 G5.1-02 G5.1-03 G5.1-04 G5.1-08 G5.2-01
