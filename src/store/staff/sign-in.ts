import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type StaffSignInRow = Selectable<Database['staff_sign_in']>;

/** Context to which the secret of a client's application is sealed. */
export function staffSignInPlace(clientId: string): string {
  return `staff_sign_in/${clientId}/secret`;
}

/**
 * Application with which a client's staff sign in; undefined: links by mail only. `lock` locks the row until the
 * transaction ends.
 */
export async function staffSignIn(
  tx: Tx,
  clientId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<StaffSignInRow | undefined> {
  const found = tx.selectFrom('staff_sign_in').selectAll().where('client_id', '=', clientId);
  return (lock ? found.forUpdate() : found).executeTakeFirst();
}

/** Replaces the application at `version` (0: none); false: it is at another version. */
export async function putStaffSignIn(tx: Tx, { version, ...row }: StaffSignInRow): Promise<boolean> {
  const values = { ...row, version: version + 1 };
  const stored = await tx
    .insertInto('staff_sign_in')
    .values(values)
    .onConflict((on) =>
      on.column('client_id').doUpdateSet(values).where('staff_sign_in.version', '=', version),
    )
    .executeTakeFirst();
  return Number(stored.numInsertedOrUpdatedRows) === 1;
}

export async function removeStaffSignIn(tx: Tx, clientId: string): Promise<void> {
  await tx.deleteFrom('staff_sign_in').where('client_id', '=', clientId).execute();
}

/**
 * Records that an account signed in with an address. Returns false if the address belongs to another account: it was
 * reassigned to someone else, or one of the two is not theirs. A renamed account gets its new address.
 */
export async function holdAddress(
  tx: Tx,
  row: {
    readonly clientId: string;
    readonly tenantId: string;
    readonly accountId: string;
    readonly address: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { clientId, tenantId, accountId, address, now } = row;
  // Serialized, so that of two accounts with one address the first gets it.
  await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
  const holder = await tx
    .selectFrom('staff_accounts')
    .select(['tenant_id', 'account_id'])
    .where('client_id', '=', clientId)
    .where('address', '=', address)
    .executeTakeFirst();
  if (holder !== undefined && (holder.tenant_id !== tenantId || holder.account_id !== accountId))
    return false;
  await tx
    .insertInto('staff_accounts')
    .values({
      client_id: clientId,
      tenant_id: tenantId,
      account_id: accountId,
      address,
      first_at: now,
      last_at: now,
    })
    .onConflict((on) =>
      on.columns(['client_id', 'tenant_id', 'account_id']).doUpdateSet({ address, last_at: now }),
    )
    .execute();
  return true;
}

/** Removes the association between an address and an account. */
export async function releaseAddress(tx: Tx, clientId: string, address: string): Promise<void> {
  await tx
    .deleteFrom('staff_accounts')
    .where('client_id', '=', clientId)
    .where('address', '=', address)
    .execute();
}
