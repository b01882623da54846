import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type LeaverProjectRow = Selectable<Database['leaver_projects']>;
export type ProjectListRow = Selectable<Database['leaver_project_lists']>;

/** The projects of everyone of a client who leaves or left, in order of name. */
export async function leaverProjects(tx: Tx, clientId: string): Promise<LeaverProjectRow[]> {
  return tx
    .selectFrom('leaver_projects')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Lists that were made, one for each leaving at most. */
export async function projectLists(tx: Tx, clientId: string): Promise<ProjectListRow[]> {
  return tx.selectFrom('leaver_project_lists').selectAll().where('client_id', '=', clientId).execute();
}

/** Notes that the list was made; a later one takes its place. */
export async function noteProjectList(
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

/** Adds a project; one that the vendor's list brought before takes its new name and keeps what became of it. */
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

/** Changes a project that is still at this version; null where it is not. */
export const changeProject = versioned('leaver_projects');
