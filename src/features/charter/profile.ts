import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

/** What is set about the client itself. */
export async function clientProfile({ client, read }: HandlerContext): Promise<Profile> {
  const row = await read((tx) =>
    tx.selectFrom('clients').select('profile').where('id', '=', client.id).executeTakeFirst(),
  );
  if (row === undefined) throw notFound();
  return profileSchema.parse(row.profile);
}
