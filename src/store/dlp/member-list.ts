import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** What the key of a client's index is sealed for. */
export const memberListPlace = (clientId: string) => `clients/${clientId}/member_list`;

/** The index of a client's member list; null: there is none. */
export async function findMemberList(
  tx: Tx,
  clientId: string,
): Promise<Selectable<Database['member_list_indexes']> | null> {
  const row = await tx
    .selectFrom('member_list_indexes')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores an index over what was there at `version` (0: nothing). false: someone else was quicker. */
export async function putMemberList(
  tx: Tx,
  row: Omit<Insertable<Database['member_list_indexes']>, 'version'>,
  version: number,
): Promise<boolean> {
  const next = { ...row, version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('member_list_indexes')
          .values(next)
          .onConflict((there) => there.column('client_id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('member_list_indexes')
          .set(next)
          .where('client_id', '=', row.client_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}

/** Removes an index at this version. false: someone else was quicker. */
export async function removeMemberList(tx: Tx, clientId: string, version: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('member_list_indexes')
    .where('client_id', '=', clientId)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(gone.numDeletedRows) > 0;
}
