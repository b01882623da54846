/**
 * One thing that happened, in the one shape that everything behind the door works with. Made by the sources, which drop
 * what people wrote and what Claude answered; only lengths and classes of it remain.
 */
export interface Activity {
  /**
   * Names the event within its client for ever: the feed's own id, or one made from what the event says, so that the
   * same event sent twice is one.
   */
  readonly id: string;
  /** RFC 3339 instant in UTC with milliseconds. */
  readonly at: string;
  /** What the sender gave as the instant, where that cannot be right and `at` was made from the receipt; else null. */
  readonly claimedAt: string | null;
  readonly source: ActivitySource;
  readonly surface: Surface;
  /** As the source names it, also where Bylaw does not know it: `mcp_tool_policy_updated`, `tool_result`. */
  readonly type: string;
  readonly category: Category;
  readonly actor: ActivityActor;
  /**
   * Who is counted: the address in lower case, else the id of the person. null for machines, and where the source does
   * not tell.
   */
  readonly person: string | null;
  /** UUID or id of the Claude organization, as the source gives it. */
  readonly organization: string | null;
  readonly session: string | null;
  /** What ties the events of one turn together. */
  readonly prompt: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Id of the connector in the catalogue, or its name as written in lower case; null: none took part. */
  readonly connector: string | null;
  /** The connector's name as the source writes it. */
  readonly connectorName: string | null;
  readonly tool: string | null;
  /** null: there is nothing to read or write in it, as in a sign-in. */
  readonly effect: ActivityEffect | null;
  readonly outcome: Outcome | null;
  readonly model: string | null;
  /** Amounts that the source states; null is "not stated" and is never counted as zero. */
  readonly amounts: Amounts;
  /** What else the event says, by the source's names; never what people wrote or Claude answered. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Who told of it. `vendor_log`: the log of another vendor than Anthropic; `guard`: a check of content of Bylaw's own. */
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

/** Where in Claude it happened. `administration` is the organization's settings, members and sign-in. */
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
 * What kind of thing it is. `message` is one message that a person sent; `tool_call` one call of a connector or tool
 * that ran, `tool_decision` whether it was let run; `model_request` one call of a model, with its tokens.
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
  /** As the source names the kind, also an unknown one: `user_actor`, `api_actor`. null: the source does not say. */
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
  /** Characters of a prompt or bytes of a result, whose text is not kept. */
  readonly size: number | null;
}

/** None of the amounts is stated. */
export const NO_AMOUNTS: Amounts = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: null,
  cacheCreationTokens: null,
  costMicros: null,
  durationMs: null,
  size: null,
};

/** Of an activity of which nothing is told but what, when and where it was. */
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
  /** Goes up within a client in the order in which the log was written; numbers may be left out. */
  readonly seq: number;
  /** When Bylaw had it: an event is seen later than it happens. */
  readonly receivedAt: string;
}
