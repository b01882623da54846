import { asName, type TelemetryRecord, type Value } from './record.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Senders: three documented parts of Claude (Claude Code with its two spellings), gateways before Claude or its
 * connectors (gateway.ts), and anything else.
 */
export const EMITTERS = ['cowork', 'claude_code', 'office_agents', 'gateway', 'other'] as const;
export type Emitter = (typeof EMITTERS)[number];

const PREFIX = 'claude_code.';
const CODE_SERVICES = new Set(['claude-code', 'claude-code-desktop']);
/** Names of spans sent by the add-ins for Office. */
export const OFFICE_SPANS: ReadonlySet<string> = new Set([
  'agent.query',
  'agent.stream',
  'agent.tool_execution',
  'agent.compaction',
  'file.upload',
]);

/** Name of the event, from its attribute, its own field or the body, without the prefix. */
export function eventName(record: TelemetryRecord): string | null {
  const name =
    nameIn(record, 'event.name') ?? record.name ?? record.body ?? nameIn(record, 'gen_ai.operation.name');
  return name === null ? null : name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

function nameIn({ attributes }: TelemetryRecord, key: string): string | null {
  const value = attributes.get(key);
  return typeof value === 'string' ? asName(value) : null;
}

function isPrefixed(name: Value | null): boolean {
  return typeof name === 'string' && name.startsWith(PREFIX);
}

/**
 * Sender of a record, judged by the record as a whole. No single field is trusted: a service can use any name, and
 * another program may have an event of the same name.
 */
export function emitterOf(
  record: TelemetryRecord,
  { events }: Pick<Vocabulary, 'events'>,
): Exclude<Emitter, 'gateway'> {
  const service = record.sender.attributes.get('service.name');
  const scope = record.sender.scope ?? '';
  const { attributes } = record;
  const identified =
    attributes.has('session.id') || attributes.has('user.account_uuid') || attributes.has('organization.id');
  if (record.signal === 'traces') {
    const span = OFFICE_SPANS.has(record.name ?? '');
    const labeled = attributes.has('agent.surface') || attributes.has('agent.vendor');
    const signs = Number(service === 'office-agent') + Number(span) + Number(labeled);
    if (signs >= 2) return 'office_agents';
  }
  const prefixed = hasPrefix(record);
  const scoped = scope.startsWith('com.anthropic.claude_code') || scope.startsWith('com.anthropic.cowork');
  const cowork = service === 'cowork';
  const code = typeof service === 'string' && CODE_SERVICES.has(service);
  const named = cowork || code;
  const known = events.has(eventName(record) ?? '');
  const signs = Number(prefixed) + Number(scoped) + Number(named);
  if (signs === 0 || signs + Number(known) + Number(identified) < 2) return 'other';
  return cowork || (!code && scope.startsWith('com.anthropic.cowork')) ? 'cowork' : 'claude_code';
}

const hasPrefix = ({ name, body, attributes }: TelemetryRecord) =>
  isPrefixed(name) || isPrefixed(body) || isPrefixed(attributes.get('event.name') ?? null);

/**
 * Whether a record of Claude states which part it is from, by its service or by the prefix of Claude Code's events. A
 * scope alone is not enough, because Cowork may log with Claude Code's.
 */
export const saysItsPart = (record: TelemetryRecord) =>
  record.sender.attributes.has('service.name') || hasPrefix(record);
