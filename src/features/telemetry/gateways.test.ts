import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { alertsIn } from '#store/detections/alerts.ts';
import { anyEngine } from '#store/testing.ts';
import { compareRecords } from '../detections/compare.ts';
import { agentgatewayLogs, gatewaySpans } from './testing/gateways.ts';
import { coworkLogs, kept, sender } from './testing/send.ts';

const AT = '2026-11-24T14:00:00.000Z';
const ENVOY = { scope: 'envoyproxy/ai-gateway', service: 'ai-gateway' };
const TOOLHIVE = { scope: 'github.com/stacklok/toolhive/pkg/telemetry', service: 'thv-ams' };

anyEngine('gateways that send their records', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  const reported = async (signal: string, body: unknown, name: string) => {
    const client = await bylaw.client(name);
    const { send } = await sender(bylaw, client.slug);
    expect(await send(signal, body)).toMatchObject({ status: 200, body: {} });
    return kept(bylaw, client);
  };

  it('are recognized by several signs, and their calls name person, connector, tool and outcome', async () => {
    const calls = [
      { 'mcp.target': 'slack', 'gen_ai.tool.name': 'slack_send_message', 'user.email': 'Jane@example.org' },
      {
        'mcp.target': 'slack',
        'gen_ai.tool.name': 'slack_send_message',
        'user.email': 'jane@example.org',
        'mcp.error.code': -32602,
        tool_use_id: 'toolu_2',
      },
      { 'mcp.method.name': 'tools/list', 'jwt.sub': '00u1' },
    ];
    const all = await reported(
      'logs',
      agentgatewayLogs(calls.map((values) => ({ at: AT, values }))),
      'Ash Guild',
    );
    expect(
      all.map((one) => [one.source, one.surface, one.type, one.category, one.person, one.outcome]),
    ).toEqual([
      ['gateway', 'claude_code', 'tools/call', 'tool_call', 'jane@example.org', 'success'],
      ['gateway', 'claude_code', 'tools/call', 'tool_call', 'jane@example.org', 'rejected'],
      ['gateway', 'claude_code', 'tools/list', 'other', null, 'success'],
    ]);
    expect(all[1]).toMatchObject({
      at: AT,
      connector: 'slack',
      tool: 'slack_send_message',
      effect: 'write',
      detail: { emitter: 'gateway', gateway_kind: 'agentgateway', tool_use_id: 'toolu_2' },
    });
    expect(all[2]?.actor).toMatchObject({ id: '00u1', email: null });
    expect(JSON.stringify(all)).not.toContain('the words of Jane');
  });

  it.each([
    [
      'Envoy AI Gateway',
      gatewaySpans(ENVOY, [
        {
          name: 'tools/call slack__slack_send_message',
          at: AT,
          status: 2,
          values: {
            'mcp.method.name': 'tools/call',
            'jsonrpc.request.id': '{7}',
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.tool.name': 'slack__slack_send_message',
            'error.type': 'internal_error',
            'user.email': 'jane@example.org',
          },
        },
      ]),
      { category: 'tool_call', connector: 'slack', tool: 'slack_send_message', outcome: 'failure' },
    ],
    [
      'ToolHive',
      gatewaySpans(TOOLHIVE, [
        {
          name: 'tools/call get_member',
          at: AT,
          status: 0,
          values: {
            'mcp.method.name': 'tools/call',
            'mcp.server.name': 'ams',
            'gen_ai.tool.name': 'get_member',
            'mcp.client.name': 'claude-code',
            'http.response.status_code': 403,
          },
        },
      ]),
      { category: 'tool_call', connector: 'ams', surface: 'claude_code', person: null, outcome: 'rejected' },
    ],
    [
      'LiteLLM',
      gatewaySpans({ scope: 'litellm', service: 'litellm' }, [
        {
          name: 'litellm_request',
          at: AT,
          values: {
            'metadata.user_api_key_user_email': 'jane@example.org',
            'metadata.user_api_key_hash': '88dc28d0f0',
            'gen_ai.request.model': 'claude-sonnet-5',
            'gen_ai.system': 'anthropic',
            'gen_ai.usage.input_tokens': 12,
            'gen_ai.usage.output_tokens': 30,
            'gen_ai.response.id': 'msg_1',
          },
        },
      ]),
      {
        category: 'model_request',
        person: 'jane@example.org',
        model: 'claude-sonnet-5',
        amounts: { inputTokens: 12, outputTokens: 30, durationMs: 40 },
        detail: { 'gen_ai.response.id': 'msg_1' },
      },
    ],
    [
      'a gateway that says so of itself',
      gatewaySpans({ scope: 'mcp-proxy', service: 'ours', resource: { 'bylaw.sender': 'gateway' } }, [
        {
          name: 'tools/call',
          at: AT,
          values: {
            'mcp.method.name': 'tools/call',
            'mcp.server.name': 'slack',
            'gen_ai.tool.name': 'slack_send_message',
            'user.email': 'jane@example.org',
          },
        },
      ]),
      { category: 'tool_call', connector: 'slack', person: 'jane@example.org', outcome: 'success' },
    ],
  ])('take the records of %s', async (name, body, expected) => {
    const all = await reported('traces', body, `${name} Guild`);
    expect(all).toMatchObject([{ source: 'gateway', ...expected }]);
    expect(JSON.stringify(all)).not.toContain('the words of Jane');
  });

  it('are not recognized by one sign alone, and count once if they send twice', async () => {
    const call = {
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.name': 'x',
      'user.email': 'jane@example.org',
    };
    const client = await bylaw.client('Cedar Guild');
    const { send } = await sender(bylaw, client.slug);
    const span = { name: 'call', at: AT, values: call };
    await send('traces', gatewaySpans({ scope: 'my-agent', service: 'my-agent' }, [span]));
    await send('traces', gatewaySpans({ scope: 'my-agent', service: 'agentgateway' }, [span]));
    expect((await kept(bylaw, client)).map(({ source }) => source)).toEqual(['otlp', 'otlp']);
    // agentgateway's spans say again what its access log says.
    await send('traces', gatewaySpans({ scope: 'agentgateway', service: 'agentgateway' }, [span]));
    expect(await kept(bylaw, client)).toHaveLength(2);
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.refusals).toMatchObject([{ reason: 'repeats_records', kind: 'left_out', records: 1 }]);
  });

  it('get instructions for sending, with a place for the token', async () => {
    const client = await bylaw.client('Dogwood Guild');
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    const { gateways, placeholder } = body.settings;
    expect(gateways.length).toBeGreaterThan(3);
    for (const { lines } of gateways) {
      expect(lines).toContain(placeholder);
      expect(lines).not.toMatch(/\{(host|endpoint|token)\}/);
    }
  });

  describe('the detections that compare', () => {
    const DETECTIONS = ['CLA-DET-43', 'CLA-DET-59', 'CLA-DET-60'];
    const works = async (slug: string) => {
      const { body } = await bylaw.owner.call('GET', `/clients/${slug}/detections`);
      return DETECTIONS.map(
        (id) => body.items.find((one: { id: string }) => one.id === id).works as { can: string; why: string },
      );
    };

    it('can work once both send what can be compared, and find what does not match', async () => {
      bylaw.setNow(TEST_NOW);
      const client = await bylaw.client('Elder Guild');
      const { send } = await sender(bylaw, client.slug);
      expect((await works(client.slug)).map(({ can }) => can)).toEqual(['no', 'no', 'no']);

      const hour = (n: number) => new Date(Date.UTC(2026, 10, 23, n, 20));
      const tool = { tool_name: 'mcp__slack__slack_send_message', success: 'true' };
      const passed = { 'mcp.target': 'slack', 'gen_ai.tool.name': 'slack_send_message' };
      for (const n of [9, 10, 11, 12]) {
        bylaw.setNow(hour(n));
        const at = hour(n).toISOString();
        const bob = { 'user.email': 'bob@example.org', 'event.sequence': n, tool_use_id: `toolu_${n}` };
        await send('logs', coworkLogs([{ name: 'tool_result', at, values: { ...tool, ...bob } }]));
        // A figure that its events say as well is left out in each of these hours, and nothing is lost by that.
        await send('metrics', costMetric(at));
        await send(
          'logs',
          agentgatewayLogs([
            { at, values: { ...passed, 'user.email': 'bob@example.org', tool_use_id: `g${n}` } },
          ]),
        );
      }
      // At eleven the gateway saw Jane, of whom no telemetry came; Kim's telemetry tells of a call that passed no gateway;
      // and a call of Bob's ran by his device though the gateway refused it.
      bylaw.setNow(hour(11));
      const at = hour(11).toISOString();
      await send(
        'logs',
        agentgatewayLogs([
          { at, values: { ...passed, 'user.email': 'jane@example.org' } },
          {
            at,
            values: {
              ...passed,
              'user.email': 'bob@example.org',
              tool_use_id: 'toolu_11',
              'http.status': 403,
            },
          },
        ]),
      );
      const kim = { ...tool, 'user.email': 'kim@example.org', 'event.sequence': 90 };
      await send('logs', coworkLogs([{ name: 'tool_result', at, values: kim }]));

      bylaw.setNow(TEST_NOW);
      await compareRecords(bylaw.services);
      const alerts = await bylaw.services.store.read([client.id], (tx) =>
        alertsIn(tx, client.id, ['open', 'old'], { limit: 50 }),
      );
      const compared = alerts.map(({ detection, sample }) => [detection, sample.person ?? null]);
      expect(compared.filter(([detection]) => DETECTIONS.includes(detection ?? '')).sort()).toEqual([
        ['CLA-DET-43', 'bob@example.org'],
        ['CLA-DET-59', 'jane@example.org'],
        ['CLA-DET-60', 'kim@example.org'],
      ]);
      expect(await works(client.slug)).toEqual(DETECTIONS.map(() => ({ can: 'yes', why: null, plan: null })));
    });

    it('say that they see in part where the gateway names nobody', async () => {
      const client = await bylaw.client('Fir Guild');
      const { send } = await sender(bylaw, client.slug);
      await send('logs', coworkLogs([{ name: 'user_prompt', values: { 'event.sequence': 1 } }]));
      const values = { 'mcp.method.name': 'tools/call', 'mcp.server.name': 'ams', 'gen_ai.tool.name': 'x' };
      await send('traces', gatewaySpans(TOOLHIVE, [{ name: 'tools/call x', at: AT, values }]));
      const [, absent, past] = await works(client.slug);
      for (const one of [absent, past])
        expect(one).toMatchObject({ can: 'unknown', why: expect.stringContaining('can be compared') });
    });
  });
});

function costMetric(at: string) {
  const time = `${Date.parse(at)}000000`;
  const point = { asDouble: 0.1, timeUnixNano: time, startTimeUnixNano: time, attributes: [] };
  const metric = { name: 'claude_code.cost.usage', sum: { aggregationTemporality: 1, dataPoints: [point] } };
  return {
    resourceMetrics: [
      { scopeMetrics: [{ scope: { name: 'com.anthropic.claude_code' }, metrics: [metric] }] },
    ],
  };
}
// Guide: G5.1-03 G5.2-02
