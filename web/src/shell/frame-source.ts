import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../api.ts';
import type { ClientRef, Permission, Session } from '../session.tsx';
import type { CountKey } from './navigation.ts';
import type { SearchHit } from './palette.tsx';

/** Who is signed in and what they may do, as `GET /me` says it. */
interface Me {
  readonly name: string;
  readonly email: string;
  /** "Technician, Kestrel Lane". */
  readonly roleWords: string;
  readonly workspace: string;
  /** Of the workspace. */
  readonly permissions: readonly Permission[];
  readonly clients: readonly {
    readonly client: string;
    readonly name: string;
    readonly domain: string | null;
    readonly timezone: string;
    readonly permissions: readonly Permission[];
  }[];
}

/** What the frame shows of one client, as `GET /clients/{client}/frame` says it. */
interface Frame {
  readonly asOf: string | null;
  readonly counts: Partial<Record<CountKey, { open: number; late: boolean }>>;
}

export const meQuery = queryOptions({
  queryKey: ['frame', 'me'],
  queryFn: ({ signal }) => getJson<Me>('/me', {}, signal),
  staleTime: 60_000,
});

export function frameQuery(client: string) {
  return queryOptions({
    queryKey: ['frame', 'client', client],
    queryFn: ({ signal }) => getJson<Frame>(`/clients/${encodeURIComponent(client)}/frame`, {}, signal),
    refetchInterval: 60_000,
  });
}

export function sessionOf(me: Me): Session {
  const byClient = new Map(me.clients.map((one) => [one.client, new Set(one.permissions)]));
  const ofWorkspace = new Set(me.permissions);
  return {
    person: { name: me.name, email: me.email, role: me.roleWords },
    workspace: me.workspace,
    clients: me.clients.map(
      (one): ClientRef => ({ slug: one.client, name: one.name, domain: one.domain, timezone: one.timezone }),
    ),
    may: (permission, client) =>
      (client === null ? ofWorkspace : byClient.get(client))?.has(permission) ?? false,
  };
}

/** Finds things by id, name, mail address or guide section, within the client of the page where there is one. */
export async function findThings(
  query: string,
  client: string | null,
  signal: AbortSignal,
): Promise<readonly SearchHit[]> {
  const answer = await getJson<{ items: readonly SearchHit[] }>('/search', { query, client }, signal);
  return answer.items;
}
