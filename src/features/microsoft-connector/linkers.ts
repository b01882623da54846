import { peopleWhoCanSignIn } from '#domain/conditional-access/everyone.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import { CONNECTOR_SERVER, principalOf } from '#domain/rules/microsoft/apps.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';

/**
 * People in the directory who could link the connector. Entra does not show from which Claude account: all plans,
 * including the free one, offer the connector, so anyone who can link it can do so from a personal account.
 */
export interface Linkers {
  /** Whether consent is for everyone, for single people, or for no one. */
  readonly consent: 'everyone' | 'people' | 'none';
  /** Whether only assigned people may sign in; null if Entra does not say. */
  readonly assignment: boolean | null;
  /** Number of enabled accounts examined. */
  readonly of: number;
  readonly people: readonly { readonly name: string; readonly seat: boolean }[];
  /** Number of people for whom it is not known. */
  readonly unknown: number;
}

/** null if applications, grants or users were not read, or the connector is not in Entra. */
export function linkersOf(context: CheckContext): Linkers | null {
  const principals = context.read('service_principals');
  const grants = context.read('permission_grants');
  const users = context.read('entra_users');
  if (!principals.ok || !grants.ok || !users.ok) return null;
  const server = principalOf(principals, CONNECTOR_SERVER.appId);
  const id = server?.id?.toLowerCase();
  if (server === null || id === undefined) return null;
  const own = grants.rows.filter(({ clientId }) => clientId.toLowerCase() === id);
  const everyone = own.some(({ consentType }) => consentType !== 'Principal');
  const consented = new Set(own.flatMap(({ principalId }) => principalId?.toLowerCase() ?? []));
  const { directory, seats } = caInput(context, []);
  const assigned = context.read('app_assignments');
  const rows = assigned.ok ? assigned.rows.filter(({ resourceId }) => resourceId.toLowerCase() === id) : [];
  const principalIds = new Set(rows.flatMap(({ principalId }) => principalId?.toLowerCase() ?? []));
  const groups = [...principalIds].filter((one) => directory.groupRow(one) !== null);
  const people = peopleWhoCanSignIn(seats, users.rows);
  const could: Linkers['people'][number][] = [];
  let unknown = 0;
  for (const person of people) {
    const may = everyone || [...person.keys].some((key) => consented.has(key));
    if (!may || server.enabled === false) continue;
    const named = [...person.keys].some((key) => principalIds.has(key));
    const inside = groups.map((group) => directory.inGroup(person, group));
    if (server.assignmentRequired === false || named || inside.includes('yes'))
      could.push({ name: person.name, seat: person.seat });
    else if (server.assignmentRequired === null || !assigned.ok || inside.includes('unknown')) unknown += 1;
  }
  return {
    consent: everyone ? 'everyone' : consented.size > 0 ? 'people' : 'none',
    assignment: server.assignmentRequired,
    of: people.length,
    people: could,
    unknown,
  };
}
// Guide: G3.2-00
