import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Grant } from '#domain/access/permissions.ts';
import { grantFrom, type UserRow } from '../identity/users.ts';
import type { Tx } from '../open.ts';

/** A stored grant, with its place and grantor. */
export interface GivenGrant extends Grant {
  readonly id: string;
  readonly userId: string;
  /** null: all clients and the workspace. */
  readonly place: { readonly slug: string; readonly name: string } | null;
  readonly grantedBy: string | null;
  readonly at: Date;
}

export interface Person {
  readonly row: UserRow;
  readonly grants: readonly GivenGrant[];
  readonly passkeys: number;
}

/** Advisory lock for changes of access. The number is arbitrary, but the same in all of this server's processes. */
const ACCESS_LOCK = 6_201_948;

/**
 * Holds the lock until the transaction ends. Rules such as "an Owner remains" concern several rows; without the lock,
 * two owners could each disable the other.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ACCESS_LOCK})`.execute(tx);
}

/** People who can sign in, ordered by name, with all their grants. `ids` limits it to some. */
export async function listPeople(tx: Tx, ids?: readonly string[]): Promise<Person[]> {
  if (ids !== undefined && ids.length === 0) return [];
  const rows = await tx
    .selectFrom('users')
    .selectAll()
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
    .orderBy(sql`lower(name)`)
    .orderBy('email')
    .execute();
  const grants = Map.groupBy(await listGrants(tx, ids), (grant) => grant.userId);
  const passkeys = await tx
    .selectFrom('passkeys')
    .select((eb) => ['user_id', eb.fn.countAll<string>().as('count')])
    .$if(ids !== undefined, (query) => query.where('user_id', 'in', ids ?? []))
    .groupBy('user_id')
    .execute();
  const counts = new Map(passkeys.map(({ user_id, count }) => [user_id, Number(count)]));
  return rows.map((row) => ({ row, grants: grants.get(row.id) ?? [], passkeys: counts.get(row.id) ?? 0 }));
}

export async function findPerson(tx: Tx, id: string): Promise<Person | null> {
  return (await listPeople(tx, [id]))[0] ?? null;
}

async function listGrants(tx: Tx, userIds?: readonly string[]): Promise<GivenGrant[]> {
  const rows = await tx
    .selectFrom('grants')
    .leftJoin('clients', 'clients.id', 'grants.client_id')
    .leftJoin('users', 'users.id', 'grants.granted_by')
    .select([
      'grants.id',
      'grants.user_id',
      'grants.client_id',
      'grants.effect',
      'grants.role',
      'grants.permission',
      'grants.created_at',
      'clients.slug',
      'clients.name',
      'users.name as by',
    ])
    .$if(userIds !== undefined, (query) => query.where('grants.user_id', 'in', userIds ?? []))
    .orderBy('clients.name', (order) => order.asc().nullsFirst())
    .orderBy('grants.created_at')
    .execute();
  return rows.map((row) => ({
    ...grantFrom(row),
    id: row.id,
    userId: row.user_id,
    place: row.slug === null || row.name === null ? null : { slug: row.slug, name: row.name },
    grantedBy: row.by,
    at: row.created_at,
  }));
}

/** Ids of people with any grant for a client or for all clients. */
export async function peopleAt(tx: Tx, clientId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('grants')
    .select('user_id')
    .distinct()
    .where((eb) => eb.or([eb('client_id', '=', clientId), eb('client_id', 'is', null)]))
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/** Grants of everyone who is not disabled, by person. */
export async function activeGrants(tx: Tx): Promise<ReadonlyMap<string, readonly GivenGrant[]>> {
  const active = await tx.selectFrom('users').select('id').where('disabled_at', 'is', null).execute();
  const grants = Map.groupBy(await listGrants(tx), (grant) => grant.userId);
  return new Map(active.map(({ id }) => [id, grants.get(id) ?? []]));
}

export async function insertGrant(
  tx: Tx,
  { userId, grant, by, now }: { userId: string; grant: Grant; by: string; now: Date },
): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('grants')
    .values({
      id,
      user_id: userId,
      client_id: grant.client,
      effect: grant.effect,
      role: grant.role,
      permission: grant.permission,
      granted_by: by,
      created_at: now,
    })
    .execute();
  return id;
}

export async function removeGrant(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('grants').where('id', '=', id).execute();
}

/** Ends all sessions of a person. */
export async function endSessions(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute();
}

export async function removePasskeys(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('user_id', '=', userId).execute();
}
