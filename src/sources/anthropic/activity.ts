import { type Activity, type ActivityActor, NO_AMOUNTS, type Outcome } from '#domain/activity/activity.ts';
import { connectorOf } from '#domain/activity/classify.ts';
import { trustedInstant } from '#domain/activity/instant.ts';
import { namesAFailure, wasDone } from '#domain/activity/payload.ts';
import type { ActivityType } from '#domain/model/activity-types.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { isObject, type Json } from '../json-client.ts';

/** Common fields of all activities; all others are detail. */
const COMMON = new Set(['id', 'created_at', 'organization_id', 'organization_uuid', 'actor', 'type']);
/** Fields that contain text of people or Claude, for any type, including unknown ones. */
const WRITTEN =
  /^(?:content|contents|text|prompt|prompts|message|messages|body|request_body|response|response_body|completion|input|output|thinking|summary|instructions|description|title|comment)$/;
/** Maximum length of a field's text; identifiers and addresses are shorter. */
const MAX_FIELD_LENGTH = 500;
const DEPTH = 4;

const UNKNOWN: ActivityType = { category: 'other', surface: 'unknown' };

/** Kinds of actors that are people. Others are programs, or Anthropic. */
const PERSON = 'user_actor';

/**
 * Converts an entry of the feed to an activity. Unknown types and kinds of actors are kept by name. Returns null for
 * an entry without id, type or actor.
 */
export function activityReader(
  catalogue: Pick<Catalogue, 'activityTypes' | 'connectors'>,
): (raw: Json, receivedAt: Date) => Activity | null {
  const types = new Map(catalogue.activityTypes.flatMap((file) => Object.entries(file.types)));
  const withheld = new Map([...types].map(([name, type]) => [name, new Set(type.withheld)]));
  return (raw, receivedAt) => {
    const { id, type: name } = raw;
    if (typeof id !== 'string' || id === '' || typeof name !== 'string' || name === '') return null;
    const type = types.get(name) ?? UNKNOWN;
    const written = typeof raw.created_at === 'string' ? raw.created_at : '';
    const { at, claimedAt } = trustedInstant(Date.parse(written), written, receivedAt);
    const who = isObject(raw.actor) ? raw.actor : {};
    const actor = actorOf(who);
    const connectorName = firstText(raw, type.connector);
    return {
      id,
      at,
      claimedAt,
      source: 'compliance_feed',
      surface: type.surface,
      type: name,
      category: type.category,
      actor,
      person: actor.type === PERSON ? (actor.email?.toLowerCase() ?? actor.id) : null,
      organization: text(raw.organization_uuid) ?? text(raw.organization_id),
      session: firstText(raw, ['session_id', 'cowork_session_id', 'claude_chat_id', 'conversation_id']),
      prompt: null,
      ip: text(who.ip_address),
      userAgent: text(who.user_agent)?.slice(0, MAX_FIELD_LENGTH) ?? null,
      connector: type.is ?? (connectorName === null ? null : connectorOf(catalogue, connectorName)),
      connectorName,
      tool: type.tool === undefined ? null : text(raw[type.tool]),
      effect: type.effect ?? null,
      outcome: outcomeOf(raw, type),
      model: null,
      amounts: NO_AMOUNTS,
      detail: detailOf(raw, who, withheld.get(name)),
    };
  };
}

/** Fields that identify the actor, by kind. */
const ACTOR_IDS = [
  'user_id',
  'api_key_id',
  'admin_api_key_id',
  'service_account_id',
  'directory_id',
  'subject',
  'external_client_id',
  'service',
];

function actorOf(who: Json): ActivityActor {
  return {
    type: text(who.type),
    id: firstText(who, ACTOR_IDS),
    // Anyone who is not signed in can enter any address; it identifies nobody, so `person` is left out.
    email: text(who.email_address) ?? text(who.unauthenticated_email_address),
    name: null,
  };
}

function outcomeOf(raw: Json, type: ActivityType): Outcome | null {
  if (type.outcomeField !== undefined) {
    const said = text(raw[type.outcomeField])?.toLowerCase();
    if (said === 'success' || said === 'succeeded') return 'success';
    if (said === 'failure' || said === 'failed' || said === 'error') return 'failure';
    if (said === 'denied' || said === 'rejected') return 'rejected';
  }
  return type.outcome ?? resultOf(raw);
}

/** The outcome according to the event's fields: a refused request has read nothing. */
function resultOf(raw: Json): Outcome | null {
  const done = namesAFailure(text(raw.type) ?? '') ? null : wasDone(raw);
  if (done === null) return null;
  if (done) return 'success';
  return raw.status_code === 401 || raw.status_code === 403 ? 'rejected' : 'failure';
}

/** Type-specific fields and further fields of the actor, without anything that someone wrote. */
function detailOf(raw: Json, who: Json, withheld: ReadonlySet<string> | undefined): Record<string, unknown> {
  const detail: Record<string, unknown> = {};
  for (const key in raw) {
    if (COMMON.has(key)) continue;
    const value = raw[key];
    if (withheld?.has(key) || WRITTEN.test(key)) {
      const size = sizeOf(value);
      if (size !== null) detail[`${key}_length`] = size;
    } else detail[key] = kept(value, 0);
  }
  for (const key in who) if (!ACTOR_KNOWN.has(key)) detail[`actor_${key}`] = kept(who[key], 0);
  return detail;
}
const ACTOR_KNOWN = new Set([
  'type',
  'email_address',
  'unauthenticated_email_address',
  'ip_address',
  'user_agent',
  ...ACTOR_IDS,
]);

/** A value without fields that contain text of people, limited in size. */
function kept(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.length > MAX_FIELD_LENGTH ? `${value.slice(0, MAX_FIELD_LENGTH)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH) return null;
  if (Array.isArray(value)) return value.slice(0, 200).map((one) => kept(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === '__proto__' || WRITTEN.test(key) ? [] : [[key, kept(inner, depth + 1)]],
    ),
  );
}

/** Length of a withheld text, or the number of its parts; null: there is none. */
function sizeOf(value: unknown): number | null {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : null;
}

function firstText(from: Json, keys: readonly string[] | undefined): string | null {
  for (const key of keys ?? []) {
    const value = text(from[key]);
    if (value !== null) return value;
  }
  return null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
