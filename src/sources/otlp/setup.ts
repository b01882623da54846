/** What stands in settings until a token is put there. */
export const TOKEN_PLACEHOLDER = 'YOUR-TOKEN';

export type JsonText = { readonly [key: string]: string | JsonText };

/**
 * Managed settings of Claude Code that send its telemetry to a console. Names of connectors and tools are only sent with
 * OTEL_LOG_TOOL_DETAILS; the arguments that come along are dropped at the door.
 */
export function claudeCodeSettings(endpoint: string, token: string): JsonText {
  return {
    env: {
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: headerLine(token),
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
      OTEL_LOG_TOOL_DETAILS: '1',
    },
  };
}

/** Headers as the settings of exporters take them. */
export function headerLine(token: string): string {
  return `Authorization=Bearer ${token}`;
}
