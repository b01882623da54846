import type { Item } from '../../model/verdict.ts';
import type { Directory } from './directory.ts';
import type { Wanted } from './emergency-left-out.ts';

/** Emergency access that would not work when needed. */
export function brokenAccounts(wanted: readonly Wanted[], directory: Directory): Item[] {
  return wanted.flatMap((w) => {
    const item = (detail: string): Item[] => [
      { key: w.ids[0] ?? w.label.toLowerCase(), label: w.label, detail, evidence: [] },
    ];
    if (w.kind === 'group') {
      if (directory.hasGroups && w.ids.some((id) => directory.groupRow(id) === null))
        return item('This emergency access group is not in Entra.');
      const view = directory.group(w.ids[0] ?? '');
      if (!view?.complete) return [];
      if (view.memberIds.length === 0) return item('This emergency access group has no members.');
      return directory.hasUsers && view.memberIds.every((id) => usable(id, directory) === 'no')
        ? item('Every account in this emergency access group is disabled.')
        : [];
    }
    // A users file that lacks the account may be filtered, so only a disabled account counts.
    return usable(w.ids[0] ?? '', directory) === 'no'
      ? item('This emergency access account is disabled.')
      : [];
  });
}

/** The distinct emergency access accounts, except those that the users file shows as disabled. */
export function accountsOf(wanted: readonly Wanted[], directory: Directory): readonly string[] {
  const all = wanted.flatMap(({ kind, ids }) =>
    kind === 'group' ? ids.flatMap((id) => directory.group(id)?.memberIds ?? []) : ids,
  );
  return [...new Set(all)].filter((id) => usable(id, directory) !== 'no');
}

/** Emergency access for which the users file does not show whether any of its accounts can sign in. */
export function unknownAccounts(wanted: readonly Wanted[], directory: Directory): readonly string[] {
  if (!directory.hasUsers) return [];
  return wanted.flatMap((w) => {
    const view = w.kind === 'group' ? directory.group(w.ids[0] ?? '') : null;
    if (w.kind === 'group' && !view?.complete) return [];
    const states = (view?.memberIds ?? w.ids).map((id) => usable(id, directory));
    return states.includes('unknown') && !states.includes('yes')
      ? [w.kind === 'group' ? `an account of ${w.label}` : w.label]
      : [];
  });
}

/**
 * Whether an account can sign in. Unknown, not "no", if the users file lacks it: Entra removes deleted accounts from
 * groups, so a file without a member of a group may be filtered, as may one without an account that the charter names.
 */
export function usable(id: string, directory: Directory): 'yes' | 'no' | 'unknown' {
  const enabled = directory.user(id)?.enabled ?? null;
  if (enabled === null) return 'unknown';
  return enabled ? 'yes' : 'no';
}
// Guide: G6.2-03 G6.3-04
