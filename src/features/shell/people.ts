import type { ClientRef, HandlerContext } from '../context.ts';
import { isIn, type Tab } from '../people/places.ts';
import type { PeopleReading } from '../people/reading.ts';
import { readingNow } from '../people/reading-now.ts';

/** A client's people as menu and search need them. */
export interface KnownPeople {
  /** Rows of the list that the people page opens with. */
  readonly differences: number;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    /** Every address, in small letters. */
    readonly addresses: readonly string[];
    readonly why: string;
    /** The list of the people page that holds it. */
    readonly tab: Tab;
  }[];
}

/** What was made of comparisons that are remembered. */
const made = new WeakMap<PeopleReading, KnownPeople>();

/** The people of a client by its newest facts; null where the client is gone meanwhile. */
export async function peopleOf(
  context: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<KnownPeople | null> {
  const reading = await readingNow(context, client);
  if (reading === null) return null;
  const before = made.get(reading);
  if (before !== undefined) return before;
  const { rows } = reading;
  const known: KnownPeople = {
    differences: rows.filter((row) => isIn('differences', row)).length,
    people: rows.map((row) => ({
      id: row.id,
      name: row.name,
      addresses: [
        ...new Set(
          [row.account?.address ?? '', ...row.roster.flatMap(({ addresses }) => addresses)]
            .map((address) => address.toLowerCase())
            .filter((address) => address !== ''),
        ),
      ],
      why: row.why,
      tab: isIn('everyone', row) ? 'everyone' : 'personal_accounts',
    })),
  };
  made.set(reading, known);
  return known;
}
