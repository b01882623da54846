import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** An attestation with the name of the file that proves it, where it has one. */
export type AttestationRow = Selectable<Database['attestations']> & { readonly evidence_name: string | null };

function rows(tx: Tx, clientId: string) {
  return tx
    .selectFrom('attestations')
    .leftJoin('evidence', (join) =>
      join
        .onRef('evidence.client_id', '=', 'attestations.client_id')
        .onRef('evidence.sha256', '=', 'attestations.evidence_sha'),
    )
    .selectAll('attestations')
    .select('evidence.name as evidence_name')
    .where('attestations.client_id', '=', clientId);
}

/** Every attestation of a client, what was seen last first; withdrawn ones too. */
export async function allAttestations(tx: Tx, clientId: string): Promise<AttestationRow[]> {
  return rows(tx, clientId)
    .orderBy('attestations.seen', 'desc')
    .orderBy('attestations.created_at', 'desc')
    .orderBy('attestations.id')
    .execute();
}

export async function findAttestation(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<AttestationRow | undefined> {
  return rows(tx, clientId).where('attestations.id', '=', id).executeTakeFirst();
}

export async function insertAttestation(
  tx: Tx,
  row: Omit<Insertable<Database['attestations']>, `withdrawn_${string}`>,
): Promise<void> {
  await tx.insertInto('attestations').values(row).execute();
}

/** Whether a client holds a file of this content. */
export async function hasEvidence(tx: Tx, clientId: string, sha256: string): Promise<boolean> {
  const found = await tx
    .selectFrom('evidence')
    .select('sha256')
    .where('client_id', '=', clientId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes an attestation back; false where that was done meanwhile. */
export async function withdrawAttestation(
  tx: Tx,
  clientId: string,
  id: string,
  by: { readonly id: string; readonly name: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('attestations')
    .set({
      withdrawn_by: by.id,
      withdrawn_by_name: by.name,
      withdrawn_at: by.at,
      withdrawn_reason: by.reason,
    })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}
