import { DateTime } from 'luxon';
import type { Tx } from '#store/open.ts';
import { zoneOf } from '../shared/moment.ts';

/** The time zone of all clients for which the person has a role, if it is the same one and not UTC; otherwise null. */
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

/** The time zone of these clients, if it is the same one and not UTC; otherwise null. */
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
