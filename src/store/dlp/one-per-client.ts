import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** Tables of at most one row per client, which each change of it numbers on. */
type Table = 'dlp_tunings' | 'icap_services' | 'inference_hooks' | 'member_list_indexes';

/** Reads and writes of such a table. */
export interface OnePerClient<Name extends Table> {
  /** The row of a client; null: it has none. */
  find(tx: Tx, clientId: string): Promise<Selectable<Database[Name]> | null>;
  /** Stores a row over what was there at `version` (0: nothing). false: someone else was quicker. */
  put(tx: Tx, row: Omit<Insertable<Database[Name]>, 'version'>, version: number): Promise<boolean>;
  /** Removes the row at this version. false: someone else was quicker. */
  remove(tx: Tx, clientId: string, version: number): Promise<boolean>;
}

export function onePerClient<Name extends Table>(name: Name): OnePerClient<Name> {
  // The queries name the columns that all of these tables have: one stands for all to the compiler.
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
