import type { Activity, Category } from './activity.ts';
import { wasDone } from './payload.ts';

/**
 * Types of events that rules read: settings, permissions, sharing, exports and new members. Everyday use of Claude is
 * excluded, so that a log of millions is a few thousand events for decisions.
 */
const CATEGORIES: ReadonlySet<Category> = new Set([
  'settings',
  'connectors',
  'connection',
  'access',
  'membership',
  'compliance',
]);

/** Contains the number of seats from then on. */
export const SEATS_BOUGHT = 'subscription_quantity_updated';

/** Types of which rules only read the number of seats. */
const SEAT_TYPES: ReadonlySet<string> = new Set([SEATS_BOUGHT, 'seat_tiers_purchased']);

/**
 * Events that show an active person with a seat. They are very frequent: the first per person and week is sufficient.
 */
const AT_WORK: ReadonlySet<string> = new Set([
  'claude_chat_created',
  'claude_file_uploaded',
  'claude_project_created',
]);

/** Sign-ins that bypass single sign-on; one per person and day is sufficient. */
const SIGN_INS: ReadonlySet<string> = new Set(['magic_link_login_succeeded', 'social_login_succeeded']);

const WEEK_MS = 7 * 86_400_000;

/** Calls of the Compliance API itself, one for each access by anyone. */
export const API_CALL = 'compliance_api_accessed';

/** Whether decisions use an event of the activity feed or of an audit-log export. */
export function isRuleEvent({
  source,
  category,
  type,
  detail,
}: Pick<Activity, 'source' | 'category' | 'type' | 'detail'>): boolean {
  if (source !== 'compliance_feed' && source !== 'audit_export') return false;
  if (type === API_CALL) return opensContent(detail);
  return SEAT_TYPES.has(type) || AT_WORK.has(type) || SIGN_INS.has(type) || CATEGORIES.has(category);
}

/** Whether a Compliance API call reads messages, files or documents; a refused one reads nothing. */
export function opensContent(detail: Readonly<Record<string, unknown>>): boolean {
  const { url } = detail;
  if (wasDone(detail) === false) return false;
  return typeof url === 'string' && /\/apps\/.*(\/messages|\/content|\/documents\/[^/?]+)(\?|$)/.test(url);
}

/**
 * Key of events of which one stands for all; null: each counts. Programs read content thousands of times a day, and
 * one occurrence is enough.
 */
export function groupKey({ type, at, actor }: Pick<Activity, 'type' | 'at' | 'actor'>): string | null {
  const who = actor.id ?? actor.email ?? actor.type ?? '';
  if (type === API_CALL) return `${at.slice(0, 10)} ${who}`;
  if (SIGN_INS.has(type)) return `${type} ${at.slice(0, 10)} ${who}`;
  return AT_WORK.has(type) ? `at_work ${Math.floor(Date.parse(at) / WEEK_MS)} ${who}` : null;
}
