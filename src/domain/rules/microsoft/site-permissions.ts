import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import { daysBetween } from '../../model/day.ts';
import type { SitePermissionsRow, SiteUnread } from '../../model/kinds.ts';
import type { Evidence, Reading } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { largeGroups, type People } from './large-groups.ts';

/** Permissions of a site from live readings. */
export interface LiveSite {
  readonly row: SitePermissionsRow;
  /** Day of the reading; earlier than the newest one if that did not read the site. */
  readonly on: string;
  /** Why the newest reading did not read it completely; `unlisted`: it no longer lists it; null: it was read. */
  readonly unread: SiteUnread | 'unlisted' | null;
  cite(says: string): Evidence;
}

export interface LivePermissions {
  readonly current: Current<'site_permissions'>;
  readonly sites: readonly LiveSite[];
}

/**
 * Each site from the newest reading that read it. A site that was open stays open until a later reading reads it: being
 * refused, locked or missing from the list does not close it.
 */
export function livePermissions(context: CheckContext, people: People): LivePermissions {
  const current = context.read('site_permissions', DEFAULT_FRESH_DAYS);
  if (!current.ok) return { current, sites: [] };
  const earlier = context
    .history('site_permissions')
    .filter(
      (one) =>
        !current.readings.includes(one) && daysBetween(one.observedOn, context.today) <= DEFAULT_FRESH_DAYS,
    )
    .toReversed();
  const listed = new Set(current.rows.map(keyOf));
  const now = current.rows.map((row): LiveSite => {
    const found = row.unread === null || isOpen(row, people) ? null : openIn(earlier, keyOf(row), people);
    return {
      ...(found ?? { row, on: current.observedOn, cite: (says) => current.cite(row, says) }),
      unread: row.unread,
    };
  });
  const gone = new Set(earlier.flatMap(({ rows }) => rows.map(keyOf)).filter((key) => !listed.has(key)));
  const before = [...gone].flatMap((key) => {
    const found = openIn(earlier, key, people);
    return found === null ? [] : [{ ...found, unread: 'unlisted' as const }];
  });
  return { current, sites: [...now, ...before] };
}

const keyOf = ({ url }: SitePermissionsRow) => url.toLowerCase();

const isOpen = (row: SitePermissionsRow, people: People): boolean =>
  [row.anyone, row.everyone, row.organization].some((count) => (count ?? 0) > 0) ||
  largeGroups(row, people).certain.length > 0;

/** The newest reading that read a site, if it found the site open; null: none did, or it found nothing. */
function openIn(
  newestFirst: readonly Reading<'site_permissions'>[],
  key: string,
  people: People,
): Omit<LiveSite, 'unread'> | null {
  for (const reading of newestFirst) {
    const row = reading.rows.find((one) => keyOf(one) === key);
    if (row === undefined || (row.unread !== null && !isOpen(row, people))) continue;
    const { kind, file, observedOn } = reading;
    return isOpen(row, people)
      ? { row, on: observedOn, cite: (says) => ({ kind, file, row: row.row, observedOn, says }) }
      : null;
  }
  return null;
}
// Guide: G3.2-04
