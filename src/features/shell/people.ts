import { decisionOf } from '#store/verdicts/current.ts';
import { present } from '../assess/moment.ts';
import type { ClientRef, HandlerContext, Services } from '../context.ts';
import { isIn, type Tab } from '../people/places.ts';

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

interface Kept {
  readonly version: number;
  readonly day: string;
  readonly known: KnownPeople;
}

/** The comparison needs a client's whole facts, which change seldom; every page asks for the number. */
const kept = new WeakMap<Services['store'], Map<string, Kept>>();
const MOST_KEPT = 200;

/** The people of a client by its newest facts; null where the client is gone meanwhile. */
export async function peopleOf(
  { services, now }: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<KnownPeople | null> {
  const cache = kept.get(services.store) ?? new Map<string, Kept>();
  kept.set(services.store, cache);
  const day = present(now, client.timezone).today;
  const { version } = await services.store.read([client.id], (tx) => decisionOf(tx, client.id));
  const before = cache.get(client.id);
  if (before?.version === version && before.day === day) return before.known;
  const run = await services.verdicts.run(client.id, 'people', undefined);
  if (run === null) return null;
  const { rows } = run.result;
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
  if (cache.size >= MOST_KEPT) cache.clear();
  cache.set(client.id, { version: run.facts.version, day, known });
  return known;
}
