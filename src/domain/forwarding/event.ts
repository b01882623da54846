import { z } from 'zod';
import {
  ACTIVITY_SOURCES,
  CATEGORIES,
  type Category,
  type StoredActivity,
  SURFACES,
} from '../activity/activity.ts';

/** A client's forwarded streams, each with its own order. */
export const STREAMS = ['activities', 'alerts', 'audit', 'workspace_audit'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Names of a stream's events in type names, such as `bylaw.alert`. */
export const EVENT_NAMES: Readonly<Record<StreamName, string>> = {
  activities: 'activity',
  alerts: 'alert',
  audit: 'audit',
  workspace_audit: 'audit',
};

/** Severity in Sigma's terms, lowest first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Changes of an alert: it was raised, its count grew, someone made a decision, or a settled one had more events. */
export const ALERT_CHANGES = [
  'raised',
  'counted',
  'follow_up',
  'real',
  'benign',
  'silenced',
  'reopened',
  'grew',
  'merged',
  'withdrawn',
] as const;
export type AlertChangeName = (typeof ALERT_CHANGES)[number];

/** An alert in forwarded form, as of one change. */
export interface ForwardedAlert {
  readonly seq: number;
  /** The same for every change of the alert. */
  readonly id: string;
  /** Number of the forwarded change of this alert, from 1. Higher replaces lower. */
  readonly version: number;
  readonly change: AlertChangeName;
  readonly changedAt: string;
  /** Who decided; null: not a person's decision. */
  readonly changedBy: string | null;
  /** Time of the first event. */
  readonly at: string;
  /** Time of the last event. */
  readonly lastAt: string;
  /** Number of events. */
  readonly count: number;
  readonly raisedAt: string;
  readonly rule: { readonly id: string; readonly title: string };
  readonly severity: Severity;
  readonly title: string;
  /** One sentence with the numbers. */
  readonly says: string;
  readonly state: string;
  /** The person concerned, as identified in the log; null: none or unknown. */
  readonly person: string | null;
  /** Ids of the activities, possibly only some of them. */
  readonly activities: readonly string[];
}

/**
 * A record of the audit log in forwarded form: who did what to what, and its place in the chain. Values before and
 * after, and the written reason, are never forwarded. Anyone who keeps sequence number and hash can later prove that
 * the chain up to there was not rewritten.
 */
export interface ForwardedRecord {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  /** Id of the client, or `workspace`. */
  readonly chain: string;
  readonly actor: {
    readonly kind: 'user' | 'token' | 'system' | 'unreadable';
    readonly id: string | null;
    readonly name: string;
  };
  readonly action: string;
  /** The action in words. */
  readonly title: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  /** SHA-256 of the previous record, and of this one. */
  readonly prev: string;
  readonly hash: string;
}

/** The client that an event belongs to. */
export interface ForwardedClient {
  readonly id: string;
  readonly name: string;
}

interface Common {
  readonly client: ForwardedClient;
  /** Sent to test a sink; not a real event. */
  readonly test: boolean;
}

/** One event to be delivered to a sink. */
export type ForwardedEvent =
  | (Common & { readonly stream: 'activities'; readonly activity: StoredActivity })
  | (Common & { readonly stream: 'alerts'; readonly alert: ForwardedAlert })
  | (Common & { readonly stream: 'audit' | 'workspace_audit'; readonly record: ForwardedRecord });

/** The stream-specific part of an event. */
function bodyOf(event: ForwardedEvent): StoredActivity | ForwardedAlert | ForwardedRecord {
  switch (event.stream) {
    case 'activities':
      return event.activity;
    case 'alerts':
      return event.alert;
    case 'audit':
    case 'workspace_audit':
      return event.record;
  }
}

/** Its sequence number within client and stream. */
export function seqOf(event: ForwardedEvent): number {
  return bodyOf(event).seq;
}

/** Its permanent id. Changes of one alert share it. */
export function idOf(event: ForwardedEvent): string {
  return bodyOf(event).id;
}

/** Id that also distinguishes changes of one alert, so that receivers can detect duplicates. */
export function uniqueIdOf(event: ForwardedEvent): string {
  if (event.stream !== 'alerts' || event.alert.version === 1) return idOf(event);
  return `${event.alert.id}/${event.alert.version}`;
}

/** When it happened; for a later change of an alert, when that change was made. */
export function atOf(event: ForwardedEvent): string {
  if (event.stream !== 'alerts') return bodyOf(event).at;
  return event.alert.version === 1 ? event.alert.at : event.alert.changedAt;
}

/** When Bylaw recorded it. */
export function loggedAtOf(event: ForwardedEvent): string {
  if (event.stream === 'activities') return event.activity.receivedAt;
  return event.stream === 'alerts' ? event.alert.changedAt : event.record.at;
}

/** The type in its origin's terms: type of an activity, rule of an alert, action of a record. */
export function typeOf(event: ForwardedEvent): string {
  if (event.stream === 'activities') return event.activity.type;
  return event.stream === 'alerts' ? event.alert.rule.id : event.record.action;
}

/** Categories about who may do what, or how Claude is configured. */
const GOVERNING: ReadonlySet<Category> = new Set([
  'membership',
  'access',
  'settings',
  'connectors',
  'compliance',
]);

/** Severity of an event. An activity by itself is not an alarm, so it is at most medium. */
export function severityOf(event: ForwardedEvent): Severity {
  if (event.stream === 'alerts') return event.alert.severity;
  if (event.stream !== 'activities') return event.stream === 'workspace_audit' ? 'medium' : 'low';
  const { category, effect, outcome } = event.activity;
  if (effect === 'admin' || GOVERNING.has(category)) return 'medium';
  if (effect === 'write' || outcome === 'failure' || outcome === 'rejected') return 'low';
  return 'informational';
}

/** Which events a sink receives. */
export const filterSchema = z.strictObject({
  /** null: every category, including ones that later versions of Bylaw add. */
  categories: z
    .array(z.enum(CATEGORIES))
    .min(1)
    .max(CATEGORIES.length)
    .nullable()
    .describe('Kinds of activities that are sent; null: every kind'),
  activities: z.boolean(),
  alerts: z.boolean(),
  audit: z.boolean().default(false).describe('Records of the client’s audit log'),
  workspaceAudit: z
    .boolean()
    .default(false)
    .describe('Records of the workspace’s audit log (sign-ins, people, settings); Owners only'),
  /** Alerts below this severity are not forwarded. */
  minSeverity: z.enum(SEVERITIES),
});
export type SinkFilter = z.infer<typeof filterSchema>;

/** Bylaw's own format of an event: every field under Bylaw's name, unknown values as null. */
export function recordOf(event: ForwardedEvent): Readonly<Record<string, unknown>> {
  const { stream, client, test } = event;
  return {
    schema: `bylaw.${stream === 'workspace_audit' ? 'audit' : stream}/1`,
    client,
    ...(test ? { test } : {}),
    severity: severityOf(event),
    ...bodyOf(event),
  };
}

const text = z.string().max(100_000);
const maybe = text.nullable();
const amount = z.number().nullable();

const activitySchema = z.strictObject({
  seq: z.number().int(),
  id: text.min(1),
  at: z.iso.datetime(),
  claimedAt: maybe,
  receivedAt: z.iso.datetime(),
  source: z.enum(ACTIVITY_SOURCES),
  surface: z.enum(SURFACES),
  type: text.min(1),
  category: z.enum(CATEGORIES),
  actor: z.strictObject({ type: maybe, id: maybe, email: maybe, name: maybe }),
  person: maybe,
  organization: maybe,
  session: maybe,
  prompt: maybe,
  ip: maybe,
  userAgent: maybe,
  connector: maybe,
  connectorName: maybe,
  tool: maybe,
  effect: z.enum(['read', 'write', 'admin', 'unknown']).nullable(),
  outcome: z.enum(['success', 'failure', 'rejected']).nullable(),
  model: maybe,
  amounts: z.strictObject({
    inputTokens: amount,
    outputTokens: amount,
    cacheReadTokens: amount,
    cacheCreationTokens: amount,
    costMicros: amount,
    durationMs: amount,
    size: amount,
  }),
  detail: z.record(z.string(), z.unknown()),
});

const alertSchema = z.strictObject({
  seq: z.number().int(),
  id: text.min(1),
  version: z.number().int().min(1),
  change: z.enum(ALERT_CHANGES),
  changedAt: z.iso.datetime(),
  changedBy: maybe,
  at: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  count: z.number().int(),
  raisedAt: z.iso.datetime(),
  rule: z.strictObject({ id: text, title: text }),
  severity: z.enum(SEVERITIES),
  title: text,
  says: text,
  state: text,
  person: maybe,
  activities: z.array(text),
});

const recordSchema = z.strictObject({
  seq: z.number().int(),
  id: text.min(1),
  at: z.iso.datetime(),
  chain: text.min(1),
  actor: z.strictObject({
    kind: z.enum(['user', 'token', 'system', 'unreadable']),
    id: maybe,
    name: text,
  }),
  action: text,
  title: text,
  subject: z.strictObject({ kind: text, id: maybe, name: maybe }),
  prev: text,
  hash: text,
});

const common = { client: z.strictObject({ id: text, name: text }), test: z.boolean() };

/** An event as stored after a sink refused it, and as a person may correct it. */
export const forwardedSchema: z.ZodType<ForwardedEvent> = z.discriminatedUnion('stream', [
  z.strictObject({ ...common, stream: z.literal('activities'), activity: activitySchema }),
  z.strictObject({ ...common, stream: z.literal('alerts'), alert: alertSchema }),
  z.strictObject({ ...common, stream: z.literal('audit'), record: recordSchema }),
  z.strictObject({ ...common, stream: z.literal('workspace_audit'), record: recordSchema }),
]);
