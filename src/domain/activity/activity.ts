/**
 * An event in the common format used everywhere after ingestion. Created by the sources, which drop what people wrote
 * and what Claude answered; only lengths and categories of it remain.
 */
export interface Activity {
  /**
   * Permanent id within the client: the feed's own, or one derived from the event's content, so that the same event
   * sent twice is stored once.
   */
  readonly id: string;
  /** RFC 3339 instant in UTC with milliseconds. */
  readonly at: string;
  /** The sender's timestamp if it cannot be right and `at` was derived from the time of receipt; otherwise null. */
  readonly claimedAt: string | null;
  readonly source: ActivitySource;
  readonly surface: Surface;
  /** The source's name for the type, even if Bylaw does not know it: `mcp_tool_policy_updated`, `tool_result`. */
  readonly type: string;
  readonly category: Category;
  readonly actor: ActivityActor;
  /**
   * The person to count: the address in lower case, otherwise the person's id. null for machines, and if not reported.
   */
  readonly person: string | null;
  /** UUID or id of the Claude organization, according to the source. */
  readonly organization: string | null;
  readonly session: string | null;
  /** Ids that link the events of one turn. */
  readonly prompt: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Id of the connector in the catalogue, or its name in lower case; null: no connector was involved. */
  readonly connector: string | null;
  /** The connector's name according to the source. */
  readonly connectorName: string | null;
  readonly tool: string | null;
  /** null: nothing is read or written, as in a sign-in. */
  readonly effect: ActivityEffect | null;
  readonly outcome: Outcome | null;
  readonly model: string | null;
  /** Amounts reported by the source; null means "not reported" and never counts as zero. */
  readonly amounts: Amounts;
  /** Other fields of the event, by the source's names; never what people wrote or Claude answered. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Origin of the record. `vendor_log`: the log of a vendor other than Anthropic; `guard`: one of Bylaw's own content
 * checks.
 */
export const ACTIVITY_SOURCES = [
  'compliance_feed',
  'sessions',
  'audit_export',
  'otlp',
  'gateway',
  'vendor_log',
  'guard',
] as const;
export type ActivitySource = (typeof ACTIVITY_SOURCES)[number];

/** Part of Claude. `administration`: the organization's settings, members and sign-in. */
export const SURFACES = [
  'chat',
  'cowork',
  'claude_code',
  'office',
  'platform',
  'administration',
  'unknown',
] as const;
export type Surface = (typeof SURFACES)[number];

/**
 * Category. `message`: a message sent by a person; `tool_call`: a completed call of a connector or tool;
 * `tool_decision`: whether it was allowed to run; `model_request`: a call of a model, with its tokens.
 */
export const CATEGORIES = [
  'message',
  'tool_call',
  'tool_decision',
  'model_request',
  'connection',
  'session',
  'sign_in',
  'membership',
  'access',
  'settings',
  'connectors',
  'content',
  'compliance',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const ACTIVITY_EFFECTS = ['read', 'write', 'admin', 'unknown'] as const;
export type ActivityEffect = (typeof ACTIVITY_EFFECTS)[number];
export type Outcome = 'success' | 'failure' | 'rejected';

export interface ActivityActor {
  /** The source's term, even if unknown: `user_actor`, `api_actor`. null: not reported. */
  readonly type: string | null;
  readonly id: string | null;
  /** As written. */
  readonly email: string | null;
  readonly name: string | null;
}

export interface Amounts {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheCreationTokens: number | null;
  /** Millionths of a US dollar. */
  readonly costMicros: number | null;
  readonly durationMs: number | null;
  /** Characters of a prompt or bytes of a result, whose text is not stored. */
  readonly size: number | null;
}

/** No amount is reported. */
export const NO_AMOUNTS: Amounts = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: null,
  cacheCreationTokens: null,
  costMicros: null,
  durationMs: null,
  size: null,
};

/** Defaults for an activity of which only what, when and where is known. */
export const NOTHING_REPORTED: Omit<Activity, 'id' | 'at' | 'source' | 'surface' | 'type' | 'category'> = {
  claimedAt: null,
  actor: { type: null, id: null, email: null, name: null },
  person: null,
  organization: null,
  session: null,
  prompt: null,
  ip: null,
  userAgent: null,
  connector: null,
  connectorName: null,
  tool: null,
  effect: null,
  outcome: null,
  model: null,
  amounts: NO_AMOUNTS,
  detail: {},
};

/** An activity in a client's log. */
export interface StoredActivity extends Activity {
  /** Increases within a client in the order of the log; numbers may be skipped. */
  readonly seq: number;
  /** When Bylaw received it, which is later than when it happened. */
  readonly receivedAt: string;
}
