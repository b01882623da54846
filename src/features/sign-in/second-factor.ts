import { type Grant, ROLES, type Role } from '#domain/access/permissions.ts';
import type { ServerConfig } from '../context.ts';
import { workspaceSettings } from '../shared/settings.ts';
import { isLoopbackOrigin } from './origin.ts';

/** Roles whose holders set up a second factor before anything else: those that the workspace names, and Owners beyond loopback. */
export function secondFactorRoles(
  config: Pick<ServerConfig, 'origin'>,
  settings: unknown,
): ReadonlySet<Role> {
  const read = workspaceSettings.safeParse(settings ?? {});
  // Settings that cannot be read never make it easier to come in.
  const named = read.success ? read.data.secondFactor : ROLES;
  return new Set<Role>([...named, ...(isLoopbackOrigin(config) ? [] : (['owner'] as const))]);
}

/** Whether any of the grants gives a role of which a second factor is required. */
export function needsSecondFactor(grants: readonly Grant[], roles: ReadonlySet<Role>): boolean {
  return grants.some(({ effect, role }) => effect === 'allow' && role !== null && roles.has(role));
}
