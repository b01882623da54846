import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';

export interface StoredClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly profile: Profile;
  readonly sandbox: boolean;
  readonly hasLogo: boolean;
  readonly version: number;
  readonly createdAt: Date;
}

/** One client with its profile. */
export async function readClient(tx: Tx, id: string): Promise<StoredClient> {
  const row = await tx
    .selectFrom('clients')
    .select(['id', 'slug', 'name', 'profile', 'sandbox', 'version', 'created_at'])
    .select((eb) => eb('logo', 'is not', null).as('has_logo'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    profile: profileSchema.parse(row.profile),
    sandbox: row.sandbox,
    hasLogo: Boolean(row.has_logo),
    version: row.version,
    createdAt: row.created_at,
  };
}
