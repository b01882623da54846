import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** Context to which a provider's secret is sealed. */
export function providerSecretPlace(id: string): string {
  return `identity_providers/${id}/secret`;
}

export type ProviderRow = Selectable<Database['identity_providers']>;

/** Identity providers by name, including disabled ones. */
export async function listProviders(tx: Tx): Promise<ProviderRow[]> {
  return tx.selectFrom('identity_providers').selectAll().orderBy('name').execute();
}

export async function findProvider(tx: Tx, id: string): Promise<ProviderRow | null> {
  const row = await tx.selectFrom('identity_providers').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export interface NewProvider {
  readonly id: string;
  readonly name: string;
  /** Without a trailing slash, as the provider itself writes it. */
  readonly issuer: string;
  readonly oidcClientId: string;
  readonly secretSealed: string | null;
  readonly now: Date;
}

export async function insertProvider(tx: Tx, provider: NewProvider): Promise<void> {
  await tx
    .insertInto('identity_providers')
    .values({
      id: provider.id,
      name: provider.name,
      issuer: provider.issuer,
      oidc_client_id: provider.oidcClientId,
      secret_sealed: provider.secretSealed,
      enabled: true,
      created_at: provider.now,
    })
    .execute();
}

export interface ProviderChange {
  readonly name?: string;
  readonly oidcClientId?: string;
  /** Omitted: unchanged. */
  readonly secretSealed?: string | null;
  readonly enabled?: boolean;
}

/**
 * Updates a provider that is still at `version`; false: it is not, or is gone. The issuer cannot be changed, because
 * people are linked to it.
 */
export async function updateProvider(
  tx: Tx,
  id: string,
  version: number,
  change: ProviderChange,
): Promise<boolean> {
  const row = await tx
    .updateTable('identity_providers')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.oidcClientId === undefined ? {} : { oidc_client_id: change.oidcClientId }),
      ...(change.secretSealed === undefined ? {} : { secret_sealed: change.secretSealed }),
      ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeProvider(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('identity_providers')
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
