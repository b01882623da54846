import { hash } from 'node:crypto';
import {
  type Activity,
  type Amounts,
  type Category,
  NO_AMOUNTS,
  type Outcome,
  type Surface,
} from '#domain/activity/activity.ts';
import { UNNAMED_CONNECTOR } from '#domain/activity/tools.ts';
import type { Gateway, Gateways } from '#domain/model/telemetry-words.ts';
import type { ClientOfTelemetry, Made } from './context.ts';
import { ADDRESS, idOf, instantIn } from './identity.ts';
import type { Attributes, Sender, TelemetryRecord } from './record.ts';
import { detailOf, either, firstTextIn, lasted, textIn, wholeIn } from './values.ts';

/** A gateway whose record was recognized, and how to read it. */
export interface FoundGateway extends Gateway {
  readonly surfaceOf: (client: string | null) => Surface;
  /** false: the gateway reports the same in another signal or scope, which counts. */
  readonly counts: boolean;
}

export type GatewayReader = (record: TelemetryRecord) => FoundGateway | null;

/** Allowed attributes that become details of an event. */
const DETAILS = new Set(
  `tool_use_id mcp.method.name mcp.session.id mcp.protocol.version mcp.error.code error.type rpc.response.status_code
  http.status http.response.status_code jsonrpc.request.id gateway listener route reason gen_ai.operation.name
  gen_ai.provider.name gen_ai.system gen_ai.request.id gen_ai.response.id`.split(/\s+/),
);

/** OpenTelemetry operations that are model calls. */
const OPERATIONS = new Set(['chat', 'text_completion', 'generate_content']);

/**
 * Recognizes records of gateways by several signs at once: the scope and service that the program writes or that
 * someone configured, and an attribute that only its records have.
 */
export function gatewayReader({ gateways, clients }: Gateways): GatewayReader {
  const surfaceOf = (client: string | null): Surface =>
    client === null
      ? 'unknown'
      : (clients.find(({ starts }) => client.toLowerCase().startsWith(starts))?.surface ?? 'unknown');
  const ready = gateways.map((one) => ({ ...one, surfaceOf }));
  // Cached per sender: a request's records have few senders, and nearly none of them is a gateway.
  const known = new WeakMap<Sender, readonly { readonly gateway: Gateway; readonly signs: number }[]>();
  const candidatesOf = (sender: Sender) => {
    const before = known.get(sender);
    if (before !== undefined) return before;
    const found = ready.flatMap((gateway) => {
      const signs = signsOf(sender, gateway);
      return signs === 0 ? [] : [{ gateway, signs }];
    });
    known.set(sender, found);
    return found;
  };
  return (record) => {
    for (const { gateway, signs } of candidatesOf(record.sender)) {
      const marked = gateway.marks.some((mark) => record.attributes.has(mark));
      if (signs + Number(marked) < 2) continue;
      const repeated = gateway.repeats.includes(record.sender.scope ?? '');
      return { ...gateway, surfaceOf, counts: record.signal === gateway.signal && !repeated };
    }
    return null;
  };
}

function signsOf({ attributes, scope }: Sender, { scopes, repeats, services, stated }: Gateway): number {
  const service = attributes.get('service.name');
  const byScope = scope !== null && (scopes.includes(scope) || repeats.includes(scope));
  const byService = typeof service === 'string' && services.includes(service);
  const byWord = stated !== undefined && attributes.get(stated.attribute) === stated.value;
  return Number(byScope) + Number(byService) + Number(byWord);
}

/** A gateway's own record as an activity. It counts as a call whether or not another source reports it. */
export function gatewayActivity(
  record: TelemetryRecord,
  gateway: FoundGateway,
  client: ClientOfTelemetry,
): Made {
  if (!gateway.counts) return 'repeats_records';
  const { attributes } = record;
  const method = textIn(attributes, 'mcp.method.name');
  const model = modelOf(attributes);
  const category: Category =
    method === 'tools/call' ? 'tool_call' : method === null && model !== null ? 'model_request' : 'other';
  const { at, claimedAt } = instantIn(record, client.receivedAt);
  const type = method ?? (model === null ? (record.name ?? 'unnamed') : 'model_request');
  return {
    id: idIn(record, type),
    at,
    claimedAt,
    source: 'gateway',
    surface: gateway.surfaceOf(either(record, 'user_agent.original') ?? either(record, 'mcp.client.name')),
    type,
    category,
    ...whoIn(record, gateway),
    organization: either(record, 'organization.id'),
    session: textIn(attributes, 'session.id'),
    prompt: null,
    ip: null,
    userAgent: null,
    ...(category === 'tool_call'
      ? callOf(attributes, gateway, client)
      : { connector: null, connectorName: null, tool: null, effect: null }),
    outcome: outcomeOf(record, gateway),
    model: category === 'model_request' ? model : null,
    amounts: amountsOf(record, category),
    detail: {
      emitter: 'gateway',
      gateway_kind: gateway.id,
      service: either(record, 'service.name'),
      version: either(record, 'service.version'),
      ...detailOf(attributes, DETAILS),
    },
  };
}

/** Id of a call from its trace and span, equal for both signals; otherwise a hash of everything kept. */
function idIn(record: TelemetryRecord, type: string): string {
  const { traceId, spanId } = record;
  if (traceId === null || spanId === null) return idOf(record, type);
  return hash('sha256', ['gateway', traceId, spanId].join('\x1f'), 'base64url').slice(0, 22);
}

/**
 * Only an address identifies a person, as in other telemetry. Any other name is kept as the gateway's id for the actor.
 */
function whoIn(record: TelemetryRecord, { person }: Gateway): Pick<Activity, 'actor' | 'person'> {
  const named = person.flatMap((key) => either(record, key) ?? []);
  const email = named.find((one) => ADDRESS.test(one)) ?? null;
  const id = named.find((one) => one !== email) ?? null;
  const type = email === null && id === null ? null : 'user';
  return { actor: { type, id, email, name: null }, person: email?.toLowerCase() ?? null };
}

function callOf(
  attributes: Attributes,
  { server, toolAfter }: Gateway,
  client: ClientOfTelemetry,
): Pick<Activity, 'connector' | 'connectorName' | 'tool' | 'effect'> {
  const written = textIn(attributes, 'gen_ai.tool.name');
  const cut = toolAfter === undefined || written === null ? -1 : written.indexOf(toolAfter);
  const prefix = cut > 0 ? (written?.slice(0, cut) ?? null) : null;
  const tool = cut > 0 ? (written?.slice(cut + (toolAfter?.length ?? 0)) ?? null) : written;
  const name = firstTextIn(attributes, server) ?? prefix;
  if (name === null) return { connector: UNNAMED_CONNECTOR, connectorName: null, tool, effect: 'unknown' };
  const known = client.resolve(name, tool);
  return { connector: known.connector, connectorName: name, tool, effect: known.effect };
}

function outcomeOf({ attributes, failed }: TelemetryRecord, { refused }: Gateway): Outcome | null {
  const said = (key: string) => attributes.get(key);
  if (refused.some(({ attribute, values }) => values.some((one) => String(said(attribute)) === String(one))))
    return 'rejected';
  if (failed === true || said('error.type') !== undefined || said('mcp.error.code') !== undefined)
    return 'failure';
  const status = wholeIn(attributes, 'http.response.status_code', 'http.status', 'http.status_code');
  if (status !== null) return status < 400 ? 'success' : 'failure';
  return failed === false ? 'success' : null;
}

/** The Claude model called; null: none, or another vendor's. */
function modelOf(attributes: Attributes): string | null {
  const model = textIn(attributes, 'gen_ai.response.model', 'gen_ai.request.model');
  const vendor = textIn(attributes, 'gen_ai.provider.name', 'gen_ai.system');
  const operation = textIn(attributes, 'gen_ai.operation.name');
  const asked =
    (operation !== null && OPERATIONS.has(operation)) || attributes.has('gen_ai.usage.output_tokens');
  return asked && model !== null && (vendor === 'anthropic' || /\bclaude\b/.test(model)) ? model : null;
}

function amountsOf(record: TelemetryRecord, category: Category): Amounts {
  const { attributes } = record;
  const amounts = { ...NO_AMOUNTS, durationMs: record.signal === 'traces' ? lasted(record) : null };
  if (category !== 'model_request') return amounts;
  return {
    ...amounts,
    inputTokens: wholeIn(attributes, 'gen_ai.usage.input_tokens'),
    outputTokens: wholeIn(attributes, 'gen_ai.usage.output_tokens'),
    cacheReadTokens: wholeIn(attributes, 'gen_ai.usage.cache_read.input_tokens'),
    cacheCreationTokens: wholeIn(attributes, 'gen_ai.usage.cache_creation.input_tokens'),
  };
}
// Guide: G5.1-03 G5.2-02
