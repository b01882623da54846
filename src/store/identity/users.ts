import type { Selectable, Updateable } from 'kysely';
import { type Grant, PERMISSIONS, ROLES } from '#domain/access/permissions.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type UserRow = Selectable<Database['users']>;

/** Where the secret of a person's app belongs: what it is sealed for. */
export function totpSecretPlace(userId: string): string {
  return `users/${userId}/totp`;
}

/** Mail addresses are compared without regard to case, and kept as they were written. */
export async function findUserByEmail(tx: Tx, email: string): Promise<UserRow | null> {
  const row = await tx
    .selectFrom('users')
    .selectAll()
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst();
  return row ?? null;
}

export async function findUser(tx: Tx, id: string): Promise<UserRow | null> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function findUserBySubject(tx: Tx, issuer: string, subject: string): Promise<UserRow | null> {
  const row = await tx
    .selectFrom('users')
    .selectAll()
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .executeTakeFirst();
  return row ?? null;
}

export async function anyUser(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Hash text; null for somebody who signs in through a provider only. */
  readonly password: string | null;
  readonly now: Date;
}

export async function insertUser(tx: Tx, { id, email, name, password, now }: NewUser): Promise<void> {
  await tx
    .insertInto('users')
    .values({
      id,
      email: email.trim(),
      name: name.trim(),
      password,
      totp_sealed: null,
      totp_since: null,
      totp_step: null,
      recovery_codes: '[]',
      oidc_issuer: null,
      oidc_subject: null,
      disabled_at: null,
      created_at: now,
      last_seen_at: null,
      preferences: '{}',
    })
    .execute();
}

type UserChange = Omit<Updateable<Database['users']>, 'id' | 'version'>;

/** Changes a person's row and counts its version up. */
export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<void> {
  await tx
    .updateTable('users')
    .set(change)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/**
 * Notes the time step of a code that was used. False where this step or a later one was used before: the code is not
 * to be taken.
 */
export async function useTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const row = await tx
    .updateTable('users')
    .set({ totp_step: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** What the rows of `grants` say for one person. */
export async function grantsOf(tx: Tx, userId: string): Promise<Grant[]> {
  const rows = await tx
    .selectFrom('grants')
    .select(['client_id', 'effect', 'role', 'permission'])
    .where('user_id', '=', userId)
    .execute();
  return rows.map(grantFrom);
}

/**
 * A stored grant. A role or a permission that this version does not know gives nothing, and a denial of an unknown
 * permission denies everything: what cannot be read never opens a door.
 */
export function grantFrom(row: {
  client_id: string | null;
  effect: string;
  role: string | null;
  permission: string | null;
}): Grant {
  return {
    client: row.client_id,
    effect: row.effect === 'allow' ? 'allow' : 'deny',
    role: ROLES.find((role) => role === row.role) ?? null,
    permission: PERMISSIONS.find((permission) => permission === row.permission) ?? null,
  };
}
