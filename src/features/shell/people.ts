import { isIn, type Tab } from '#domain/people/places.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import { readingNow } from '../people/index.ts';

/** One of a client's people, as needed by the search. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  /** All addresses, in lower case. */
  readonly addresses: readonly string[];
  readonly why: string;
  /** The tab of the people page that lists the person. */
  readonly tab: Tab;
}

/** The people of a client by its newest facts; empty if the client was deleted meanwhile. */
export async function peopleOf(
  context: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<readonly KnownPerson[]> {
  const reading = await readingNow(context, client);
  return (reading?.rows ?? []).map((row) => ({
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
  }));
}
