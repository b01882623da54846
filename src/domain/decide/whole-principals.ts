import { addDays } from '../model/day.ts';
import type { Current, Read } from '../model/rule.ts';
import { looksLikeClaude } from '../rules/microsoft/look-alike.ts';
import { ask } from '../text/message.ts';
import { count, names, verb } from '../text/words.ts';

/** Other kinds that name applications of a tenant by object id. */
interface PrincipalReadings {
  readonly grants: Current<'permission_grants'>;
  readonly assignments: Current<'app_assignments'>;
  readonly signIns: Current<'sign_ins'>;
}

/**
 * Returns the enterprise applications unless another file of the same day names one that is missing from them: a
 * filtered or truncated list would show an application as absent. What Bylaw reads itself is complete, and a grant may
 * outlive its application.
 */
export function principalsShownWhole(
  principals: Current<'service_principals'>,
  { grants, assignments, signIns }: PrincipalReadings,
): Current<'service_principals'> {
  if (!principals.ok || principals.readings.every(({ provenance }) => provenance === 'api'))
    return principals;
  const unlisted = signedInTo(principals, signIns);
  if (unlisted.length > 0)
    return inPart(
      principals,
      `people signed in to ${names(unlisted)} in the ${count(BEFORE_DAYS, 'day')} before, and ${verb(unlisted.length, 'this application is', 'these applications are')} not in it.`,
    );
  if (principals.rows.some(({ id }) => id === null)) return principals;
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
  return inPart(
    principals,
    `${count(missing.size, 'application')} that permission grants or assignments of the same day name ${verb(missing.size, 'is', 'are')} not in it.`,
  );
}

/** Days before a list within which a sign-in shows that an application was there; later it may have been removed. */
const BEFORE_DAYS = 7;

/** Applications with Claude's name that people signed in to shortly before the list was saved, and that are not in it. */
function signedInTo(principals: Read<'service_principals'>, signIns: Current<'sign_ins'>): readonly string[] {
  const read = signIns.ok ? signIns : signIns.part;
  if (read === undefined) return [];
  const listed = new Set(principals.rows.map(({ appId }) => appId.trim().toLowerCase()));
  const from = addDays(principals.observedOn, -BEFORE_DAYS);
  const found = read.rows.filter(
    ({ at, appId, appName, errorCode }) =>
      appId !== null &&
      !listed.has(appId.trim().toLowerCase()) &&
      looksLikeClaude(appName ?? '').is === 'named' &&
      errorCode === 0 &&
      at.slice(0, 10) >= from,
  );
  return [...new Set(found.map(({ appName }) => appName ?? ''))];
}

function inPart(principals: Read<'service_principals'>, why: string): Current<'service_principals'> {
  return {
    ok: false,
    code: 'partial',
    why: `The enterprise applications file may not list everything: ${why}`,
    howToGet: ask(
      'source',
      'service_principals',
      'Save the list of enterprise applications again, with every page.',
      'every_page',
    ),
    part: principals,
  };
}
