import { GLOBAL_ADMINISTRATOR } from '../../src/domain/model/entra-roles.ts';
import { transitive } from './graph.ts';
import type { Tenant, Thing } from './tenant.ts';

/** An Entra role assignment, by default for the whole tenant. */
export function roleHeld(
  principalId: string,
  roleDefinitionId = GLOBAL_ADMINISTRATOR,
  directoryScopeId = '/',
): Thing {
  return { id: `${roleDefinitionId}-${principalId}`, principalId, roleDefinitionId, directoryScopeId };
}

/** Role assignments, with the principal if `$expand` asks for it. */
export function assignmentsOf({ roles, users, groups }: Tenant, query: URLSearchParams): readonly Thing[] {
  if (query.get('$expand') !== 'principal') return roles;
  return roles.map((one) => {
    const user = users.find(({ id }) => id === one.principalId);
    const group = groups.find(({ id }) => id === one.principalId);
    const principal =
      user === undefined
        ? { '@odata.type': '#microsoft.graph.group', id: one.principalId, displayName: group?.displayName }
        : { '@odata.type': '#microsoft.graph.user', ...user };
    return { ...one, principal };
  });
}

/**
 * Whether a user holds a role directly or through a group. Conditional Access ignores a role scoped to part of the
 * tenant.
 */
export function holdsRole(tenant: Tenant, user: Thing, role: string): boolean {
  return tenant.roles
    .filter(({ roleDefinitionId, directoryScopeId }) => roleDefinitionId === role && directoryScopeId === '/')
    .some(
      ({ principalId }) =>
        principalId === user.id ||
        tenant.groups.some(
          (group) => group.id === principalId && transitive(tenant, group).some(({ id }) => id === user.id),
        ),
    );
}
