import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ClaimRow = Selectable<Database['claims']>;

/** All claims of a client, pending ones first, each newest first. */
export async function allClaims(tx: Tx, clientId: string): Promise<ClaimRow[]> {
  const rows = await tx
    .selectFrom('claims')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('claimed_at', 'desc')
    .orderBy('control_id')
    .orderBy('id')
    .execute();
  return rows.toSorted((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting'));
}

export async function waitingClaims(tx: Tx, clientId: string): Promise<ClaimRow[]> {
  return (await allClaims(tx, clientId)).filter(({ state }) => state === 'waiting');
}

export async function insertClaim(
  tx: Tx,
  row: Omit<Insertable<Database['claims']>, 'state' | `decided_${string}` | 'became'>,
): Promise<void> {
  await tx
    .insertInto('claims')
    .values({ ...row, state: 'waiting' })
    .execute();
}

/** Decides a pending claim; false: it has been decided already. */
export async function decideClaim(
  tx: Tx,
  clientId: string,
  id: string,
  decision: {
    readonly state: 'confirmed' | 'refused' | 'replaced';
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
    readonly reason: string | null;
    /** Id of the attestation or document that it became; null: none. */
    readonly became: string | null;
  },
): Promise<boolean> {
  const row = await tx
    .updateTable('claims')
    .set({
      state: decision.state,
      decided_by: decision.by.id,
      decided_by_name: decision.by.name,
      decided_at: decision.at,
      decided_reason: decision.reason,
      became: decision.became,
    })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
