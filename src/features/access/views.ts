import {
  explainPermissions,
  type Grant,
  PERMISSIONS,
  permissionsOf,
  ROLE_WORDS,
} from '#domain/access/permissions.ts';
import { PERMISSION_WORDS } from '#domain/access/words.ts';
import type { ClientName } from '#store/access/clients.ts';
import { type Invitation, latestEnd } from '#store/access/invitations.ts';
import type { GivenGrant, Person } from '#store/access/people.ts';

type Place = { slug: string; name: string } | null;

/** Shown instead of a client that the caller may not know about. */
const HIDDEN = { slug: '', name: 'A client that is not yours to see' };

/** A client's name for someone with the permissions `own`: only if they have any there. */
export function placeFor(own: readonly Grant[], clientId: string | null, place: Place): Place {
  if (clientId === null) return null;
  return permissionsOf(own, clientId).size === 0 ? HIDDEN : (place ?? HIDDEN);
}

export function grantView(own: readonly Grant[], grant: GivenGrant) {
  return {
    id: grant.id,
    client: placeFor(own, grant.client, grant.place),
    effect: grant.effect,
    role: grant.role,
    permission: grant.permission,
    grantedBy: grant.grantedBy,
    at: grant.at.toISOString(),
  };
}

const PROVEN = ['mail', 'provider', 'machine', 'owner', 'earlier'] as const;

export function userView(own: readonly Grant[], self: string, { row, grants, passkeys }: Person) {
  const authenticator = row.totp_sealed !== null;
  const provider = row.oidc_subject !== null;
  const signsInWith = [
    ...(row.password === null ? [] : (['password'] as const)),
    ...(authenticator ? (['authenticator'] as const) : []),
    ...(passkeys === 0 ? [] : (['passkey'] as const)),
    ...(provider ? (['provider'] as const) : []),
  ];
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    grants: grants.map((grant) => grantView(own, grant)),
    secondFactor: authenticator || passkeys > 0 ? true : provider && row.password === null ? null : false,
    signsInWith,
    lastSeen: row.last_seen_at?.toISOString() ?? null,
    disabled: row.disabled_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    self: row.id === self,
    proven: row.proven_at === null ? null : (PROVEN.find((how) => how === row.proven_how) ?? 'earlier'),
  } as const;
}

/** What someone may do at a client, or in the workspace with `null`, each with its reason. */
export function permissionsView(person: Person, client: string | null, own: readonly Grant[]) {
  const disabled = person.row.disabled_at !== null;
  const items = explainPermissions(person.grants, client).map(({ permission, allowed, because }) => ({
    permission,
    words: PERMISSION_WORDS[permission],
    allowed: allowed && !disabled,
    reason: disabled ? `${person.row.name} is disabled and cannot sign in.` : reasonOf(because, own),
  }));
  return { items, total: items.length };
}

function reasonOf(because: GivenGrant | null, own: readonly Grant[]): string {
  if (because === null) return 'No role gives it.';
  const place = placeFor(own, because.client, because.place);
  const where = place === null ? 'for all clients' : `for ${place.name}`;
  const by = because.grantedBy === null ? '' : ` by ${because.grantedBy}`;
  if (because.effect === 'allow') return `As ${roleName(because)} ${where}, given${by}.`;
  return because.permission === null ? `Everything is denied ${where}${by}.` : `Denied ${where}${by}.`;
}

function roleName({ role }: Grant): string {
  return role === null ? 'a role that is not known' : ROLE_WORDS[role].name;
}

/** "Technician for Alder", "not: approve exceptions for all clients". */
export function grantWords(grant: Grant, place: Place): string {
  const where = grant.client === null ? 'for all clients' : `for ${(place ?? HIDDEN).name}`;
  if (grant.effect === 'allow') return `${roleName(grant)} ${where}`;
  return grant.permission === null
    ? `everything denied ${where}`
    : `denied ${where}: ${PERMISSION_WORDS[grant.permission]}`;
}

export function invitationView(
  own: readonly Grant[],
  names: ReadonlyMap<string, ClientName>,
  invitation: Invitation,
  now: Date,
) {
  return {
    id: invitation.id,
    email: invitation.email,
    name: invitation.name,
    state: stateOf(invitation, now),
    grants: invitation.grants.map((grant) => ({
      client: placeFor(own, grant.client, grant.client === null ? null : plain(names.get(grant.client))),
      effect: grant.effect,
      role: grant.role,
      permission: grant.permission,
    })),
    invitedBy: invitation.invitedByName,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}

function plain(client: ClientName | undefined): Place {
  return client === undefined ? null : { slug: client.slug, name: client.name };
}

function stateOf(invitation: Invitation, now: Date): 'open' | 'accepted' | 'expired' | 'revoked' {
  if (invitation.acceptedAt !== null) return 'accepted';
  if (invitation.revokedAt !== null) return 'revoked';
  return invitation.expiresAt <= now || invitation.expiresAt > latestEnd(now) ? 'expired' : 'open';
}

/** A grant in the audit log. */
export function grantRecord(grant: Grant, place: Place) {
  return {
    client: place?.name ?? (grant.client === null ? 'all clients' : grant.client),
    effect: grant.effect,
    ...(grant.effect === 'allow' ? { role: grant.role } : { permission: grant.permission ?? PERMISSIONS }),
  };
}
