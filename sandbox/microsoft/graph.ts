import { assignmentsOf } from './roles.ts';
import { listOfSite, SHARING_PATH } from './shared-sites.ts';
import type { Tenant, Thing } from './tenant.ts';

/** A request to Graph; the path is without the API version. */
export interface GraphAsked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly beta: boolean;
  readonly body: unknown;
  /** Whether the request has the header `ConsistencyLevel: eventual`, which advanced queries on the directory need. */
  readonly eventual?: boolean;
}

export interface GraphReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error response in Graph's format. */
export function graphError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GraphReply {
  const innerError = { date: '2026-11-24T15:00:00', 'request-id': 'r', 'client-request-id': 'r' };
  return { status, body: { error: { code, message, innerError } }, headers };
}

interface Listing {
  readonly context: string;
  readonly items: readonly Thing[];
  readonly usual: number;
  readonly max: number;
  /** Total number of items; set if the request asked for `$count`. */
  readonly count?: number;
}

/** Path prefix of the report of SharePoint site usage, up to its period. */
export const SITE_USAGE = '/reports/getSharePointSiteUsageDetail(';

/** The list at a path; null if Graph has no such path. */
export function listingOf(tenant: Tenant, { path, query, beta }: GraphAsked): Listing | null {
  const plain = (context: string, items: readonly Thing[], usual = 100, max = 999): Listing => ({
    context: `${context}${query.get('$select') === null ? '' : `(${query.get('$select')})`}`,
    items: selected(items, query.get('$select')),
    usual,
    max,
  });
  switch (path) {
    case '/subscribedSkus':
      return plain('subscribedSkus', tenant.skus);
    case '/users':
      return plain('users', usersOf(tenant, query.get('$filter')));
    case '/groups':
      return groupsOf(tenant, query);
    case '/servicePrincipals':
      return plain('servicePrincipals', appsOf(tenant, query));
    case '/applicationTemplates':
      return plain('applicationTemplates', tenant.gallery);
    case '/oauth2PermissionGrants':
      return plain('oauth2PermissionGrants', tenant.grants);
    case '/roleManagement/directory/roleAssignments':
      return plain('roleManagement/directory/roleAssignments', assignmentsOf(tenant, query));
    case '/domains':
      return plain('domains', tenant.domains);
    case '/organization':
      return plain('organization', [
        {
          id: tenant.id,
          displayName: tenant.name,
          verifiedDomains: tenant.domains.map(({ id }) => ({ name: id })),
        },
      ]);
    case '/identity/conditionalAccess/policies':
      return plain('identity/conditionalAccess/policies', tenant.policies);
    case '/identity/conditionalAccess/namedLocations':
      return plain('identity/conditionalAccess/namedLocations', tenant.locations);
    case '/auditLogs/signIns':
      return { context: 'auditLogs/signIns', items: signInsOf(tenant, query, beta), usual: 1000, max: 1000 };
    case '/auditLogs/directoryAudits':
      return {
        context: 'auditLogs/directoryAudits',
        items: auditsOf(tenant, query),
        usual: 100,
        max: 999,
      };
    case '/identityProtection/riskyUsers':
      return plain('identityProtection/riskyUsers', tenant.riskyUsers);
    case '/identityProtection/riskDetections':
      return plain(
        'identityProtection/riskDetections',
        inTime(tenant.riskDetections, 'detectedDateTime', query),
      );
    case '/reports/authenticationMethods/userRegistrationDetails':
      return plain('reports/authenticationMethods/userRegistrationDetails', registrations(tenant));
    case '/deviceManagement/managedDevices':
      return plain('deviceManagement/managedDevices', tenant.devices);
    case '/deviceManagement/deviceCompliancePolicies':
      return plain('deviceManagement/deviceCompliancePolicies', tenant.compliancePolicies);
    case '/copilot/admin/catalog/packages':
      // Only filters are documented as query parameters, so the page size is fixed.
      return { context: 'copilot/admin/catalog/packages', items: tenant.agents, usual: 100, max: 100 };
    case '/security/alerts_v2':
      return plain('security/alerts_v2', inTime(tenant.alerts, 'lastUpdateDateTime', query));
  }
  if (path.startsWith(SITE_USAGE))
    return {
      context: 'Collection(microsoft.graph.sharePointSiteUsageDetail)',
      items: tenant.siteUsage.map(({ id: _, ...site }) => site as Thing),
      usual: 200,
      max: 200,
    };
  if (SHARING_PATH.test(path)) {
    const list = listOfSite(tenant.sharing, path);
    return list === null ? null : plain(path.slice(1).replace('/getAllSites', ''), list, 200, 200);
  }
  const [, user] = /^\/users\/([^/]+)\/authentication\/methods$/.exec(path) ?? [];
  if (user !== undefined)
    return tenant.users.some(({ id }) => id === user)
      ? plain(`users('${user}')/authentication/methods`, methodsOf(tenant, user))
      : null;
  const [, counted] = /^\/groups\/([^/]+)\/transitiveMembers\/microsoft\.graph\.user$/.exec(path) ?? [];
  if (counted !== undefined) {
    const found = tenant.groups.find(({ id }) => id === counted);
    if (found === undefined) return null;
    const people = transitive(tenant, found).filter(({ id }) => tenant.users.some((user) => user.id === id));
    return {
      ...plain('users', people),
      ...(query.get('$count') === 'true' ? { count: people.length } : {}),
    };
  }
  const [, group, all] = /^\/groups\/([^/]+)\/(members|transitiveMembers)$/.exec(path) ?? [];
  if (group !== undefined) {
    const found = tenant.groups.find(({ id }) => id === group);
    if (found === undefined) return null;
    return plain('directoryObjects', all === 'members' ? membersOf(found) : transitive(tenant, found));
  }
  const [, app] = /^\/servicePrincipals\/([^/]+)\/appRoleAssignedTo$/.exec(path) ?? [];
  if (app !== undefined && tenant.apps.some(({ id }) => id === app))
    return plain(`servicePrincipals('${app}')/appRoleAssignedTo`, tenant.assignments[app] ?? []);
  const [, holder] = /^\/servicePrincipals\/([^/]+)\/appRoleAssignments$/.exec(path) ?? [];
  if (holder !== undefined && tenant.apps.some(({ id }) => id === holder))
    return plain(`servicePrincipals('${holder}')/appRoleAssignments`, tenant.permissions[holder] ?? []);
  return null;
}

const WITH_ADDRESS = /^userPrincipalName eq '((?:[^']|'')+)' or mail eq '\1'$/;

/** All users, only disabled ones, or the one with a given address. */
function usersOf({ users }: Tenant, filter: string | null): readonly Thing[] {
  if (filter === 'accountEnabled eq false')
    return users.filter(({ accountEnabled }) => accountEnabled === false);
  const [, quoted] = WITH_ADDRESS.exec(filter ?? '') ?? [];
  if (quoted === undefined) return users;
  const address = quoted.replaceAll("''", "'").toLowerCase();
  return users.filter(({ userPrincipalName, mail }) =>
    [userPrincipalName, mail].some((one) => String(one).toLowerCase() === address),
  );
}

/** All applications, or the one whose id or application id the filter names. */
function appsOf({ apps }: Tenant, query: URLSearchParams): readonly Thing[] {
  const [, by, wanted] = /^(appId|id) eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? [];
  return by === undefined ? apps : apps.filter((app) => app[by] === wanted);
}

/** Authentication methods of an account: always a password, and any others that are registered. */
function methodsOf({ methods }: Tenant, user: string): readonly Thing[] {
  return [
    { id: 'password', '@odata.type': '#microsoft.graph.passwordAuthenticationMethod' },
    ...(methods[user] ?? []),
  ];
}

/** Microsoft's registration report. It has its own names for methods and omits disabled accounts. */
function registrations({ users, methods }: Tenant): readonly Thing[] {
  return users
    .filter(({ accountEnabled }) => accountEnabled !== false)
    .map(({ id, userPrincipalName, displayName }) => ({
      id,
      userPrincipalName,
      userDisplayName: displayName,
      methodsRegistered: (methods[id] ?? []).map((one) => String(one['@odata.type']).split('.').at(-1)),
    }));
}

const membersOf = ({ members }: Thing) => (members ?? []) as Thing[];

/** Direct and nested members of a group, including the nested groups themselves. */
export function transitive(tenant: Tenant, group: Thing): readonly Thing[] {
  const found = new Map<string, Thing>();
  const open = [group];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const member of membersOf(next)) {
      if (found.has(member.id)) continue;
      found.set(member.id, member);
      const nested = tenant.groups.find(({ id }) => id === member.id);
      if (nested !== undefined) open.push(nested);
    }
  return [...found.values()];
}

/** Log entries in the time range of `$filter`, newest first. */
function inTime(items: readonly Thing[], at: string, query: URLSearchParams): readonly Thing[] {
  const filter = query.get('$filter') ?? '';
  const from = new RegExp(`${at} ge (\\S+)`).exec(filter)?.[1] ?? '';
  const to = new RegExp(`${at} lt (\\S+)`).exec(filter)?.[1] ?? '9';
  const when = (one: Thing) => String(one[at]);
  return items
    .filter((one) => when(one) >= from && when(one) < to)
    .sort((a, b) => (when(a) < when(b) ? 1 : -1));
}

/** Audit entries in a time range, limited to the categories and objects that the filter names. */
function auditsOf({ audits }: Tenant, query: URLSearchParams): readonly Thing[] {
  const filter = query.get('$filter') ?? '';
  const named = (of: RegExp) => [...filter.matchAll(of)].map(([, one]) => one?.toLowerCase());
  const categories = named(/category eq '([^']*)'/g);
  const activities = named(/activityDisplayName eq '([^']*)'/g);
  const objects = named(/targetResources\/any\(t:t\/id eq '([^']*)'\)/g);
  return inTime(audits, 'activityDateTime', query).filter(
    ({ category, activityDisplayName, targetResources }) =>
      ((categories.length === 0 && activities.length === 0) ||
        categories.includes(String(category).toLowerCase()) ||
        activities.includes(String(activityDisplayName).toLowerCase())) &&
      (objects.length === 0 ||
        ((targetResources ?? []) as Thing[]).some(({ id }) => objects.includes(String(id).toLowerCase()))),
  );
}

/** Graph returns at most 20 members of each group when the list of groups is expanded. */
function groupsOf(tenant: Tenant, query: URLSearchParams): Listing {
  const expanded = /^members/.test(query.get('$expand') ?? '');
  const select = query.get('$select');
  const items = tenant.groups.map(({ members, ...group }) => ({
    ...selected([group], select)[0],
    id: group.id,
    ...(expanded ? { members: ((members ?? []) as Thing[]).slice(0, 20) } : {}),
  }));
  const inside = [...(select === null ? [] : [select]), ...(expanded ? ['members()'] : [])].join(',');
  return { context: inside === '' ? 'groups' : `groups(${inside})`, items, usual: 100, max: 999 };
}

function selected(items: readonly Thing[], select: string | null): readonly Thing[] {
  if (select === null) return items;
  const names = select.split(',');
  return items.map(
    (item) =>
      Object.fromEntries(
        Object.entries(item).filter(([name]) => names.includes(name) || name.startsWith('@')),
      ) as Thing,
  );
}

/** Cache of filtered logs, keyed by length and filter: each page of a long log would filter it again. */
const filtered = new WeakMap<readonly Thing[], Map<string, readonly Thing[]>>();

/** The subset of `$filter` supported for sign-ins: time range, applications and, in beta, the kind of sign-in. */
function signInsOf(tenant: Tenant, query: URLSearchParams, beta: boolean): readonly Thing[] {
  const filter = query.get('$filter') ?? '';
  const known = filtered.get(tenant.signIns) ?? new Map<string, readonly Thing[]>();
  filtered.set(tenant.signIns, known);
  const key = `${tenant.signIns.length} ${beta} ${filter}`;
  const found = known.get(key) ?? signInsBy(tenant, filter, beta);
  known.set(key, found);
  return found;
}

function signInsBy(tenant: Tenant, filter: string, beta: boolean): readonly Thing[] {
  const from = /createdDateTime ge (\S+?)(?=[\s)]|$)/.exec(filter)?.[1] ?? '';
  const to = /createdDateTime lt (\S+?)(?=[\s)]|$)/.exec(filter)?.[1] ?? '9';
  const apps = [...filter.matchAll(/appId eq '([^']*)'/g)].map(([, app]) => app?.toLowerCase());
  const background = beta && filter.includes("t eq 'nonInteractiveUser'");
  const at = (one: Thing) => String(one.createdDateTime);
  return tenant.signIns
    .filter(
      (one) =>
        at(one) >= from &&
        at(one) < to &&
        (apps.length === 0 || apps.includes(String(one.appId).toLowerCase())) &&
        (one.isInteractive !== false) === !background,
    )
    .sort((a, b) => (at(a) < at(b) ? 1 : -1));
}
