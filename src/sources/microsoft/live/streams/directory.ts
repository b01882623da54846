import type { Charter } from '#domain/model/charter.ts';
import type { Json } from '../../../json-client.ts';
import { isObject } from '../../../json-client.ts';
import type { StreamContext } from '../../../source.ts';
import { collectEntries, type GraphClient } from '../../graph/client.ts';
import { GraphProblem } from '../../graph/problem.ts';
import { select } from '../../graph/select.ts';
import { claudeApps } from '../claude-apps.ts';
import { contextOf, listStream, saved, savedList } from '../list-stream.ts';
import type { SignedIn } from '../test-application.ts';

export const licenses = listStream({
  id: 'licenses',
  title: 'Licenses',
  kind: 'subscribed_skus',
  scope: 'LicenseAssignment.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, '/subscribedSkus')],
});

const USER = select(
  'user',
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'proxyAddresses',
  'otherMails',
  'accountEnabled',
  'userType',
  'employeeId',
  'assignedLicenses',
  'signInSessionsValidFromDateTime',
);

/** All users in the directory, including guests. */
export const users = listStream({
  id: 'users',
  title: 'Users and guests',
  kind: 'entra_users',
  scope: 'User.Read.All',
  delta: { path: '/users/delta()', query: USER },
  read: async ({ client: { graph } }) => [await savedList(graph, '/users', { ...USER, $top: '999' })],
});

/** Includes whether a group is public, because everyone in the tenant can then open its site. */
const GROUP = { ...select('group', 'id', 'displayName', 'groupTypes', 'visibility', 'mail'), $top: '999' };

/** A group whose members are read, with all people and groups in it at any depth. */
interface CountedGroup {
  readonly group: Json;
  readonly people: readonly Json[];
  readonly nested: readonly Json[];
}

/**
 * Groups by use: `counted` are those that policies, assignments to Claude or the charter refer to, and those named
 * after Claude.
 */
export async function groupsByUse({ client: { graph }, charter }: StreamContext<SignedIn>): Promise<{
  readonly counted: readonly CountedGroup[];
  readonly others: readonly Json[];
  /** Lowercase ids of groups that policies or assignments refer to but that no longer exist. */
  readonly gone: readonly string[];
}> {
  const list = await collectEntries(graph.list('/groups', GROUP));
  const named = await namedGroups(graph, charter);
  const spoken = new Set(namesIn(charter).map((name) => name.trim().toLowerCase()));
  const counted: CountedGroup[] = [];
  const others: Json[] = [];
  for (const group of list) {
    const id = String(group.id ?? '');
    const name = String(group.displayName ?? '')
      .trim()
      .toLowerCase();
    const counts = named.has(id.toLowerCase()) || spoken.has(id.toLowerCase()) || spoken.has(name);
    // A group named after Claude is probably one that a policy is rolled out to.
    if (!counts && !name.includes('claude')) {
      others.push(group);
      continue;
    }
    const members = await collectEntries(
      graph.list(`/groups/${encodeURIComponent(id)}/transitiveMembers`, {
        ...select('user', 'id', 'userPrincipalName'),
        $top: '999',
      }),
    );
    const isGroup = (member: Json) => member['@odata.type'] === '#microsoft.graph.group';
    counted.push({
      group,
      people: members.filter((member) => !isGroup(member)),
      nested: members.filter(isGroup),
    });
  }
  const there = new Set(list.map(({ id }) => String(id ?? '').toLowerCase()));
  return { counted, others, gone: [...named].filter((id) => !there.has(id)) };
}

/**
 * All groups with name and visibility. Members, including nested ones, are read for groups that policies, assignments
 * to Claude or the charter refer to, that have a role named in policies, or that are named after Claude.
 */
export const groups = listStream({
  id: 'groups',
  title: 'Groups, with who is in those that policies and assignments name',
  kind: 'entra_groups',
  scope: 'Directory.Read.All',
  read: async (context) => {
    const { counted, others } = await groupsByUse(context);
    const value = [
      ...others,
      ...counted.map(({ group, people, nested }) => ({
        ...group,
        members: people,
        ...(nested.length > 0 ? { transitiveMembers: nested } : {}),
      })),
    ];
    return [
      saved(contextOf('/groups', { $select: 'id,displayName,groupTypes,visibility,mail,members()' }), value),
    ];
  },
});

const ROLE_ASSIGNMENTS = '/roleManagement/directory/roleAssignments';

/** Current role assignments. Only id and type of a principal are kept. */
async function rolesHeld(graph: GraphClient): Promise<readonly Json[]> {
  const found = await collectEntries(graph.list(ROLE_ASSIGNMENTS, { $expand: 'principal' }));
  return found.map((one) => {
    const { principal } = one;
    if (!isObject(principal)) return one;
    return {
      ...one,
      principal: { '@odata.type': principal['@odata.type'] ?? null, id: principal.id ?? null },
    };
  });
}

/** Entra roles and their holders, because policies include and exclude by role, too. */
export const roles = listStream({
  id: 'roles',
  title: 'Roles of Entra, with who holds them',
  kind: 'entra_roles',
  scope: 'Directory.Read.All',
  read: async ({ client: { graph } }) => [saved(contextOf(ROLE_ASSIGNMENTS), await rolesHeld(graph))],
});

/** Groups, and people, that the charter refers to by name or id. */
function namesIn({ entra }: Charter): readonly string[] {
  return [
    ...(entra?.emergencyAccess?.groups ?? []),
    ...(entra?.approvedExclusions ?? []).map(({ id }) => id),
  ];
}

const POLICIES = '/identity/conditionalAccess/policies';

/** Lowercase ids in these members of the users of Conditional Access policies. */
export async function namedInPolicies(
  graph: GraphClient,
  members: readonly string[],
): Promise<ReadonlySet<string>> {
  return idsIn(await collectEntries(graph.list(POLICIES)), members);
}

function idsIn(policies: readonly Json[], members: readonly string[]): ReadonlySet<string> {
  const ids = policies.flatMap(({ conditions }) => {
    const users = isObject(conditions) && isObject(conditions.users) ? conditions.users : {};
    return members.flatMap((member) => {
      const list = users[member];
      return Array.isArray(list) ? list : [];
    });
  });
  return new Set(ids.flatMap((id) => (typeof id === 'string' ? [id.toLowerCase()] : [])));
}

async function namedGroups(graph: GraphClient, charter: Charter): Promise<ReadonlySet<string>> {
  const policies = await collectEntries(graph.list(POLICIES));
  const named = new Set(idsIn(policies, ['includeGroups', 'excludeGroups']));
  const byRole = idsIn(policies, ['includeRoles', 'excludeRoles']);
  if (byRole.size > 0) for (const id of await groupsWithRole(graph, byRole)) named.add(id);
  for (const { id } of await claudeApps(graph, charter))
    for (const one of await collectEntries(
      graph.list(`/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignedTo`),
    ))
      if (one.principalType === 'Group' && typeof one.principalId === 'string')
        named.add(one.principalId.toLowerCase());
  return named;
}

/** Ids of groups that have one of these roles. Without permission to read them, their members are unknown as well. */
async function groupsWithRole(graph: GraphClient, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  try {
    return (await rolesHeld(graph)).flatMap(({ principal, roleDefinitionId }) =>
      wanted.has(String(roleDefinitionId).toLowerCase()) &&
      isObject(principal) &&
      principal['@odata.type'] === '#microsoft.graph.group'
        ? [String(principal.id).toLowerCase()]
        : [],
    );
  } catch (error) {
    if (error instanceof GraphProblem) return [];
    throw error;
  }
}
