import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';
import { logImports } from '../sources/log-imports.ts';
import { jobContext } from './asking.ts';
import { buildWeekly } from './weekly/build.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string; name: string };
const WEEK = '2026-11-16';
const usage = async (path: string) =>
  (await bylaw.owner.call('GET', `/clients/${client.slug}/usage${path}`)).body;

beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Spend Guild', { claudePlan: 'team', timezone: 'UTC' });
  const imports = importing(bylaw, bylaw.owner, client.slug);
  const { stored } = await imports.all([
    {
      name: 'spend.csv',
      bytes:
        'user_email,product,model,total_requests,total_prompt_tokens,total_net_spend_usd,date from,date to\n' +
        'mara@alder.example.org,Claude Code,claude-opus-4-6,12,3400,1.25,2026-11-16,2026-11-20\n',
    },
  ]);
  expect(stored.status, JSON.stringify(stored.body)).toBe(201);
  await logImports(bylaw.services);
});
afterAll(() => bylaw.close());

it('gives no figure of use that a spend report does not say', async () => {
  const shown = await usage('?range=4w');
  expect(shown.sources).toMatchObject([{ source: 'audit_export', events: 1 }]);
  for (const list of [shown.days, shown.weeks, shown.months])
    expect(list.map(({ messages }: { messages: unknown }) => messages)).not.toContain(0);
  expect(shown.surfaces).toEqual([{ surface: 'claude_code', messages: null, calls: null }]);
  expect(shown.people).toMatchObject({ buckets: [], median: null, counted: null, unusual: 0 });
  expect(shown.models).toMatchObject([{ model: 'claude-opus-4-6', requests: null, messages: null }]);
  expect(shown.adoption.lastWeek).toBeNull();
  expect(shown.adoption.weeks.every(({ people }: { people: unknown }) => people === null)).toBe(true);
  const { items } = await usage('/people?range=4w');
  expect(items).toMatchObject([{ week: null, usual: null, unusual: null, peers: null, calls: null }]);
  const one = await usage('/person?key=mara@alder.example.org');
  expect(
    one.weeks.every(({ messages, calls }: Record<string, unknown>) => messages === null && calls === null),
  ).toBe(true);
});

it('leaves the same empty in exports and in the weekly file', async () => {
  const { bytes } = await bylaw.owner.call(
    'GET',
    `/clients/${client.slug}/usage/table?list=people&format=csv`,
  );
  expect(parse(bytes.toString('utf8'), { bom: true, columns: true })[0]).toMatchObject({
    Calls: '',
    'Among peers': '',
    [`Messages in the week of ${WEEK}`]: '',
  });
  const ref = { ...client, timezone: 'UTC', sandbox: false };
  const { summary } = await buildWeekly(jobContext(bylaw.services, ref), WEEK);
  expect(Object.values(summary).every((value) => value === null)).toBe(true);
});

it('counts as soon as a source reports, and keeps failed and refused calls out of reads and writes', async () => {
  const call = (id: string, change: object) =>
    anActivity({ id, at: '2026-11-18T12:00:00.000Z', person: 'mara@alder.example.org', ...change });
  await bylaw.services.activityLog.append(client.id, [
    call('c1', { effect: 'read' }),
    call('c2', { effect: 'write', outcome: 'failure' }),
    call('c3', { effect: 'write', outcome: 'rejected' }),
  ]);
  const shown = await usage('?range=4w');
  const week = shown.weeks.find(({ start }: { start: string }) => start === WEEK);
  // Telemetry has an event for each message, and none came.
  expect(week.messages).toBe(0);
  expect(shown.adoption.lastWeek).toBe(1);
  const counted = {
    calls: 3,
    effects: { read: 1, write: 0, admin: 0, unknown: 0 },
    failed: 1,
    refused: 1,
  };
  expect(shown.connectors).toMatchObject([counted]);
  expect((await usage('/connector?connector=microsoft365_outlook')).items).toMatchObject([counted]);
  expect((await usage('/person?key=mara@alder.example.org')).connectors).toMatchObject([counted]);
});
// Guide: G5.1-00 G5.1-01 G5.1-02 G5.2-01
