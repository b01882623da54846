import type { CheckContext } from '../model/rule.ts';
import { withoutTag } from './names.ts';

/**
 * Addresses of everyone whom some file shows in the client's Claude organization, now or before: on a list of members of any
 * day, with use of their own, in the report of a domain as inside, or as who did something by the log. Somebody who left
 * and is on no current list was a member all the same if they are among them.
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
