import type { Tx } from '../open.ts';

/** Something that retention removed, and the record that reports it. */
export interface RemovedThing {
  readonly id: string;
  readonly kind: string | null;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Day of the reading or report, or when the file was added. */
  readonly ofDay: string;
  readonly rows: number | null;
  readonly importId: string | null;
  readonly storedAt: Date | null;
  readonly storedBy: string | null;
  readonly on: string;
  readonly record: number;
}

/** Removed items of a client of one kind, or the one with `id`. */
export async function removedOf(
  tx: Tx,
  clientId: string,
  what: 'reading' | 'file' | 'report',
  id?: string,
): Promise<readonly RemovedThing[]> {
  const rows = await tx
    .selectFrom('removals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('what', '=', what)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    sha256: row.sha256,
    bytes: Number(row.bytes),
    ofDay: row.of_day,
    rows: row.rows,
    importId: row.import_id,
    storedAt: row.stored_at,
    storedBy: row.stored_by,
    on: row.removed_on,
    record: Number(row.record),
  }));
}
