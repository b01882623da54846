import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { detectionSchema } from '#domain/detections/sigma.ts';
import {
  type LogsIngestionOptions,
  SIMULATED,
  startLogsIngestion,
} from '../../../sandbox/siem/logs-ingestion.ts';
import { sinkKind } from '../registry.ts';
import { anAlert, anEvent, sendAll, testMeans, VENDORS } from '../testing.ts';
import { deploymentTemplate } from './template.ts';

const RULES = new URL('../../../catalogue/detections/', import.meta.url);
const DETECTIONS = readdirSync(RULES)
  .filter((name) => name.startsWith('CLA-DET-'))
  .map((name) => detectionSchema.parse(parse(readFileSync(new URL(name, RULES), 'utf8'))));

async function azure(
  options: Partial<LogsIngestionOptions> = {},
  given: object = {},
  now = () => new Date(),
) {
  const server = await startLogsIngestion({ columns: VENDORS.sentinel.columns, ...options });
  const { tenant, application, secret, rule } = SIMULATED;
  const sink = sinkKind('sentinel')?.open(
    { endpoint: server.url, login: server.url, tenant, application, secret, rule, ...given },
    testMeans(VENDORS, { now }),
  );
  if (sink === undefined) throw new Error('there is no such kind');
  return { server, sink };
}

const feed = anEvent({
  id: 'activity_01',
  source: 'compliance_feed',
  type: 'org_user_invite_sent',
  category: 'membership',
  detail: {
    invited_email: 'new@example.org',
    limit_usd: '50',
    is_enabled: 'yes',
    scopes: ['a'],
    github_webhook_id: 12,
    updates: [{ field: 'role' }],
    id: 'not this one',
    unknown_field: 1,
  },
});

describe('Microsoft Sentinel', () => {
  it('gets rows with the published columns, each in its type, and the feed’s words in their own', async () => {
    const { server, sink } = await azure();
    expect(await sendAll(sink, [feed, anEvent({ id: 'otlp_1' }), anAlert()])).toMatchObject({
      kind: 'accepted',
    });
    expect(server.rows).toMatchObject([
      {
        id: 'activity_01',
        type: 'org_user_invite_sent',
        created_at: '2026-11-20T09:00:00.000Z',
        invited_email: 'new@example.org',
        limit_usd: 50,
        scopes: ['a'],
        github_webhook_id: 12,
        updates: { bylaw: { client_id: 'alder' }, changed: [{ field: 'role' }] },
        actor: { user_id: 'user_1', email_address: 'Jane@example.org' },
      },
      { id: 'otlp_1', tool_name: 'outlook_search', mcp_server_name: 'Microsoft 365', status: 'success' },
      { id: 'alert_7', type: 'bylaw_alert', title: 'Bulk connector calls by Jane' },
    ]);
    expect(server.rows[0]).not.toHaveProperty('is_enabled');
    expect(server.thrownAway).toBe(0);
    await server.close();
  });

  it('asks Entra for a token once, and again before it ends', async () => {
    let now = Date.parse('2026-11-24T15:00:00Z');
    const { server, sink } = await azure({}, {}, () => new Date(now));
    await sendAll(sink, [feed]);
    await sendAll(sink, [feed]);
    expect(server.tokens).toBe(1);
    now += 3_400_000;
    await sendAll(sink, [feed]);
    expect(server.tokens).toBe(2);
    await server.close();
  });

  it.each([
    [{ secret: 'old' }, {}, 'stopped', /secret is wrong or has ended/],
    [{ application: '00000000-0000-4000-8000-000000000001' }, {}, 'stopped', /not known in this tenant/],
    [{ cloud: 'usgov' }, {}, 'stopped', /another cloud/],
    [{ rule: `dcr-${'f'.repeat(32)}` }, {}, 'stopped', /no such data collection rule/],
    [{}, { hasRole: () => false }, 'stopped', /Monitoring Metrics Publisher/],
    [{}, { columns: [{ name: 'id', type: 'string' as const }] }, 'refused', /columns or types differ/],
    [{}, { maxBytes: 10 }, 'too_large', /large/],
  ] as const)('says what is wrong: %j', async (given, options, kind, says) => {
    const { server, sink } = await azure(options, given);
    expect(await sendAll(sink, [feed])).toMatchObject({ kind, says: expect.stringMatching(says) });
    await server.close();
  });

  it('waits as long as it is asked to, and takes a token that was withdrawn for a reason to ask again', async () => {
    const answers = [429, 503, 401];
    const { server, sink } = await azure({
      fault: ({ path }) => {
        const status = path.endsWith('/token') ? undefined : answers.shift();
        return status === undefined ? null : { status, headers: { 'retry-after': '30' } };
      },
    });
    expect(await sendAll(sink, [feed])).toMatchObject({ kind: 'retry', afterSeconds: 30 });
    expect(await sendAll(sink, [feed])).toMatchObject({ kind: 'retry', afterSeconds: 30 });
    expect(await sendAll(sink, [feed])).toMatchObject({ kind: 'retry' });
    expect(await sendAll(sink, [feed])).toMatchObject({ kind: 'accepted' });
    expect(server.tokens).toBe(2);
    await server.close();
  });

  it('refuses by itself what is larger than a call may be, and cuts what is longer than a field', async () => {
    const { server, sink } = await azure();
    expect(() => sink.encode(anEvent({ detail: { updates: { text: 'x'.repeat(1_200_000) } } }))).toThrow(
      /1 MB/,
    );
    const row = JSON.parse(sink.encode(anEvent({ detail: { reason: 'é'.repeat(70_000) } })).toString('utf8'));
    expect(row.reason).toHaveLength(65_536);
    await server.close();
  });

  it('knows the clouds of the catalogue', () => {
    const kind = sinkKind('sentinel');
    const { tenant, application, secret, rule } = SIMULATED;
    for (const { id, login } of VENDORS.sentinel.clouds)
      expect(
        kind?.hosts({ endpoint: 'https://x.example', tenant, application, secret, rule, cloud: id }),
      ).toContain(new URL(login).host);
  });

  const of = (name: string) =>
    fileURLToPath(new URL(`../../../../shared/contracts/microsoft-sentinel/${name}`, import.meta.url));
  it.runIf(existsSync(of('')))(
    'has columns and template of the published rule and table, where they are at hand',
    () => {
      const published = (name: string) => JSON.parse(readFileSync(of(name), 'utf8'));
      const rule = published('bv-claude-compliance.dcr.json');
      const table = published('bv-claude-compliance.table.json');
      const made = deploymentTemplate(VENDORS.sentinel, DETECTIONS);
      const resource = (type: string) =>
        (made.resources as (typeof rule)[]).find((one: { type: string }) => one.type === type);
      const ruleMade = resource(rule.type);
      expect(ruleMade).toMatchObject({ apiVersion: rule.apiVersion, kind: rule.kind });
      const named = (list: readonly { name: string; type: string }[]) =>
        list.map(({ name, type }) => `${name} ${type}`).sort();
      const { stream } = VENDORS.sentinel;
      const columnsOf = ({ properties }: typeof rule) => named(properties.streamDeclarations[stream].columns);
      expect(columnsOf(ruleMade)).toEqual(columnsOf(rule));
      const [flow] = rule.properties.dataFlows;
      expect(ruleMade.properties.dataFlows).toMatchObject([
        { streams: flow.streams, transformKql: flow.transformKql, outputStream: flow.outputStream },
      ]);
      const tableMade = resource(table.type);
      expect(tableMade.apiVersion).toBe(table.apiVersion);
      expect(tableMade.properties.schema.name).toBe(table.properties.schema.name);
      expect(named(tableMade.properties.schema.columns)).toEqual(named(table.properties.schema.columns));
    },
  );

  it('has a template whose table holds each column that the rule lets through, and that tells what the form asks', () => {
    const { resources, outputs } = deploymentTemplate(VENDORS.sentinel, DETECTIONS);
    const text = JSON.stringify(resources);
    for (const { name } of VENDORS.sentinel.columns)
      expect(text, name).toContain(
        `"name":"${VENDORS.sentinel.template.renames.find(({ from }) => from === name)?.to ?? name}"`,
      );
    expect(Object.keys(outputs as object)).toEqual(['endpoint', 'immutableId']);
    // What its analytic rules ask for and show are columns of the table, and types of activities that the catalogue knows.
    const rules = (resources as { type: string; name: string; properties: { query: string } }[]).filter(
      ({ type }) => type.endsWith('/alertRules'),
    );
    expect(rules.length).toBeGreaterThan(30);
    const { columns, template } = VENDORS.sentinel;
    const known = columns.map(({ name }) => template.renames.find(({ from }) => from === name)?.to ?? name);
    for (const { name, properties } of rules) {
      expect(name).toMatch(/SecurityInsights\/[0-9a-f-]{36}'/);
      const [first, ...lines] = properties.query.split('\n');
      expect(first).toBe(template.table);
      const shown = (lines.at(-1) ?? '').replace('| project ', '').split(', ');
      expect(shown.filter((one: string) => one !== 'Severity' && !known.includes(one))).toEqual([]);
      for (const [, asked] of properties.query.matchAll(/where (\w+)/g)) expect(known).toContain(asked);
    }
    expect(rules.map(({ properties }) => properties.query).join()).toContain(
      "in ('primary_owner_transferred')",
    );
    expect(VENDORS.sentinel.stream).toBe(`Custom-${VENDORS.sentinel.template.table}`);
  });
});
// Guide: G1.2-09 G5.3-01
