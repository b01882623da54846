import type { Insertable, Selectable } from 'kysely';
import { filesOfStatement } from '../evidence/evidence.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { domainsSince } from './domains.ts';

/** An evidence file. Name and size are null if it is no longer among the client's evidence. */
export interface ProofFile {
  readonly sha256: string;
  readonly name: string | null;
  readonly bytes: number | null;
}

/** An attestation with its evidence files, the main one first. */
export type AttestationRow = Selectable<Database['attestations']> & { readonly files: readonly ProofFile[] };

function rows(tx: Tx, clientId: string) {
  return tx
    .selectFrom('attestations')
    .selectAll('attestations')
    .where('attestations.client_id', '=', clientId);
}

async function withFiles(
  tx: Tx,
  clientId: string,
  found: readonly Selectable<Database['attestations']>[],
): Promise<AttestationRow[]> {
  const wanted = [...new Set(found.flatMap(filesOfStatement))];
  const known =
    wanted.length === 0
      ? []
      : await tx
          .selectFrom('evidence')
          .select(['sha256', 'name', 'bytes'])
          .where('client_id', '=', clientId)
          .where('sha256', 'in', wanted)
          .execute();
  const bySha = new Map(known.map((row) => [row.sha256, row]));
  return found.map((row) => ({
    ...row,
    files: filesOfStatement(row).map((sha256) => {
      const file = bySha.get(sha256);
      return { sha256, name: file?.name ?? null, bytes: file === undefined ? null : Number(file.bytes) };
    }),
  }));
}

/** All attestations of a client, most recently seen first, including withdrawn ones. */
export async function allAttestations(tx: Tx, clientId: string): Promise<AttestationRow[]> {
  const found = await rows(tx, clientId)
    .orderBy('attestations.seen', 'desc')
    .orderBy('attestations.created_at', 'desc')
    .orderBy('attestations.id')
    .execute();
  return withFiles(tx, clientId, found);
}

export async function findAttestation(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<AttestationRow | undefined> {
  const found = await rows(tx, clientId).where('attestations.id', '=', id).execute();
  return (await withFiles(tx, clientId, found))[0];
}

/** Stores an attestation with the client's domains that it covers. */
export async function insertAttestation(
  tx: Tx,
  row: Omit<Insertable<Database['attestations']>, `withdrawn_${string}` | 'domains'>,
): Promise<void> {
  const domains = await domainsSince(tx, row.client_id, {
    seen: row.seen,
    recorded: new Date(row.created_at),
  });
  await tx
    .insertInto('attestations')
    .values({ ...row, domains: JSON.stringify(domains) })
    .execute();
}

/** Whether a client has an evidence file with this content. */
export async function hasEvidence(tx: Tx, clientId: string, sha256: string): Promise<boolean> {
  const found = await tx
    .selectFrom('evidence')
    .select('sha256')
    .where('client_id', '=', clientId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return found !== undefined;
}

/** Withdraws an attestation; false: it has been withdrawn already. */
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
