import type { RosterRow } from '../model/kinds.ts';
import type { Profile } from '../model/profile.ts';
import { staffListed } from './staff.ts';

/** Share of the profile's staff count that a roster may lack, since people come and go. */
const MAX_LACKING = 0.1;

/**
 * Number of people whom a roster shows as working here, if that is far fewer than the profile counts, so that it may
 * be the list of one department or of the interns; null: it may list everyone.
 */
export function shortOfStaff(rows: readonly RosterRow[], profile: Profile, today: string): number | null {
  const stated = profile.staffCount;
  if (stated === undefined) return null;
  const known = staffListed(rows, today);
  return stated - known < 2 || known >= stated * (1 - MAX_LACKING) ? null : known;
}
