import type { Profile } from '#domain/model/profile.ts';
import type { HandlerContext } from '../context.ts';
import { readProfile } from '../shared/profile.ts';

/** What is set about the client itself. */
export function clientProfile({ client, read }: HandlerContext): Promise<Profile> {
  return read((tx) => readProfile(tx, client.id));
}
