import { daysBetween } from '../model/day.ts';
import type { RosterRow } from '../model/kinds.ts';
import { dayWords } from '../text/words.ts';
import type { Match } from './types.ts';

/** Days before the first day of work within which an account may be prepared. */
const PREPARED_DAYS = 31;
/** After this many days, every current roster was made after the first day, and its status is about the time since. */
const LISTED_DAYS = 31;

/** Someone on the roster who has not begun, or may not have. */
export interface NotBegun {
  /** The first day of work, if it is still to come; null: the roster gives none, or one that has passed. */
  readonly firstDay: string | null;
  /** A clause about the person, such as “does not begin until Jan 4, 2027”. */
  readonly words: string;
  /** Whether the first day is so near that an account may already be there for it. */
  readonly soon: boolean;
}

type Beginning = Pick<RosterRow, 'startsOn' | 'endsOn' | 'status'>;

/**
 * Whether someone on the roster has not begun on a day; null: work has begun. A status such as “Pre-hire” beside a first
 * day that passed long ago leaves it open. A first day after the last day is a return: the person was here before.
 */
export function notBegun({ startsOn, endsOn, status }: Beginning, today: string): NotBegun | null {
  if (startsOn !== null && startsOn > today && (endsOn === null || endsOn >= startsOn))
    return {
      firstDay: startsOn,
      words: `does not begin until ${dayWords(startsOn)}`,
      soon: daysBetween(today, startsOn) <= PREPARED_DAYS,
    };
  if (status !== 'future' || (endsOn !== null && endsOn < today)) return null;
  if (startsOn !== null && daysBetween(startsOn, today) <= LISTED_DAYS) return null;
  return {
    firstDay: null,
    words:
      startsOn === null
        ? 'has not begun according to the status, and no first day is given'
        : `was to begin on ${dayWords(startsOn)}, and the status still says that work has not begun`,
    soon: false,
  };
}

/** A seat holder whose staff record says that work has not begun. */
export type Awaited = NotBegun & Pick<Match, 'member' | 'staff'>;

/** The seat holders whose staff records say that work has not begun, or leave it open. */
export function awaited(matched: readonly Match[], today: string): readonly Awaited[] {
  return matched.flatMap(({ member, staff }) => {
    const state = notBegun(staff, today);
    return state === null ? [] : [{ member, staff, ...state }];
  });
}
// Guide: G2.2-08 G7.1-02
