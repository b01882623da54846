import { z } from 'zod';
import type { Json } from '../../json-client.ts';
import { changed, type LastStored, lastStoredSchema, stamp } from '../../last-stored.ts';
import type { SourceStream, StreamContext } from '../../source.ts';
import { accountsIn } from '../accounts.ts';
import type { AnthropicClient } from '../client.ts';
import { NONE_OF } from '../files/json-directory.ts';
import { type LinkedOrganization, linkedOrganizations } from '../organizations.ts';
import { byToken, text } from '../pages.ts';

const placeSchema = z.object({ roles: lastStoredSchema, groups: lastStoredSchema, users: lastStoredSchema });
const COMPLIANCE = '/v1/compliance';

/**
 * Linked organizations, custom roles with their permissions, groups with their members, and users. Each list is stored
 * when it changed, and once a day. Users become the members only if the key may not read the members themselves, which
 * include open invitations.
 */
export const directory: SourceStream<AnthropicClient> = {
  id: 'directory',
  title: 'Organizations, users, roles and groups',
  kinds: ['claude_roles', 'claude_groups', 'members'],
  keyKinds: ['access'],
  scopes: ['read:compliance_org_data'],
  everyMinutes: 60,
  ledger: null,
  async *read(context) {
    const { client, place, clock, granted } = context;
    let kept = placeSchema.safeParse(place).data ?? { roles: null, groups: null, users: null };
    const organizations = await linkedOrganizations(client);
    const people = granted.has('read:compliance_user_data');
    const users = people && !granted.has('read:members') ? await usersOf(context, organizations) : [];
    const lists: [keyof typeof kept, readonly Json[]][] = [
      ['roles', await rolesOf(context, organizations)],
      ['groups', await groupsOf(context, people)],
      ['users', users],
    ];
    const now = clock();
    const files: { name: string; bytes: Uint8Array }[] = [];
    for (const [what, data] of lists) {
      const none = data.length === 0;
      // An empty list has to say what it is about, and matters only if an earlier one had entries.
      if (none && (what === 'users' || kept[what] === null)) continue;
      const of = none ? { of: NONE_OF[what] } : {};
      const bytes = Buffer.from(`${JSON.stringify({ data, has_more: false, ...of }, null, 1)}\n`);
      const next: LastStored = changed(kept[what], bytes, now);
      if (next === null) continue;
      kept = { ...kept, [what]: next };
      files.push({ name: `claude-${what}-${stamp(now)}.json`, bytes });
    }
    yield {
      files,
      place: kept,
      tenants: organizations,
      accounts: accountsIn(users),
      ...(people
        ? {}
        : { says: 'Who is in which group is not known: the key lacks read:compliance_user_data.' }),
    };
  },
};

async function rolesOf(
  { client }: StreamContext<AnthropicClient>,
  organizations: readonly LinkedOrganization[],
) {
  const roles: Json[] = [];
  for (const { id: organization } of organizations) {
    const path = `${COMPLIANCE}/organizations/${encodeURIComponent(organization)}/roles`;
    for (const role of await all(client, path)) {
      const id = text(role.id);
      // Without an id, its permissions cannot be requested: it is kept, which makes the list incomplete.
      if (id === null) {
        roles.push({ ...role, organization_uuid: organization });
        continue;
      }
      roles.push({
        ...role,
        organization_uuid: organization,
        permissions: await all(client, `${path}/${encodeURIComponent(id)}/permissions`),
      });
    }
  }
  return roles;
}

/** @param people Whether the key may read members of groups; if not, they remain unknown. */
async function groupsOf({ client }: StreamContext<AnthropicClient>, people: boolean) {
  const groups: Json[] = [];
  for (const group of await all(client, `${COMPLIANCE}/groups`)) {
    const id = text(group.id);
    if (id === null) {
      groups.push(group);
      continue;
    }
    const members = people
      ? await all(client, `${COMPLIANCE}/groups/${encodeURIComponent(id)}/members`)
      : null;
    groups.push({ ...group, members });
  }
  return groups;
}

async function usersOf(
  { client }: StreamContext<AnthropicClient>,
  organizations: readonly LinkedOrganization[],
) {
  const users: Json[] = [];
  for (const { id } of organizations)
    for (const user of await all(client, `${COMPLIANCE}/organizations/${encodeURIComponent(id)}/users`))
      users.push({ ...user, organization_uuid: id });
  return users;
}

async function all(client: AnthropicClient, path: string): Promise<Json[]> {
  const items: Json[] = [];
  for await (const item of byToken(client, path, { limit: 1000 })) items.push(item);
  return items;
}
// Guide: G1.1-09 G5.2-00
