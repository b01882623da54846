import { type Selectable, sql, type Updateable } from 'kysely';
import { type Grant, PERMISSIONS, ROLES } from '#domain/access/permissions.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { removeChallengesOf } from './challenges.ts';

export type UserRow = Selectable<Database['users']>;

/** Context to which a person's TOTP secret is sealed. */
export function totpSecretPlace(userId: string): string {
  return `users/${userId}/totp`;
}

/** Email addresses are compared case-insensitively and stored as typed. */
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

/**
 * Same, with a row lock for a sign-in: whatever revokes access to the account waits for this transaction, or has
 * already committed.
 */
export async function lockUser(tx: Tx, id: string): Promise<UserRow | null> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
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
  /** Password hash; null: signs in through a provider only. */
  readonly password: string | null;
  readonly now: Date;
  /** What verifies the account; omitted: not verified yet. */
  readonly proven?: VerifiedHow | undefined;
  /** Who saw the link with which the account is created, if anyone did. */
  readonly handedBy?: string | undefined;
}

/** What verified the account: a mail to its address, an identity provider, the server's own terminal, or an Owner. */
export type VerifiedHow = 'mail' | 'provider' | 'machine' | 'owner';

/** Used for a person at the server's own terminal in place of an account that handed over the link. */
export const TERMINAL = 'terminal';

export async function insertUser(
  tx: Tx,
  { id, email, name, password, now, proven, handedBy }: NewUser,
): Promise<void> {
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
      proven_at: proven === undefined ? null : now,
      proven_how: proven ?? null,
      handed_by: handedBy ?? null,
    })
    .execute();
}

type UserChange = Omit<Updateable<Database['users']>, 'id' | 'version'>;

/** Updates a person's row and increments its version. */
export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<void> {
  await tx
    .updateTable('users')
    .set(change)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Records what verified the account. Verification by mail or provider ends what others may hold of it. */
export async function markVerified(
  tx: Tx,
  id: string,
  how: VerifiedHow,
  { now, by = null }: { readonly now: Date; readonly by?: string | null },
): Promise<void> {
  await updateUser(tx, id, {
    proven_at: now,
    proven_how: how,
    vouched_by: by,
    ...(how === 'owner' ? {} : { handed_by: null }),
  });
}

/** Someone was shown a link that opens this account, so it is unverified until it is verified again. */
export async function markHanded(tx: Tx, id: string, by: string): Promise<void> {
  await updateUser(tx, id, { proven_at: null, proven_how: null, vouched_by: null, handed_by: by });
}

/** Whether the account's own address was verified, by mail or a provider. */
export function isAddressVerified({ proven_at, proven_how }: UserRow): boolean {
  return proven_at !== null && (proven_how === 'mail' || proven_how === 'provider');
}

/** Whether someone else was shown a link to this account and may still hold access to it. */
export function wasHeldByAnother({ proven_at, handed_by }: UserRow): boolean {
  return proven_at === null || handed_by !== null;
}

/**
 * Removes all credentials of an account: password, second factor, passkeys, link to a provider, sessions (except one),
 * tokens and reset links.
 */
export async function dropCredentials(
  tx: Tx,
  id: string,
  { now, keepSession = null }: { readonly now: Date; readonly keepSession?: string | null },
): Promise<void> {
  await updateUser(tx, id, {
    password: null,
    totp_sealed: null,
    totp_since: null,
    totp_step: null,
    recovery_codes: '[]',
    oidc_issuer: null,
    oidc_subject: null,
  });
  // Sessions first: this waits for transactions in which one of them is adding credentials.
  await tx
    .deleteFrom('sessions')
    .where('user_id', '=', id)
    .$if(keepSession !== null, (query) => query.where('id', '!=', keepSession ?? ''))
    .execute();
  await tx.deleteFrom('passkeys').where('user_id', '=', id).execute();
  await revokeTokensOf(tx, id, now);
  await removeChallengesOf(tx, id);
}

/** Revokes every token of a person, and returns how many. */
export async function revokeTokensOf(tx: Tx, id: string, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('user_id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Records the time step of a used code. Returns false if this step or a later one was used before: the code must be
 * rejected.
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

/**
 * Consumes a recovery code: `left` replaces the hashes that were read. Returns false if they have changed meanwhile,
 * for example because the same code was used concurrently.
 */
export async function useRecoveryCode(
  tx: Tx,
  { id, recovery_codes: before }: Pick<UserRow, 'id' | 'recovery_codes'>,
  left: readonly string[],
): Promise<boolean> {
  const row = await tx
    .updateTable('users')
    .set({ recovery_codes: JSON.stringify(left) })
    .where('id', '=', id)
    .where(sql<boolean>`recovery_codes = ${JSON.stringify(before)}::jsonb`)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Grants of one person. */
export async function grantsOf(tx: Tx, userId: string): Promise<Grant[]> {
  const rows = await tx
    .selectFrom('grants')
    .select(['client_id', 'effect', 'role', 'permission'])
    .where('user_id', '=', userId)
    .execute();
  return rows.map(grantFrom);
}

/**
 * Converts a stored grant. An unknown role or permission grants nothing, and a denial of an unknown permission denies
 * everything: what cannot be interpreted must not give access.
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
