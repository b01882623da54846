import type { Current } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { count, verb } from '../text/words.ts';

/** Other kinds that name users of a tenant by object id, and drop them with their account. */
interface UserReadings {
  readonly roles: Current<'entra_roles'>;
  readonly assignments: Current<'app_assignments'>;
}

/**
 * Returns the Entra users unless another file of the same day names one who is missing from them: a filtered list,
 * such as one of licensed accounts only, would show a leaver's account as deleted. What Bylaw reads itself is
 * complete.
 */
export function usersShownWhole(
  users: Current<'entra_users'>,
  { roles, assignments }: UserReadings,
): Current<'entra_users'> {
  if (!users.ok || users.rows.some(({ id }) => id === null)) return users;
  if (users.readings.every(({ provenance }) => provenance === 'api')) return users;
  // A user whom an incomplete list names exists as well.
  const [held, assigned] = [roles.ok ? roles : roles.part, assignments.ok ? assignments : assignments.part];
  const listed = new Set(users.rows.map(({ id }) => id?.toLowerCase()));
  const named = [
    ...(held?.observedOn === users.observedOn
      ? held.rows.flatMap(({ principal, principalType }) => (principalType === 'user' ? [principal] : []))
      : []),
    ...(assigned?.observedOn === users.observedOn
      ? assigned.rows.flatMap(({ principalId, principalType }) =>
          principalType === 'User' && principalId !== null ? [principalId] : [],
        )
      : []),
  ];
  const missing = new Set(named.map((id) => id.toLowerCase()).filter((id) => !listed.has(id)));
  if (missing.size === 0) return users;
  return {
    ok: false,
    code: 'partial',
    why: `The Entra users file may not list everyone: ${count(missing.size, 'account')} that role or application assignments of the same day name ${verb(missing.size, 'is', 'are')} not in it.`,
    howToGet: ask(
      'source',
      'entra_users',
      'Save the list of Entra users again, with every page and without a filter.',
      'every_page',
    ),
    part: users,
  };
}
