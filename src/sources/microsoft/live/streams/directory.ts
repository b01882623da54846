import type { Charter } from '#domain/model/charter.ts';
import type { Json } from '../../../json-client.ts';
import { isObject } from '../../../json-client.ts';
import { all, type GraphClient } from '../../graph/client.ts';
import { claudeApps } from '../claude-apps.ts';
import { contextOf, keptList, saved, savedList } from '../kept-list.ts';

export const licenses = keptList({
  id: 'licenses',
  title: 'Licenses',
  kind: 'subscribed_skus',
  scope: 'LicenseAssignment.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, '/subscribedSkus')],
});

const USER =
  'id,displayName,userPrincipalName,mail,proxyAddresses,otherMails,accountEnabled,userType,employeeId,assignedLicenses';

/** Everyone in the directory, guests among them. */
export const users = keptList({
  id: 'users',
  title: 'Users and guests',
  kind: 'entra_users',
  scope: 'User.Read.All',
  delta: { path: '/users/delta()', query: { $select: USER } },
  read: async ({ client: { graph } }) => [await savedList(graph, '/users', { $select: USER, $top: '999' })],
});

const GROUP = { $select: 'id,displayName', $top: '999' };

/**
 * Every group by name; who is in it, by groups in it too, of those that policies, assignments of Claude or the charter
 * name, and of those that are called after Claude.
 */
export const groups = keptList({
  id: 'groups',
  title: 'Groups that policies and assignments name',
  kind: 'entra_groups',
  scope: 'Directory.Read.All',
  read: async ({ client: { graph }, charter }) => {
    const list = await all(graph.list('/groups', GROUP));
    const named = await namedGroups(graph, charter);
    const spoken = new Set(namesIn(charter).map((name) => name.trim().toLowerCase()));
    const value: Json[] = [];
    for (const group of list) {
      const id = String(group.id ?? '');
      const name = String(group.displayName ?? '')
        .trim()
        .toLowerCase();
      const counts = named.has(id.toLowerCase()) || spoken.has(id.toLowerCase()) || spoken.has(name);
      // A group that is called after Claude is one that a policy is rolled out to.
      if (!counts && !name.includes('claude')) value.push(group);
      else
        value.push({
          ...group,
          members: (
            await all(
              graph.list(`/groups/${encodeURIComponent(id)}/transitiveMembers`, {
                $select: 'id,userPrincipalName',
                $top: '999',
              }),
            )
          ).filter((member) => member['@odata.type'] !== '#microsoft.graph.group'),
        });
    }
    return [saved(contextOf('/groups', { $select: 'id,displayName,members()' }), value)];
  },
});

/** Groups that the charter names, by name or id, people among them. */
function namesIn({ entra }: Charter): readonly string[] {
  return [
    ...(entra?.emergencyAccess?.groups ?? []),
    ...(entra?.approvedExclusions ?? []).map(({ id }) => id),
  ];
}

async function namedGroups(graph: GraphClient, charter: Charter): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  const add = (ids: unknown) => {
    if (Array.isArray(ids)) for (const id of ids) if (typeof id === 'string') named.add(id.toLowerCase());
  };
  for (const { conditions } of await all(graph.list('/identity/conditionalAccess/policies'))) {
    const people = isObject(conditions) && isObject(conditions.users) ? conditions.users : {};
    add(people.includeGroups);
    add(people.excludeGroups);
  }
  for (const { id } of await claudeApps(graph, charter))
    for (const one of await all(graph.list(`/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignedTo`)))
      if (one.principalType === 'Group') add([one.principalId]);
  return named;
}
