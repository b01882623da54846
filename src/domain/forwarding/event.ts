import { z } from 'zod';
import {
  ACTIVITY_SOURCES,
  CATEGORIES,
  type Category,
  type StoredActivity,
  SURFACES,
} from '../activity/activity.ts';

/** What of a client is handed on, each in an order of its own. */
export const STREAMS = ['activities', 'alerts', 'audit', 'workspace_audit'] as const;
export type StreamName = (typeof STREAMS)[number];

/** What an event of each stream is called in names of types, as `bylaw.alert`. */
export const EVENT_NAMES: Readonly<Record<StreamName, string>> = {
  activities: 'activity',
  alerts: 'alert',
  audit: 'audit',
  workspace_audit: 'audit',
};

/** How much an event matters, by the words of Sigma, from the least. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What happened to an alert: it was raised, its count grew, someone decided, or more came to what was settled. */
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

/** An alert as it leaves Bylaw, as it stood after one change. */
export interface ForwardedAlert {
  readonly seq: number;
  /** The same for every change of the alert. */
  readonly id: string;
  /** Counts the changes of the alert that are handed on, from 1. A higher one replaces a lower one. */
  readonly version: number;
  readonly change: AlertChangeName;
  readonly changedAt: string;
  /** Who decided; null: nobody, it happened. */
  readonly changedBy: string | null;
  /** When what it is about happened. */
  readonly at: string;
  /** The last event that it is about. */
  readonly lastAt: string;
  /** How many events it is about. */
  readonly count: number;
  readonly raisedAt: string;
  readonly rule: { readonly id: string; readonly title: string };
  readonly severity: Severity;
  readonly title: string;
  /** One sentence with the numbers. */
  readonly says: string;
  readonly state: string;
  /** Whom it is about, as the log counts people; null: nobody, or not known. */
  readonly person: string | null;
  /** Ids of activities that it rests on, or some of them. */
  readonly activities: readonly string[];
}

/**
 * A record of the audit log as it leaves Bylaw: who did what to what, and its place in the chain. What stood before and
 * after, and the reason that someone wrote, stay here. Anyone who keeps number and hash can prove later that the chain up
 * to there was not written again.
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
  /** SHA-256 of the record before, and of this one. */
  readonly prev: string;
  readonly hash: string;
}

/** Whose event it is. */
export interface ForwardedClient {
  readonly id: string;
  readonly name: string;
}

interface Common {
  readonly client: ForwardedClient;
  /** Made to try a sink out: nothing happened. */
  readonly test: boolean;
}

/** One event on its way to a sink. */
export type ForwardedEvent =
  | (Common & { readonly stream: 'activities'; readonly activity: StoredActivity })
  | (Common & { readonly stream: 'alerts'; readonly alert: ForwardedAlert })
  | (Common & { readonly stream: 'audit' | 'workspace_audit'; readonly record: ForwardedRecord });

/** The part of an event that is of its stream. */
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

/** Its number within the client and stream. */
export function seqOf(event: ForwardedEvent): number {
  return bodyOf(event).seq;
}

/** What names it for ever. Changes of one alert share it. */
export function idOf(event: ForwardedEvent): string {
  return bodyOf(event).id;
}

/** The same for one change of an alert alone, so that anyone who receives it twice can tell it from another change. */
export function uniqueIdOf(event: ForwardedEvent): string {
  if (event.stream !== 'alerts' || event.alert.version === 1) return idOf(event);
  return `${event.alert.id}/${event.alert.version}`;
}

/** When it happened; of a later change of an alert, when that was made. */
export function atOf(event: ForwardedEvent): string {
  if (event.stream !== 'alerts') return bodyOf(event).at;
  return event.alert.version === 1 ? event.alert.at : event.alert.changedAt;
}

/** When Bylaw had it. */
export function loggedAtOf(event: ForwardedEvent): string {
  if (event.stream === 'activities') return event.activity.receivedAt;
  return event.stream === 'alerts' ? event.alert.changedAt : event.record.at;
}

/** What it is, in the words of the person who made it: the type of an activity, the rule of an alert, the action of a record. */
export function typeOf(event: ForwardedEvent): string {
  if (event.stream === 'activities') return event.activity.type;
  return event.stream === 'alerts' ? event.alert.rule.id : event.record.action;
}

/** Categories that say who may do what, or how Claude is set up. */
const GOVERNING: ReadonlySet<Category> = new Set([
  'membership',
  'access',
  'settings',
  'connectors',
  'compliance',
]);

/** How much an event matters. An activity alone is no alarm, so it is never more than medium. */
export function severityOf(event: ForwardedEvent): Severity {
  if (event.stream === 'alerts') return event.alert.severity;
  if (event.stream !== 'activities') return event.stream === 'workspace_audit' ? 'medium' : 'low';
  const { category, effect, outcome } = event.activity;
  if (effect === 'admin' || GOVERNING.has(category)) return 'medium';
  if (effect === 'write' || outcome === 'failure' || outcome === 'rejected') return 'low';
  return 'informational';
}

/** Which events a sink is given. */
export const filterSchema = z.strictObject({
  /** null: of every category, also of those that a later Bylaw adds. */
  categories: z.array(z.enum(CATEGORIES)).min(1).max(CATEGORIES.length).nullable(),
  activities: z.boolean(),
  alerts: z.boolean(),
  audit: z.boolean().default(false).describe('Records of the client’s audit log'),
  workspaceAudit: z
    .boolean()
    .default(false)
    .describe('Records of the workspace’s audit log (sign-ins, people, settings); Owners only'),
  /** Alerts that matter less stay here. */
  minSeverity: z.enum(SEVERITIES),
});
export type SinkFilter = z.infer<typeof filterSchema>;

/** The own form of an event: every field by the name that Bylaw gives it, what is not known as null. */
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

/** An event as it is kept where a sink refused it, and as someone may mend it. */
export const forwardedSchema: z.ZodType<ForwardedEvent> = z.discriminatedUnion('stream', [
  z.strictObject({ ...common, stream: z.literal('activities'), activity: activitySchema }),
  z.strictObject({ ...common, stream: z.literal('alerts'), alert: alertSchema }),
  z.strictObject({ ...common, stream: z.literal('audit'), record: recordSchema }),
  z.strictObject({ ...common, stream: z.literal('workspace_audit'), record: recordSchema }),
]);
