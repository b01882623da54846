import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** What a client changed of the rules; null: nothing. */
export async function findTuning(
  tx: Tx,
  clientId: string,
): Promise<Selectable<Database['dlp_tunings']> | null> {
  const row = await tx
    .selectFrom('dlp_tunings')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores it over what was there at `version` (0: nothing). false: someone else was quicker. */
export async function putTuning(
  tx: Tx,
  row: Omit<Insertable<Database['dlp_tunings']>, 'version'>,
  version: number,
): Promise<boolean> {
  const next = { ...row, version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('dlp_tunings')
          .values(next)
          .onConflict((there) => there.column('client_id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('dlp_tunings')
          .set(next)
          .where('client_id', '=', row.client_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}
