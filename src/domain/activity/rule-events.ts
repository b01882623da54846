import type { Activity, Category } from './activity.ts';
import { wasDone } from './payload.ts';

/**
 * Kinds of event that rules read: what was set, given, linked, exported, and who joined. What people do with Claude all
 * day is none of it, so that a log of millions is a few thousand lines for those who decide.
 */
const CATEGORIES: ReadonlySet<Category> = new Set([
  'settings',
  'connectors',
  'connection',
  'access',
  'membership',
  'compliance',
]);

/** Says how many seats there are from then on. */
export const SEATS_BOUGHT = 'subscription_quantity_updated';

/** Of kinds that rules read nothing else of: seats that are bought. */
const SEAT_TYPES: ReadonlySet<string> = new Set([SEATS_BOUGHT, 'seat_tiers_purchased']);

/** What shows someone at work with a seat. People do it all day: the first of each week and person is enough. */
const AT_WORK: ReadonlySet<string> = new Set([
  'claude_chat_created',
  'claude_file_uploaded',
  'claude_project_created',
]);

/** Signing in past single sign-on; one of a day and person is enough. */
const SIGN_INS: ReadonlySet<string> = new Set(['magic_link_login_succeeded', 'social_login_succeeded']);

const WEEK_MS = 7 * 86_400_000;

/** The call of the Compliance interface itself, of which there is one for every look that anyone takes. */
export const API_CALL = 'compliance_api_accessed';

/** Whether decisions look at an event of the activity feed or of an audit-log export. */
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

/** Whether a call of the Compliance interface reads messages, files or documents; one that was refused read nothing. */
export function opensContent(detail: Readonly<Record<string, unknown>>): boolean {
  const { url } = detail;
  if (wasDone(detail) === false) return false;
  return typeof url === 'string' && /\/apps\/.*(\/messages|\/content|\/documents\/[^/?]+)(\?|$)/.test(url);
}

/**
 * What makes one event stand for others like it; null: each stands for itself. Anyone who reads content by program reads it
 * thousands of times a day, and once is enough to see it.
 */
export function groupKey({ type, at, actor }: Pick<Activity, 'type' | 'at' | 'actor'>): string | null {
  const who = actor.id ?? actor.email ?? actor.type ?? '';
  if (type === API_CALL) return `${at.slice(0, 10)} ${who}`;
  if (SIGN_INS.has(type)) return `${type} ${at.slice(0, 10)} ${who}`;
  return AT_WORK.has(type) ? `at_work ${Math.floor(Date.parse(at) / WEEK_MS)} ${who}` : null;
}
