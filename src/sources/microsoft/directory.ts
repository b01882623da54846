import type {
  AppAssignmentRow,
  ApplicationRole,
  EntraGroupRow,
  EntraRoleRow,
  EntraUserRow,
  NamedLocationRow,
  PermissionGrantRow,
  SecurityDefaultsRow,
  ServicePrincipalRow,
  SkuRow,
} from '#domain/model/kinds.ts';
import { ImportProblem, type Note } from '../exports/file-kind.ts';
import {
  flag,
  instant,
  isObject,
  type JsonObject,
  member,
  numberOf,
  text,
} from '../exports/kinds/json-values.ts';
import { listAt, objectAt, objectsAt, stringsAt } from './members.ts';

export function required(item: JsonObject, key: string, what: string, row: number): string {
  const value = text(member(item, key));
  if (!value) throw new ImportProblem(`The ${what} has no “${key}”.`, { row, column: key });
  return value;
}

export function readSku(item: JsonObject, file: string, row: number): SkuRow {
  return {
    file,
    row,
    skuId: text(member(item, 'skuId')),
    partNumber: required(item, 'skuPartNumber', 'license', row),
    capabilityStatus: text(member(item, 'capabilityStatus')),
    enabledUnits: numberOf(member(objectAt(item, 'prepaidUnits', row), 'enabled')),
    consumedUnits: numberOf(member(item, 'consumedUnits')),
    servicePlans: objectsAt(item, 'servicePlans', row).map((plan) => ({
      id: text(member(plan, 'servicePlanId')),
      name: required(plan, 'servicePlanName', 'service plan', row),
      provisioningStatus: text(member(plan, 'provisioningStatus')),
    })),
  };
}

/** Aliases are the email addresses in `proxyAddresses` (not those of other protocols) and `otherMails`. */
export function readUser(item: JsonObject, file: string, row: number): EntraUserRow {
  const upn = text(member(item, 'userPrincipalName'));
  const mail = text(member(item, 'mail'));
  if (!upn && !mail && !text(member(item, 'id')))
    throw new ImportProblem('The user has neither a sign-in name nor an id.', { row });
  const proxies = stringsAt(item, 'proxyAddresses', row).flatMap((address) =>
    /^smtp:/i.test(address) ? [address.slice(5)] : [],
  );
  const own = new Set([upn?.toLowerCase(), mail?.toLowerCase()]);
  const aliases = [...proxies, ...stringsAt(item, 'otherMails', row)].map((address) =>
    address.trim().toLowerCase(),
  );
  const userType = text(member(item, 'userType'))?.toLowerCase();
  return {
    file,
    row,
    id: text(member(item, 'id')),
    upn,
    mail,
    aliases: [...new Set(aliases)].filter((address) => address !== '' && !own.has(address)),
    name: text(member(item, 'displayName')),
    employeeId: text(member(item, 'employeeId')),
    enabled: flag(member(item, 'accountEnabled')),
    userType: userType === 'member' ? 'Member' : userType === 'guest' ? 'Guest' : null,
    skuIds: objectsAt(item, 'assignedLicenses', row).flatMap((license) => text(license.skuId) ?? []),
    ...licensesOf(item, row),
    ...(member(item, 'signInSessionsValidFromDateTime') === undefined
      ? {}
      : { sessionsValidFrom: instant(member(item, 'signInSessionsValidFromDateTime')) }),
  };
}

/** Licenses in a response. With an entry without an id, the account's licenses are unknown. */
function licensesOf(item: JsonObject, row: number): Pick<EntraUserRow, 'licenses'> {
  if (!Array.isArray(member(item, 'assignedLicenses'))) return {};
  const all = objectsAt(item, 'assignedLicenses', row);
  const licenses = all.flatMap((license) => {
    const skuId = text(license.skuId);
    return skuId === null ? [] : [{ skuId, off: stringsAt(license, 'disabledPlans', row) }];
  });
  return licenses.length === all.length ? { licenses } : {};
}

/** Graph returns at most this many members of a group within a list of groups. */
const EXPAND_LIMIT = 20;

export function readGroup(item: JsonObject, file: string, row: number, notes: Note[]): EntraGroupRow {
  const name = text(member(item, 'displayName')) ?? required(item, 'id', 'group', row);
  const nested = objectsAt(item, 'transitiveMembers', row).flatMap((one) =>
    isGroup(one) ? (text(one.id) ?? []) : [],
  );
  const direct = Array.isArray(member(item, 'members')) ? objectsAt(item, 'members', row) : [];
  const groups = direct.flatMap((one) => (isGroup(one) ? (text(one.id) ?? []) : []));
  return {
    file,
    row,
    id: text(member(item, 'id')),
    name,
    members: membersOf(item, name, row, notes),
    ...(nested.length > 0 ? { nested } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(Array.isArray(member(item, 'groupTypes'))
      ? { unified: listAt(item, 'groupTypes', row).some((type) => text(type)?.toLowerCase() === 'unified') }
      : {}),
    ...(Object.hasOwn(item, 'visibility')
      ? { visibility: text(member(item, 'visibility'))?.toLowerCase() ?? null }
      : {}),
    ...(Object.hasOwn(item, 'mail') ? { mail: text(member(item, 'mail'))?.toLowerCase() ?? null } : {}),
  };
}

const isGroup = (one: JsonObject) =>
  text(member(one, '@odata.type'))?.toLowerCase() === '#microsoft.graph.group';

function membersOf(item: JsonObject, name: string, row: number, notes: Note[]): string[] | null {
  if (!Array.isArray(member(item, 'members'))) return null;
  const list = objectsAt(item, 'members', row);
  if (text(member(item, 'members@odata.nextLink')) !== null || list.length === EXPAND_LIMIT) {
    notes.push({
      row,
      column: 'members',
      says: `The group “${name}” may have more members than the ${list.length} in the file, so its members count as unknown.`,
    });
    return null;
  }
  const members = list.flatMap((one) => text(one.id) ?? text(one.userPrincipalName) ?? text(one.mail) ?? []);
  if (members.length === list.length) return members;
  notes.push({
    row,
    column: 'members',
    says: `The group “${name}” has ${list.length - members.length} of ${list.length} members without an id, so its members count as unknown.`,
  });
  return null;
}

/** A role assignment (unifiedRoleAssignment, learn.microsoft.com, 2024-07-26); its principal may be expanded. */
export function readRoleAssignment(item: JsonObject, file: string, row: number): EntraRoleRow {
  const principal = member(item, 'principal');
  const type = isObject(principal) ? text(member(principal, '@odata.type')) : null;
  return {
    file,
    row,
    role: required(item, 'roleDefinitionId', 'role assignment', row).toLowerCase(),
    principal: required(item, 'principalId', 'role assignment', row).toLowerCase(),
    principalType: type === null ? null : (PRINCIPALS.get(type.toLowerCase()) ?? 'other'),
    scope: text(member(item, 'directoryScopeId')),
  };
}

const PRINCIPALS: ReadonlyMap<string, 'user' | 'group'> = new Map([
  ['#microsoft.graph.user', 'user'],
  ['#microsoft.graph.group', 'group'],
]);

export function readNamedLocation(item: JsonObject, file: string, row: number): NamedLocationRow {
  const ranges = objectsAt(item, 'ipRanges', row).map((range) => {
    const lower = text(range.lowerAddress);
    const upper = text(range.upperAddress);
    const found = text(range.cidrAddress) ?? (lower && upper ? `${lower}-${upper}` : null);
    if (found === null)
      throw new ImportProblem('A range of the named location gives no addresses.', {
        row,
        column: 'ipRanges',
      });
    return found;
  });
  return {
    file,
    row,
    id: text(member(item, 'id')),
    name: required(item, 'displayName', 'named location', row),
    trusted: flag(member(item, 'isTrusted')),
    ranges,
  };
}

export function readServicePrincipal(item: JsonObject, file: string, row: number): ServicePrincipalRow {
  const agent = isAgent(item);
  // Microsoft documents no appId for an agent (agentIdentity, v1.0, 2026-02-26).
  const appId =
    (agent ? (text(member(item, 'appId')) ?? text(member(item, 'id'))) : null) ??
    required(item, 'appId', 'application', row);
  const publisher = member(item, 'verifiedPublisher');
  return {
    file,
    row,
    id: text(member(item, 'id')),
    appId,
    name: text(member(item, 'displayName')) ?? appId,
    enabled: isDisabledByMicrosoft(item) ? false : flag(member(item, 'accountEnabled')),
    assignmentRequired: flag(member(item, 'appRoleAssignmentRequired')),
    ownerTenant: text(member(item, 'appOwnerOrganizationId')),
    publisher: isObject(publisher) ? text(publisher.displayName) : null,
    ...(Object.hasOwn(item, 'createdDateTime') ? { createdAt: instant(item.createdDateTime) } : {}),
    ...(Object.hasOwn(item, 'applicationTemplateId') ? { template: text(item.applicationTemplateId) } : {}),
    ...(agent ? { agent: true as const } : {}),
    ...(item.bylawReadsWith === true ? { reader: true as const } : {}),
    ...(Object.hasOwn(item, 'appRoleAssignments')
      ? { roles: objectsAt(item, 'appRoleAssignments', row).flatMap((one) => roleOf(one, row)) }
      : {}),
  };
}

/** Microsoft itself disables applications that violate its terms, independent of the tenant's setting. */
function isDisabledByMicrosoft(item: JsonObject): boolean {
  const status = text(member(item, 'disabledByMicrosoftStatus'))?.toLowerCase();
  return status !== undefined && status !== 'notdisabled';
}

/** Role id of an assignment without a role, which only gives access to the application. */
const NO_ROLE = '00000000-0000-0000-0000-000000000000';

function roleOf(item: JsonObject, row: number): ApplicationRole[] {
  const id = required(item, 'appRoleId', 'permission of an application', row);
  const role = member(item, 'appRole');
  return id === NO_ROLE
    ? []
    : [
        {
          assignmentId: text(member(item, 'id')),
          resourceId: required(item, 'resourceId', 'permission of an application', row),
          resource: text(member(item, 'resourceDisplayName')),
          id,
          name: isObject(role) ? text(member(role, 'value')) : null,
        },
      ];
}

/** An agent is a service principal of its own type, in the same list as applications. */
function isAgent(item: JsonObject): boolean {
  return (
    text(member(item, 'servicePrincipalType'))?.toLowerCase() === 'serviceidentity' ||
    text(item['@odata.type'])?.toLowerCase() === '#microsoft.graph.agentidentity'
  );
}

export function readGrant(item: JsonObject, file: string, row: number): PermissionGrantRow {
  const consent = text(member(item, 'consentType'));
  const scope = member(item, 'scope');
  if (typeof scope !== 'string')
    throw new ImportProblem('The grant does not say which scopes it gives.', { row, column: 'scope' });
  return {
    file,
    row,
    id: text(member(item, 'id')),
    clientId: required(item, 'clientId', 'grant', row),
    resourceId: text(member(item, 'resourceId')),
    consentType: consent === 'AllPrincipals' || consent === 'Principal' ? consent : null,
    principalId: text(member(item, 'principalId')),
    scopes: scope.split(/\s+/).filter((one) => one !== ''),
  };
}

export function readAssignment(item: JsonObject, file: string, row: number): AppAssignmentRow {
  return {
    file,
    row,
    resourceId: required(item, 'resourceId', 'assignment', row),
    principalId: text(member(item, 'principalId')),
    principalName: text(member(item, 'principalDisplayName')),
    principalType: text(member(item, 'principalType')),
  };
}

export function readSecurityDefaults(item: JsonObject, file: string, row: number): SecurityDefaultsRow {
  return { file, row, enabled: flag(member(item, 'isEnabled')) };
}
