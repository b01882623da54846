import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ProposalRow = Selectable<Database['detection_proposals']>;

/** Changes of a client's detections that wait for a second person. */
export async function detectionProposals(tx: Tx, clientId: string): Promise<ProposalRow[]> {
  return tx
    .selectFrom('detection_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('detection')
    .execute();
}

export async function findProposal(
  tx: Tx,
  clientId: string,
  detection: string,
): Promise<ProposalRow | undefined> {
  return tx
    .selectFrom('detection_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('detection', '=', detection)
    .executeTakeFirst();
}

/** Stores a proposal, replacing any earlier one for the detection. */
export async function putProposal(tx: Tx, row: Insertable<Database['detection_proposals']>): Promise<void> {
  const { client_id: _client, detection: _detection, ...values } = row;
  await tx
    .insertInto('detection_proposals')
    .values(row)
    .onConflict((there) => there.columns(['client_id', 'detection']).doUpdateSet(values))
    .execute();
}

/** Removes this proposal of a detection; false if it is gone or was replaced. */
export async function removeProposal(
  tx: Tx,
  { client_id, detection, id }: Pick<ProposalRow, 'client_id' | 'detection' | 'id'>,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('detection_proposals')
    .where('client_id', '=', client_id)
    .where('detection', '=', detection)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
