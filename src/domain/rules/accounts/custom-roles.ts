import type { ClaudeGroupRow, ClaudePermission, ClaudeRoleRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';

/** A custom role and what it lets its holders do. */
export interface CustomRole {
  readonly id: string;
  readonly label: string;
  /** true: it can manage the organization; false: it only uses what is allowed; null: it cannot be determined. */
  readonly administers: boolean | null;
  readonly row: ClaudeRoleRow;
}

export interface CustomRoles {
  readonly roles: readonly CustomRole[];
  readonly evidence: readonly Evidence[];
  cite(row: ClaudeRoleRow, says: string): Evidence;
}

/** The custom roles of the client's organizations; null: they were not read. */
export function customRoles(context: CheckContext): CustomRoles | null {
  const read = context.read('claude_roles');
  if (!read.ok) return null;
  const rows = Map.groupBy(read.rows, ({ organization, id }) => `${organization ?? ''}/${id}`);
  return {
    roles: [...rows.values()].flatMap((own): CustomRole[] => {
      const [row] = own;
      if (row === undefined) return [];
      const powers = own.map(({ permission }) => power(context, permission));
      // One administrative permission is enough; an unknown one makes the role unknown.
      const administers = powers.includes(true) ? true : powers.includes(null) ? null : false;
      return [{ id: row.id, label: row.name ?? row.id, administers, row }];
    }),
    evidence: read.evidence,
    cite: read.cite,
  };
}

function power({ catalogue }: CheckContext, permission: ClaudePermission | 'none' | null): boolean | null {
  if (permission === null) return null;
  if (permission === 'none') return false;
  const known = catalogue.vendorSources
    .flatMap(({ roleActions }) => roleActions)
    .find(
      ({ action, resources }) =>
        resources.includes(permission.resource) &&
        (action.endsWith('*')
          ? permission.action.startsWith(action.slice(0, -1))
          : permission.action === action),
    );
  return known?.administers ?? null;
}

export interface RoleHolder {
  readonly email: string;
  readonly role: CustomRole;
  readonly group: string;
  readonly evidence: Evidence;
}

/**
 * People who hold, through a group, a role whose permissions no current list of roles shows: no list was given or only
 * a part, or it has the role without permissions, or lacks it.
 */
export function holdersOfUnknown(context: CheckContext, own: CustomRoles | null): readonly string[] {
  const groups = context.read('claude_groups');
  if (!groups.ok) return [];
  const known = new Set(
    own?.roles.flatMap(({ id, administers }) => (administers === null ? [] : [id])) ?? [],
  );
  return [
    ...new Set(
      groups.rows.flatMap(({ member, roles }) =>
        member === null ||
        member === 'none' ||
        member.email === null ||
        roles?.every((id) => known.has(id)) !== false
          ? []
          : [member.email],
      ),
    ),
  ];
}

/**
 * Holders of these roles through groups, as far as groups show them. Absence proves nothing: a role may also be given
 * to a person directly, which no list shows.
 */
export function holdersOf(context: CheckContext, roles: readonly CustomRole[]): readonly RoleHolder[] {
  const groups = context.read('claude_groups');
  if (!groups.ok) return [];
  return groups.rows.flatMap((row: ClaudeGroupRow): RoleHolder[] => {
    const { member } = row;
    if (member === null || member === 'none' || member.email === null) return [];
    const { email } = member;
    const role = roles.find(({ id }) => row.roles?.includes(id));
    if (role === undefined) return [];
    const group = row.name ?? row.id;
    return [{ email, role, group, evidence: groups.cite(row, `in the group ${group}`) }];
  });
}
// Guide: G2.2-10
