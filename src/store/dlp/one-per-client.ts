import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** Tables with at most one row per client, whose version is incremented by each change. */
type Table = 'dlp_tunings' | 'icap_services' | 'inference_hooks' | 'member_list_indexes';

/** Queries of such a table. */
export interface OnePerClient<Name extends Table> {
  /** Row of a client; null: none. */
  find(tx: Tx, clientId: string): Promise<Selectable<Database[Name]> | null>;
  /** Replaces the row at `version` (0: none); false: it is at another version. */
  put(tx: Tx, row: Omit<Insertable<Database[Name]>, 'version'>, version: number): Promise<boolean>;
  /** Deletes the row at this version; false: it is at another version. */
  remove(tx: Tx, clientId: string, version: number): Promise<boolean>;
}

export function onePerClient<Name extends Table>(name: Name): OnePerClient<Name> {
  // The queries use only columns that all of these tables have, so one table's type can represent them all.
  const table = name as 'icap_services';
  return {
    find: async (tx, clientId) => {
      const row = await tx.selectFrom(table).selectAll().where('client_id', '=', clientId).executeTakeFirst();
      return (row as Selectable<Database[Name]> | undefined) ?? null;
    },
    put: async (tx, row, version) => {
      const next = { ...(row as Insertable<Database['icap_services']>), version: version + 1 };
      const stored =
        version === 0
          ? await tx
              .insertInto(table)
              .values(next)
              .onConflict((there) => there.column('client_id').doNothing())
              .returning('version')
              .executeTakeFirst()
          : await tx
              .updateTable(table)
              .set(next)
              .where('client_id', '=', next.client_id)
              .where('version', '=', version)
              .returning('version')
              .executeTakeFirst();
      return stored !== undefined;
    },
    remove: async (tx, clientId, version) => {
      const gone = await tx
        .deleteFrom(table)
        .where('client_id', '=', clientId)
        .where('version', '=', version)
        .executeTakeFirst();
      return Number(gone.numDeletedRows) > 0;
    },
  };
}
