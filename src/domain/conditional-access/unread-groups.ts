import type { CaPolicyRow } from '../model/kinds.ts';
import type { Directory } from '../rules/microsoft/directory.ts';
import { type Circumstances, inCircumstances } from './what-if.ts';

/** Why nobody can tell who is in a group: no list of groups was read, it is not in that list, it has no members there, or some of them. */
export const GROUP_GAPS = ['no_list', 'not_listed', 'no_members', 'some_members'] as const;

/** A group because of which nobody can tell whom some policies are for. */
export interface UnreadGroup {
  /** Object id, as the policy has it. */
  readonly id: string;
  /** The id where no name is known. */
  readonly name: string;
  readonly why: (typeof GROUP_GAPS)[number];
  /** Names of the policies that take it in or leave it out. */
  readonly policies: readonly string[];
}

/** Groups whose members are not known, of the policies that may act on sign-ins of this kind. */
export function unreadGroups(
  policies: readonly CaPolicyRow[],
  circumstances: Circumstances,
  directory: Directory,
): readonly UnreadGroup[] {
  const found = new Map<string, { readonly group: Omit<UnreadGroup, 'policies'>; policies: string[] }>();
  for (const policy of policies) {
    if (inCircumstances(policy, circumstances).is === 'no') continue;
    const everyone = policy.includeUsers.some((id) => id.toLowerCase() === 'all');
    for (const id of [...(everyone ? [] : policy.includeGroups), ...policy.excludeGroups]) {
      const why = gapOf(id, directory);
      if (why === null) continue;
      const key = id.toLowerCase();
      const known = found.get(key) ?? { group: { id, name: directory.label(id), why }, policies: [] };
      if (!known.policies.includes(policy.name)) known.policies.push(policy.name);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ group, policies: names }) => ({ ...group, policies: names }));
}

function gapOf(id: string, directory: Directory): UnreadGroup['why'] | null {
  if (!directory.hasGroups) return 'no_list';
  const view = directory.group(id);
  if (view === null) return 'not_listed';
  if (view.members === null) return 'no_members';
  return view.complete ? null : 'some_members';
}
// Guide: G6.2-04
