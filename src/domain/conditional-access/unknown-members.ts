import { roleName } from '../model/entra-roles.ts';
import type { CaPolicyRow } from '../model/kinds.ts';
import { isSyncRole } from '../rules/microsoft/ca-exclusions.ts';
import type { Directory } from '../rules/microsoft/directory.ts';
import { type Circumstances, inCircumstances } from './what-if.ts';

/**
 * Why the members of a group or holders of a role are unknown: no list of groups or of role assignments was read, the
 * list lacks it, or the list gives no members or only some.
 */
export const MEMBER_GAPS = ['no_list', 'not_listed', 'no_members', 'some_members'] as const;

/** A group or role with unknown members, which leaves open whom some policies apply to. */
export interface UnknownMembers {
  readonly kind: 'group' | 'role';
  /** Object id of a group, template id of a role, as the policy has it. */
  readonly id: string;
  /** The name, or the id if no name is known. */
  readonly name: string;
  readonly why: (typeof MEMBER_GAPS)[number];
  /** Names of the policies that include or exclude it. */
  readonly policies: readonly string[];
}

/** Groups and roles whose members are not known, of the policies that may act on sign-ins of this kind. */
export function unknownMembers(
  policies: readonly CaPolicyRow[],
  circumstances: Circumstances,
  directory: Directory,
): readonly UnknownMembers[] {
  const found = new Map<string, { readonly of: Omit<UnknownMembers, 'policies'>; policies: string[] }>();
  const note = (kind: UnknownMembers['kind'], id: string, policy: CaPolicyRow) => {
    const why = kind === 'group' ? gapOfGroup(id, directory) : gapOfRole(id, directory);
    if (why === null) return;
    const name = kind === 'group' ? directory.label(id) : (roleName(id) ?? id);
    const key = `${kind} ${id.toLowerCase()}`;
    const known = found.get(key) ?? { of: { kind, id, name, why }, policies: [] };
    if (!known.policies.includes(policy.name)) known.policies.push(policy.name);
    found.set(key, known);
  };
  for (const policy of policies) {
    if (inCircumstances(policy, circumstances).is === 'no') continue;
    const everyone = policy.includeUsers.some((id) => id.toLowerCase() === 'all');
    for (const id of [...(everyone ? [] : policy.includeGroups), ...policy.excludeGroups])
      note('group', id, policy);
    for (const id of [...(everyone ? [] : policy.includeRoles), ...policy.excludeRoles])
      note('role', id, policy);
  }
  return [...found.values()].map(({ of, policies: names }) => ({ ...of, policies: names }));
}

function gapOfGroup(id: string, directory: Directory): UnknownMembers['why'] | null {
  if (!directory.hasGroups) return 'no_list';
  const view = directory.group(id);
  if (view === null) return 'not_listed';
  if (view.members === null) return 'no_members';
  return view.complete ? null : 'some_members';
}

/** A role that no assignment names is held by nobody. No person holds a role of synchronization. */
function gapOfRole(id: string, directory: Directory): UnknownMembers['why'] | null {
  if (isSyncRole(id)) return null;
  const view = directory.role(id);
  if (view === null) return 'no_list';
  return view.complete ? null : 'some_members';
}
// Guide: G6.2-04
