import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';

/** A client's profile. Throws NOT_FOUND if the client was removed in the meantime. */
export async function readProfile(tx: Tx, clientId: string): Promise<Profile> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  if (row === undefined) throw notFound();
  return profileSchema.parse(row.profile);
}
