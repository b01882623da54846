import type { Current } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { count, verb } from '../text/words.ts';

/** Other kinds that name applications of a tenant by object id. */
interface PrincipalsBeside {
  readonly grants: Current<'permission_grants'>;
  readonly assignments: Current<'app_assignments'>;
}

/**
 * Returns the enterprise applications unless another file of the same day names one that is missing from them: a
 * filtered or truncated list would show an application as absent. What Bylaw reads itself is complete, and a grant may
 * outlive its application.
 */
export function principalsShownWhole(
  principals: Current<'service_principals'>,
  { grants, assignments }: PrincipalsBeside,
): Current<'service_principals'> {
  if (!principals.ok || principals.rows.some(({ id }) => id === null)) return principals;
  if (principals.readings.every(({ provenance }) => provenance === 'api')) return principals;
  // An application that an incomplete list names exists as well.
  const [granted, assigned] = [
    grants.ok ? grants : grants.part,
    assignments.ok ? assignments : assignments.part,
  ];
  const listed = new Set(principals.rows.map(({ id }) => id?.toLowerCase()));
  const named = [
    ...(granted?.observedOn === principals.observedOn ? granted.rows.map(({ clientId }) => clientId) : []),
    ...(assigned?.observedOn === principals.observedOn
      ? assigned.rows.map(({ resourceId }) => resourceId)
      : []),
  ];
  const missing = new Set(named.map((id) => id.toLowerCase()).filter((id) => !listed.has(id)));
  if (missing.size === 0) return principals;
  return {
    ok: false,
    code: 'partial',
    why: `The enterprise applications file may not list everything: ${count(missing.size, 'application')} that permission grants or assignments of the same day name ${verb(missing.size, 'is', 'are')} not in it.`,
    howToGet: ask(
      'source',
      'service_principals',
      'Save the list of enterprise applications again, with every page.',
      'every_page',
    ),
    part: principals,
  };
}
