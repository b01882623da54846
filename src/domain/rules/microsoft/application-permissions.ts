import type { ApplicationRole, ServicePrincipalRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { kindOfApp } from './app-kind.ts';
import { GRAPH_APP_ID, type Principals } from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

/** Application permissions of Claude's applications in the tenant, which they use without a signed-in user. */
export interface ApplicationPermissions {
  readonly held: readonly { readonly app: ServicePrincipalRow; readonly role: ApplicationRole }[];
  /**
   * Permissions to read the directory and reports, held by an application that only has Claude's plain name and may
   * belong to anyone.
   */
  readonly unsettled: readonly { readonly app: ServicePrincipalRow; readonly role: ApplicationRole }[];
  /** Applications whose permissions were not read. */
  readonly unread: readonly ServicePrincipalRow[];
  /** Applications named like Claude that are, by their id, the one with which Bylaw reads the tenant. */
  readonly reader: readonly ServicePrincipalRow[];
}

/**
 * Covers the connector, the client's own sign-in application, and any other that carries the name of Claude or
 * Anthropic.
 */
export function applicationPermissions(
  { charter }: Pick<CheckContext, 'charter'>,
  { rows, readings }: Principals,
): ApplicationPermissions {
  const signIn = charter.ok ? charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const live = new Set(readings.flatMap(({ provenance, file }) => (provenance === 'api' ? [file] : [])));
  const claudes = rows.filter((row) => {
    const kind = kindOfApp(row, signIn);
    // An application whose name only differs by one letter may be unrelated.
    return kind !== null && !(kind === 'named' && looksLikeClaude(row.name).is === 'misspelled');
  });
  // Only live readings identify the application that read them; a file could claim this for any application.
  const reader = claudes.filter(
    (row) => row.reader === true && live.has(row.file) && kindOfApp(row, signIn) === 'named',
  );
  const apps = claudes.filter((row) => !reader.includes(row));
  const all = apps.flatMap((app) => (app.roles ?? []).map((role) => ({ app, role })));
  const graph = rows.find(({ appId }) => appId.toLowerCase() === GRAPH_APP_ID)?.id?.toLowerCase();
  const governs = ({ app, role }: (typeof all)[number]) =>
    kindOfApp(app, signIn) === 'named' &&
    role.resourceId.toLowerCase() === graph &&
    role.name !== null &&
    DIRECTORY.test(role.name);
  return {
    reader,
    held: all.filter((one) => !governs(one)),
    unsettled: all.filter(governs),
    unread: apps.filter(({ roles }) => roles === undefined),
  };
}

/**
 * Microsoft Graph permissions that read the directory, its policies, devices, sign-ins and reports, as tenant
 * governance software has them. None opens anyone's mail, files, chats or calendar.
 */
const DIRECTORY =
  /^(User|Directory|Application|Policy|AuditLog|AuditLogsQuery|Domain|Organization|Reports|LicenseAssignment|GroupMember|Device|DeviceManagement[a-z]+|Identity[a-z]+|UserAuthenticationMethod|RoleManagement|SecurityAlert|SecurityEvents|CrossTenantInformation)\.Read(Basic)?\.(All|Directory)$/i;

/** Asks who owns the application that has the name and reads the directory by itself. */
export function askedAbout(
  { unsettled, reader }: ApplicationPermissions,
  principals: Principals,
  found: Outcome,
): Outcome {
  const apps = [...new Set(unsettled.map(({ app }) => app))];
  const listed = names(
    apps.map(
      (app) =>
        `${app.name} (${app.appId}) holds ${names(unsettled.filter((one) => one.app === app).map(({ role }) => roleName(role)))}`,
    ),
  );
  return because(
    'microsoft.connector_scopes.named_alone',
    `${listed}, which ${verb(unsettled.length, 'reads', 'read')} the directory without a person who is signed in. Only the name suggests that ${verb(apps.length, 'it has', 'they have')} to do with Claude. ${found.reason}${readerWords({ reader })}`,
  ).cannotRead(
    ask(
      'look',
      'named_alone',
      `Find out in Entra who created ${names(apps.map(({ name }) => name))} and what for. If ${verb(apps.length, 'it is', 'they are')} the association’s own, give ${verb(apps.length, 'it', 'them')} another name; otherwise, remove the permissions.`,
      apps.map(({ appId }) => appId),
    ),
    [...principals.evidence, ...found.evidence],
    unsettled.map((one) => itemOf(one, principals)),
  );
}

/**
 * Fails because of the permissions held, combined with the other findings. Claude's applications need none: they act
 * only for a signed-in user.
 */
export function failedByPermissions(
  { held, reader }: ApplicationPermissions,
  principals: Principals,
  found: Outcome,
): Outcome {
  const items = held.map((one) => itemOf(one, principals));
  const apps = [...new Set(held.map(({ app }) => app))];
  const listed = apps.map(
    (app) =>
      `${app.name} (${names(held.filter((one) => one.app === app).map(({ role }) => roleName(role)))})`,
  );
  const more = found.state === 'fail' ? found : null;
  return because(
    'microsoft.connector_scopes.application_permissions',
    `${names(listed)} ${verb(apps.length, 'holds', 'hold')} application permissions, which let ${verb(apps.length, 'it', 'them')} act in the whole tenant without a person who is signed in; Claude needs none.${more === null ? '' : ` ${more.reason}`}${readerWords({ reader })}`,
  ).fail(
    [...items.flatMap(({ evidence }) => evidence), ...(more?.evidence ?? [])],
    [...items, ...(more?.items ?? [])],
  );
}

const itemOf = ({ app, role }: ApplicationPermissions['held'][number], principals: Principals): Item => ({
  key: `${app.appId.toLowerCase()}/${role.resourceId.toLowerCase()}/${role.id.toLowerCase()}`,
  label: `${app.name}: ${roleName(role)}`,
  detail: `Granted as an application permission, so ${app.name} acts without anyone signed in. Remove it with: DELETE https://graph.microsoft.com/v1.0/servicePrincipals/${app.id ?? '{object id}'}/appRoleAssignments/${role.assignmentId ?? '{id of the assignment}'}`,
  evidence: [principals.cite(app, roleName(role))],
});

/** Names the application that is not counted, to be appended to a sentence; empty if there is none. */
export function readerWords({ reader }: Pick<ApplicationPermissions, 'reader'>): string {
  const [first] = reader;
  return first === undefined
    ? ''
    : ` ${first.name} (${first.appId}) is named like Claude and not counted: it is the application with which Bylaw reads the tenant.`;
}

const roleName = ({ id, name, resource }: ApplicationRole): string =>
  `${name ?? id}${resource === null ? '' : ` of ${resource}`}`;
// Guide: G3.2-02 G6.1-05
