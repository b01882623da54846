/**
 * Allowlist of attributes, and how each is kept. Anything not listed here is dropped on receipt, so that a new
 * attribute for text by people in a later version of Claude is excluded from the start.
 */
export type Kept = 'value' | 'length' | 'class' | 'names' | 'words';

const list = (kind: Kept, keys: string): (readonly [string, Kept])[] =>
  keys
    .trim()
    .split(/\s+/)
    .map((key) => [key, kind] as const);

const KEPT_ATTRIBUTES: ReadonlyMap<string, Kept> = new Map([
  // Identity and environment.
  ...list(
    'value',
    `service.name service.version session.id organization.id user.account_uuid user.account_id user.id user.email
     enduser.id prompt.id event.name event.timestamp event.sequence app.version app.entrypoint terminal.type os.type
     host.arch anthropic.provider anthropic.custom_base_url message.uuid workflow.run_id agent.surface agent.vendor
     office.platform office.version org.type`,
  ),
  // Tools and decisions about them.
  ...list(
    'value',
    `tool_name tool_use_id tool_source success duration_ms decision decision_type decision_source source
     permission_mode mcp_server_scope mcp_server_name mcp_tool_name mcp_server.name mcp_tool.name
     tool_input_size_bytes tool_result_size_bytes error_type error_code error_category language tool.id tool.caller
     tool.owner tool.read_write tool.accept_decision tool.success tool.output_chars tool.error_type sheet.cells_read
     sheet.cells_written sheet.cells_copied`,
  ),
  // Model calls.
  ...list(
    'value',
    `model model_name cost_usd cost_usd_micros input_tokens output_tokens cache_read_tokens cache_creation_tokens
     cache_creation_5m_tokens cache_creation_1h_tokens ttft_ms request_id client_request_id speed query_source effort
     status_code attempt total_attempts total_retry_duration_ms stop_reason max_tokens agent.message_count
     agent.selected_model server_fallback_hop has_category has_explanation body_length body_truncated
     gen_ai.operation.name gen_ai.system gen_ai.provider.name gen_ai.request.model gen_ai.response.model
     gen_ai.usage.input_tokens gen_ai.usage.output_tokens gen_ai.tool.name`,
  ),
  // Attributes of gateways about the calls that pass through them (catalogue/telemetry/gateways.yaml).
  ...list(
    'value',
    `mcp.method.name mcp.target mcp.server.name mcp.session.id mcp.client.name mcp.protocol.version mcp.error.code
     jsonrpc.request.id rpc.response.status_code error.type http.status http.status_code http.response.status_code
     user_agent.original jwt.sub gateway listener route reason server.address gen_ai.request.id gen_ai.response.id
     gen_ai.usage.cache_read.input_tokens gen_ai.usage.cache_creation.input_tokens metadata.user_api_key_user_email
     metadata.user_api_key_user_id metadata.user_api_key_hash bylaw.sender`,
  ),
  // Other attributes of documented events.
  ...list(
    'value',
    `prompt_length response_length command_source from_mode to_mode trigger action auth_method status
     transport_type server_scope server_name is_plugin plugin_id_hash plugin.name plugin.version plugin.scope
     marketplace.name marketplace.is_official install.trigger enabled_via has_hooks has_mcp host_owned_mcp
     skill_path_count command_path_count agent_path_count safe_mode skill.name skill.source skill.kind
     invocation_trigger agent.name hook_event hook_source num_hooks num_success num_blocking num_non_blocking_error
     num_cancelled start_type type managed_settings.trigger managed_settings.source_behavior
     managed_settings.helper.state managed_settings.helper.applied mcp.configured_count mcp.connected_count
     mcp.failed_count mcp.fetch_status file.upload.count file.upload.total_bytes file.upload.image_count
     file.upload.document_count file.upload.other_count file.upload.size_bytes file.upload.mime_type
     file.upload.success error.name agent.query_phase compaction.pre_tokens compaction.post_tokens
     compaction.tokens_saved compaction.success compaction.trigger`,
  ),
  // Texts by people, responses, and inputs and outputs of tools.
  ...list('length', 'prompt response tool_input body user.message tool.input tool.output'),
  ...list('class', 'error'),
  // Lists of the vendor's own words, which people do not write.
  ...list('words', 'managed_settings.sources'),
  // JSON with the tool's arguments next to the two names that are needed.
  ...list('names', 'tool_parameters'),
]);

export function keptAs(key: string): Kept | undefined {
  return KEPT_ATTRIBUTES.get(key);
}

/** An allowed key, found by its bytes, so that other keys are never decoded to strings. */
export interface KeptKey {
  readonly key: string;
  readonly kind: Kept;
  readonly bytes: Uint8Array;
  /** Its last value, since most values equal those of earlier records in the same session. */
  readonly last: LastText;
}

/** Maximum bytes of a remembered value; names, ids and addresses are shorter. */
const MAX_REMEMBERED = 80;

/** A string and its bytes, so that equal bytes are decoded only once. */
export class LastText {
  readonly #bytes = new Uint8Array(MAX_REMEMBERED);
  #length = -1;
  #text = '';

  /** The remembered string if these bytes are equal to its bytes; otherwise null. */
  of(bytes: Uint8Array, start: number, end: number): string | null {
    const length = end - start;
    if (length !== this.#length) return null;
    // Backward, because counters and timestamps differ at the end.
    for (let at = length - 1; at >= 0; at -= 1) if (this.#bytes[at] !== bytes[start + at]) return null;
    return this.#text;
  }

  remember(bytes: Uint8Array, start: number, end: number, text: string): void {
    const length = end - start;
    if (length > MAX_REMEMBERED) return;
    for (let at = 0; at < length; at += 1) this.#bytes[at] = bytes[start + at] ?? 0;
    this.#length = length;
    this.#text = text;
  }
}

const PLACES = 1024;
const BY_BYTES: KeptKey[][] = Array.from({ length: PLACES }, () => []);
for (const [key, kind] of KEPT_ATTRIBUTES) {
  const bytes = new TextEncoder().encode(key);
  BY_BYTES[placeOf(bytes, 0, bytes.length)]?.push({ key, kind, bytes, last: new LastText() });
}

/** Hash of a key from its length and three of its bytes, which nearly always differ. */
function placeOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start] ?? 0;
  const middle = bytes[start + (length >> 1)] ?? 0;
  const last = bytes[end - 1] ?? 0;
  return (length * 131 + first * 31 + middle * 7 + last) & (PLACES - 1);
}

/** The allowed key in these bytes; null: not allowed. */
export function keptKey(bytes: Uint8Array, start: number, end: number): KeptKey | null {
  const length = end - start;
  if (length === 0) return null;
  for (const one of BY_BYTES[placeOf(bytes, start, end)] ?? []) {
    if (one.bytes.length !== length) continue;
    let at = 0;
    while (at < length && one.bytes[at] === bytes[start + at]) at += 1;
    if (at === length) return one;
  }
  return null;
}

/** Maximum length of `tool_parameters` that is parsed. */
const MAX_PARAMETERS = 65_536;

/** Names of server and tool in the JSON of `tool_parameters`; everything else is ignored. */
export function nameInside(json: string): (readonly [string, string])[] {
  if (json.length > MAX_PARAMETERS || !json.includes('"mcp_')) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null) return [];
  return (['mcp_server_name', 'mcp_tool_name'] as const).flatMap((key) => {
    const value = (parsed as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
  });
}
