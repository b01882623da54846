import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type BaselineRow = Selectable<Database['baselines']>;
export type BaselineVersionRow = Selectable<Database['baseline_versions']>;

/** All baselines, ordered by name. */
export async function allBaselines(tx: Tx): Promise<BaselineRow[]> {
  return tx.selectFrom('baselines').selectAll().orderBy('name').orderBy('id').execute();
}

export async function findBaseline(tx: Tx, id: string): Promise<BaselineRow | undefined> {
  return tx.selectFrom('baselines').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Names of baselines by id, each with the shipped baseline that it was copied from. */
export async function baselineNames(
  tx: Tx,
): Promise<ReadonlyMap<string, { readonly shipped: string | null; readonly name: string }>> {
  const rows = await tx.selectFrom('baselines').select(['id', 'name', 'shipped_id']).execute();
  return new Map(rows.map(({ id, name, shipped_id }) => [id, { name, shipped: shipped_id }]));
}

/** The text of a version; undefined: no such version. */
export async function versionOf(
  tx: Tx,
  baselineId: string,
  version: number,
): Promise<BaselineVersionRow | undefined> {
  return tx
    .selectFrom('baseline_versions')
    .selectAll()
    .where('baseline_id', '=', baselineId)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** All versions of a baseline, newest first. */
export async function versionsOf(tx: Tx, baselineId: string): Promise<BaselineVersionRow[]> {
  return tx
    .selectFrom('baseline_versions')
    .selectAll()
    .where('baseline_id', '=', baselineId)
    .orderBy('version', 'desc')
    .execute();
}

/** Authors of a baseline's versions. Version 1 of a copy of a shipped baseline has none. */
export async function writersOf(
  tx: Tx,
  { id, shipped_id }: Pick<BaselineRow, 'id' | 'shipped_id'>,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const versions = await versionsOf(tx, id);
  const written = versions.filter(({ version }) => shipped_id === null || version > 1);
  return written.map(({ made_by, made_by_name }) => ({ id: made_by, name: made_by_name }));
}

/** Newest text of every baseline, by id. */
export async function newestTexts(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('baselines as b')
    .innerJoin('baseline_versions as v', (join) =>
      join.onRef('v.baseline_id', '=', 'b.id').onRef('v.version', '=', 'b.version'),
    )
    .select(['b.id', 'v.body'])
    .execute();
  return new Map(rows.map(({ id, body }) => [id, body]));
}

export async function insertBaseline(
  tx: Tx,
  row: Insertable<Database['baselines']>,
  version: Insertable<Database['baseline_versions']>,
): Promise<void> {
  await tx.insertInto('baselines').values(row).execute();
  await tx.insertInto('baseline_versions').values(version).execute();
}

interface ChangedBaseline {
  readonly name: string;
  readonly body: string;
  readonly note: string | null;
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  /** Hash of the shipped baseline that it was compared with; omitted: unchanged. */
  readonly shippedHash?: string;
}

/** Adds the next version if the baseline is still at the given one; false: it is not. */
export async function addVersion(
  tx: Tx,
  id: string,
  version: number,
  { name, body, note, at, by, byName, shippedHash }: ChangedBaseline,
): Promise<boolean> {
  const changed = await tx
    .updateTable('baselines')
    .set({
      name,
      version: version + 1,
      changed_at: at,
      changed_by: by,
      changed_by_name: byName,
      ...(shippedHash === undefined ? {} : { shipped_hash: shippedHash }),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return false;
  await tx
    .insertInto('baseline_versions')
    .values({
      baseline_id: id,
      version: version + 1,
      body,
      note,
      made_at: at,
      made_by: by,
      made_by_name: byName,
    })
    .execute();
  return true;
}

/** Retires a baseline, or puts it back into use. */
export async function retireBaseline(
  tx: Tx,
  id: string,
  retired: { readonly at: Date; readonly reason: string } | null,
): Promise<void> {
  await tx
    .updateTable('baselines')
    .set({ retired_at: retired?.at ?? null, retired_reason: retired?.reason ?? null })
    .where('id', '=', id)
    .execute();
}
