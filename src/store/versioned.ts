import type { Selectable, Updateable } from 'kysely';
import type { Tx } from './open.ts';
import type { Database } from './schema.ts';

/** A client's tables whose rows are edited by people, each edit on the version that was shown to them. */
export type VersionedTable =
  | 'alerts'
  | 'changes'
  | 'charter_drafts'
  | 'comparisons'
  | 'connector_requests'
  | 'exceptions'
  | 'leaver_projects'
  | 'policy_drafts'
  | 'incidents'
  | 'sinks'
  | 'staff_reports'
  | 'text_openings';

/** Changes a row that is still at this version, and counts the version up; null where it is not. */
export type ChangeVersioned<T extends VersionedTable> = (
  tx: Tx,
  clientId: string,
  id: string,
  version: number,
  values: Omit<Updateable<Database[T]>, 'version' | 'client_id' | 'id'>,
) => Promise<Selectable<Database[T]> | null>;

export function versioned<T extends VersionedTable>(table: T): ChangeVersioned<T> {
  return async (tx, clientId, id, version, values) => {
    // What the tables have in common builds the statement; the compiler cannot know which of them it is.
    const row = await tx
      .updateTable<VersionedTable>(table)
      .set({ ...values, version: version + 1 } as never)
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst();
    return (row as Selectable<Database[T]> | undefined) ?? null;
  };
}
