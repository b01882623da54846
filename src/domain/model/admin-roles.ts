/** Roles in Claude that administer, from the widest on. */
export const ADMIN_ROLES = ['primary_owner', 'owner', 'admin'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** Whether a role may do what needs at least another one: each may what those after it may. */
export function reaches(role: AdminRole, needed: AdminRole): boolean {
  return ADMIN_ROLES.indexOf(role) <= ADMIN_ROLES.indexOf(needed);
}

/** Every role of a member of a Claude organization. */
export const CLAUDE_ROLES = [...ADMIN_ROLES, 'user', 'custom'] as const;
