import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { importing } from '../imports/testing/importing.ts';
import { coworkLogs, sender } from '../telemetry/testing/send.ts';
import { logImports } from './log-imports.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string };

beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Imported Guild', { claudePlan: 'enterprise' });
});
afterAll(() => bylaw.close());

const logged = () => bylaw.services.store.read([client.id], (tx) => activitiesAfter(tx, client.id, 0, 1000));
const bring = async (name: string, bytes: string) => {
  const imports = importing(bylaw, bylaw.owner, client.slug);
  const { stored } = await imports.all([{ name, bytes }]);
  expect(stored.status, JSON.stringify(stored.body)).toBe(201);
  await logImports(bylaw.services);
};

const AUDIT = (rows: string[]) =>
  `created_at,actor_info,event,event_info,entity_info,ip_address\n${rows.join('\n')}\n`;
const signIn = (at: string) =>
  `${at},"{'name': 'Mara', 'uuid': 'u-1', 'metadata': {'email_address': 'mara@alder.example.org'}}",user_signed_in_sso,{},{},192.0.2.1`;

it('logs an audit-log export once, under the feed’s names, without what the feed brought', async () => {
  await bring(
    'activities.json',
    JSON.stringify({
      data: [
        {
          id: 'activity_1',
          created_at: '2026-11-20T10:00:00Z',
          type: 'sso_login_succeeded',
          actor: { type: 'user_actor', email_address: 'mara@alder.example.org', user_id: 'user_1' },
        },
      ],
      has_more: false,
    }),
  );
  const rows = [
    signIn('2026-11-20T10:00:00.123456+00:00'),
    signIn('2026-11-20T11:00:00.5+00:00'),
    signIn('2026-11-20T11:00:00.5+00:00'),
  ];
  await bring('audit_log.csv', AUDIT(rows));
  const first = await logged();
  expect(first.map(({ source, type, person, at }) => [source, type, person, at])).toEqual([
    ['compliance_feed', 'sso_login_succeeded', 'mara@alder.example.org', '2026-11-20T10:00:00.000Z'],
    ['audit_export', 'sso_login_succeeded', 'mara@alder.example.org', '2026-11-20T11:00:00.500Z'],
    ['audit_export', 'sso_login_succeeded', 'mara@alder.example.org', '2026-11-20T11:00:00.500Z'],
  ]);
  await bring('audit_log_later.csv', AUDIT([...rows, signIn('2026-11-20T12:00:00.5+00:00')]));
  expect(await logged()).toHaveLength(4);
});

it('logs each line of a spend report with its figures apart from what telemetry sums up, and no period twice', async () => {
  const spend = (rows: string[]) =>
    `user_email,product,model,total_requests,total_prompt_tokens,total_net_spend_usd,date from,date to\n${rows.join('\n')}\n`;
  const before = (await logged()).length;
  await bring(
    'spend.csv',
    spend(['mara@alder.example.org,Claude Code,claude-opus-4-6,12,3400,1.25,2026-10-01,2026-10-31']),
  );
  const [line] = (await logged()).slice(before);
  expect(line).toMatchObject({
    type: 'spend_report_line',
    surface: 'claude_code',
    person: 'mara@alder.example.org',
    amounts: { costMicros: null, inputTokens: null },
    detail: { net_usd: 1.25, requests: 12, from: '2026-10-01', to: '2026-10-31' },
  });
  await bring(
    'spend-90-days.csv',
    spend([
      'mara@alder.example.org,Claude Code,claude-opus-4-6,20,3400,2.5,2026-09-01,2026-11-20',
      'mara@alder.example.org,Claude Code,claude-opus-4-6,3,400,0.5,2026-11-01,2026-11-20',
    ]),
  );
  const all = (await logged()).slice(before);
  expect(all.map(({ detail }) => detail.to)).toEqual(['2026-10-31', '2026-11-20']);
  expect(all[1]?.detail.net_usd).toBe(0.5);
});

it('logs telemetry files as events, once with what the stream brings, and never as something that arrived', async () => {
  const own = await bylaw.client('Collector Guild', { claudePlan: 'team' });
  const imports = importing(bylaw, bylaw.owner, own.slug);
  const at = '2026-11-20T15:00:00.000Z';
  const call = (sequence: number) => ({
    name: 'tool_result',
    at,
    values: {
      'event.sequence': sequence,
      'user.email': 'Mara@alder.example.org',
      tool_name: 'mcp_tool',
      tool_parameters: JSON.stringify({
        mcp_server_name: 'Microsoft 365',
        mcp_tool_name: 'outlook_send_mail',
      }),
      success: 'true',
    },
  });
  const { stored } = await imports.all([
    { name: 'collector.json', bytes: JSON.stringify(coworkLogs([call(1), call(2)])) },
  ]);
  expect(stored.status, JSON.stringify(stored.body)).toBe(201);
  await logImports(bylaw.services);
  const there = () => bylaw.services.store.read([own.id], (tx) => activitiesAfter(tx, own.id, 0, 1000));
  const [first, ...others] = await there();
  expect(others).toHaveLength(1);
  expect(first).toMatchObject({
    source: 'otlp',
    surface: 'cowork',
    category: 'tool_call',
    person: 'mara@alder.example.org',
    connectorName: 'Microsoft 365',
    effect: 'write',
    outcome: 'success',
    session: 'session-1',
    detail: { brought_as_file: 'collector.json' },
  });
  const usage = (await bylaw.owner.call('GET', `/clients/${own.slug}/usage?range=4w`)).body;
  expect(usage.connectors).toMatchObject([{ calls: 2, effects: { write: 2 } }]);
  // The stream brings one of them again, and one more.
  const { send } = await sender(bylaw, own.slug);
  await send('logs', coworkLogs([call(2), call(3)]));
  expect(await there()).toHaveLength(3);
  // Nothing but what the stream brought has arrived.
  const { emitters } = (await bylaw.owner.call('GET', `/clients/${own.slug}/telemetry`)).body;
  const arrived = emitters.flatMap(({ hours }: { hours: { events: number }[] }) => hours);
  expect(arrived.reduce((sum: number, { events }: { events: number }) => sum + events, 0)).toBe(1);
});
