/** States of a sink and their labels. Also used by the console. */
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

/** Inputs that determine a sink's state. */
export interface SinkSigns {
  readonly paused: boolean;
  readonly state: string;
  readonly acceptedAt: Date | null;
  /** When Bylaw recorded the oldest pending event; null: none is pending. */
  readonly oldest: Date | null;
}

/** A sink is behind if an event has waited longer than this. Milliseconds. */
const LATE = 10 * 60_000;

/** State of a sink. It is working only if something was accepted and nothing has been waiting for long. */
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

/** Categories of activities that a sink can receive, as labeled in its form. */
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

/** Singular and plural of a stream's pending items. */
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
