import { type ActivityEffect, type Amounts, NO_AMOUNTS, type Outcome } from '#domain/activity/activity.ts';
import { UNNAMED_CONNECTOR } from '#domain/activity/tools.ts';
import { type ClientOfTelemetry, type Fill, type Filled, NOTHING_FILLED } from './context.ts';
import type { Attributes, TelemetryRecord } from './record.ts';
import { detailOf, numberIn, textIn, truthIn, wholeIn } from './values.ts';

/** Placeholders that senders use to withhold the name of a server or tool. */
const WITHHELD = new Set(['custom', 'mcp_tool', '<REDACTED>', 'third-party', 'other']);

/** Allowed attributes that become details of an event. */
export const CLAUDE_DETAILS = new Set(
  `tool_use_id tool_source request_id client_request_id message.uuid decision_type decision_source source
  permission_mode mcp_server_scope tool_input_size_bytes error.class error.length error_type error_code error_category
  status_code attempt total_attempts total_retry_duration_ms cache_creation_5m_tokens cache_creation_1h_tokens ttft_ms
  speed query_source effort server_fallback_hop has_category has_explanation body_truncated from_mode to_mode trigger
  action auth_method status transport_type server_scope is_plugin plugin_id_hash plugin.name plugin.version
  plugin.scope marketplace.name marketplace.is_official install.trigger enabled_via has_hooks has_mcp host_owned_mcp
  skill_path_count command_path_count agent_path_count safe_mode skill.name skill.source skill.kind
  invocation_trigger agent.name hook_event hook_source num_hooks num_success num_blocking num_non_blocking_error
  num_cancelled language command_source mcp_server.name mcp_tool.name managed_settings.trigger managed_settings.sources
  managed_settings.source_behavior managed_settings.helper.state managed_settings.helper.applied anthropic.provider
  anthropic.custom_base_url app.entrypoint terminal.type workflow.run_id`.split(/\s+/),
);

/** Claude Code and Cowork, which report the same things in nearly the same terms. */
export const fillClaude: Fill = (record, name, client) => {
  const { attributes } = record;
  const plain = detailOf(attributes, CLAUDE_DETAILS);
  const detail = name === 'tool_decision' ? decisionOf(plain) : plain;
  const called: Partial<Filled> =
    name === 'tool_result' || name === 'tool_decision'
      ? toolOf(attributes, client, { detail })
      : name === 'mcp_server_connection'
        ? connectionOf(attributes, client, { detail })
        : NOTHING_FILLED;
  return {
    category: client.vocabulary.events.get(name) ?? 'other',
    connector: called.connector ?? null,
    connectorName: called.connectorName ?? null,
    tool: called.tool ?? null,
    effect: called.effect ?? null,
    outcome: outcomeOf(name, attributes),
    model: textIn(attributes, 'model', 'model_name'),
    amounts: amountsOf(name, attributes),
    detail: called.detail ?? detail,
  };
};

/** In a decision, `source` means who decided; renamed, because an activity's source is where it was reported. */
function decisionOf({ source, ...detail }: Filled['detail']): Filled['detail'] {
  return source === undefined ? detail : { ...detail, decision_source: source };
}

function connectionOf(
  attributes: Attributes,
  client: ClientOfTelemetry,
  { detail }: Pick<Filled, 'detail'>,
): Partial<Filled> {
  const server = nameIn(attributes, 'server_name');
  if (server === null) return { connector: UNNAMED_CONNECTOR, detail: { ...detail, name_withheld: true } };
  return { connector: client.resolve(server, null).connector, connectorName: server };
}

/** A built-in tool of Claude, or one of a connector: named in the tool's name, in its parameters, or withheld. */
export function toolOf(
  attributes: Attributes,
  client: ClientOfTelemetry,
  { detail }: Pick<Filled, 'detail'>,
): Partial<Filled> {
  const toolName = textIn(attributes, 'tool_name');
  const spelt = toolName === null ? null : /^mcp__(.+?)__(.+)$/.exec(toolName);
  const server =
    nameIn(attributes, 'mcp_server_name') ??
    nameIn(attributes, 'mcp_server.name') ??
    notWithheld(spelt?.[1] ?? null);
  const tool =
    nameIn(attributes, 'mcp_tool_name') ??
    nameIn(attributes, 'mcp_tool.name') ??
    notWithheld(spelt?.[2] ?? null);
  const ofConnector =
    spelt !== null ||
    server !== null ||
    tool !== null ||
    toolName === 'mcp_tool' ||
    toolName === 'custom' ||
    textIn(attributes, 'tool_source') === 'mcp' ||
    attributes.has('mcp_server_scope');
  if (!ofConnector)
    return {
      tool: toolName,
      effect: toolName === null ? 'unknown' : builtInEffect(toolName, client),
    };
  if (server === null)
    return {
      connector: UNNAMED_CONNECTOR,
      tool,
      effect: 'unknown',
      detail: { ...detail, name_withheld: true },
    };
  const known = client.resolve(server, tool);
  return {
    connector: known.connector,
    connectorName: server,
    tool,
    effect: known.effect,
    detail: {
      ...detail,
      ...(known.act === null || known.act === known.effect ? {} : { act: known.act }),
      ...(tool === null ? { name_withheld: true } : {}),
    },
  };
}

/** Effect of a built-in tool; `unknown`: not in the catalogue. */
function builtInEffect(tool: string, { vocabulary }: ClientOfTelemetry): ActivityEffect | null {
  const effect = vocabulary.tools.get(tool);
  return effect === undefined ? 'unknown' : effect;
}

function nameIn(attributes: Attributes, key: string): string | null {
  return notWithheld(textIn(attributes, key));
}

function notWithheld(name: string | null): string | null {
  return name === null || WITHHELD.has(name) ? null : name;
}

function outcomeOf(name: string, attributes: Attributes): Outcome | null {
  switch (name) {
    case 'tool_result':
      if (textIn(attributes, 'decision_type') === 'reject') return 'rejected';
      return bySuccess(attributes);
    case 'tool_decision':
      return decided(textIn(attributes, 'decision'));
    case 'api_request':
      return 'success';
    case 'api_error':
      return 'failure';
    case 'api_refusal':
      return 'rejected';
    case 'mcp_server_connection': {
      const status = textIn(attributes, 'status');
      return status === 'connected' ? 'success' : status === 'failed' ? 'failure' : null;
    }
    default:
      return bySuccess(attributes);
  }
}

function bySuccess(attributes: Attributes): Outcome | null {
  const success = truthIn(attributes, 'success');
  return success === null ? null : success ? 'success' : 'failure';
}

function decided(decision: string | null): Outcome | null {
  return decision === 'accept' ? 'success' : decision === 'reject' ? 'rejected' : null;
}

/** Tokens and cost are taken only from individual model calls, not from events that sum them up. */
function amountsOf(name: string, attributes: Attributes): Amounts {
  const durationMs = wholeIn(attributes, 'duration_ms', 'total_retry_duration_ms');
  const size = sizeOf(name, attributes);
  if (name !== 'api_request') return { ...NO_AMOUNTS, durationMs, size };
  return {
    inputTokens: wholeIn(attributes, 'input_tokens'),
    outputTokens: wholeIn(attributes, 'output_tokens'),
    cacheReadTokens: wholeIn(attributes, 'cache_read_tokens'),
    cacheCreationTokens: wholeIn(attributes, 'cache_creation_tokens'),
    costMicros: wholeIn(attributes, 'cost_usd_micros') ?? micros(numberIn(attributes, 'cost_usd')),
    durationMs,
    size,
  };
}

function micros(dollars: number | null): number | null {
  return dollars === null ? null : Math.round(dollars * 1_000_000);
}

function sizeOf(name: string, attributes: Attributes): number | null {
  switch (name) {
    case 'user_prompt':
      return wholeIn(attributes, 'prompt_length', 'prompt.length');
    case 'assistant_response':
      return wholeIn(attributes, 'response_length', 'response.length');
    case 'tool_result':
      return wholeIn(attributes, 'tool_result_size_bytes');
    case 'api_request_body':
    case 'api_response_body':
      return wholeIn(attributes, 'body_length', 'body.length');
    default:
      return null;
  }
}

/** Whether a span repeats an event of Claude Code. */
export function repeatsEvents(record: TelemetryRecord): boolean {
  return record.signal === 'traces';
}
