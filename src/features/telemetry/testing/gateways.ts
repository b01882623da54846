import { attributes } from './send.ts';

/** Records as gateways send them, including people's text where the product sends it. */

type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * A line of agentgateway's access log (75b4e6ce, telemetry/log.rs): no timestamp of its own, everything in attributes.
 */
export function agentgatewayLogs(calls: readonly { readonly at: string; readonly values: Values }[]) {
  return {
    resourceLogs: [
      {
        resource: { attributes: attributes({ 'service.name': 'agentgateway', 'service.version': '1.4.0' }) },
        scopeLogs: [
          {
            scope: { name: 'agentgateway.access' },
            logRecords: calls.map(({ at, values }) => ({
              observedTimeUnixNano: `${Date.parse(at)}000000`,
              severityText: 'INFO',
              traceId: nextTrace(),
              spanId: '00f067aa0ba902b7',
              attributes: attributes({
                gateway: 'default/default',
                listener: 'mcp',
                route: 'connectors',
                'http.method': 'POST',
                'http.path': '/mcp',
                'http.status': 200,
                'mcp.method.name': 'tools/call',
                'mcp.error.message': 'the words of Jane',
                'user_agent.original': 'claude-code/2.1.331 (sdk-cli)',
                duration: '12ms',
                ...values,
              }),
            })),
          },
        ],
      },
    ],
  };
}

export interface TestSpan {
  readonly name: string;
  readonly at: string;
  readonly values: Values;
  /** Status code of OTLP: 1 is OK, 2 is an error. */
  readonly status?: number;
}

/** Spans of a program, identified by its scope and service. */
export function gatewaySpans(
  { scope, service, resource = {} }: { scope: string; service: string; resource?: Values },
  spans: readonly TestSpan[],
) {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'service.name': service, ...resource }) },
        scopeSpans: [
          {
            scope: { name: scope },
            spans: spans.map(({ name, at, values, status = 1 }) => ({
              traceId: nextTrace(),
              spanId: '00f067aa0ba902b7',
              name,
              startTimeUnixNano: `${Date.parse(at)}000000`,
              endTimeUnixNano: `${Date.parse(at) + 40}000000`,
              status: { code: status },
              attributes: attributes({ 'gen_ai.tool.call.arguments': 'the words of Jane', ...values }),
            })),
          },
        ],
      },
    ],
  };
}

let traces = 0;

/** A new trace id: each record is a separate call. */
function nextTrace(): string {
  traces += 1;
  return traces.toString(16).padStart(32, '0');
}
