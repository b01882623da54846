import { BadQuery } from './feed.ts';
import type { Organization } from './organization.ts';
import type { Sample } from './samples.ts';

/** A refused request, with the status and error type that the vendor returns. */
export class Refused extends Error {
  readonly status: number;
  readonly type: string;
  /** The vendor's code in the error details; null: none. */
  readonly code: string | null;
  constructor(status: number, type: string, message: string, code: string | null = null) {
    super(message);
    this.code = code;
    this.status = status;
    this.type = type;
  }
}

function limitOf(query: URLSearchParams, usual: number, max: number): number {
  const limit = Number(query.get('limit') ?? usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw new BadQuery(`limit: 1 to ${max}`);
  return limit;
}

/** A page of a list that is paginated by id. */
export function idPage(items: readonly Sample[], query: URLSearchParams, usual: number, max: number) {
  const limit = limitOf(query, usual, max);
  const after = query.get('after_id');
  const from = after === null ? 0 : items.findIndex((item) => item?.id === after) + 1;
  if (after !== null && from === 0) throw new BadQuery('the cursor is not known');
  const data = items.slice(from, from + limit);
  return {
    data,
    has_more: from + limit < items.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

/** A page of a list that is paginated by page token. */
export function tokenPage(items: readonly Sample[], query: URLSearchParams, more = true) {
  const limit = limitOf(query, 500, 1000);
  const from = Number(query.get('page')?.replace('page_', '') ?? 0);
  const next = from + limit < items.length ? `page_${from + limit}` : null;
  return {
    data: items.slice(from, from + limit),
    ...(more ? { has_more: next !== null } : {}),
    next_page: next,
  };
}

/** Whether a chat matches the requested users and time range. Organization-wide queries sort by either timestamp. */
function isAsked(chat: Sample, query: URLSearchParams): boolean {
  const users = query.getAll('user_ids[]');
  if (users.length > 10) throw new BadQuery('user_ids[]: 10 at most');
  if (users.length > 0 && query.get('order_by') === 'updated_at')
    throw new BadQuery('order_by=updated_at is only supported for org-wide queries');
  const { created_at: created, user } = chat ?? {};
  const theirs = users.length === 0 || user == null || users.includes(String((user as Sample).id));
  // A chat with an invalid date matches any time range.
  return (
    theirs &&
    (!Number.isFinite(Date.parse(String(created))) ||
      (String(created) >= (query.get('created_at.gte') ?? '') &&
        String(created) < (query.get('created_at.lt') ?? '9999')))
  );
}

/** The list of chats or sessions, or the messages of one. */
export function transcript(
  { chats, sessions }: Organization,
  kind: 'local' | 'remote' | undefined,
  id: string | undefined,
  query: URLSearchParams,
) {
  if (kind === undefined) {
    if (id === undefined) {
      const sorted = chats
        .map(({ chat }) => chat)
        .filter((chat) => isAsked(chat, query))
        .sort((a, b) => (String(a?.updated_at) < String(b?.updated_at) ? -1 : 1));
      return idPage(sorted, query, 100, 1000);
    }
    const found = chats.find(({ chat }) => chat?.id === id);
    if (found === undefined) throw new Refused(404, 'not_found_error', 'Chat not found');
    const { data, ...page } = idPage(cutInputs(found.messages, query), query, 100, 1000);
    return { ...found.chat, chat_messages: data, ...page };
  }
  const list = sessions[kind];
  if (id === undefined)
    return tokenPage(
      list.map(({ session }) => session),
      query,
      false,
    );
  const found = list.find(({ session }) => session.id === id);
  if (found === undefined) throw new Refused(404, 'not_found_error', 'Session not found');
  return tokenPage(cutInputs(found.messages, query), query, false);
}

/** Messages with tool inputs truncated to the requested length, as the vendor does. */
function cutInputs(messages: readonly Sample[], query: URLSearchParams): Sample[] {
  const max = Number(
    query.get('tool_use_input_max_chars') ?? query.get('tool_use_input_max_bytes') ?? 10_000,
  );
  const cut = (block: unknown) => {
    if (typeof block !== 'object' || block === null || !('input' in block)) return block;
    const input = String(block.input);
    return max < 0 || input.length <= max ? block : { ...block, input: input.slice(0, max), truncated: true };
  };
  return messages.map((message) => ({
    ...message,
    content: Array.isArray(message.content) ? message.content.map(cut) : message.content,
  }));
}

/** Analytics reports by day. */
export function analytics(organization: Organization, report: string, query: URLSearchParams, now: Date) {
  const day = query.get('date') ?? query.get('starting_date') ?? query.get('starting_at')?.slice(0, 10) ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new BadQuery('date: YYYY-MM-DD');
  // The figures of a day are available from 10:00 UTC on the next day.
  const newest = new Date(now.getTime() - 34 * 3_600_000).toISOString().slice(0, 10);
  if (day > newest) throw new BadQuery(`The newest day is ${newest}.`);
  if (report === 'summaries') {
    const end = query.get('ending_date') ?? new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
    if (end > new Date(Date.parse(newest) + DAY_MS).toISOString().slice(0, 10))
      throw new BadQuery(`The newest day is ${newest}.`);
    const days: string[] = [];
    for (let at = day; at < end; at = new Date(Date.parse(at) + DAY_MS).toISOString().slice(0, 10))
      days.push(at);
    return { summaries: days.map((at) => organization.summaries[at] ?? summaryOf(at, organization)) };
  }
  if (report === 'user_usage_report') {
    if (organization.analyticsModels === null)
      throw new Refused(400, 'invalid_request_error', 'Not available to this organization');
    return tokenPage(organization.analyticsModels[day] ?? [], query);
  }
  const rows = report === 'users' ? organization.analyticsUsers : organization.analyticsConnectors;
  return tokenPage(rows[day] ?? [], query, false);
}

const DAY_MS = 86_400_000;

/** Counts of a day; null where the vendor has not counted. */
function summaryOf(day: string, { users, invites }: Organization): Sample {
  return {
    starting_at: `${day}T00:00:00Z`,
    ending_at: new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString(),
    assigned_seat_count: users.length,
    pending_invite_count: invites.length,
    daily_active_user_count: 1,
    weekly_active_user_count: 2,
    monthly_active_user_count: null,
  };
}
