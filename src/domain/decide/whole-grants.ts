import type { AppAssignmentRow, PermissionGrantRow, ServicePrincipalRow } from '../model/kinds.ts';
import type { Current } from '../model/rule.ts';
import { CONNECTOR_APPS, GRAPH_APP_ID } from '../rules/microsoft/apps.ts';
import { looksLikeClaude } from '../rules/microsoft/look-alike.ts';
import { ask } from '../text/message.ts';
import { count, names } from '../text/words.ts';

/** What identifies the applications to which grants and assignments refer by object id. */
interface ApplicationReadings {
  /** Whatever was read of the list of enterprise applications, complete or not. */
  readonly principals: readonly ServicePrincipalRow[];
  /** Application id of the sign-in application, from the charter. */
  readonly signIn: string | undefined;
}

/**
 * Returns the permission grants unless they look like a filtered list: for one application, one person or one kind of
 * consent. A grant that such a list lacks may still exist. Exporting from Graph Explorer or PowerShell requires
 * consent to that tool, so a complete list names more than Claude. What Bylaw reads itself is complete, and assigning
 * the kind of a file by hand confirms that it is.
 */
export function grantsShownWhole(
  grants: Current<'permission_grants'>,
  beside: ApplicationReadings,
): Current<'permission_grants'> {
  if (!grants.ok || grants.rows.length === 0) return grants;
  if (grants.readings.every(({ provenance, mappedByHand }) => provenance === 'api' || mappedByHand))
    return grants;
  const like = filteredBy(grants.rows, beside);
  if (like === null) return grants;
  const files = names(grants.readings.map(({ file }) => file));
  return {
    ok: false,
    code: 'partial',
    why: `The permission grants file may not list everything: ${like}, like a list that was filtered.`,
    howToGet: ask(
      'source',
      'permission_grants',
      `Save the list of permission grants again, with every page and without a filter. If ${files} is all of it, import it once more and choose its kind manually, or on the command line --map "permission_grants=${grants.readings[0]?.file ?? ''}".`,
      'maybe_filtered',
    ),
    part: grants,
  };
}

/** What all grants have in common although those of a tenant do not, to follow "file:"; null: nothing. */
function filteredBy(rows: readonly PermissionGrantRow[], beside: ApplicationReadings): string | null {
  const total = count(rows.length, 'grant');
  const [first] = rows;
  if (first === undefined) return null;
  const client = first.clientId.toLowerCase();
  if (rows.every(({ clientId }) => clientId.toLowerCase() === client))
    return `all it holds, ${total}, is for one application`;
  const ofClaude = claudes(beside);
  if (rows.every(({ clientId }) => ofClaude.has(clientId.toLowerCase())))
    return `all it holds, ${total}, is for Claude’s applications`;
  const person = first.principalId?.toLowerCase();
  if (person !== undefined && rows.every(({ principalId }) => principalId?.toLowerCase() === person))
    return `all it holds, ${total}, is of one person`;
  const resource = first.resourceId?.toLowerCase();
  if (
    resource !== undefined &&
    rows.every(({ resourceId }) => resourceId?.toLowerCase() === resource) &&
    beside.principals.some(({ id, appId }) => id?.toLowerCase() === resource && !isGraph(appId))
  )
    return `all it holds, ${total}, is for access to one application, which is not Microsoft Graph`;
  if (rows.every(({ consentType }) => consentType === 'Principal'))
    return `it holds ${total} of individual people and none for the whole organization`;
  if (rows.every(({ consentType }) => consentType === 'AllPrincipals'))
    return `it holds ${total} for the whole organization and none of a person`;
  return null;
}

/**
 * Returns the assignments unless a file contains those of one person or group to many applications: Graph returns that
 * when asked for the assignments of a person, and then the other assignments of an application are missing.
 */
export function assignmentsShownWhole(
  assignments: Current<'app_assignments'>,
  beside: ApplicationReadings,
): Current<'app_assignments'> {
  if (!assignments.ok) return assignments;
  const ofClaude = claudes(beside);
  const of = assignments.readings.find(
    ({ provenance, mappedByHand, rows }) => provenance !== 'api' && !mappedByHand && isOfOne(rows, ofClaude),
  );
  if (of === undefined) return assignments;
  const [who] = of.rows;
  return {
    ok: false,
    code: 'partial',
    why: `${of.file} lists the ${count(of.rows.length, 'application')} to which ${who?.principalName ?? who?.principalId ?? 'one person'} is assigned, and not who else is assigned to them.`,
    howToGet: ask(
      'source',
      'app_assignments',
      'Save who is assigned to each of Claude’s applications: GET https://graph.microsoft.com/v1.0/servicePrincipals/{object id of the application}/appRoleAssignedTo',
      'assigned_to',
    ),
    part: assignments,
  };
}

function isOfOne(rows: readonly AppAssignmentRow[], ofClaude: ReadonlySet<string>): boolean {
  const who = rows[0]?.principalId?.toLowerCase();
  return (
    who !== undefined &&
    rows.every(({ principalId }) => principalId?.toLowerCase() === who) &&
    new Set(rows.map(({ resourceId }) => resourceId.toLowerCase())).size > 1 &&
    rows.some(({ resourceId }) => !ofClaude.has(resourceId.toLowerCase()))
  );
}

/** Object ids of the applications that are Claude by their id, their name or the charter. */
function claudes({ principals, signIn }: ApplicationReadings): ReadonlySet<string> {
  const own = signIn?.trim().toLowerCase();
  return new Set(
    principals.flatMap(({ id, appId, name }) => {
      const app = appId.trim().toLowerCase();
      const claude =
        app === own || CONNECTOR_APPS.some((one) => one.appId === app) || looksLikeClaude(name).is !== 'no';
      return id !== null && claude ? [id.toLowerCase()] : [];
    }),
  );
}

const isGraph = (appId: string): boolean => appId.trim().toLowerCase() === GRAPH_APP_ID;
// Guide: G3.2-00 G3.2-02 G4-01
