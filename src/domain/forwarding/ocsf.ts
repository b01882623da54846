import type { StoredActivity } from '../activity/activity.ts';
import {
  type AlertChangeName,
  atOf,
  type ForwardedAlert,
  type ForwardedEvent,
  type ForwardedRecord,
  type Severity,
  severityOf,
  uniqueIdOf,
} from './event.ts';

/**
 * Events in the Open Cybersecurity Schema Framework, 1.8: calls, messages and settings as API Activity with the AI
 * profile; sign-ins, accounts and roles in their own classes; alerts as Detection Finding. Fields without a place in
 * the schema go under `unmapped`; unknown values are left out, as the schema requires.
 */
export const OCSF_VERSION = '1.8.0';

const SEVERITY_IDS: Readonly<Record<Severity, number>> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};

const OTHER = 99;

interface Class {
  readonly uid: number;
  readonly name: string;
  readonly category: number;
  readonly categoryName: string;
}
const API_ACTIVITY: Class = {
  uid: 6003,
  name: 'API Activity',
  category: 6,
  categoryName: 'Application Activity',
};
const iam = (uid: number, name: string): Class => ({
  uid,
  name,
  category: 3,
  categoryName: 'Identity & Access Management',
});
const AUTHENTICATION = iam(3002, 'Authentication');
const ACCOUNT_CHANGE = iam(3001, 'Account Change');
const USER_ACCESS = iam(3005, 'User Access Management');
const DETECTION: Class = { uid: 2004, name: 'Detection Finding', category: 2, categoryName: 'Findings' };

export function ocsfOf(event: ForwardedEvent): Readonly<Record<string, unknown>> {
  if (event.stream === 'activities') return ofActivity(event, event.activity);
  return event.stream === 'alerts' ? ofAlert(event, event.alert) : ofRecord(event, event.record);
}

function ofActivity(event: ForwardedEvent, activity: StoredActivity) {
  const subject = subjectOf(activity);
  const privileges = privilegesOf(activity);
  const { cls, action } = classOf(activity, { subject: subject !== null, privilege: privileges.length > 0 });
  const iamClass = cls.category === 3;
  return known({
    ...head(event, cls, action, activity.at),
    metadata: metadata(event, activity.receivedAt, iamClass ? [] : ['ai_operation'], activity.source),
    ...statusOf(activity),
    actor: known({ user: userOf(activity), app_name: 'Claude', session: sessionOf(activity) }),
    ...(iamClass
      ? {
          user: subject ?? userOf(activity),
          ...(cls === AUTHENTICATION ? { service: { name: 'Claude' } } : {}),
          ...(cls === USER_ACCESS ? { privileges } : {}),
        }
      : { api: apiOf(activity), resources: resourcesOf(activity) }),
    src_endpoint: known({ ip: activity.ip, svc_name: `Claude ${activity.surface}` }),
    http_request: activity.userAgent === null ? null : { user_agent: activity.userAgent },
    // The AI profile does not apply to identity classes.
    ai_model: iamClass || activity.model === null ? null : { ai_provider: 'Anthropic', name: activity.model },
    message_context: iamClass ? null : messageOf(activity),
    duration: activity.amounts.durationMs,
    unmapped: unmappedOf(event, activity),
  });
}

/** Activity ids of a finding: 1 create, 2 update, 3 close. */
const FINDING_ACTS: Readonly<Record<AlertChangeName, 1 | 2 | 3>> = {
  raised: 1,
  counted: 2,
  follow_up: 2,
  real: 3,
  benign: 3,
  silenced: 3,
  reopened: 2,
  grew: 2,
  merged: 3,
  withdrawn: 3,
};

function findingStatus({ state, change }: ForwardedAlert): { status_id: number; status: string } {
  if (change === 'silenced') return { status_id: 3, status: 'Suppressed' };
  if (state === 'open') return { status_id: 1, status: 'New' };
  if (state === 'follow_up') return { status_id: 2, status: 'In Progress' };
  if (state === 'real' || state === 'benign') return { status_id: 4, status: 'Resolved' };
  return { status_id: OTHER, status: state };
}

function ofAlert(event: ForwardedEvent, alert: ForwardedAlert) {
  return known({
    ...head(event, DETECTION, FINDING_ACTS[alert.change], atOf(event)),
    metadata: metadata(event, alert.changedAt, [], null),
    message: alert.says,
    is_alert: true,
    count: alert.count,
    ...findingStatus(alert),
    finding_info: {
      uid: alert.id,
      title: alert.title,
      desc: alert.says,
      created_time: Date.parse(alert.raisedAt),
      modified_time: Date.parse(alert.changedAt),
      first_seen_time: Date.parse(alert.at),
      last_seen_time: Date.parse(alert.lastAt),
      analytic: { uid: alert.rule.id, name: alert.rule.title, type_id: 1, type: 'Rule' },
      related_events: alert.activities.map((uid) => ({ uid })),
    },
    resources: alert.person === null ? null : [{ type: 'User', uid: alert.person, name: alert.person }],
    unmapped: known({
      client_id: event.client.id,
      state: alert.state,
      version: alert.version,
      change: alert.change,
      changed_by: alert.changedBy,
      test: event.test || null,
    }),
  });
}

/** Actions in Bylaw itself, as calls of its API. The schema has no field for the place in the chain. */
function ofRecord(event: ForwardedEvent, { actor, action, title, subject, ...record }: ForwardedRecord) {
  const made = /\.(?:add|create|make|invite|import)/u.test(action);
  const gone = /\.(?:remove|delete|revoke|end)/u.test(action);
  return known({
    ...head(event, API_ACTIVITY, made ? 1 : gone ? 4 : 3, record.at),
    metadata: metadata(event, record.at, [], null),
    message: title,
    status_id: 1,
    status: 'Success',
    actor: {
      user: known({ uid: actor.id, name: actor.name || 'unknown', type: actor.kind, type_id: OTHER }),
      app_name: 'Bylaw',
    },
    api: { operation: action, service: { name: 'Bylaw' } },
    src_endpoint: { svc_name: 'Bylaw' },
    resources: [
      known({
        type: subject.kind,
        uid: subject.id,
        name: subject.name ?? (subject.id ? null : subject.kind),
      }),
    ],
    unmapped: known({
      client_id: event.client.id,
      client_name: event.client.name,
      test: event.test || null,
      chain: record.chain,
      seq: record.seq,
      prev: record.prev,
      hash: record.hash,
    }),
  });
}

function head(event: ForwardedEvent, cls: Class, action: number, at: string) {
  return {
    activity_id: action,
    category_uid: cls.category,
    category_name: cls.categoryName,
    class_uid: cls.uid,
    class_name: cls.name,
    type_uid: cls.uid * 100 + action,
    severity_id: SEVERITY_IDS[severityOf(event)],
    time: Date.parse(at),
  };
}

function metadata(
  event: ForwardedEvent,
  loggedAt: string,
  profiles: readonly string[],
  source: string | null,
) {
  return known({
    version: OCSF_VERSION,
    uid: uniqueIdOf(event),
    profiles: profiles.length === 0 ? null : profiles,
    product: { name: 'Bylaw', vendor_name: 'Bylaw' },
    tenant_uid: event.client.id,
    log_name: event.stream,
    log_provider: source,
    logged_time: Date.parse(loggedAt),
  });
}

/**
 * Class and activity id of an activity. If the account or the privilege concerned is unknown, it is API Activity,
 * because the identity classes require them.
 */
function classOf(
  activity: StoredActivity,
  states: { readonly subject: boolean; readonly privilege: boolean },
): { readonly cls: Class; readonly action: number } {
  const { type, category } = activity;
  if (category === 'sign_in' && (states.subject || hasActor(activity))) {
    const action = /log(?:ged)?_?out|sign(?:ed)?_?out/u.test(type)
      ? 2
      : /log|sign|sso|mfa/u.test(type)
        ? 1
        : OTHER;
    return { cls: AUTHENTICATION, action };
  }
  if (category === 'membership' && states.subject) {
    const action = /delet|remov|revok|reject/u.test(type)
      ? 6
      : /creat|add|invit|accept|join/u.test(type)
        ? 1
        : OTHER;
    return { cls: ACCOUNT_CHANGE, action };
  }
  if (category === 'access' && states.subject && states.privilege) {
    const action = /remov|delet|revok|unassign/u.test(type)
      ? 2
      : /assign|add|updat|chang|grant/u.test(type)
        ? 1
        : OTHER;
    return { cls: USER_ACCESS, action };
  }
  return { cls: API_ACTIVITY, action: crud(activity) };
}

function crud({ type, effect, category }: StoredActivity): number {
  if (effect === 'read') return 2;
  if (/delet|remov|revok|disconnect/u.test(type)) return 4;
  if (category === 'message' || /creat|add|connect|register|upload/u.test(type)) return 1;
  if (effect === 'write' || effect === 'admin' || category === 'settings') return 3;
  if (/view|read|list|download|export|access/u.test(type)) return 2;
  return OTHER;
}

function hasActor({ actor }: StoredActivity): boolean {
  return actor.id !== null || actor.email !== null || actor.name !== null;
}

function userOf({ actor, organization }: StoredActivity) {
  return known({
    uid: actor.id,
    name: actor.name ?? actor.email ?? (actor.id === null ? 'unknown' : null),
    email_addr: actor.email,
    type: actor.type,
    type_id: actor.type === null ? 0 : OTHER,
    org: organization === null ? null : { uid: organization },
  });
}

/** The account or role that an event is about, from the field names of the feed; null: not stated. */
function subjectOf({ detail }: StoredActivity) {
  const word = (...names: readonly string[]) => {
    for (const name of names) {
      const value = detail[name];
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  };
  const email = word('user_email', 'invited_email', 'invitee_email', 'deleted_user_email');
  const uid = word('user_id', 'deleted_user_id', 'principal_id', 'account_id', 'target_id');
  return email === null && uid === null ? null : known({ uid, email_addr: email, name: email });
}

/** The role, permission or grant that an event is about, from the field names of the feed. */
function privilegesOf({ detail }: StoredActivity): readonly string[] {
  const names = ['role', 'current_role', 'role_name', 'role_id', 'grant_type', 'permission'];
  const found = names.map((name) => detail[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? [found] : [];
}

function apiOf({ type, tool, connector, connectorName, prompt }: StoredActivity) {
  const service = connectorName ?? connector;
  return known({
    operation: tool ?? type,
    service: service === null ? { name: 'Claude' } : { name: service, labels: ['connector'] },
    request: prompt === null ? null : { uid: prompt },
  });
}

function resourcesOf({ connector, connectorName }: StoredActivity) {
  return connector === null
    ? null
    : [{ type: 'Connector', uid: connector, name: connectorName ?? connector }];
}

function sessionOf({ session }: StoredActivity) {
  return session === null ? null : { uid: session };
}

function statusOf({ outcome }: StoredActivity) {
  if (outcome === null) return { status_id: 0 };
  if (outcome === 'success') return { status_id: 1, status: 'Success' };
  return { status_id: 2, status: 'Failure', status_detail: outcome === 'rejected' ? 'Rejected' : null };
}

function messageOf({ category, amounts: { inputTokens, outputTokens } }: StoredActivity) {
  const role = { message: 1, model_request: 2, tool_call: 3, tool_decision: 3 }[category as string];
  if (role === undefined) return null;
  return known({
    ai_role_id: role,
    service: { name: 'Claude' },
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
  });
}

function unmappedOf({ client, test }: ForwardedEvent, activity: StoredActivity) {
  const { category, surface, effect, type, claimedAt, amounts, detail, person, seq } = activity;
  return known({
    client_id: client.id,
    client_name: client.name,
    test: test || null,
    seq,
    category,
    surface,
    effect,
    type,
    person,
    claimed_time: claimedAt,
    cost_micro_usd: amounts.costMicros,
    cache_read_tokens: amounts.cacheReadTokens,
    cache_creation_tokens: amounts.cacheCreationTokens,
    size: amounts.size,
    detail: Object.keys(detail).length === 0 ? null : detail,
  });
}

/** Drops fields that are null or undefined. */
function known<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as T;
}
