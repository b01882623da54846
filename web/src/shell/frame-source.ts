import { ROLE_WORDS } from '../../../src/domain/access/permissions.ts';
import { count } from '../../../src/domain/text/words.ts';
import { api, client, queries } from '../api.ts';
import type { Permission, Session } from '../session.tsx';
import { dayIn } from '../ui/time.ts';
import type { SearchHit } from './palette.tsx';

type Me = Awaited<ReturnType<typeof client.account.me>>;

type Frame = Awaited<ReturnType<typeof client.shell.frame>>;

export const meQuery = api.account.me.queryOptions({ input: {}, staleTime: 60_000 });

export function frameQuery(slug: string) {
  return api.shell.frame.queryOptions({ input: { client: slug }, refetchInterval: 60_000 });
}

/**
 * The age of a client's data. The time is known if it was read on the day on which it was stored; otherwise only the
 * day, because a file that was stored today need not be from today.
 */
export function asOfText({ asOf }: Frame, zone: string): string | null {
  if (asOf === null) return null;
  return dayIn(zone, new Date(asOf.storedAt)) === asOf.observedOn ? asOf.storedAt : asOf.observedOn;
}

/** "Technician, Kestrel Lane IT"; for someone with roles at single clients, the first role with its client. */
function roleWords(me: Me): string {
  const [everywhere] = me.roles;
  if (everywhere !== undefined) return `${ROLE_WORDS[everywhere].name}, ${me.workspace}`;
  const [first, ...others] = me.clients.filter(({ roles }) => roles.length > 0);
  const role = first?.roles[0];
  if (first === undefined || role === undefined) return me.workspace;
  return `${ROLE_WORDS[role].name}, ${others.length === 0 ? first.name : count(others.length + 1, 'client')}`;
}

export function sessionOf(me: Me): Session {
  const sets = me.permissionSets.map((permissions) => new Set<Permission>(permissions));
  const byClient = new Map(me.clients.map((one) => [one.slug, sets[one.permissionSet]]));
  const ofWorkspace = new Set<Permission>(me.permissions);
  return {
    person: { name: me.name, email: me.email, role: roleWords(me) },
    workspace: me.workspace,
    clients: me.clients,
    may: (permission, where) =>
      (where === null ? ofWorkspace : byClient.get(where))?.has(permission) ?? false,
  };
}

/** Stores a preference for the person's other browsers. A failure has no consequences, so it is ignored. */
export async function keepPreference(change: Partial<Me['preferences']>): Promise<void> {
  const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
  await client.account.update({ version: me.version, preferences: { ...me.preferences, ...change } });
  await queries.invalidateQueries({ queryKey: meQuery.queryKey });
}

/** Searches by id, name, email address or guide section, within the client of the page if there is one. */
export async function findThings(
  query: string,
  slug: string | null,
  signal: AbortSignal,
): Promise<readonly SearchHit[]> {
  const { items } = await client.shell.search(
    { query, ...(slug === null ? {} : { client: slug }) },
    { signal },
  );
  return items.map(({ description, ...hit }) => ({
    ...hit,
    ...(description === null ? {} : { description }),
  }));
}
