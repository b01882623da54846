import type { Tx } from '../open.ts';

export interface ClientName {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export async function findClientBySlug(tx: Tx, slug: string): Promise<ClientName | null> {
  const row = await tx
    .selectFrom('clients')
    .select(['id', 'slug', 'name'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row ?? null;
}

/** Names of clients by id. Removed clients are absent. */
export async function clientNames(tx: Tx): Promise<ReadonlyMap<string, ClientName>> {
  const rows = await tx.selectFrom('clients').select(['id', 'slug', 'name']).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function workspaceName(tx: Tx): Promise<string | null> {
  const row = await tx.selectFrom('workspace').select('name').executeTakeFirst();
  return row?.name ?? null;
}
