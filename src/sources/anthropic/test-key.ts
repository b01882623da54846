import { SourceProblem } from '../problem.ts';
import type { AccessTest } from '../source.ts';
import type { AnthropicClient, Query } from './client.ts';
import { FEED } from './feed.ts';
import { linkedOrganizations } from './organizations.ts';
import { text } from './pages.ts';

type Reading = AccessTest['scopes'][number];

const DAY_MS = 86_400_000;

/** Makes one request per scope, because only the vendor's answer shows whether a key has it. */
export async function testKey(client: AnthropicClient, keyKind: string, now: Date): Promise<AccessTest> {
  if (keyKind === 'admin') return testAdminKey(client);
  if (keyKind === 'members') return testMembersKey(client);
  const organizations = await organizationsOf(client);
  const [first] = organizations.list;
  const try_ = (scope: string, path: string, query: Query = {}) => probe(client, scope, path, query);
  const scopes: Reading[] = [
    await try_('read:compliance_activities', FEED, { limit: 1 }),
    { scope: 'read:compliance_org_data', ...organizations.reading },
    first === undefined
      ? await try_('read:compliance_user_data', '/v1/compliance/apps/chats', { limit: 1 })
      : await try_('read:compliance_user_data', `/v1/compliance/organizations/${first.id}/users`, {
          limit: 1,
        }),
    await try_('read:members', '/v1/organizations/users', { limit: 1 }),
    await try_('read:rbac_groups', '/v1/organizations/rbac_groups', { limit: 1 }),
    await try_('read:analytics', '/v1/organizations/analytics/summaries', {
      starting_date: new Date(now.getTime() - 3 * DAY_MS).toISOString().slice(0, 10),
    }),
  ];
  return {
    scopes,
    tenants: organizations.list,
    // Every key of a parent organization that can list its organizations sees the same ones.
    parent: first?.id ?? null,
    recording: await recordingNow(client),
  };
}

async function testAdminKey(client: AnthropicClient): Promise<AccessTest> {
  const me = await client.get('/v1/organizations/me');
  const id = text(me.id);
  return {
    scopes: [
      await probe(client, 'read:members', '/v1/organizations/users', { limit: 1 }),
      await probe(client, 'read:compliance_activities', FEED, { limit: 1 }),
    ],
    tenants: id === null ? [] : [{ id, name: text(me.name) }],
    parent: id,
    recording: await recordingNow(client),
  };
}

/** A key that changes members. Its permission is not tested: nothing is sent without approval. */
async function testMembersKey(client: AnthropicClient): Promise<AccessTest> {
  const reading = await probe(client, 'read:members', '/v1/organizations/users', { limit: 1 });
  return {
    scopes: [
      reading,
      reading.state === 'missing'
        ? { scope: 'write:members', state: 'missing', why: null }
        : {
            scope: 'write:members',
            state: 'unknown',
            why: 'Anthropic does not report a key’s scopes, and nothing is changed to find out. The first approved change will show it.',
          },
    ],
    tenants: [],
    parent: null,
    recording: null,
  };
}

async function organizationsOf(client: AnthropicClient) {
  try {
    return {
      list: await linkedOrganizations(client),
      reading: { state: 'granted', why: null } as const,
    };
  } catch (error) {
    return { list: [], reading: readingOf(error) };
  }
}

async function probe(client: AnthropicClient, scope: string, path: string, query: Query): Promise<Reading> {
  try {
    await client.get(path, query);
    return { scope, state: 'granted', why: null };
  } catch (error) {
    return { scope, ...readingOf(error) };
  }
}

/** A refused key fails the whole test; any other error leaves the scope unknown. */
function readingOf(error: unknown): Pick<Reading, 'state' | 'why'> {
  if (
    !(error instanceof SourceProblem) ||
    error.code === 'credential_refused' ||
    error.code === 'unreachable'
  )
    throw error;
  if (error.code === 'missing_permission') return { state: 'missing', why: null };
  return { state: 'unknown', why: error.message };
}

/** Whether the Compliance API records; null: this key may not ask, or the vendor does not say. */
export async function recordingNow(client: AnthropicClient): Promise<boolean | null> {
  try {
    const { state } = await client.get('/v1/organizations/compliance_settings');
    const type = typeof state === 'object' && state !== null && 'type' in state ? state.type : state;
    return type === 'enabled' ? true : type === 'disabled' ? false : null;
  } catch (error) {
    if (error instanceof SourceProblem && error.code !== 'credential_refused') return null;
    throw error;
  }
}
