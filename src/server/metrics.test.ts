import { afterEach, describe, expect, it } from 'vitest';
import { metricsAccess } from '#features/metrics-access.ts';
import { readSettings } from '#features/server-settings.ts';
import { SettingProblem } from '#features/setting-problem.ts';
import { openStore } from '#store/open.ts';
import { newMigratedDatabase } from '#store/testing.ts';
import { databaseProxy } from '#store/testing-proxy.ts';
import { coworkLogs, sender } from '../features/telemetry/testing/send.ts';
import { type TestConsole, testConsole } from './testing/console.ts';

const TOKEN = 'a'.repeat(40);
const open: TestConsole[] = [];
async function started(options: Parameters<typeof testConsole>[0] = {}): Promise<TestConsole> {
  const bylaw = await testConsole(options);
  open.push(bylaw);
  return bylaw;
}
afterEach(async () => {
  for (const bylaw of open.splice(0)) await bylaw.close();
});

async function asked(
  bylaw: TestConsole,
  headers: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
): Promise<{ status: number; text: string }> {
  const answer = await bylaw.inject({ method: 'GET', url: '/metrics', headers, remoteAddress });
  return { status: answer.status, text: String(answer.body) };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('who may read /metrics', () => {
  it('is nobody until a setting says so', async () => {
    const bylaw = await started();
    const nothing = await bylaw.inject({ method: 'GET', url: '/nothing-of-the-kind' });
    expect(await asked(bylaw)).toEqual({ status: 404, text: nothing.body });
    expect(readSettings({}).metrics).toBeNull();
  });

  it('is anyone with the token, and for everyone else the address does not exist', async () => {
    const bylaw = await started({ metrics: metricsAccess(TOKEN, []) });
    const nothing = String((await bylaw.inject({ method: 'GET', url: '/nothing-of-the-kind' })).body);
    expect((await asked(bylaw, bearer(TOKEN))).status).toBe(200);
    for (const headers of [{}, bearer(`${TOKEN}a`), bearer(''), { authorization: TOKEN }])
      expect(await asked(bylaw, headers)).toEqual({ status: 404, text: nothing });
  });

  it('is anyone on a named network, but not through a proxy that is not trusted', async () => {
    const bylaw = await started({ metrics: metricsAccess(null, ['10.0.0.0/24', '::1']) });
    for (const from of ['10.0.0.7', '::ffff:10.0.0.7', '::1'])
      expect((await asked(bylaw, {}, from)).status).toBe(200);
    for (const from of ['10.0.1.7', '127.0.0.1', '::2'])
      expect((await asked(bylaw, {}, from)).status).toBe(404);
    expect((await asked(bylaw, { 'x-forwarded-for': '203.0.113.9' }, '10.0.0.7')).status).toBe(404);
    expect((await asked(bylaw, { forwarded: 'for=203.0.113.9' }, '10.0.0.7')).status).toBe(404);
  });

  it('needs both where both are set', async () => {
    const bylaw = await started({ metrics: metricsAccess(TOKEN, ['10.0.0.7']) });
    expect((await asked(bylaw, bearer(TOKEN), '10.0.0.7')).status).toBe(200);
    expect((await asked(bylaw, {}, '10.0.0.7')).status).toBe(404);
    expect((await asked(bylaw, bearer(TOKEN), '10.0.0.8')).status).toBe(404);
  });

  it('is said in the settings, which refuse what cannot be meant', () => {
    expect(readSettings({ BYLAW_METRICS_FROM: '127.0.0.1, 10.0.0.0/8' }).metrics).not.toBeNull();
    expect(readSettings({ BYLAW_METRICS_TOKEN: TOKEN }).metrics).not.toBeNull();
    for (const environment of [{ BYLAW_METRICS_TOKEN: 'short' }, { BYLAW_METRICS_FROM: 'everyone' }])
      expect(() => readSettings(environment)).toThrow(SettingProblem);
  });
});

/** The samples of an answer, by name and labels as written. */
function samples(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
      expect(name, `a line of the text format: ${line}`).not.toBe('');
      return [name, Number(value)];
    }),
  );
}

describe('what /metrics reports', () => {
  it('is what the server did, without naming a client or a person', async () => {
    const bylaw = await started({ metrics: metricsAccess(TOKEN, []) });
    const client = await bylaw.client('Alder Society');
    const { send } = await sender(bylaw, client.slug);
    const body = coworkLogs([
      { name: 'user_prompt', at: '2026-11-24T14:00:00Z', values: { 'event.sequence': 1 } },
      { name: 'user_prompt', at: '2026-11-24T14:00:01Z', values: { 'event.sequence': 2 } },
    ]);
    await send('logs', body);
    await send('logs', body);
    await send('logs', '{');
    await bylaw.owner.call('GET', '/clients');
    const { text } = await asked(bylaw, bearer(TOKEN));
    const found = samples(text);
    expect(found.get('bylaw_activities_total{result="added"}')).toBe(2);
    expect(found.get('bylaw_activities_total{result="known"}')).toBe(2);
    expect(found.get('bylaw_telemetry_refused_total{reason="unreadable_request"}')).toBe(1);
    expect(found.get('bylaw_telemetry_queue_entries')).toBe(0);
    expect(found.get('bylaw_database_up')).toBe(1);
    expect(found.get('bylaw_sinks{state="working"}')).toBe(0);
    expect(found.get('bylaw_audit_records')).toBeGreaterThan(0);
    expect(found.get('bylaw_http_request_duration_seconds_count{surface="telemetry",status="4xx"}')).toBe(1);
    expect(
      found.get('bylaw_http_request_duration_seconds_count{surface="api",status="2xx"}'),
    ).toBeGreaterThan(0);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(found.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
    for (const word of [client.id, client.slug, client.name, bylaw.owner.email, bylaw.owner.name])
      expect(text.toLowerCase()).not.toContain(word.toLowerCase());
  });

  it('is still answered without the database, and leaves out what nobody can tell then', async () => {
    const proxy = await databaseProxy(await newMigratedDatabase());
    const store = await openStore({ dataDir: null, databaseUrl: proxy.url });
    const bylaw = await started({ store, metrics: metricsAccess(TOKEN, []) });
    expect(samples((await asked(bylaw, bearer(TOKEN))).text).get('bylaw_database_up')).toBe(1);
    proxy.set('cut');
    // What was found out counts for a second.
    await expect
      .poll(async () => samples((await asked(bylaw, bearer(TOKEN))).text).get('bylaw_database_up'))
      .toBe(0);
    const found = samples((await asked(bylaw, bearer(TOKEN))).text);
    expect(found.has('bylaw_audit_records')).toBe(false);
    expect(found.has('process_resident_memory_bytes')).toBe(true);
    proxy.set('open');
    await bylaw.close();
    open.length = 0;
    await proxy.close();
  });
});
