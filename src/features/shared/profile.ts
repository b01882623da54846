import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';

/** What a client says of itself. Throws NOT_FOUND where it was removed meanwhile. */
export async function readProfile(tx: Tx, clientId: string): Promise<Profile> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  if (row === undefined) throw notFound();
  return profileSchema.parse(row.profile);
}
