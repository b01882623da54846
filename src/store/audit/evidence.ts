import type { Tx } from '../open.ts';
import { removedOf } from '../retention/removed.ts';

/** A client's evidence without content, ordered by hash. */
export async function evidenceOf(tx: Tx, client: string) {
  const rows = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name', 'media_type', 'bytes', 'how', 'added_at'])
    .where('client_id', '=', client)
    .orderBy('sha256')
    .execute();
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** Files that retention removed from a client's evidence and that were not added again, ordered by hash. */
export async function removedEvidenceOf(tx: Tx, client: string) {
  const there = new Set((await evidenceOf(tx, client)).map(({ sha256 }) => sha256));
  return (await removedOf(tx, client, 'file'))
    .filter(({ sha256 }) => !there.has(sha256))
    .map((file) => ({
      sha256: file.sha256,
      name: file.name,
      bytes: file.bytes,
      addedOn: file.ofDay,
      removed: { on: file.on, record: file.record },
    }));
}
