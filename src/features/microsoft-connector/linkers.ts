import { everybody } from '#domain/conditional-access/everyone.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import { CONNECTOR_SERVER, principalOf } from '#domain/rules/microsoft/apps.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';

/**
 * Who of the directory could link the connector. From which Claude account they do it Entra does not see: every plan
 * offers the connector, the free one too, so whoever could link it at all could from a personal account.
 */
export interface Linkers {
  /** Consent for everyone, for single people, or for nobody. */
  readonly consent: 'everyone' | 'people' | 'none';
  /** Whether only people who are assigned get in; null: Entra does not say. */
  readonly assignment: boolean | null;
  /** Enabled accounts that were looked at. */
  readonly of: number;
  readonly people: readonly { readonly name: string; readonly seat: boolean }[];
  /** Of how many it is not known. */
  readonly unknown: number;
}

/** null: applications, grants or users were not read, or the connector is not in Entra. */
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
  const people = everybody(seats, users.rows);
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
