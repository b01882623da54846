import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { sender } from './testing/send.ts';

/** The exporters of OpenTelemetry itself, over a real connection. */
let bylaw: TestConsole;
let address: string;
beforeAll(async () => {
  bylaw = await testConsole({ now: new Date() });
  address = await bylaw.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => bylaw.close());

const kept = (client: { id: string }) =>
  bylaw.services.store.read([client.id], (tx) => activitiesAfter(tx, client.id, 0, 1000));

async function target(name: string) {
  const client = await bylaw.client(name);
  const { secret } = await sender(bylaw, client.slug);
  return { client, headers: { authorization: `Bearer ${secret}` } };
}

const AT = new Date(Date.now() - 60_000);

async function sendEvents(exporter: LogRecordExporter): Promise<void> {
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'claude-code', 'service.version': '2.1.331' }),
    processors: [new BatchLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('com.anthropic.claude_code.events', '2.1.331');
  const common = { 'session.id': 'session-1', 'user.email': 'Zoë@example.org', 'organization.id': 'org-1' };
  for (let sequence = 0; sequence < 40; sequence += 1)
    logger.emit({
      timestamp: AT,
      body: 'claude_code.api_request',
      attributes: {
        ...common,
        'event.name': 'api_request',
        'event.sequence': sequence,
        model: 'claude-opus-5-5',
        input_tokens: sequence === 0 ? 5_000_000_000 : '1200',
        output_tokens: 42,
        cost_usd: 0.00732,
        'workspace.host_paths': ['/home/zoe/secret'],
      },
    });
  logger.emit({
    timestamp: AT,
    eventName: 'claude_code.tool_result',
    attributes: {
      ...common,
      'event.sequence': 41,
      tool_name: 'mcp__claude_ai_Slack__slack_send_message',
      success: true,
      duration_ms: '12',
    },
  });
  await provider.shutdown();
}

it('logs as JSON and as protobuf, packed and not, give the same activities', async () => {
  const kinds = [
    (options: object) => new JsonLogs(options),
    (options: object) => new JsonLogs({ ...options, compression: 'gzip' } as never),
    (options: object) => new ProtobufLogs(options),
    (options: object) => new ProtobufLogs({ ...options, compression: 'gzip' } as never),
  ];
  const seen = [];
  for (const [at, kind] of kinds.entries()) {
    const { client, headers } = await target(`Logs ${at}`);
    await sendEvents(kind({ url: `${address}/v1/logs`, headers }));
    seen.push((await kept(client)).map((one) => ({ ...one, receivedAt: '' })));
  }
  const [first] = seen;
  expect(first).toHaveLength(41);
  for (const other of seen) expect(other).toEqual(first);
  expect(first?.[0]).toMatchObject({
    at: AT.toISOString(),
    surface: 'claude_code',
    person: 'zoë@example.org',
    organization: 'org-1',
    amounts: { inputTokens: 5_000_000_000, outputTokens: 42, costMicros: 7320 },
  });
  expect(first?.at(-1)).toMatchObject({
    type: 'tool_result',
    connector: 'slack',
    tool: 'slack_send_message',
    effect: 'write',
    outcome: 'success',
    amounts: { durationMs: 12 },
  });
  expect(JSON.stringify(first)).not.toContain('/home/zoe');
});

it('figures: what no event says is kept, what events say and what cannot be added up is left out', async () => {
  const { client, headers } = await target('Figures');
  for (const temporalityPreference of [AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE]) {
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': 'claude-code' }),
      readers: [
        new PeriodicExportingMetricReader({
          exporter: new OTLPMetricExporter({
            url: `${address}/v1/metrics`,
            headers,
            temporalityPreference,
          } as never),
          exportIntervalMillis: 60_000,
        }),
      ],
    });
    const meter = provider.getMeter('com.anthropic.claude_code', '2.1.331');
    const common = { 'session.id': `session-${temporalityPreference}`, 'user.email': 'zoe@example.org' };
    meter.createCounter('claude_code.commit.count').add(3, common);
    meter
      .createCounter('claude_code.token.usage', { unit: 'tokens' })
      .add(1200, { ...common, type: 'input' });
    meter.createHistogram('http.server.duration').record(4, common);
    await provider.shutdown();
  }
  expect(
    (await kept(client)).map(({ type, category, detail, person }) => [type, category, detail.value, person]),
  ).toEqual([['commit.count', 'other', 3, 'zoe@example.org']]);
  const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
  const counts = Object.fromEntries(
    body.refusals.map(({ reason, records }: { reason: string; records: number }) => [reason, records]),
  );
  expect(counts).toEqual({ repeats_events: 2, running_total: 1, unknown_metric: 2 });
});

it('spans of Claude in Office: a turn, its call of the model and its tools, and who it was', async () => {
  const { client, headers } = await target('Office');
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'office-agent', 'service.version': '1.0.0' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${address}/v1/traces`, headers }))],
  });
  const tracer = provider.getTracer('office-agent');
  const labels = { 'agent.surface': 'sheet', 'agent.vendor': 'm' };
  const turn = tracer.startSpan('agent.query', {
    startTime: AT,
    attributes: {
      ...labels,
      'session.id': 'session-1',
      'user.email': 'zoe@example.org',
      'user.message': 'sum up the dues of Jane',
      'document.url': 'https://example.org/dues.xlsx',
    },
  });
  const inTurn = trace.setSpan(ROOT_CONTEXT, turn);
  const child = (name: string, attributes: Record<string, string | number | boolean>) =>
    tracer.startSpan(name, { startTime: AT, attributes: { ...labels, ...attributes } }, inTurn);
  child('agent.stream', { model: 'claude-opus-5-5', input_tokens: 10, output_tokens: 2 }).end(
    AT.getTime() + 500,
  );
  child('agent.tool_execution', {
    tool_name: 'set_cell_range',
    'tool.read_write': 'write',
    'tool.owner': 'first_party',
    'tool.success': true,
    'tool.input': 'dues of Jane',
  }).end();
  const failed = child('agent.tool_execution', { tool_name: 'search_members', 'tool.owner': 'mcp' });
  failed.setStatus({ code: SpanStatusCode.ERROR, message: 'dues of Jane' });
  failed.end();
  turn.end(AT.getTime() + 900);
  await provider.shutdown();
  const all = await kept(client);
  expect(JSON.stringify(all)).not.toMatch(/dues/);
  expect(
    all
      .map(({ type, category, surface, person, connector, tool, effect, outcome }) =>
        [type, category, surface, person, connector, tool, effect, outcome].join(' '),
      )
      .sort(),
  ).toEqual([
    'agent.query message office zoe@example.org    ',
    'agent.stream model_request office zoe@example.org    ',
    'agent.tool_execution tool_call office zoe@example.org  set_cell_range write success',
    'agent.tool_execution tool_call office zoe@example.org unnamed  unknown failure',
  ]);
  expect(new Set(all.map(({ prompt }) => prompt)).size).toBe(1);
  expect(all.find(({ type }) => type === 'agent.query')?.amounts).toMatchObject({
    size: 23,
    durationMs: 900,
  });
  expect(all.find(({ type }) => type === 'agent.stream')?.amounts).toMatchObject({
    inputTokens: 10,
    durationMs: 500,
  });
});
