import { type Grant, ROLES, type Role } from '#domain/access/permissions.ts';
import type { ServerConfig } from '../context.ts';
import { workspaceSettings } from '../shared/settings.ts';
import { isLoopbackOrigin } from './origin.ts';

/**
 * Roles whose holders must set up a second factor first: those configured for the workspace and, unless the console is
 * on loopback, Owners.
 */
export function secondFactorRoles(
  config: Pick<ServerConfig, 'origin'>,
  settings: unknown,
): ReadonlySet<Role> {
  const read = workspaceSettings.safeParse(settings ?? {});
  // If the settings cannot be parsed, require it for all roles, so that sign-in never becomes easier.
  const named = read.success ? read.data.secondFactor : ROLES;
  return new Set<Role>([...named, ...(isLoopbackOrigin(config) ? [] : (['owner'] as const))]);
}

/** Whether any grant gives a role that requires a second factor. */
export function needsSecondFactor(grants: readonly Grant[], roles: ReadonlySet<Role>): boolean {
  return grants.some(({ effect, role }) => effect === 'allow' && role !== null && roles.has(role));
}
