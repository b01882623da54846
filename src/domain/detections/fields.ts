import type { Activity } from '../activity/activity.ts';
import { settingName } from '../activity/payload.ts';
import { ownValue } from '../model/own-value.ts';
import { type Enrichment, NOTHING_KNOWN } from './enrich.ts';

/** An activity with the facts that Bylaw adds. */
export interface DetectionEvent {
  readonly activity: Activity;
  readonly bylaw: Enrichment;
}

type Read = (event: DetectionEvent) => unknown;

/** Fields of every activity by the names that rules use. Any other name is a field of the source. */
const OWN: Readonly<Record<string, Read>> = {
  id: ({ activity }) => activity.id,
  source: ({ activity }) => activity.source,
  surface: ({ activity }) => activity.surface,
  type: ({ activity }) => activity.type,
  category: ({ activity }) => activity.category,
  person: ({ activity }) => activity.person,
  organization: ({ activity }) => activity.organization,
  session: ({ activity }) => activity.session,
  prompt: ({ activity }) => activity.prompt,
  ip: ({ activity }) => activity.ip,
  user_agent: ({ activity }) => activity.userAgent,
  connector: ({ activity }) => activity.connector,
  connector_name: ({ activity }) => activity.connectorName,
  tool: ({ activity }) => activity.tool,
  effect: ({ activity }) => activity.effect,
  outcome: ({ activity }) => activity.outcome,
  model: ({ activity }) => activity.model,
  'actor.type': ({ activity }) => activity.actor.type,
  'actor.id': ({ activity }) => activity.actor.id,
  'actor.email': ({ activity }) => activity.actor.email,
  'actor.name': ({ activity }) => activity.actor.name,
  'amounts.size': ({ activity }) => activity.amounts.size,
  'amounts.input_tokens': ({ activity }) => activity.amounts.inputTokens,
  'amounts.output_tokens': ({ activity }) => activity.amounts.outputTokens,
  'amounts.cost_micros': ({ activity }) => activity.amounts.costMicros,
  'amounts.duration_ms': ({ activity }) => activity.amounts.durationMs,
};

/** Whether every activity has the field, whatever its source. */
export function isOwnField(name: string): boolean {
  return Object.hasOwn(OWN, name);
}

/** Whether a name under `bylaw.` is one that Bylaw adds. */
export function bylawField(name: string): boolean {
  return Object.hasOwn(NOTHING_KNOWN, name.slice('bylaw.'.length));
}

/**
 * Returns a getter for a field: of every activity, added by Bylaw (`bylaw.…`), or of the source, with dots for nested
 * fields. If a list is on the path, the field of every member counts.
 */
export function reader(name: string): Read {
  const own = ownValue(OWN, name);
  // In the common fields, null means that no source reported it.
  if (own !== undefined) return (event) => own(event) ?? undefined;
  if (name.startsWith('bylaw.')) {
    const key = name.slice('bylaw.'.length) as keyof Enrichment;
    return ({ bylaw }) => bylaw[key] ?? undefined;
  }
  const path = name.split('.');
  // Sources use two spellings of one field, `enabled` and `is_enabled`.
  const plain = settingName(name);
  const other = plain === name ? `is_${name}` : plain;
  return ({ activity: { detail } }) => {
    if (name in detail) return detail[name];
    return other in detail ? detail[other] : deep(detail, path, 0);
  };
}

function deep(value: unknown, path: readonly string[], from: number): unknown {
  if (Array.isArray(value)) {
    const all = value.flatMap((one) => {
      const found = deep(one, path, from);
      return found === undefined ? [] : found;
    });
    return all.length === 0 ? undefined : all;
  }
  if (from === path.length) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return deep((value as Record<string, unknown>)[path[from] ?? ''], path, from + 1);
}

/** Every value in an event, at any depth. */
export function valuesOf(event: DetectionEvent): unknown[] {
  return [...Object.values(OWN).map((read) => read(event)), ...leaves(event.activity.detail)];
}

function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** Text of a field value for a group or a sentence; null: it is empty. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((one) => textOf(one) ?? '').join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
