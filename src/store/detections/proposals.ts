import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ProposalRow = Selectable<Database['detection_proposals']>;

/** Changes of a client's rules that wait for a second person. */
export async function detectionProposals(tx: Tx, clientId: string): Promise<ProposalRow[]> {
  return tx
    .selectFrom('detection_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('rule')
    .execute();
}

export async function findProposal(tx: Tx, clientId: string, rule: string): Promise<ProposalRow | undefined> {
  return tx
    .selectFrom('detection_proposals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('rule', '=', rule)
    .executeTakeFirst();
}

/** Stores a proposal, replacing any earlier one for the rule. */
export async function putProposal(tx: Tx, row: Insertable<Database['detection_proposals']>): Promise<void> {
  const { client_id: _client, rule: _rule, ...values } = row;
  await tx
    .insertInto('detection_proposals')
    .values(row)
    .onConflict((there) => there.columns(['client_id', 'rule']).doUpdateSet(values))
    .execute();
}

/** Removes this proposal of a rule; false if it is gone or was replaced. */
export async function removeProposal(
  tx: Tx,
  { client_id, rule, id }: Pick<ProposalRow, 'client_id' | 'rule' | 'id'>,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('detection_proposals')
    .where('client_id', '=', client_id)
    .where('rule', '=', rule)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
