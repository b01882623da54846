import { type Selectable, sql } from 'kysely';
import { IMPORT_STATES, type ImportState } from '#domain/imports/states.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export interface ImportRow {
  readonly id: string;
  readonly state: ImportState;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: Date;
  readonly finishedByName: string | null;
  readonly finishedAt: Date | null;
  readonly problem: string | null;
  readonly preview: unknown;
  /** `facts_version` on which the preview is based. */
  readonly previewVersion: number | null;
  readonly version: number;
}

function fromRow(row: Omit<Selectable<Database['imports']>, 'unusable'>): ImportRow {
  const state = IMPORT_STATES.find((one) => one === row.state);
  if (state === undefined) throw new Error(`an import is ${row.state}, which is no state`);
  return {
    id: row.id,
    state,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    finishedByName: row.finished_by_name,
    finishedAt: row.finished_at,
    problem: row.problem,
    preview: row.preview,
    previewVersion: row.preview_version === null ? null : Number(row.preview_version),
    version: row.version,
  };
}

export async function insertImport(
  tx: Tx,
  row: { clientId: string; id: string; by: { id: string; name: string }; now: Date },
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      id: row.id,
      client_id: row.clientId,
      state: 'collecting' satisfies ImportState,
      created_by: row.by.id,
      created_by_name: row.by.name,
      created_at: row.now,
    })
    .execute();
}

/** An import of a client. `lock` locks the row until the transaction ends. */
export async function findImport(
  tx: Tx,
  clientId: string,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<ImportRow | null> {
  const query = tx.selectFrom('imports').selectAll().where('client_id', '=', clientId).where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Imports of a client, newest first, without previews. */
export async function listImports(
  tx: Tx,
  clientId: string,
  limit: number,
): Promise<{ readonly rows: readonly ImportRow[]; readonly total: number }> {
  const rows = await tx
    .selectFrom('imports')
    .select([
      'id',
      'client_id',
      'state',
      'created_by',
      'created_by_name',
      'created_at',
      'finished_by',
      'finished_by_name',
      'finished_at',
      'problem',
      'preview_version',
      'version',
      'reader',
      'reader_until',
    ])
    .where('client_id', '=', clientId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const counted = await tx
    .selectFrom('imports')
    .select((eb) => eb.fn.countAll<string>().as('all'))
    .where('client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  return { rows: rows.map((row) => fromRow({ ...row, preview: null })), total: Number(counted.all) };
}

export interface ImportChange {
  readonly state?: ImportState;
  readonly problem?: string | null;
  readonly preview?: unknown;
  readonly previewVersion?: number | null;
  readonly finished?: { readonly id: string; readonly name: string; readonly at: Date } | null;
}

/** Updates an import that is in one of the given states; false: it is not (or no longer). */
export async function changeImport(
  tx: Tx,
  clientId: string,
  id: string,
  from: readonly ImportState[],
  change: ImportChange,
): Promise<boolean> {
  const { finished } = change;
  const done = await tx
    .updateTable('imports')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.problem === undefined ? {} : { problem: change.problem }),
      ...(change.preview === undefined
        ? {}
        : { preview: change.preview === null ? null : JSON.stringify(change.preview) }),
      ...(change.previewVersion === undefined ? {} : { preview_version: change.previewVersion }),
      ...(finished === undefined
        ? {}
        : {
            finished_by: finished?.id ?? null,
            finished_by_name: finished?.name ?? null,
            finished_at: finished?.at ?? null,
          }),
    }))
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Who stored the newest import of a client, and when. */
export async function lastStored(
  tx: Tx,
  clientId: string,
): Promise<{ readonly byName: string | null; readonly at: Date } | null> {
  const row = await tx
    .selectFrom('imports')
    .select(['finished_by_name', 'finished_at'])
    .where('client_id', '=', clientId)
    .where('state', '=', 'stored')
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .executeTakeFirst();
  return row?.finished_at ? { byName: row.finished_by_name, at: row.finished_at } : null;
}

/** Duration of a reader's lease, in seconds. */
export const LEASE_SECONDS = 45;

/** By the database's clock, since clocks of several processes may differ. */
const leaseEnd = () => sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`;

/** Takes the lease to read an import. */
export async function takeLease(tx: Tx, clientId: string, id: string, reader: string): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ reader, reader_until: leaseEnd() })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}

/** Renews a lease; false: the import is no longer being read, or by another process. */
export async function renewLease(tx: Tx, clientId: string, id: string, reader: string): Promise<boolean> {
  const done = await tx
    .updateTable('imports')
    .set({ reader_until: leaseEnd() })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .where('reader', '=', reader)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Whether an import is being read by this process. */
export async function isReadBy(tx: Tx, clientId: string, id: string, reader: string): Promise<boolean> {
  const row = await tx
    .selectFrom('imports')
    .select('id')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .where('reader', '=', reader)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Fails every import whose reader is gone, because its lease has expired or because of `all` (no other process can be
 * reading). Returns the failed imports.
 */
export async function failAbandoned(
  tx: Tx,
  problem: string,
  { all }: { readonly all: boolean },
): Promise<readonly { readonly clientId: string; readonly id: string }[]> {
  const failed = await tx
    .updateTable('imports')
    .set((eb) => ({
      state: 'failed' satisfies ImportState,
      problem,
      reader: null,
      reader_until: null,
      version: eb('version', '+', 1),
    }))
    .where('state', '=', 'reading')
    .$if(!all, (query) =>
      query.where((eb) =>
        eb.or([
          eb('reader_until', 'is', null),
          eb('reader_until', '<', sql<Date>`now()`),
          // No lease lasts this long: it was taken before the clock was set back.
          eb('reader_until', '>', sql<Date>`now() + 2 * make_interval(secs => ${LEASE_SECONDS})`),
        ]),
      ),
    )
    .returning(['client_id', 'id'])
    .execute();
  return failed.map(({ client_id, id }) => ({ clientId: client_id, id }));
}

/** State of an import; null: it does not exist. */
export async function stateOf(tx: Tx, clientId: string, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('imports')
    .select('state')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.state ?? null;
}
