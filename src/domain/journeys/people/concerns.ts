import { addDays } from '../../model/day.ts';
import type { JourneyKind } from '../../model/person-journey.ts';
import type { CheckContext } from '../../model/rule.ts';
import { staffOn, staffStated } from '../../people/staff.ts';
import { count, dayWords } from '../../text/words.ts';
import type { Person } from './person.ts';
import { isOwner, joinMethod, seatGone } from './seats.ts';

/** Something about a journey that a person has to decide or know. */
export interface Concern {
  readonly code: 'only_owner' | 'primary_owner' | 'returned' | 'still_listed' | 'listed_again' | 'two_places';
  readonly words: string;
}

/** What is unusual about a leaver. */
export function concernsOf(context: CheckContext, person: Person, kind: JourneyKind, day: string): Concern[] {
  if (kind === 'joining') return [];
  return [
    ...ownerConcerns(context, person),
    ...rosterConcerns(context, person, day),
    ...seatConcerns(context, person, day),
  ];
}

function ownerConcerns(context: CheckContext, person: Person): Concern[] {
  const owned = person.accounts.filter(isOwner);
  const members = context.read('members', 30);
  if (owned.length === 0 || !members.ok) return [];
  const gone = new Set(context.people().leavers.map(({ member }) => member));
  const others = members.rows.filter(
    (row) => isOwner(row) && row.status === 'active' && !person.accounts.includes(row) && !gone.has(row),
  );
  const primary = owned.some(({ role }) => role === 'primary_owner');
  return [
    ...(others.length === 0
      ? [
          {
            code: 'only_owner' as const,
            words: 'The only Owner who works here. Name another before the last day.',
          },
        ]
      : []),
    ...(primary
      ? [
          {
            code: 'primary_owner' as const,
            words: 'Primary Owner. Only they can hand that over, and only while they can sign in.',
          },
        ]
      : []),
  ];
}

function rosterConcerns(context: CheckContext, { staff }: Person, day: string): Concern[] {
  const roster = context.read('roster', 30);
  if (!roster.ok || roster.observedOn <= day || day >= context.today) return [];
  const works = staffOn(roster.rows, context.today);
  const here = staff.filter((row) => works(row) === true);
  if (here.length === 0) return [];
  const on = dayWords(roster.observedOn);
  return here.some(({ startsOn }) => startsOn !== null && startsOn > day)
    ? [
        {
          code: 'returned',
          words: `Works here again according to the roster of ${on}. End the offboarding, or correct the roster.`,
        },
      ]
    : [
        {
          code: 'still_listed',
          words: `Still listed as staff in the roster of ${on}. Correct the roster, or end the offboarding.`,
        },
      ];
}

function seatConcerns(context: CheckContext, person: Person, day: string): Concern[] {
  const seat = seatGone({ context, person, day });
  return [
    ...(seat.code === 'listed_again' ? [{ code: 'listed_again' as const, words: seat.words }] : []),
    ...(joinMethod({ context }) === 'jit'
      ? [
          {
            code: 'two_places' as const,
            words:
              'People join just in time at sign-in, so the seat and the account in Entra both have to be closed.',
          },
        ]
      : []),
  ];
}

/** The roster may be the wrong file: it lists no one, or at most half as many people as an earlier one. */
export interface RosterDoubt {
  readonly on: string;
  readonly now: number;
  readonly before: number;
  readonly beforeOn: string;
  readonly words: string;
}

/** With fewer people, half of them may plausibly leave at once. */
export const MIN_STAFF = 4;

/** Days back over which rosters are compared. */
const COMPARED_DAYS = 90;

/**
 * Whether the newest roster lost half of the staff; null: no, or there is nothing to compare. Compares with the largest
 * earlier roster, so that a second wrong file does not make the first look right.
 */
export function rosterDoubt(context: CheckContext): RosterDoubt | null {
  const history = context.history('roster').filter(({ complete }) => complete);
  const newest = history.at(-1);
  if (newest === undefined) return null;
  const earlier = history.filter(({ observedOn }) => observedOn < newest.observedOn);
  const since = addDays(newest.observedOn, -COMPARED_DAYS);
  const [most] = earlier
    .filter((one) => one === earlier.at(-1) || one.observedOn >= since)
    .map(({ rows, observedOn }) => ({ observedOn, people: staffStated(rows, observedOn) }))
    .toSorted((a, b) => b.people - a.people || (a.observedOn < b.observedOn ? 1 : -1));
  if (most === undefined) return null;
  const now = staffStated(newest.rows, newest.observedOn);
  const before = most.people;
  if (before < MIN_STAFF || now * 2 > before) return null;
  return {
    on: newest.observedOn,
    now,
    before,
    beforeOn: most.observedOn,
    words: `The roster of ${dayWords(newest.observedOn)} lists ${count(now, 'person', 'people')} who work here; that of ${dayWords(most.observedOn)} listed ${before}.`,
  };
}
// Guide: G6.6-03 G7.1-02
