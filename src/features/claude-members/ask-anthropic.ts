import { address } from '#domain/people/names.ts';
import { type AnthropicAdmin, anthropicAdmin } from '#sources/anthropic/admin.ts';
import { byId, text } from '#sources/anthropic/pages.ts';
import type { Json } from '#sources/json-client.ts';
import type { TargetContext } from '../shared/services/change-targets.ts';
import { type AskFailed, askWriter } from '../sources/index.ts';

/** The key that a primary owner made for changing members. */
export const CLAUDE_WRITER = { vendor: 'anthropic', kind: 'members' };

export const USERS = '/v1/organizations/users';
export const INVITES = '/v1/organizations/invites';

/** Asks Anthropic for a step of a change, and says of what it does not do whether it may be tried again. */
export function askAnthropic<T>(
  of: TargetContext,
  ask: (admin: AnthropicAdmin) => Promise<T>,
): Promise<T | AskFailed> {
  return askWriter(of, {
    writer: CLAUDE_WRITER,
    gone: 'The key that changes members is not connected any more, or lacks a scope. Connect it again under Sources, or withdraw the change and follow its steps.',
    late: 'Anthropic did not answer in time.',
    open: ({ key = '' }, reach) => anthropicAdmin(key, reach),
    ask,
  });
}

/** The member of exactly this address; undefined: there is none. The vendor's own filter takes similar ones, too. */
export async function memberAt(admin: AnthropicAdmin, email: string): Promise<Json | undefined> {
  return exactly(admin, USERS, email, {});
}

/** The invitation that waits at exactly this address; undefined: there is none. */
export async function invitationAt(admin: AnthropicAdmin, email: string): Promise<Json | undefined> {
  return exactly(admin, INVITES, email, { 'statuses[]': ['pending'] });
}

async function exactly(
  admin: AnthropicAdmin,
  path: string,
  email: string,
  query: { readonly 'statuses[]'?: readonly string[] },
): Promise<Json | undefined> {
  const wanted = address(email);
  for await (const one of byId(admin, path, { ...query, email: wanted, limit: 100 }))
    if (address(text(one.email) ?? '') === wanted && text(one.id) !== null) return one;
  return undefined;
}
// Guide: G2.2-09 G6.6-03
