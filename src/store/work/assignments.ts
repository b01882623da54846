import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type AssignmentRow = Selectable<Database['task_assignments']>;

/** Tasks of a client's journey with an owner or a due date. */
export async function assignmentsOf(tx: Tx, clientId: string, journey: string): Promise<AssignmentRow[]> {
  return tx
    .selectFrom('task_assignments')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('journey', '=', journey)
    .orderBy('task')
    .execute();
}

export async function findAssignment(
  tx: Tx,
  clientId: string,
  journey: string,
  task: string,
): Promise<AssignmentRow | null> {
  const row = await tx
    .selectFrom('task_assignments')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('journey', '=', journey)
    .where('task', '=', task)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores owner and due date of a task over `version` (0: none); null: it is at another version. */
export async function putAssignment(
  tx: Tx,
  row: Omit<AssignmentRow, 'version'>,
  version: number,
): Promise<AssignmentRow | null> {
  const stored = await tx
    .insertInto('task_assignments')
    .values({ ...row, version: version + 1 })
    .onConflict((there) =>
      there
        .columns(['client_id', 'journey', 'task'])
        .doUpdateSet({ ...row, version: version + 1 })
        .where('task_assignments.version', '=', version),
    )
    .returningAll()
    .executeTakeFirst();
  return stored ?? null;
}

/** Assigns tasks that have no assignment yet; existing ones are unchanged. */
export async function addAssignments(
  tx: Tx,
  rows: readonly Omit<AssignmentRow, 'version'>[],
): Promise<readonly Pick<AssignmentRow, 'task' | 'owner_user'>[]> {
  if (rows.length === 0) return [];
  return tx
    .insertInto('task_assignments')
    .values(rows.map((row) => ({ ...row, version: 1 })))
    .onConflict((there) => there.columns(['client_id', 'journey', 'task']).doNothing())
    .returning(['task', 'owner_user'])
    .execute();
}
