import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PolicyPageRow = Selectable<Database['policy_pages']>;
export type PolicyLinkRow = Selectable<Database['policy_links']>;

/** A client's open page for everyone. */
export async function openPage(tx: Tx, clientId: string): Promise<PolicyPageRow | undefined> {
  return tx
    .selectFrom('policy_pages')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('address', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

/** Closes all pages of a client, or only the one for everyone. Returns how many were open. */
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

/**
 * Deletes all single-person links of a client, to acknowledge the policy or to open one's own page. Returns how many.
 */
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
 * Adds a page. It revokes earlier ones of the same person unless `beside`; those of approved connectors are kept, since
 * their mail asks people to keep the link.
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
