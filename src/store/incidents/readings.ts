import type { Tx } from '../open.ts';

/** The newest files of members and of connectors at an instant, one of each kind. */
export async function readingsThen(
  tx: Tx,
  clientId: string,
  at: Date,
): Promise<{ readonly kind: string; readonly sha256: string; readonly file: string }[]> {
  return tx
    .selectFrom('observations')
    .select(['kind', 'sha256', 'file'])
    .distinctOn('kind')
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .where('kind', 'in', ['members', 'connectors'])
    .where('observed_on', '<=', at.toISOString().slice(0, 10))
    .orderBy('kind')
    .orderBy('observed_on', 'desc')
    .execute();
}
