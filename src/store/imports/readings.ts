import type { ExpressionBuilder } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** A reading stored by an import. */
export interface StoredReading {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly observedOn: string;
  readonly importId: string | null;
  readonly storedAt: Date;
  /** Name of who stored it, if the import still exists. */
  readonly storedBy: string | null;
  /** null: not set aside. */
  readonly aside: { readonly at: Date; readonly by: string | null; readonly reason: string } | null;
}

/** Condition for readings that are not set aside, that is, those that may count. */
export function notAside({ or, eb }: ExpressionBuilder<Database, 'observations'>) {
  return or([
    eb('observations.set_aside_at', 'is', null),
    eb('observations.put_back_at', '>=', eb.ref('observations.set_aside_at')),
  ]);
}

function stored(tx: Tx, clientId: string) {
  return tx
    .selectFrom('observations')
    .leftJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'observations.client_id').onRef('i.id', '=', 'observations.import_id'),
    )
    .selectAll('observations')
    .select('i.finished_by_name as by_name')
    .where('observations.client_id', '=', clientId)
    .where('observations.stored_at', 'is not', null)
    .where('observations.provenance', '=', 'import');
}

type Row = Awaited<ReturnType<ReturnType<typeof stored>['executeTakeFirstOrThrow']>>;

function shown(row: Row): StoredReading {
  const { set_aside_at: at, put_back_at: back } = row;
  const aside = at !== null && (back === null || back < at);
  return {
    id: row.id,
    kind: row.kind,
    file: row.file,
    sha256: row.sha256,
    rows: row.row_count,
    observedOn: row.observed_on,
    importId: row.import_id,
    storedAt: row.stored_at ?? new Date(0),
    storedBy: row.by_name,
    aside: aside ? { at, by: row.set_aside_by_name, reason: row.set_aside_reason ?? '' } : null,
  };
}

/** Readings that imports stored for a client, newest day first. */
export async function storedReadings(tx: Tx, clientId: string): Promise<StoredReading[]> {
  const rows = await stored(tx, clientId)
    .orderBy('observations.observed_on', 'desc')
    .orderBy('observations.stored_at', 'desc')
    .orderBy('observations.id')
    .execute();
  return rows.map(shown);
}

/** Returns null if the client has no such reading from an import. */
export async function findReading(tx: Tx, clientId: string, id: string): Promise<StoredReading | null> {
  const row = await stored(tx, clientId).where('observations.id', '=', id).executeTakeFirst();
  return row === undefined ? null : shown(row);
}

export async function setReadingAside(
  tx: Tx,
  clientId: string,
  id: string,
  { by, at, reason }: { by: { readonly id: string; readonly name: string }; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('observations')
    .set({
      set_aside_at: at,
      set_aside_by: by.id,
      set_aside_by_name: by.name,
      set_aside_reason: reason,
      put_back_at: null,
      put_back_by_name: null,
    })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}

export async function putReadingBack(
  tx: Tx,
  clientId: string,
  id: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('observations')
    .set({ put_back_at: at, put_back_by_name: by })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}
