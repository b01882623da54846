import type { Tx } from '../open.ts';
import { notAside } from './readings.ts';

/** Day of the newest stored reading of each kind. */
export async function newestReadings(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('observations')
    .select((eb) => ['kind', eb.fn.max('observed_on').as('day')])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .where(notAside)
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, day }) => [kind, day]));
}
