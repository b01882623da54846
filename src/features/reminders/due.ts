import { permissionsOf } from '#domain/access/permissions.ts';
import type { WorkItem } from '#domain/work/items.ts';
import { findPerson, type Person } from '#store/access/people.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { namesAllowed } from '../shared/message-names.ts';
import { allClients } from '../shared/visible-clients.ts';
import { type ClientWork, isMine, KIND_NEEDS, type Viewer, visibleItems, workAt } from '../work/index.ts';

/** Work for one person at one client. */
export interface DueClient {
  readonly client: ClientWork['client'];
  readonly today: string;
  /** All work that the person may see, most urgent first. */
  readonly items: readonly WorkItem[];
  /** Whether a message may name what is due, or only give numbers. */
  readonly named: boolean;
}

/** A user with their current grants; null: they can no longer sign in. */
export async function viewerNow(tx: Tx, userId: string): Promise<Viewer | null> {
  const person = await findPerson(tx, userId);
  return person === null || person.row.disabled_at !== null ? null : viewerFrom(person);
}

function viewerFrom({ row, grants }: Person): Viewer {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    can: (permission, client) => permissionsOf(grants, client).has(permission),
  };
}

/**
 * What is due at the clients that someone may see, limited to what they may see of each. The sandbox client is
 * omitted: its work is invented.
 */
export async function dueFor(
  services: Services,
  viewer: Viewer,
  { ownOnly }: { readonly ownOnly: boolean },
): Promise<readonly DueClient[]> {
  const needs = new Set(Object.values(KIND_NEEDS));
  const ids = (await allClients(services)).filter((id) => [...needs].some((need) => viewer.can(need, id)));
  const works = (await workAt(services, ids)).filter(({ client }) => !client.sandbox);
  const named = await services.store.read('system', (tx) =>
    namesAllowed(
      tx,
      works.map(({ client }) => client.id),
    ),
  );
  return works.map((work) => ({
    client: work.client,
    today: work.today,
    items: visibleItems(work, viewer.can).filter((item) => !ownOnly || isMine(item, work.client.id, viewer)),
    named: named.has(work.client.id),
  }));
}

/** What is due at all clients, for anyone: for the channel of the workspace, where nothing is named. */
export async function dueEverywhere(services: Services): Promise<readonly DueClient[]> {
  const works = await workAt(services, await allClients(services));
  return works
    .filter(({ client }) => !client.sandbox)
    .map(({ client, today, items }) => ({ client, today, items, named: false }));
}

/** What is due at one client, for anyone: for its channel. */
export async function dueAt(services: Services, clientId: string): Promise<DueClient | null> {
  const [work] = await workAt(services, [clientId]);
  if (work === undefined || work.client.sandbox) return null;
  const named = await services.store.read([clientId], (tx) => namesAllowed(tx, [clientId]));
  return { client: work.client, today: work.today, items: work.items, named: named.has(clientId) };
}
