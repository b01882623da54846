import { z } from 'zod';
import type { Json } from '../../json-client.ts';
import { changed, lastStoredSchema, stamp } from '../../last-stored.ts';
import type { SourceStream } from '../../source.ts';
import { accountsIn } from '../accounts.ts';
import type { AnthropicClient } from '../client.ts';
import { byId } from '../pages.ts';

const placeSchema = z.object({ members: lastStoredSchema });

/** Members and open invitations, from the Admin API. Stored when something changed, and once a day. */
export const members: SourceStream<AnthropicClient> = {
  id: 'members',
  title: 'Members and invitations',
  kinds: ['members'],
  keyKinds: ['access', 'admin'],
  scopes: ['read:members'],
  everyMinutes: 60,
  ledger: null,
  async *read({ client, place, clock }) {
    const before = placeSchema.safeParse(place).data?.members ?? null;
    const users: Json[] = [];
    for await (const user of byId(client, '/v1/organizations/users', { limit: 1000 })) users.push(user);
    const invites: Json[] = [];
    for await (const invite of byId(client, '/v1/organizations/invites', {
      limit: 1000,
      'statuses[]': ['pending'],
    }))
      invites.push(invite);
    const now = clock();
    const data = [...users.map((one) => ({ type: 'user', ...one })), ...invites];
    const bytes = Buffer.from(`${JSON.stringify({ data, has_more: false }, null, 1)}\n`);
    const kept = changed(before, bytes, now);
    yield {
      files: kept === null ? [] : [{ name: `members-${stamp(now)}.json`, bytes }],
      accounts: accountsIn(users),
      place: { members: kept ?? before },
    };
  },
};
// Guide: G2.2-08
