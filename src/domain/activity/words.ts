import type { ActivityEffect, ActivitySource, Category, Outcome, Surface } from './activity.ts';

/** Display names for activities, the same on pages, in commands and in files. */

export const SOURCE_WORDS: Readonly<Record<ActivitySource, string>> = {
  compliance_feed: 'Compliance API',
  sessions: 'Session records',
  audit_export: 'Exported file',
  otlp: 'Telemetry',
  gateway: 'Gateway',
  vendor_log: 'Another vendor’s log',
  guard: 'Content check by Bylaw',
};

export const SURFACE_WORDS: Readonly<Record<Surface, string>> = {
  chat: 'Chat',
  cowork: 'Cowork',
  claude_code: 'Claude Code',
  office: 'Office add-ins',
  platform: 'Claude Platform',
  administration: 'Administration',
  unknown: 'Not reported',
};

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  message: 'Message',
  tool_call: 'Tool call',
  tool_decision: 'Tool decision',
  model_request: 'Model request',
  connection: 'Connection',
  session: 'Session',
  sign_in: 'Sign-in',
  membership: 'Membership',
  access: 'Access',
  settings: 'Settings',
  connectors: 'Connectors',
  content: 'Files and chats',
  compliance: 'Compliance',
  other: 'Other',
};

export const ACTIVITY_EFFECT_WORDS: Readonly<Record<ActivityEffect, string>> = {
  read: 'Read',
  write: 'Write',
  admin: 'Administration',
  unknown: 'Not classified',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  success: 'Succeeded',
  failure: 'Failed',
  rejected: 'Rejected',
};

/** The display name of a value, or the value itself if a newer source has one that is unknown here. */
export function wordsIn(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}
