import { randomUUID } from 'node:crypto';
import { insertAttestation } from '#store/attestations/attestations.ts';
import { decideClaim, insertClaim, waitingClaims } from '#store/claims/claims.ts';
import { countingDocument, insertDocument } from '#store/imports/documents.ts';
import type { Tx } from '#store/open.ts';
import { putDraft } from '../charter/index.ts';
import type { Recorder } from '../context.ts';
import type { ImportContext } from './context.ts';
import type { Plan } from './plan.ts';

/** Submits the documents of an import to those who may decide on them; none takes effect by this. */
export async function claimDocuments(
  tx: Tx,
  recorder: Pick<Recorder, 'record'>,
  { client, actor, now }: ImportContext,
  importId: string,
  { charter, journal, statements }: Plan,
): Promise<void> {
  const by = { id: actor.userId, name: actor.name };
  if (charter !== null)
    await putDraft(tx, recorder, {
      clientId: client.id,
      value: charter.value,
      title: `Charter file ${charter.file}`.slice(0, 200),
      reason: 'It came with an import. What is in force stays until a second person approves it.',
      origin: 'import',
      by,
      now,
      replace: true,
    });
  const claimed = {
    client_id: client.id,
    import_id: importId,
    claimed_by: actor.userId,
    claimed_by_name: actor.name,
    claimed_at: now,
  };
  if (journal !== null) {
    const id = randomUUID();
    for (const earlier of await waitingClaims(tx, client.id))
      if (earlier.kind === 'journal')
        await decideClaim(tx, client.id, earlier.id, {
          state: 'replaced',
          by,
          at: now,
          reason: `${journal.file} came after it.`.slice(0, 500),
          became: null,
        });
    await insertClaim(tx, {
      ...claimed,
      id,
      kind: 'journal',
      control_id: null,
      value: JSON.stringify(journal.value),
      lines: JSON.stringify(journal.lines),
      left_out: journal.leftOut?.length ? JSON.stringify(journal.leftOut) : null,
      file: journal.file,
      sha256: journal.sha256,
      evidence_sha: null,
      typed_by: null,
    });
  }
  for (const { attestation, evidence } of statements) {
    const { source, row, fileFound: _, ...statement } = attestation;
    await insertClaim(tx, {
      ...claimed,
      id: randomUUID(),
      kind: 'attestation',
      control_id: attestation.control,
      value: JSON.stringify(statement),
      lines: JSON.stringify({ statement: row }),
      file: source,
      sha256: '',
      evidence_sha: evidence,
      typed_by: attestation.by,
    });
  }
}

/** Puts the documents of an import into effect at once: only for those that Bylaw itself wrote. */
export async function storeDocuments(
  tx: Tx,
  { client, actor, now }: ImportContext,
  importId: string,
  { charter, journal, statements }: Plan,
): Promise<void> {
  const common = { clientId: client.id, importId, basis: 'bylaw', at: now, by: actor.userId } as const;
  if (charter !== null)
    await insertDocument(tx, { ...common, ...charter, id: randomUUID(), kind: 'charter' });
  if (journal !== null) {
    // Bylaw extends what is there, so anything somebody left incomplete stays incomplete.
    const before = await countingDocument(tx, client.id, 'journal');
    const leftOut = [...(before?.leftOut ?? []), ...(journal.leftOut ?? [])];
    await insertDocument(tx, { ...common, ...journal, leftOut, id: randomUUID(), kind: 'journal' });
  }
  for (const { attestation, evidence, missing } of statements)
    await insertAttestation(tx, {
      id: randomUUID(),
      client_id: client.id,
      control_id: attestation.control,
      holds: attestation.holds,
      seen: attestation.seen,
      attested_by: attestation.by,
      note: attestation.note ?? null,
      evidence_sha: evidence,
      proof_missing: missing,
      expires: attestation.expires ?? null,
      import_id: importId,
      created_by: actor.userId,
      created_at: now,
    });
}
