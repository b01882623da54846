import { addDays } from '#domain/model/day.ts';
import type { JourneyKind } from '#domain/model/person-journey.ts';
import type { PersonRow } from '../people/index.ts';
import type { JourneysNow } from './current-state.ts';

/** A person whom the readings show to leave or to join. */
export interface Candidate {
  readonly kind: JourneyKind;
  /** The person's address, which identifies them in offboardings and onboardings. */
  readonly key: string;
  readonly name: string;
  readonly from: 'roster' | 'entra_users';
  /** Last or first day of work. For Entra, and for a roster without a day, the day of the reading. */
  readonly day: string;
  /** false: the day is not in the reading. */
  readonly dayKnown: boolean;
  /** Day of the newest reading that shows it. */
  readonly seenOn: string;
  /** The row of the comparison; null if only Entra shows the person. */
  readonly row: PersonRow | null;
}

/** Days around the first day of work in which a person without a seat is shown as joining. */
const NEW_DAYS = 60;

/**
 * Everyone who leaves or joins according to the roster and the Entra users, each once, whether it was started or not.
 */
export function candidatesOf(
  kind: JourneyKind,
  { today, readOn, entra }: Pick<JourneysNow, 'today' | 'readOn' | 'entra'>,
  people: readonly PersonRow[],
): readonly Candidate[] {
  const roster = people.flatMap((row): Candidate[] => {
    const key = row.key ?? row.roster[0]?.addresses[0] ?? null;
    if (key === null || !isNew(row, kind, today)) return [];
    const day = dayOf(row, kind);
    const seenOn = readOn.roster ?? today;
    return [
      { kind, key, name: row.name, from: 'roster', day: day ?? seenOn, dayKnown: day !== null, seenOn, row },
    ];
  });
  const known = new Set(
    people.flatMap(({ key, roster: rows }) => [key, ...rows.flatMap((one) => one.addresses)]),
  );
  // For people on the roster, only the roster determines who joins.
  const others = entra[kind].filter(({ key }) => kind === 'leaving' || !known.has(key));
  return [
    ...roster,
    ...others.map(
      ({ key, name, day, on }): Candidate => ({
        kind,
        key,
        name,
        from: 'entra_users',
        day,
        dayKnown: true,
        seenOn: on,
        row: null,
      }),
    ),
  ];
}

/** Last or first day of work in the roster; null if it has none. */
function dayOf(row: PersonRow, kind: JourneyKind): string | null {
  const days = row.roster.flatMap(({ endsOn, startsOn }) => (kind === 'leaving' ? endsOn : startsOn) ?? []);
  return days.sort().at(-1) ?? null;
}

function isNew({ place, roster }: PersonRow, kind: JourneyKind, today: string): boolean {
  if (kind === 'leaving') return place === 'has_left';
  return (
    place === 'no_seat' &&
    roster.some(
      ({ startsOn }) =>
        startsOn !== null && startsOn >= addDays(today, -NEW_DAYS) && startsOn <= addDays(today, NEW_DAYS),
    )
  );
}
// Guide: G6.6-00 G7.3-01
