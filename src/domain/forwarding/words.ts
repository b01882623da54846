/** How a sink stands, and how that is said. Also loaded by the console. */
export const SINK_STATES = ['stopped', 'retrying', 'behind', 'paused', 'new', 'working'] as const;
export type SinkState = (typeof SINK_STATES)[number];

export const SINK_STATE_WORDS: Readonly<Record<SinkState, string>> = {
  stopped: 'Needs you',
  retrying: 'Trying again',
  behind: 'Behind',
  paused: 'Paused',
  new: 'Nothing sent yet',
  working: 'Working',
};

/** What is looked at to tell how a sink stands. */
export interface SinkSigns {
  readonly paused: boolean;
  readonly state: string;
  readonly acceptedAt: Date | null;
  /** When Bylaw had the first event that waits; null: none waits. */
  readonly oldest: Date | null;
}

/** An event that waits longer than this makes a sink late. Milliseconds. */
const LATE = 10 * 60_000;

/** How a sink stands. It works only where something was taken and nothing waits for long. */
export function statusOf({ paused, state, acceptedAt, oldest }: SinkSigns, now: Date): SinkState {
  if (paused) return 'paused';
  if (state === 'stopped') return 'stopped';
  if (state === 'retrying') return 'retrying';
  if (oldest !== null && now.getTime() - oldest.getTime() > LATE) return 'behind';
  return acceptedAt === null ? 'new' : 'working';
}

export const DELIVERY_STATES = ['waiting', 'replayed', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Waiting for a decision',
  replayed: 'Sent again',
  dropped: 'Discarded',
};

/** What of the activities a sink can be given, as its form asks. */
export const CATEGORY_CHOICES = {
  message: 'Messages that people send',
  tool_call: 'Calls of connectors and tools',
  tool_decision: 'Whether a tool was let run',
  model_request: 'Requests to models, with tokens',
  connection: 'Connections of connectors',
  session: 'Sessions',
  sign_in: 'Sign-ins',
  membership: 'Members and invitations',
  access: 'Roles, groups and keys',
  settings: 'Settings',
  connectors: 'Connectors of the organization',
  content: 'Files, projects and shared chats',
  compliance: 'Compliance and exports',
  other: 'Anything else',
} as const;

/** What of a sink waits, by stream, as one and as several. */
export const STREAM_NOUNS = {
  activities: ['activity', 'activities'],
  alerts: ['alert', 'alerts'],
  audit: ['audit record', 'audit records'],
  workspace_audit: ['audit record of the workspace', 'audit records of the workspace'],
} as const;

export const SEVERITY_CHOICES = {
  informational: 'Every alert',
  low: 'Low and above',
  medium: 'Medium and above',
  high: 'High and above',
  critical: 'Critical only',
} as const;
