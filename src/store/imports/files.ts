import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export interface ImportFile<Report = unknown> {
  readonly id: string;
  readonly importId: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Time of last modification, RFC 3339; null: not reported. */
  readonly modified: string | null;
  readonly wanted: string | null;
  readonly exportedOn: string | null;
  /** Days covered, as stated by a person in the format of `parsePeriod`. */
  readonly period: string | null;
  readonly columns: Record<string, string | null> | null;
  /** uploaded: not read yet, or not since a person last changed what they state about it. */
  readonly state: 'uploaded' | 'read';
  readonly reports: readonly Report[];
  /** Who added it; null: added before this was recorded. */
  readonly addedBy: { readonly id: string; readonly name: string } | null;
}

function fromRow<Report>(row: Selectable<Database['import_files']>): ImportFile<Report> {
  return {
    id: row.id,
    importId: row.import_id,
    name: row.name,
    sha256: row.sha256,
    bytes: Number(row.bytes),
    modified: row.modified,
    wanted: row.wanted,
    exportedOn: row.exported_on,
    period: row.period,
    columns: row.columns,
    state: row.state === 'read' ? 'read' : 'uploaded',
    reports: (row.reports ?? []) as readonly Report[],
    addedBy: row.added_by === null ? null : { id: row.added_by, name: row.added_by_name ?? 'Someone' },
  };
}

/** Files of imports, ordered by name. `Report` is the type of report that the feature stores. */
export async function filesOf<Report>(
  tx: Tx,
  clientId: string,
  importIds: readonly string[],
): Promise<readonly ImportFile<Report>[]> {
  if (importIds.length === 0) return [];
  const rows = await tx
    .selectFrom('import_files')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('import_id', 'in', importIds)
    .execute();
  return rows
    .map((row) => fromRow<Report>(row))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Names and sizes of the files of imports, without reports. */
export async function fileNamesOf(
  tx: Tx,
  clientId: string,
  importIds: readonly string[],
): Promise<
  readonly {
    readonly importId: string;
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[]
> {
  if (importIds.length === 0) return [];
  const rows = await tx
    .selectFrom('import_files')
    .select(['import_id', 'name', 'bytes', 'sha256'])
    .where('client_id', '=', clientId)
    .where('import_id', 'in', importIds)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    importId: row.import_id,
    name: row.name,
    bytes: Number(row.bytes),
    sha256: row.sha256,
  }));
}

export async function findFile<Report>(
  tx: Tx,
  clientId: string,
  importId: string,
  id: string,
): Promise<ImportFile<Report> | null> {
  const row = await tx
    .selectFrom('import_files')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('import_id', '=', importId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? fromRow<Report>(row) : null;
}

/** Number of files in an import, and their total bytes. */
export async function sizeOf(
  tx: Tx,
  clientId: string,
  importId: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const row = await tx
    .selectFrom('import_files')
    .select((eb) => [
      eb.fn.countAll<string>().as('files'),
      eb.fn.coalesce(eb.fn.sum<string>('bytes'), eb.lit(0)).as('bytes'),
    ])
    .where('client_id', '=', clientId)
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  return { files: Number(row.files), bytes: Number(row.bytes) };
}

/** Adds a file, replacing one of the same name and its reports. Returns the SHA-256 of the replaced file. */
export async function putFile(
  tx: Tx,
  file: {
    clientId: string;
    importId: string;
    id: string;
    name: string;
    sha256: string;
    bytes: number;
    modified: string | null;
    by: { readonly id: string; readonly name: string };
    now: Date;
  },
): Promise<{ readonly replaced: string | null }> {
  const replaced = await tx
    .deleteFrom('import_files')
    .where('client_id', '=', file.clientId)
    .where('import_id', '=', file.importId)
    .where('name', '=', file.name)
    .returning('sha256')
    .executeTakeFirst();
  await tx
    .insertInto('import_files')
    .values({
      id: file.id,
      client_id: file.clientId,
      import_id: file.importId,
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      modified: file.modified,
      state: 'uploaded',
      added_by: file.by.id,
      added_by_name: file.by.name,
      created_at: file.now,
    })
    .execute();
  return { replaced: replaced?.sha256 ?? null };
}

export async function removeFile(tx: Tx, clientId: string, importId: string, id: string): Promise<void> {
  await tx
    .deleteFrom('import_files')
    .where('client_id', '=', clientId)
    .where('import_id', '=', importId)
    .where('id', '=', id)
    .execute();
}

export interface FileChange {
  readonly wanted?: string | null;
  readonly exportedOn?: string | null;
  readonly period?: string | null;
  readonly columns?: Readonly<Record<string, string | null>> | null;
  readonly state?: ImportFile['state'];
  readonly reports?: readonly unknown[] | null;
}

/** Updates the stored properties of a file. */
export async function changeFile(
  tx: Tx,
  clientId: string,
  importId: string,
  id: string,
  change: FileChange,
): Promise<void> {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  await tx
    .updateTable('import_files')
    .set({
      ...(change.wanted === undefined ? {} : { wanted: change.wanted }),
      ...(change.exportedOn === undefined ? {} : { exported_on: change.exportedOn }),
      ...(change.period === undefined ? {} : { period: change.period }),
      ...(change.columns === undefined ? {} : { columns: json(change.columns) }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.reports === undefined ? {} : { reports: json(change.reports) }),
    })
    .where('client_id', '=', clientId)
    .where('import_id', '=', importId)
    .where('id', '=', id)
    .execute();
}
