import type { Tx } from '../open.ts';

/** A client's evidence without its content, in the order of the addresses. */
export async function evidenceOf(tx: Tx, client: string) {
  const rows = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name', 'media_type', 'bytes', 'how', 'added_at'])
    .where('client_id', '=', client)
    .orderBy('sha256')
    .execute();
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}
