import { feedType } from './audit-events.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that may contain texts by people. They are dropped for every event. */
const CONTENT =
  /^(content|contents|text|prompt|message|messages|body|completion|response|answer|summary|instructions|prompt_template|description)$/i;
const EMAIL_KEYS = [
  'email_address',
  'email',
  'user_email',
  'invited_email',
  'recipient_email',
  'deleted_user_email',
] as const;

/** Details of an audit-log row besides actor, time and type: fields named as in the activity feed, one level deep. */
export function describe(
  event: string,
  info: unknown,
  entity: unknown,
): { type: string; detail: Record<string, unknown> } {
  const more = isFields(info) ? info : {};
  const what = isFields(entity) ? entity : {};
  const kind = text(what.type);
  const metadata = isFields(what.metadata) ? what.metadata : {};
  const name = text(what.name);
  const uuid = text(what.uuid) ?? text(what.id);
  const conversation = event.startsWith('conversation_') || kind === 'chat_conversation';

  const detail: Record<string, unknown> = {};
  copy(more, detail, conversation);
  copy(metadata, detail, conversation);
  if (kind !== null) detail.entity_type = kind;
  if (uuid !== null) detail.entity_uuid = uuid;
  // A conversation's name is generated from its content.
  if (name !== null && !conversation) detail.entity_name = name;

  const about = [
    name,
    text(more.integration_type),
    text(more.type),
    text(metadata.integration_type),
    text(metadata.type),
  ]
    .filter((part) => part !== null)
    .join(' ');
  const type = feedType(event, about);
  if (type !== event) detail.event = event;
  const email = first([metadata, more], EMAIL_KEYS) ?? (name?.includes('@') ? name : null);
  derive(type, event, { detail, more, metadata, name, uuid, email });
  return { type, detail };
}

interface Parts {
  readonly detail: Record<string, unknown>;
  readonly more: Fields;
  readonly metadata: Fields;
  readonly name: string | null;
  readonly uuid: string | null;
  readonly email: string | null;
}

function derive(type: string, event: string, { detail, more, metadata, name, uuid, email }: Parts): void {
  const put = (key: string, value: unknown): void => {
    if (value !== null && value !== undefined && !(key in detail)) detail[key] = value;
  };
  const both = [more, metadata];
  if (type === 'org_user_deleted') {
    put('deleted_user_email', email);
    put('deleted_user_id', uuid);
  } else if (type.startsWith('org_user_invite_')) {
    put('invited_email', email);
    put('invited_role', first(both, ['role', 'invited_role']));
    put('invited_seat_tier', first(both, ['seat_tier', 'invited_seat_tier']));
    put('invite_id', uuid);
  } else if (type === 'claude_user_role_updated') {
    put('user_email', email);
    put('user_id', uuid);
    put('current_role', first(both, ['new_role', 'current_role', 'role']));
    put('previous_role', first(both, ['old_role', 'previous_role']));
  } else if (type.startsWith('org_domain_')) {
    put('domain', first(both, ['domain', 'domain_name']) ?? name);
  } else if (
    type === 'claude_file_uploaded' ||
    type === 'claude_file_deleted' ||
    type.startsWith('claude_project_document_')
  ) {
    put('filename', name);
  } else if (type.startsWith('claude_project_')) {
    put('claude_project_id', uuid);
  } else if (type === 'social_login_succeeded') {
    put('provider', /_(google|apple|microsoft)$/.exec(event)?.[1] ?? null);
  }
}

/** Copies scalar values, and those of nested objects one level deep, without texts by people. */
function copy(from: Fields, to: Record<string, unknown>, conversation: boolean): void {
  for (const key of Object.keys(from)) {
    const value = from[key];
    if (CONTENT.test(key) || (conversation && /name|title/i.test(key))) continue;
    if (isFields(value)) {
      for (const inner of Object.keys(value)) {
        const deep = value[inner];
        if (!CONTENT.test(inner) && !isFields(deep)) to[`${key}_${inner}`] = deep;
      }
    } else to[key] = value;
  }
}

function first(places: readonly Fields[], keys: readonly string[]): string | null {
  for (const place of places) {
    for (const key of keys) {
      const value = text(place[key]);
      if (value !== null) return value;
    }
  }
  return null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
