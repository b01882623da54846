import {
  CLIENT_PERMISSIONS,
  type Grant,
  isFullOwner,
  mayGrant,
  mayManage,
  type Permission,
  permissionsOf,
  type Role,
} from '#domain/access/permissions.ts';
import { type ClientName, findClientBySlug } from '#store/access/clients.ts';
import { activeGrants, findPerson, type Person } from '#store/access/people.ts';
import type { Tx } from '#store/open.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';

export interface GrantInput {
  readonly effect: 'allow' | 'deny';
  readonly role: Role | null;
  readonly permission: Permission | null;
}

/** Converts form values to a grant at one place. */
export function grantOf({ effect, role, permission }: GrantInput, client: string | null): Grant {
  if (effect === 'allow') {
    if (role === null) throw unprocessable('Name the role to give.');
    if (permission !== null)
      throw unprocessable('A single permission can only be denied; to grant access, name a role.');
    return { client, effect, role, permission: null };
  }
  if (role !== null)
    throw unprocessable('A role cannot be denied. Deny one permission, or name none to deny everything.');
  if (client !== null && permission !== null && !CLIENT_PERMISSIONS.some((one) => one === permission))
    throw unprocessable(`“${permission}” belongs to the workspace. Deny it for all clients instead.`);
  return { client, effect, role: null, permission };
}

/** The client with this short name, if the caller may see it; null: none is named. */
export async function clientNamed(
  tx: Tx,
  own: readonly Grant[],
  slug: string | null,
): Promise<ClientName | null> {
  if (slug === null) return null;
  const client = await findClientBySlug(tx, slug);
  if (client === null || permissionsOf(own, client.id).size === 0) throw notFound();
  return client;
}

export async function personNamed(tx: Tx, id: string): Promise<Person> {
  const person = await findPerson(tx, id);
  if (person === null) throw notFound();
  return person;
}

/** Nobody grants, or lifts, what they do not have. */
export function refuseBeyondOwn(own: readonly Grant[], grant: Grant): void {
  if (mayGrant(own, grant)) return;
  throw forbidden(
    'You can grant, deny and remove only what you have yourself there. Ask an Owner who has all of it.',
  );
}

/** Nobody changes their own access, or that of someone with more permissions. */
export function refuseUnmanageable(
  own: readonly Grant[],
  actorId: string,
  person: Person,
  where: 'everywhere' | { readonly client: string },
): void {
  if (person.row.id === actorId)
    throw forbidden('You cannot change your own access. Ask someone else who can.');
  if (!mayManage(own, person.grants, where))
    throw forbidden(`${person.row.name} may do more than you, so you cannot change what they may do.`);
}

/** Call after a change that revokes something: somebody who can undo everything must remain. */
export async function keepAnOwner(tx: Tx, name: string): Promise<void> {
  const active = await activeGrants(tx);
  if ([...active.values()].some(isFullOwner)) return;
  throw unprocessable(
    `${name} is the last active Owner without denials. Make someone else an Owner for all clients first.`,
  );
}
