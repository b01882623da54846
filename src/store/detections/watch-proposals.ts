import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type WatchProposal = Selectable<Database['watch_proposals']>;

/** Context to which the secret of a pending change is sealed. */
export const pendingSecretPlace = (clientId: string, id: string) =>
  `clients/${clientId}/watch_proposals/${id}`;

/** Change of a setting that waits for a second person; undefined: none. */
export async function findWatchProposal(
  tx: Tx,
  clientId: string,
  setting: WatchProposal['setting'],
): Promise<WatchProposal | undefined> {
  return tx
    .selectFrom('watch_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('setting', '=', setting)
    .executeTakeFirst();
}

/** A pending change of any setting, by id; undefined: no longer pending. */
export async function watchProposalBy(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<WatchProposal | undefined> {
  return tx
    .selectFrom('watch_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Stores a proposal, replacing any earlier one for the setting. */
export async function putWatchProposal(tx: Tx, row: Insertable<Database['watch_proposals']>): Promise<void> {
  const { client_id: _client, setting: _setting, ...values } = { secret_sealed: null, ...row };
  await tx
    .insertInto('watch_proposals')
    .values({ ...row, ...values })
    .onConflict((there) => there.columns(['client_id', 'setting']).doUpdateSet(values))
    .execute();
}

/** Removes this proposal of a setting; false if it is gone or was replaced. */
export async function removeWatchProposal(
  tx: Tx,
  { client_id, setting, id }: Pick<WatchProposal, 'client_id' | 'setting' | 'id'>,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('watch_proposals')
    .where('client_id', '=', client_id)
    .where('setting', '=', setting)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
