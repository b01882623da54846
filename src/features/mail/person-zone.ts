import { DateTime } from 'luxon';
import type { Tx } from '#store/open.ts';
import { zoneOf } from '../shared/moment.ts';

/** The zone of the clients that the person has a role for, where all of them lie in one that is not UTC; else null. */
export async function zoneFor(tx: Tx, userId: string): Promise<string | null> {
  const grants = await tx
    .selectFrom('grants')
    .select('client_id')
    .where('user_id', '=', userId)
    .where('effect', '=', 'allow')
    .execute();
  const everywhere = grants.some(({ client_id }) => client_id === null);
  return commonZone(tx, (id) => everywhere || grants.some(({ client_id }) => client_id === id));
}

/** The zone of those clients, where all of them lie in one that is not UTC; else null. */
export async function commonZone(
  tx: Tx,
  among: (id: string) => boolean = () => true,
): Promise<string | null> {
  const clients = await tx
    .selectFrom('clients')
    .select(['id', 'profile'])
    .where('sandbox', '=', false)
    .execute();
  const zones = new Set(clients.filter(({ id }) => among(id)).map(({ profile }) => zoneOf(profile)));
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined && zone !== 'UTC' && DateTime.local({ zone }).isValid
    ? zone
    : null;
}
