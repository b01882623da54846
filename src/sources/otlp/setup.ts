import { telemetryHeader } from '#domain/devices/plan.ts';

export type JsonText = { readonly [key: string]: string | JsonText };

/**
 * Managed settings with which Claude Code sends its telemetry to a console. Names of connectors and tools are sent only
 * with OTEL_LOG_TOOL_DETAILS; the arguments sent with them are dropped on receipt unless the charter allows them to be
 * kept.
 * @param messages Also send prompts and responses, for a client whose charter allows them to be kept.
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
