import type { Grant, Role } from '../permissions.ts';

/** Grants for tests. */
export const allow = (role: Role, client: string | null = null): Grant => ({
  client,
  effect: 'allow',
  role,
  permission: null,
});
export const deny = (permission: Grant['permission'], client: string | null = null): Grant => ({
  client,
  effect: 'deny',
  role: null,
  permission,
});
