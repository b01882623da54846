import type { Profile } from '#domain/model/profile.ts';
import type { HandlerContext } from '../context.ts';
import { readProfile } from '../shared/profile.ts';

/** The client's profile. */
export function clientProfile({ client, read }: HandlerContext): Promise<Profile> {
  return read((tx) => readProfile(tx, client.id));
}
