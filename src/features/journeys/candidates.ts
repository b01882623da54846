import { addDays } from '#domain/model/day.ts';
import type { JourneyKind } from '#domain/model/person-journey.ts';
import type { PersonRow } from '../people/index.ts';
import type { JourneysNow } from './now.ts';

/** Someone whom the readings show to leave or to join. */
export interface Candidate {
  readonly kind: JourneyKind;
  /** The person as journeys call them: an address. */
  readonly key: string;
  readonly name: string;
  readonly from: 'roster' | 'entra_users';
  /** Last or first day of work; of Entra and of a roster that gives none, the day of the reading that shows it. */
  readonly day: string;
  /** false: the reading gives no day of its own. */
  readonly dayKnown: boolean;
  /** Day of the newest reading that shows it. */
  readonly seenOn: string;
  /** The row of the comparison; null: only Entra shows the person. */
  readonly row: PersonRow | null;
}

/** Days around the first day of work in which someone without a seat is shown as joining. */
const NEW_DAYS = 60;

/** Everyone whom roster and Entra users show to leave or to join, each once, whether it was started or not. */
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
  // Where the roster says who works here, it says who joins, too.
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

/** Last or first day of work by the roster; null: it gives none. */
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
