import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PolicyPageRow = Selectable<Database['policy_pages']>;
export type PolicyLinkRow = Selectable<Database['policy_links']>;

/** The open page of a client that is for everyone. */
export async function openPage(tx: Tx, clientId: string): Promise<PolicyPageRow | undefined> {
  return tx
    .selectFrom('policy_pages')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('address', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

/** Closes every page of a client, or the one that is for everyone; gives how many were open. */
export async function closePages(tx: Tx, clientId: string, all: boolean, now: Date): Promise<number> {
  let closing = tx
    .updateTable('policy_pages')
    .set({ revoked_at: now })
    .where('client_id', '=', clientId)
    .where('revoked_at', 'is', null);
  if (!all) closing = closing.where('address', 'is', null);
  const { numUpdatedRows } = await closing.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends every link of one person, to sign the policy or to their own page; gives how many there were. */
export async function endLinks(tx: Tx, clientId: string): Promise<number> {
  let ended = 0;
  for (const table of ['policy_links', 'staff_links'] as const) {
    const { numDeletedRows } = await tx
      .deleteFrom(table)
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    ended += Number(numDeletedRows);
  }
  return ended;
}

/**
 * Adds a page. Earlier ones of the same person end, unless it is put beside them; those of approved connectors stay,
 * since their mail asks people to keep the link.
 */
export async function insertPage(
  tx: Tx,
  row: Insertable<Database['policy_pages']>,
  { beside = false }: { readonly beside?: boolean } = {},
): Promise<void> {
  if (!beside && row.address !== null && row.address !== undefined)
    await tx
      .updateTable('policy_pages')
      .set({ revoked_at: row.made_at })
      .where('client_id', '=', row.client_id)
      .where('address', '=', row.address)
      .where('revoked_at', 'is', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('connector_mails as m')
              .select('m.id')
              .whereRef('m.client_id', '=', 'policy_pages.client_id')
              .whereRef('m.id', '=', 'policy_pages.id'),
          ),
        ),
      )
      .execute();
  await tx.insertInto('policy_pages').values(row).execute();
}
