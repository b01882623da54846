import { logRecord, logsRequest, type Values } from './wire.ts';

/**
 * Ten events in the proportions of real sessions: model calls, tool calls (one of Claude Code's own, one of a
 * connector), decisions, messages.
 */
const KINDS = [
  'user_prompt',
  'api_request',
  'tool_decision own',
  'tool_result own',
  'api_request',
  'tool_decision',
  'tool_result',
  'api_request',
  'assistant_response',
  'mcp_server_connection',
] as const;

const PEOPLE = 60;
/** Milliseconds between two events of one person, as in a work session of several hours. */
const PACE_MS = 10_000;
/** Duration of the given number of events, in milliseconds. */
export function lasting(events: number): number {
  return Math.ceil(events / PEOPLE) * PACE_MS;
}

function valuesOf(kind: (typeof KINDS)[number], n: number): Values {
  switch (kind) {
    case 'user_prompt':
      return { prompt_length: '35', prompt: 'Which members have not paid their dues?' };
    case 'api_request':
      return {
        model: 'claude-opus-5-5',
        input_tokens: String(1200 + (n % 700)),
        output_tokens: '42',
        cache_read_tokens: '900',
        cache_creation_tokens: '300',
        cost_usd: '0.00732',
        cost_usd_micros: '7320',
        duration_ms: '30',
        request_id: `req_${n}`,
        speed: 'normal',
        query_source: 'sdk',
      };
    case 'assistant_response':
      return {
        response_length: '230',
        response: 'x'.repeat(230),
        model: 'claude-opus-5-5',
        request_id: `req_${n}`,
      };
    case 'mcp_server_connection':
      return {
        status: 'connected',
        transport_type: 'http',
        server_scope: 'user',
        duration_ms: '83',
        server_name: 'Slack',
      };
    case 'tool_decision own':
    case 'tool_result own':
      return {
        tool_name: 'Bash',
        tool_use_id: `toolu_${n}`,
        ...(kind === 'tool_result own'
          ? {
              success: 'true',
              duration_ms: '19',
              tool_input: '{"command":"ls"}',
              tool_result_size_bytes: '90',
            }
          : { decision: 'accept', source: 'config', tool_source: 'builtin' }),
        tool_parameters: '{"bash_command":"ls","full_command":"ls","description":"List files"}',
      };
    default:
      return {
        tool_name: 'mcp_tool',
        tool_use_id: `toolu_${n}`,
        ...(kind === 'tool_result'
          ? {
              success: 'true',
              duration_ms: '19',
              tool_input: '{"text":"hello"}',
              tool_result_size_bytes: '90',
            }
          : { decision: 'accept', source: 'config', tool_source: 'mcp' }),
        tool_parameters: `{"mcp_server_name":"Slack","mcp_tool_name":"${n % 50 < 10 ? 'slack_send_message' : 'slack_read_channel'}"}`,
      };
  }
}

/** Requests as Claude Code sends them, all different, with `perRequest` events each. */
export function claudeRequests(events: number, perRequest: number, startMs: number, run: string): Buffer[] {
  const requests: Buffer[] = [];
  for (let first = 0; first < events; first += perRequest) {
    const person = (first / perRequest) % PEOPLE;
    // People work in parallel; each person's requests continue where the previous one ended.
    const began = startMs + Math.floor(first / perRequest / PEOPLE) * perRequest * PACE_MS + person;
    const records = Array.from({ length: Math.min(perRequest, events - first) }, (_, at) => {
      const n = first + at;
      const kind = KINDS[n % KINDS.length] ?? 'api_request';
      const name = kind.replace(' own', '');
      const atMs = began + at * PACE_MS;
      return logRecord(atMs, `claude_code.${name}`, {
        'event.name': name,
        'event.sequence': at,
        'session.id': `2f12164a-134d-45e8-${run}-${String(first).padStart(12, '0')}`,
        'prompt.id': `90f9344c-b3d1-42a4-8e57-${String(n).padStart(12, '0')}`,
        'organization.id': '550e8400-e29b-41d4-a716-446655440000',
        'user.account_uuid': `11111111-e29b-41d4-a716-${String(person).padStart(12, '0')}`,
        'user.account_id': `user_${person}`,
        'user.email': `person.${person}@example.org`,
        'user.id': 'c00f0a4b08a468fcf43b22d4b20e8c21af7d3f4cb8340d1a84b145cca016e01d',
        'terminal.type': 'vscode',
        'app.version': '2.1.331',
        'event.timestamp': new Date(atMs).toISOString(),
        ...valuesOf(kind, n),
      });
    });
    requests.push(
      logsRequest(
        {
          'service.name': 'claude-code',
          'service.version': '2.1.331',
          'host.arch': 'amd64',
          'os.type': 'linux',
        },
        'com.anthropic.claude_code.events',
        records,
      ),
    );
  }
  return requests;
}
