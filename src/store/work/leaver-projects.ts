import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type LeaverProjectRow = Selectable<Database['leaver_projects']>;
export type ProjectListRow = Selectable<Database['leaver_project_lists']>;

/** Projects of everyone who is leaving or has left a client, ordered by name. */
export async function leaverProjects(tx: Tx, clientId: string): Promise<LeaverProjectRow[]> {
  return tx
    .selectFrom('leaver_projects')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Records that projects were listed, at most one per leaving. */
export async function projectLists(tx: Tx, clientId: string): Promise<ProjectListRow[]> {
  return tx.selectFrom('leaver_project_lists').selectAll().where('client_id', '=', clientId).execute();
}

/** Records that projects were listed, replacing an earlier record. */
export async function recordProjectList(
  tx: Tx,
  row: Insertable<Database['leaver_project_lists']>,
): Promise<void> {
  const { how, listed_by, listed_by_name, listed_at } = row;
  await tx
    .insertInto('leaver_project_lists')
    .values(row)
    .onConflict((on) =>
      on
        .columns(['client_id', 'person_journey_id'])
        .doUpdateSet({ how, listed_by, listed_by_name, listed_at }),
    )
    .execute();
}

/** Adds a project. One from an earlier list of the vendor gets its new name and keeps its outcome. */
export async function putProject(tx: Tx, row: Insertable<Database['leaver_projects']>): Promise<void> {
  await tx
    .insertInto('leaver_projects')
    .values(row)
    .onConflict((on) =>
      on
        .columns(['client_id', 'person_journey_id', 'vendor_id'])
        .doUpdateSet({ name: row.name, private: row.private ?? null }),
    )
    .execute();
}

/** Updates a project if its version is still the given one; otherwise returns null. */
export const changeProject = versioned('leaver_projects');
