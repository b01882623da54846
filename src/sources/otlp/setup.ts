import { telemetryHeader } from '#domain/devices/plan.ts';

export type JsonText = { readonly [key: string]: string | JsonText };

/**
 * Managed settings of Claude Code that send its telemetry to a console. Names of connectors and tools are only sent with
 * OTEL_LOG_TOOL_DETAILS; the arguments that come along are dropped at the door unless the charter lets them be kept.
 * @param messages Prompts and answers are sent as well, for a client whose charter lets them be kept.
 */
export function claudeCodeSettings(
  endpoint: string,
  token: string,
  { messages }: { readonly messages: boolean },
): JsonText {
  return {
    env: {
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: telemetryHeader(token),
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
      OTEL_LOG_TOOL_DETAILS: '1',
      ...(messages ? { OTEL_LOG_USER_PROMPTS: '1', OTEL_LOG_ASSISTANT_RESPONSES: '1' } : {}),
    },
  };
}
