import { queryOptions } from '@tanstack/react-query';
import { api, client, getJson, queries } from '../api.ts';
import type { Permission, Session } from '../session.tsx';
import type { CountKey } from './navigation.ts';
import type { SearchHit } from './palette.tsx';

type Me = Awaited<ReturnType<typeof client.account.me>>;

/** What the frame shows of one client, as `GET /clients/{client}/frame` says it. */
interface Frame {
  readonly asOf: string | null;
  readonly counts: Partial<Record<CountKey, { open: number; late: boolean }>>;
}

export const meQuery = api.account.me.queryOptions({ input: {}, staleTime: 60_000 });

export function frameQuery(slug: string) {
  return queryOptions({
    queryKey: ['frame', 'client', slug],
    queryFn: ({ signal }) => getJson<Frame>(`/clients/${encodeURIComponent(slug)}/frame`, {}, signal),
    refetchInterval: 60_000,
  });
}

const ROLE_WORDS: Record<Me['roles'][number], string> = {
  owner: 'Owner',
  technician: 'Technician',
  client_admin: 'Client admin',
  hr: 'HR',
  auditor: 'Auditor',
  staff: 'Staff',
};

/** "Technician, Kestrel Lane IT"; whoever has roles for single clients only is named by the first of those. */
function roleWords(me: Me): string {
  const role = me.roles[0] ?? me.clients[0]?.roles[0];
  return role === undefined ? me.workspace : `${ROLE_WORDS[role]}, ${me.workspace}`;
}

export function sessionOf(me: Me): Session {
  const byClient = new Map(me.clients.map((one) => [one.slug, new Set<Permission>(one.permissions)]));
  const ofWorkspace = new Set<Permission>(me.permissions);
  return {
    person: { name: me.name, email: me.email, role: roleWords(me) },
    workspace: me.workspace,
    clients: me.clients,
    may: (permission, where) =>
      (where === null ? ofWorkspace : byClient.get(where))?.has(permission) ?? false,
  };
}

/** Keeps a preference for the person's other browsers too. A failure loses nothing here, so nobody is disturbed. */
export async function keepPreference(change: Partial<Me['preferences']>): Promise<void> {
  const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
  await client.account.update({ version: me.version, preferences: { ...me.preferences, ...change } });
  await queries.invalidateQueries({ queryKey: meQuery.queryKey });
}

/** Finds things by id, name, mail address or guide section, within the client of the page where there is one. */
export async function findThings(
  query: string,
  slug: string | null,
  signal: AbortSignal,
): Promise<readonly SearchHit[]> {
  const answer = await getJson<{ items: readonly SearchHit[] }>('/search', { query, client: slug }, signal);
  return answer.items;
}
