import type { Charter } from '#domain/model/charter.ts';
import type { Json } from '../../../json-client.ts';
import { isObject } from '../../../json-client.ts';
import type { StreamContext } from '../../../source.ts';
import { all, type GraphClient } from '../../graph/client.ts';
import { select } from '../../graph/select.ts';
import { claudeApps } from '../claude-apps.ts';
import { contextOf, keptList, saved, savedList } from '../kept-list.ts';
import type { SignedIn } from '../test-application.ts';

export const licenses = keptList({
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
);

/** Everyone in the directory, guests among them. */
export const users = keptList({
  id: 'users',
  title: 'Users and guests',
  kind: 'entra_users',
  scope: 'User.Read.All',
  delta: { path: '/users/delta()', query: USER },
  read: async ({ client: { graph } }) => [await savedList(graph, '/users', { ...USER, $top: '999' })],
});

/** Whether a group is public counts too: everyone of the tenant can then open its site. */
const GROUP = { ...select('group', 'id', 'displayName', 'groupTypes', 'visibility', 'mail'), $top: '999' };

/** A group whose members count, with everyone and every group in it at any depth. */
interface CountedGroup {
  readonly group: Json;
  readonly people: readonly Json[];
  readonly nested: readonly Json[];
}

/** Groups that policies, assignments of Claude or the charter name, those that are called after Claude, and the rest. */
export async function groupsByUse({ client: { graph }, charter }: StreamContext<SignedIn>): Promise<{
  readonly counted: readonly CountedGroup[];
  readonly others: readonly Json[];
  /** Ids of groups that policies or assignments name and that are not there anymore, in lower case. */
  readonly gone: readonly string[];
}> {
  const list = await all(graph.list('/groups', GROUP));
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
    // A group that is called after Claude is one that a policy is rolled out to.
    if (!counts && !name.includes('claude')) {
      others.push(group);
      continue;
    }
    const members = await all(
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
 * Every group by name, and whether it is public; who is in it, by groups in it too, of those that policies, assignments of
 * Claude or the charter name, and of those that are called after Claude.
 */
export const groups = keptList({
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

/** Groups that the charter names, by name or id, people among them. */
function namesIn({ entra }: Charter): readonly string[] {
  return [
    ...(entra?.emergencyAccess?.groups ?? []),
    ...(entra?.approvedExclusions ?? []).map(({ id }) => id),
  ];
}

/** Ids that Conditional Access policies have in these members of their users, in lower case. */
export async function namedInPolicies(
  graph: GraphClient,
  members: readonly string[],
): Promise<ReadonlySet<string>> {
  const policies = await all(graph.list('/identity/conditionalAccess/policies'));
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
  const named = new Set(await namedInPolicies(graph, ['includeGroups', 'excludeGroups']));
  for (const { id } of await claudeApps(graph, charter))
    for (const one of await all(graph.list(`/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignedTo`)))
      if (one.principalType === 'Group' && typeof one.principalId === 'string')
        named.add(one.principalId.toLowerCase());
  return named;
}
