import { isIn, type Tab } from '#domain/people/places.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import { readingNow } from '../people/index.ts';

/** One of a client's people as the search needs them. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  /** Every address, in small letters. */
  readonly addresses: readonly string[];
  readonly why: string;
  /** The list of the people page that holds it. */
  readonly tab: Tab;
}

/** The people of a client by its newest facts; nobody where the client is gone meanwhile. */
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
