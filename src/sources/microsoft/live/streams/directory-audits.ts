import type { Json } from '../../../json-client.ts';
import { isObject } from '../../../json-client.ts';
import type { StreamContext } from '../../../source.ts';
import { logStream, type Parts } from '../log-stream.ts';
import type { SignedIn } from '../test-application.ts';
import { groupsByUse, namedInPolicies } from './directory.ts';

const OF_AUDITS = {
  kind: 'directory_audits',
  scope: 'AuditLog.Read.All',
  path: '/auditLogs/directoryAudits',
  at: 'activityDateTime',
  backDays: 30,
  overlapMs: 2 * 3_600_000,
  top: '999',
} as const;

/**
 * The part of Entra's audit log about applications and policies: who consented, added applications or changed policies.
 * Also disabled accounts, because sessions revoked earlier on that day may have been opened again.
 */
export const directoryAudits = logStream({
  ...OF_AUDITS,
  id: 'directory_audits',
  title: 'Changes of applications and policies',
  parts: async () => ({
    filters: [
      "(category eq 'ApplicationManagement' or category eq 'Policy' or activityDisplayName eq 'Disable account')",
    ],
  }),
});

/** Maximum groups per query, since Graph rejects filters that are too long. */
const MAX_GROUPS = 15;

/**
 * Changes to groups and roles that policies, assignments to Claude or the charter refer to, and to groups nested in
 * them. Other groups are not queried. The log cannot be filtered by role, so changes to other roles are returned but
 * not kept. A separate stream, so that it reads back for clients connected earlier.
 */
export const groupChanges = logStream({
  ...OF_AUDITS,
  id: 'group_changes',
  title: 'Changes of groups and roles that policies name',
  parts: groupsAndRoles,
});

async function groupsAndRoles(context: StreamContext<SignedIn>): Promise<Parts> {
  const { counted, gone } = await groupsByUse(context);
  // The log also records deletions, after which a group is in no list.
  const groups = [
    ...new Set([...counted.flatMap(({ group, nested }) => [group, ...nested].map(idOf)), ...gone]),
  ]
    .filter((id) => id !== '')
    .sort();
  const roles = await namedInPolicies(context.client.graph, ['includeRoles', 'excludeRoles']);
  const filters: string[] = [];
  for (let from = 0; from < groups.length; from += MAX_GROUPS) {
    const any = groups
      .slice(from, from + MAX_GROUPS)
      .map((id) => `targetResources/any(t:t/id eq '${id.replaceAll("'", "''")}')`);
    filters.push(`category eq 'GroupManagement' and (${any.join(' or ')})`);
  }
  if (roles.size > 0) filters.push("category eq 'RoleManagement'");
  return {
    filters,
    says: 'No policy, assignment or charter names a group or a role.',
    counts: (entry) => entry.category !== 'RoleManagement' || rolesOf(entry).some((id) => roles.has(id)),
  };
}

const idOf = ({ id }: Json) => (typeof id === 'string' ? id : '');

/** Role template ids in an entry, by which policies refer to roles. The log has them only as changed values. */
function rolesOf({ targetResources }: Json): string[] {
  return (Array.isArray(targetResources) ? targetResources : []).flatMap((target) =>
    (isObject(target) && Array.isArray(target.modifiedProperties) ? target.modifiedProperties : []).flatMap(
      (one) =>
        isObject(one) && one.displayName === 'Role.TemplateId'
          ? [one.newValue, one.oldValue].flatMap((value) =>
              typeof value === 'string' ? [value.replaceAll('"', '').toLowerCase()] : [],
            )
          : [],
    ),
  );
}
// Guide: G6.1-01 G6.4-00 G6.5-00 G7.1-08
