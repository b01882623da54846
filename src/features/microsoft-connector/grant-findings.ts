import type { CheckContext } from '#domain/model/rule.ts';
import { CONNECTOR_APPS, principalOf } from '#domain/rules/microsoft/apps.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';
import { userKeys } from '#domain/rules/microsoft/directory.ts';

/** A permission that one person gave to the connector, as Microsoft Graph lists it. */
export interface PersonGrant {
  /** The grant's id in Entra, or what it is known by where a file leaves that out. */
  readonly key: string;
  /** Application of the connector that holds it. */
  readonly app: string;
  /** The person's address, or the object id where the users were not read or do not hold it. */
  readonly person: string;
  readonly name: string | null;
  /** Whether the person holds a seat in Claude here; null: the members or the users were not read. */
  readonly seat: boolean | null;
  /** Whether the account is enabled; null: it is not known. */
  readonly enabled: boolean | null;
  readonly scopes: readonly string[];
}

/**
 * Who gave the connector a permission for themselves, those without a seat first: they can have linked it only from a
 * Claude account that is not in this organization. null: applications or grants were not read.
 */
export function personGrantsOf(context: CheckContext): readonly PersonGrant[] | null {
  const principals = context.read('service_principals');
  const grants = context.read('permission_grants');
  if (!principals.ok || !grants.ok) return null;
  const apps = new Map(
    CONNECTOR_APPS.flatMap(({ appId, name }) => {
      const id = principalOf(principals, appId)?.id?.toLowerCase();
      return id === undefined ? [] : [[id, name] as const];
    }),
  );
  const users = context.read('entra_users');
  const { seats } = caInput(context, []);
  const seated = seats === null ? null : new Set(seats.flatMap(({ keys }) => [...keys]));
  const found = grants.rows.flatMap(({ id, clientId, principalId, scopes }): PersonGrant[] => {
    const app = apps.get(clientId.toLowerCase());
    if (app === undefined || principalId === null) return [];
    const wanted = principalId.toLowerCase();
    const user = users.ok ? users.rows.find((row) => row.id?.toLowerCase() === wanted) : undefined;
    return [
      {
        key: id ?? `${clientId} ${principalId}`.toLowerCase(),
        app,
        // Of a guest the sign-in name is one that Entra made up.
        person: (user?.userType === 'Guest' ? user.mail : null) ?? user?.upn ?? user?.mail ?? principalId,
        name: user?.name ?? null,
        // Who is not in the list of users may hold a seat under an address that nobody can know.
        seat:
          seated === null || user === undefined
            ? null
            : [wanted, ...userKeys(user)].some((key) => seated.has(key)),
        enabled: user?.enabled ?? null,
        scopes,
      },
    ];
  });
  const rank = ({ seat }: PersonGrant) => (seat === false ? 0 : seat === null ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || a.person.localeCompare(b.person));
}
// Guide: G7.2-01
