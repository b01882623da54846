import type { Insertable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import type { HeldReading, HeldReport, Holdings } from './holdings.ts';

/** What one run removes for one client. */
export interface Removal {
  readonly readings: readonly HeldReading[];
  /** Files of imports without remaining readings, whose reports are deleted, too. */
  readonly emptied: readonly { readonly id: string; readonly importId: string }[];
  /** Evidence that nothing refers to anymore. */
  readonly files: Holdings['evidence'];
  readonly reports: readonly HeldReport[];
}

export interface Removed {
  readonly at: Date;
  /** Day of the removal, in the client's zone. */
  readonly on: string;
  /** Number of the audit record that reports it. */
  readonly record: number;
}

/** Maximum ids per statement, since PostgreSQL allows 65,535 parameters. */
const MAX_IDS_PER_STATEMENT = 1_000;

/**
 * Removes a client's readings, files and reports from the facts in the caller's transaction, and records each removal.
 * The many rows of readings only stop being facts here; they are deleted later in short transactions, as for any import
 * that is over. Blobs on disk are not touched.
 */
export async function removeHeld(
  tx: Tx,
  clientId: string,
  removal: Removal,
  removed: Removed,
): Promise<void> {
  for (const some of parts(linesOf(clientId, removal, removed)))
    await tx
      .insertInto('removals')
      .values(some)
      .onConflict((there) =>
        there.columns(['client_id', 'what', 'id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          bytes: eb.ref('excluded.bytes'),
          of_day: eb.ref('excluded.of_day'),
          removed_at: eb.ref('excluded.removed_at'),
          removed_on: eb.ref('excluded.removed_on'),
          record: eb.ref('excluded.record'),
        })),
      )
      .execute();
  for (const ids of parts(removal.readings.filter(({ importId }) => importId !== null).map(({ id }) => id)))
    await tx
      .updateTable('observations')
      .set({ stored_at: null, stored_by: null })
      .where('client_id', '=', clientId)
      .where('id', 'in', ids)
      .execute();
  for (const ids of parts(removal.readings.filter(({ importId }) => importId === null).map(({ id }) => id)))
    await tx.deleteFrom('observations').where('client_id', '=', clientId).where('id', 'in', ids).execute();
  for (const ids of parts(removal.files.map(({ sha256 }) => sha256)))
    await tx.deleteFrom('evidence').where('client_id', '=', clientId).where('sha256', 'in', ids).execute();
  for (const ids of parts(removal.reports.map(({ id }) => id)))
    await tx.deleteFrom('reports').where('client_id', '=', clientId).where('id', 'in', ids).execute();
  await forgetPreviews(tx, clientId, removal.emptied);
}

/** Deletes reports and previews of imports without remaining readings, because they quote rows. */
async function forgetPreviews(tx: Tx, clientId: string, emptied: Removal['emptied']): Promise<void> {
  for (const ids of parts(emptied.map(({ id }) => id)))
    await tx
      .updateTable('import_files')
      .set({ reports: null })
      .where('client_id', '=', clientId)
      .where('id', 'in', ids)
      .execute();
  for (const ids of parts([...new Set(emptied.map(({ importId }) => importId))]))
    await tx
      .updateTable('imports')
      .set({ preview: null, unusable: null })
      .where('client_id', '=', clientId)
      .where('id', 'in', ids)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('observations as o')
              .select('o.id')
              .whereRef('o.client_id', '=', 'imports.client_id')
              .whereRef('o.import_id', '=', 'imports.id')
              .where('o.stored_at', 'is not', null),
          ),
        ),
      )
      .execute();
}

function linesOf(clientId: string, { readings, files, reports }: Removal, { at, on, record }: Removed) {
  const common = { client_id: clientId, removed_at: at, removed_on: on, record };
  return [
    ...readings.map((one) => ({
      ...common,
      what: 'reading' as const,
      id: one.id,
      kind: one.kind,
      name: one.file,
      sha256: one.sha256,
      bytes: one.bytes,
      of_day: one.observedOn,
      rows: one.rows,
      import_id: one.importId,
      stored_at: one.storedAt,
      stored_by: one.storedBy,
    })),
    ...files.map((one) => ({
      ...common,
      what: 'file' as const,
      id: one.sha256,
      name: one.name,
      sha256: one.sha256,
      bytes: one.bytes,
      of_day: one.addedAt.toISOString().slice(0, 10),
    })),
    ...reports.map((one) => ({
      ...common,
      what: 'report' as const,
      id: one.id,
      name: one.title,
      sha256: one.sha256,
      bytes: one.bytes,
      of_day: one.asOf,
    })),
  ] satisfies Insertable<Database['removals']>[];
}

function* parts<T>(list: readonly T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += MAX_IDS_PER_STATEMENT)
    yield list.slice(at, at + MAX_IDS_PER_STATEMENT);
}
