import type { CaPolicyRow } from '../../model/kinds.ts';
import { isSyncRole } from './ca-exclusions.ts';
import { includesAll } from './ca-people.ts';
import type { Directory } from './directory.ts';

/** An emergency account, or a group of them, that the charter names. */
export interface Wanted {
  readonly label: string;
  readonly kind: 'group' | 'user';
  readonly ids: readonly string[];
}

/** yes: the policy does not apply to this account. */
export function leftOut(policy: CaPolicyRow, wanted: Wanted, directory: Directory): Known {
  const out = new Set([...policy.excludeUsers, ...policy.excludeGroups].map((id) => id.toLowerCase()));
  if (wanted.ids.every((id) => out.has(id))) return 'yes';
  const accounts =
    wanted.kind === 'user' ? wanted.ids : wanted.ids.flatMap((id) => directory.group(id)?.memberIds ?? []);
  const listed = wanted.kind === 'user' || wanted.ids.every((id) => directory.group(id)?.complete === true);
  const roles = policy.excludeRoles.filter((role) => !isSyncRole(role));
  const excluded = accounts.map((id) =>
    out.has(id) ? 'yes' : either(inAny(id, policy.excludeGroups, directory), holdsAny(id, roles, directory)),
  );
  if (listed && accounts.length > 0 && excluded.every((is) => is === 'yes')) return 'yes';
  const byRole = roles.length > 0 && (accounts.length === 0 || !listed);
  if (includesAll(policy)) return byRole || excluded.includes('unknown') ? 'unknown' : 'no';
  // Policies not for all users may not include the accounts at all.
  const taken = accounts.map((id) =>
    policy.includeUsers.some((user) => user.toLowerCase() === id)
      ? 'yes'
      : either(inAny(id, policy.includeGroups, directory), holdsAny(id, policy.includeRoles, directory)),
  );
  const groupNamed = policy.includeGroups.some((id) => wanted.ids.includes(id.toLowerCase()));
  if (groupNamed || taken.some((is, n) => is === 'yes' && excluded[n] === 'no')) return 'no';
  const onlyGuests =
    policy.includeGroups.length === 0 &&
    policy.includeRoles.length === 0 &&
    policy.includeUsers.every((id) => /^(guestsorexternalusers|none)$/i.test(id));
  if (onlyGuests) return 'yes';
  if (!listed || accounts.length === 0) return 'unknown';
  return taken.every((is, n) => is === 'no' || excluded[n] === 'yes') ? 'yes' : 'unknown';
}

type Known = 'yes' | 'no' | 'unknown';

function either(one: Known, other: Known): Known {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'unknown' ? one : other;
}

/** Whether an account holds one of these roles; unknown if the list of role assignments does not show it. */
function holdsAny(account: string, roles: readonly string[], directory: Directory): Known {
  const person = { key: account, name: account, keys: new Set([account]), known: true, guest: null };
  return roles.map((role) => directory.hasRole(person, role)).reduce<Known>(either, 'no');
}

function inAny(account: string, groups: readonly string[], directory: Directory): Known {
  let best: 'no' | 'unknown' = 'no';
  for (const id of groups) {
    const view = directory.group(id);
    if (view?.people?.has(account)) return 'yes';
    // A group missing from a complete file no longer exists and has no members.
    if (!view ? !directory.hasGroups : !view.complete) best = 'unknown';
  }
  return best;
}
