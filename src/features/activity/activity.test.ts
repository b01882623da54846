import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importOn } from '../retention/testing.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string; name: string };
let auditor: TestPerson;

const add = (...activities: Activity[]) => bylaw.services.activityLog.append(client.id, activities);
const list = async (query = '', person = auditor) =>
  (await person.call('GET', `/clients/${client.slug}/activity${query}`)).body;
const titles = async (query: string) =>
  (await list(query)).items.map(({ title }: { title: string }) => title);

beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
  await importOn(bylaw, client, '2026-11-24', [
    {
      name: 'members.csv',
      bytes:
        'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\n',
    },
    {
      name: 'roster.csv',
      bytes:
        'Name,Email,Status,Department\nMara Ellingsworth,mara@alder.example.org;m.ellingsworth@alder.example.org,Active,Office\n',
    },
  ]);
  auditor = await bylaw.person('auditor', client.id);
  await add(
    anActivity({
      id: 'message',
      at: '2026-11-20T04:30:00.000Z',
      type: 'user_prompt',
      category: 'message',
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
      outcome: null,
      person: 'mara@alder.example.org',
      amounts: { ...NO_AMOUNTS, size: 120 },
    }),
    anActivity({ id: 'call', at: '2026-11-20T09:00:00.000Z', effect: 'write', tool: '=cmd()' }),
    anActivity({
      id: 'sign-in',
      at: '2026-11-21T09:00:00.000Z',
      type: 'a_type_of_next_year',
      category: 'other',
      surface: 'unknown',
      source: 'compliance_feed',
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
      person: null,
      claimedAt: '1970-01-01T00:00:00Z',
      detail: { anything: { nested: [1, null] } },
    }),
  );
});
afterAll(() => bylaw.close());

describe('the list of what happened', () => {
  it('goes from new to old, with what is not known said as such', async () => {
    const page = await list();
    expect(page).toMatchObject({ nextCursor: null, lookedTo: null });
    expect(page.items.map(({ type }: Activity) => type)).toEqual([
      'a_type_of_next_year',
      'tool_result',
      'user_prompt',
    ]);
    expect(page.items[0]).toMatchObject({
      title: 'A type of next year',
      person: null,
      effect: null,
      connector: null,
    });
    expect(page.items[1]).toMatchObject({ title: 'Tool call: =cmd()', effect: 'write', outcome: 'success' });
  });

  it('says what it cannot hold, by the plan and by what has come', async () => {
    const blind = async (slug: string) =>
      (await bylaw.owner.call('GET', `/clients/${slug}/activity/choices`)).body.blind.map(
        ({ words }: { words: string }) => words,
      );
    expect(await blind(client.slug)).toEqual([expect.stringMatching(/chats .*on a phone.*Team plan/)]);
    const quiet = await bylaw.client('Quiet on Team', { claudePlan: 'team' });
    expect(await blind(quiet.slug)).toEqual([
      expect.stringContaining('Team plan'),
      expect.stringContaining('no telemetry was received'),
    ]);
    const enterprise = await bylaw.client('Quiet on Enterprise', { claudePlan: 'enterprise' });
    expect(await blind(enterprise.slug)).toEqual([
      expect.stringContaining('activity feed is not connected'),
      expect.stringContaining('chat and session records are not connected'),
      expect.stringContaining('Telemetry reports'),
    ]);
  });

  it('is narrowed by day of the client’s zone, kind, effect, source, connector and text', async () => {
    // 4:30 in UTC is still the day before in New York.
    expect(await titles('?from=2026-11-19&to=2026-11-19')).toEqual(['Prompt']);
    expect(await titles('?from=2026-11-20')).toEqual(['A type of next year', 'Tool call: =cmd()']);
    expect(await titles('?category=message')).toEqual(['Prompt']);
    expect(await titles('?effect=write')).toEqual(['Tool call: =cmd()']);
    expect(await titles('?source=compliance_feed')).toEqual(['A type of next year']);
    expect(await titles('?connector=microsoft365_outlook')).toEqual(['Tool call: =cmd()']);
    expect(await titles('?text=PROMPT')).toEqual(['Prompt']);
    // By what the list calls it, with its blanks.
    expect(await titles('?text=next%20year')).toEqual(['A type of next year']);
    expect(await titles('?text=%25')).toEqual([]);
    expect((await auditor.call('GET', `/clients/${client.slug}/activity?category=nonsense`)).status).toBe(
      400,
    );
  });

  it('calls a tool by its title, and finds it by that', async () => {
    const quiet = await bylaw.client('Tools by their titles');
    const call = { category: 'tool_call', connector: 'microsoft365_outlook' } as const;
    await bylaw.services.activityLog.append(quiet.id, [
      anActivity({
        ...call,
        id: 'titled',
        connectorName: 'claude.ai Microsoft 365',
        tool: 'outlook_calendar_search',
      }),
      anActivity({ ...call, id: 'untitled', tool: 'outlook_of_next_year' }),
    ]);
    const found = async (query: string) =>
      (await bylaw.owner.call('GET', `/clients/${quiet.slug}/activity${query}`)).body.items
        .map(({ title }: { title: string }) => title)
        .toSorted();
    expect(await found('')).toEqual(['Tool call: Search calendar', 'Tool call: outlook_of_next_year']);
    expect(await found('?text=search%20CALENDAR')).toEqual(['Tool call: Search calendar']);
    expect(await found('?text=outlook_')).toHaveLength(2);
  });

  it('pages by position, so that new entries do not shift older ones', async () => {
    const first = await list('?limit=2');
    expect(first.items).toHaveLength(2);
    await add(
      anActivity({ id: 'newer', at: '2026-11-22T09:00:00.000Z' }),
      anActivity({ id: 'call ~/2', at: '2026-11-20T04:30:00.000Z' }),
    );
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.items.map(({ type }: Activity) => type)).toEqual(['user_prompt']);
    const third = await list(`?limit=5&cursor=${second.nextCursor}`);
    expect(third.items.map(({ type }: Activity) => type)).toEqual(['tool_result']);
    expect((await auditor.call('GET', `/clients/${client.slug}/activity?cursor=yesterday`)).status).toBe(400);
  });

  it('finds a person by each address that reconciliation knows', async () => {
    await add(
      anActivity({
        id: 'alias',
        at: '2026-11-23T09:00:00.000Z',
        person: 'm.ellingsworth@alder.example.org',
      }),
    );
    const { people } = (await auditor.call('GET', `/clients/${client.slug}/activity/choices`)).body;
    expect(people).toContainEqual({ key: 'mara@alder.example.org', name: 'Mara Ellingsworth' });
    expect(people.filter(({ name }: { name: string }) => name === 'Mara Ellingsworth')).toHaveLength(1);
    expect((await list('?person=mara@alder.example.org')).items).toHaveLength(2);
  });

  it('shows what happened but not who did it to someone who may not see people', async () => {
    const shy = await bylaw.person('auditor', client.id);
    const denied = await bylaw.owner.call('POST', `/users/${shy.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: client.slug,
    });
    expect(denied.status).toBe(201);
    const { items } = await list('?category=message', shy);
    expect(items[0].person.name).toMatch(/^Person [0-9a-f]{6}$/);
    const event = (await shy.call('GET', `/clients/${client.slug}/activity/events/${items[0].seq}`)).body;
    expect(event).toMatchObject({ actor: null, ip: null, detail: null });
    expect(JSON.stringify(event)).not.toMatch(/mara/i);
  });
});

describe('one event', () => {
  it('is shown whole, with what the sender claimed and when it was seen', async () => {
    const { seq } = (await list('?category=other')).items[0];
    expect((await auditor.call('GET', `/clients/${client.slug}/activity/events/${seq}`)).body).toMatchObject({
      id: 'sign-in',
      at: '2026-11-21T09:00:00.000Z',
      receivedAt: expect.stringMatching(/^2026-11-24/),
      claimedAt: '1970-01-01T00:00:00Z',
      actor: { email: 'Jane@example.org' },
      amounts: { costMicros: null },
      detail: { anything: { nested: [1, null] } },
    });
  });

  it('does not exist for someone who may not see it, nor at another client', async () => {
    const harrow = await bylaw.client('Harrow Guild');
    const { seq } = (await list()).items[0];
    const other = await bylaw.person('auditor', harrow.id);
    expect((await other.call('GET', `/clients/${harrow.slug}/activity/events/${seq}`)).status).toBe(404);
    expect((await other.call('GET', `/clients/${client.slug}/activity/events/${seq}`)).status).toBe(404);
    const hr = await bylaw.person('hr', client.id);
    expect((await hr.call('GET', `/clients/${client.slug}/activity`)).status).toBe(403);
  });
});

describe('a call that two sources report', () => {
  it('is one line, and says what each of them reports', async () => {
    const call = { person: 'carl@alder.example.org', tool: 'read_mail' } as const;
    await add(
      anActivity({
        ...call,
        id: 's1/toolu_9',
        at: '2026-11-18T09:00:00.000Z',
        source: 'sessions',
        type: 'tool_use',
      }),
      anActivity({ ...call, id: 'o9', at: '2026-11-18T09:00:30.000Z', detail: { tool_use_id: 'toolu_9' } }),
      // The same source reporting it again is another call, and a day later it is nobody's twin.
      anActivity({
        ...call,
        id: 's2/toolu_9',
        at: '2026-11-18T09:00:01.000Z',
        source: 'sessions',
        type: 'tool_use',
      }),
      anActivity({ ...call, id: 'o10', at: '2026-11-18T09:10:00.000Z', detail: { tool_use_id: 'toolu_10' } }),
    );
    const { items } = await list('?text=read_mail');
    expect(
      items.map(({ source, also }: { source: string; also: { source: string }[] }) => [
        source,
        also.map((one) => one.source),
      ]),
    ).toEqual([
      ['otlp', []],
      ['otlp', ['sessions']],
      ['sessions', []],
    ]);
    expect((await list('?text=read_mail&source=sessions')).items).toHaveLength(2);
    const events = '/activity/events/';
    const open = async (seq: number) =>
      (await auditor.call('GET', `/clients/${client.slug}${events}${seq}`)).body;
    const sent = await open(items[1].seq);
    expect(sent).toMatchObject({ call: 'toolu_9' });
    expect(sent.also.map(({ source }: { source: string }) => source)).toEqual(['sessions', 'sessions']);
    expect((await open(sent.also[0].seq)).also).toMatchObject([{ source: 'otlp', seq: items[1].seq }]);
    expect(await open(items[0].seq)).toMatchObject({ call: 'toolu_10', also: [] });
  });
});

it('exports the list with its filter, and no cell is calculated', async () => {
  const file = await auditor.call('GET', `/clients/${client.slug}/activity/table?format=csv&effect=write`);
  const text = file.bytes.toString('utf8');
  expect(text.slice(1)).toMatch(/^[A-Z][^\r\n#]*Tool/u);
  const [row] = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({ Tool: "'=cmd()", Effect: 'Write', 'Input tokens': '' });
});

it('notifies open pages once for many events', async () => {
  const heard: string[] = [];
  const stop = bylaw.services.events.subscribe(({ topic }) => void heard.push(topic));
  for (let n = 0; n < 20; n += 1) await add(anActivity({ id: `live ${n}` }));
  stop();
  expect(heard.length).toBeLessThanOrEqual(1);
});
// Guide: G1.1-11 G5.2-00 G5.2-02 G5.2-03 G5.2-06 G5.5-02 G7.2-03
