/** Administrative roles in Claude, most powerful first. */
export const ADMIN_ROLES = ['primary_owner', 'owner', 'admin'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** Whether a role includes another one: each includes all that follow it. */
export function reaches(role: AdminRole, needed: AdminRole): boolean {
  return ADMIN_ROLES.indexOf(role) <= ADMIN_ROLES.indexOf(needed);
}

/** Every role of a member of a Claude organization. */
export const CLAUDE_ROLES = [...ADMIN_ROLES, 'user', 'custom'] as const;
