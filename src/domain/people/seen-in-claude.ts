import type { CheckContext } from '../model/rule.ts';
import { withoutTag } from './names.ts';

/**
 * Addresses of everyone whom any file shows in the client's Claude organization, now or earlier: in a list of members,
 * with usage of their own, as inside in a domain report, or as an actor in the log. It shows that people were members
 * even if they are in no current list.
 */
export function seenInClaude({ history }: Pick<CheckContext, 'history'>): ReadonlySet<string> {
  const seen = new Set<string>();
  const add = (email: string | null) => {
    if (email !== null && email !== '') seen.add(withoutTag(email));
  };
  for (const { rows } of history('members')) for (const { email } of rows) add(email);
  for (const { rows } of history('usage')) for (const { email } of rows) add(email);
  for (const { rows } of history('analytics_users')) for (const { email } of rows) add(email);
  for (const { rows } of history('domain_memberships'))
    for (const { email, inWorkspace } of rows) if (inWorkspace === true) add(email);
  for (const kind of ['activities', 'audit_log'] as const)
    for (const { rows } of history(kind)) for (const { actorEmail } of rows) add(actorEmail);
  return seen;
}
