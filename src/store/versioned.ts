import type { Selectable, Updateable } from 'kysely';
import type { Tx } from './open.ts';
import type { Database } from './schema.ts';

/** Tables of a client whose rows people edit; each edit names the version that was shown. */
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

/** Changes a row if it still has this version, and increments the version; null: it does not. */
export type ChangeVersioned<T extends VersionedTable> = (
  tx: Tx,
  clientId: string,
  id: string,
  version: number,
  values: Omit<Updateable<Database[T]>, 'version' | 'client_id' | 'id'>,
) => Promise<Selectable<Database[T]> | null>;

export function versioned<T extends VersionedTable>(table: T): ChangeVersioned<T> {
  return async (tx, clientId, id, version, values) => {
    // The statement uses only columns that all of these tables have.
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
