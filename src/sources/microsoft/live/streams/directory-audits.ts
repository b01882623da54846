import type { Json } from '../../../json-client.ts';
import { isObject } from '../../../json-client.ts';
import type { StreamContext } from '../../../source.ts';
import { keptLog, type Parts } from '../kept-log.ts';
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
 * Who consented, added applications or changed policies: what of Entra's audit log concerns applications and policies.
 * When accounts were disabled as well, since sessions that were revoked earlier on that day may have been opened again.
 */
export const directoryAudits = keptLog({
  ...OF_AUDITS,
  id: 'directory_audits',
  title: 'Changes of applications and policies',
  parts: async () => ({
    filters: [
      "(category eq 'ApplicationManagement' or category eq 'Policy' or activityDisplayName eq 'Disable account')",
    ],
  }),
});

/** Groups of one question; Graph refuses a filter that is too long. */
const MAX_GROUPS = 15;

/**
 * Changes of the groups and roles on which policies, assignments of Claude or the charter rest, and of the groups in
 * them. Of groups no others are asked for. Of roles the log cannot be asked by the role that a policy names, so that the
 * changes of others are given and not kept. By itself, so that it reads back for those who were connected before.
 */
export const groupChanges = keptLog({
  ...OF_AUDITS,
  id: 'group_changes',
  title: 'Changes of groups and roles that policies name',
  parts: groupsAndRoles,
});

async function groupsAndRoles(context: StreamContext<SignedIn>): Promise<Parts> {
  const { counted, gone } = await groupsByUse(context);
  // That one was deleted stands in the log as well, and no list of groups has it anymore.
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

/** Template ids of the roles that an entry is about: policies name roles by them, and the log only as a changed value. */
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
