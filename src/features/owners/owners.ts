import { z } from 'zod';
import { type ClientPermission, permissionsOf } from '#domain/access/permissions.ts';
import { activeGrants } from '#store/access/people.ts';
import { cached } from '#store/cache.ts';
import type { Tx } from '#store/open.ts';
import type { WorkReminder } from '#store/reminders/work-reminders.ts';
import type { AssignmentRow } from '#store/work/assignments.ts';
import type { HandlerContext, Services } from '../context.ts';
import { badRequest } from '../problems.ts';
import type { assignmentSchema, ownerShown, remindedSchema } from './schemas.ts';

export type AssignmentView = z.infer<typeof assignmentSchema>;

/** Who a piece of work lies with: someone who can sign in (`user` is their id), or a person by name. */
export interface OwnerRow {
  readonly user: string | null;
  readonly name: string;
  readonly mail: string | null;
}

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** People who can sign in and hold a permission for the client, by name. */
export async function peopleWith(
  tx: Tx,
  clientId: string,
  permission: ClientPermission,
): Promise<Candidate[]> {
  const grants = await activeGrants(tx);
  const ids = [...grants]
    .filter(([, held]) => permissionsOf(held, clientId).has(permission))
    .map(([id]) => id);
  if (ids.length === 0) return [];
  return tx
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('id', 'in', ids)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** {@link peopleWith}, outside of a transaction: read once until a grant, a person or something of the client changes. */
export async function peopleNowWith(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  permission: ClientPermission,
): Promise<readonly Candidate[]> {
  const key = `people with ${permission} ${store.mark('people')}`;
  return cached(store, [clientId], { key, weight: 0.1 }, () =>
    store.read('system', (tx) => peopleWith(tx, clientId, permission)),
  );
}

const ADDRESS = z.email();

/**
 * Makes an owner of what a person wrote. An address of someone with access to the client is that person, and so is a
 * bare name that only one of them has: whoever types the name instead of picking it expects the reminders. Anyone else
 * is a person outside, whether or not someone elsewhere in this Bylaw has the address. Throws BAD_REQUEST for what is
 * not an address and for a name that several people with access have.
 */
export async function resolveOwner(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  text: string | null,
): Promise<OwnerRow | null> {
  const written = text?.trim() ?? '';
  if (written === '') return null;
  const { name, mail } = parts(written);
  const people = await store.read('system', (tx) => peopleWith(tx, clientId, 'work.read'));
  const [person, ...others] = people.filter((one) =>
    mail === null
      ? sameText(one.name.replace(/\s+/gu, ' ').trim(), name.replace(/\s+/gu, ' '))
      : sameText(one.email, mail),
  );
  if (person === undefined) return { user: null, name, mail };
  if (others.length > 0)
    throw badRequest(`Several people with access are called ${person.name}. Choose one by email address.`);
  return { user: person.id, name: person.name, mail: person.email };
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function parts(written: string): { readonly name: string; readonly mail: string | null } {
  const match = /^(?<name>[^<>]*)<(?<mail>[^<>]+)>$/u.exec(written);
  const mail = match?.groups?.mail?.trim() ?? (written.includes('@') ? written : null);
  const name = match?.groups?.name?.trim() ?? (mail === null ? written : '');
  if (mail !== null && !ADDRESS.safeParse(mail).success)
    throw badRequest(
      `“${mail}” is not an email address. Write the owner as a name, an address, or Name <address>.`,
    );
  return { name: name === '' ? (mail ?? written) : name, mail };
}

interface OwnedRow {
  readonly owner_user: string | null;
  readonly owner_name: string | null;
  readonly owner_mail: string | null;
}

/** The owner of a stored row as it is shown; `access` are the users who can open the client's work. */
export function shownOwner(row: OwnedRow, access: ReadonlySet<string>): z.infer<typeof ownerShown> {
  if (row.owner_name === null) return null;
  return {
    name: row.owner_name,
    mail: row.owner_mail,
    user: row.owner_user,
    access: row.owner_user === null ? null : access.has(row.owner_user),
  };
}

/** Ids of those who can open work of the client, to say where an owner no longer can. */
export async function usersWithAccess({
  services,
  client,
}: Pick<HandlerContext, 'services' | 'client'>): Promise<ReadonlySet<string>> {
  const people = await peopleNowWith(services, client.id, 'work.read');
  return new Set(people.map(({ id }) => id));
}

/** An assignment as it is shown; without a row nobody set anything. */
export function assignmentView(
  row: AssignmentRow | null | undefined,
  access: ReadonlySet<string>,
): AssignmentView {
  if (row == null) return { owner: null, due: null, version: 0, changed: null };
  return {
    owner: shownOwner(row, access),
    due: row.due_on,
    version: row.version,
    changed: { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

/** The newest reminder of a piece of work as it is shown. */
export function remindedView(row: WorkReminder | undefined): z.infer<typeof remindedSchema> {
  return row === undefined
    ? null
    : { to: row.user_name, by: row.sent_by_name, at: row.sent_at.toISOString() };
}
