import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { latestBelievable } from '../clock.ts';
import type { Tx } from '../open.ts';
import { hashSecret } from './secrets.ts';

export type ChallengeKind =
  | 'first_owner'
  | 'second_factor'
  | 'passkey_sign_in'
  | 'passkey_register'
  | 'totp_enrol'
  | 'oidc'
  | 'staff_oidc'
  | 'reset';

export interface NewChallenge {
  readonly kind: ChallengeKind;
  /** The secret itself. Only its hash is stored. */
  readonly secret: string;
  readonly data: unknown;
  readonly now: Date;
  readonly minutes: number;
}

/** Stores a short-lived secret, and deletes expired ones. */
export async function addChallenge(
  tx: Tx,
  { kind, secret, data, now, minutes }: NewChallenge,
): Promise<void> {
  await tx.deleteFrom('challenges').where('expires_at', '<=', now).execute();
  await tx
    .insertInto('challenges')
    .values({
      id: randomUUID(),
      kind,
      token_hash: hashSecret(secret),
      data: JSON.stringify(data),
      created_at: now,
      expires_at: new Date(now.getTime() + minutes * 60_000),
    })
    .execute();
}

/** Data stored with a valid secret, without using it up; null: no such secret. */
export async function readChallenge(
  tx: Tx,
  kind: ChallengeKind,
  secret: string,
  now: Date,
): Promise<unknown | null> {
  const row = await tx
    .selectFrom('challenges')
    .select('data')
    .where('kind', '=', kind)
    .where('token_hash', '=', hashSecret(secret))
    .where('expires_at', '>', now)
    // Otherwise one created before the clock was set back would stay valid for longer.
    .where('created_at', '<=', latestBelievable(now))
    .executeTakeFirst();
  return row === undefined ? null : row.data;
}

/** Consumes a secret: of several concurrent callers one gets its data, the others null. */
export async function takeChallenge(
  tx: Tx,
  kind: ChallengeKind,
  secret: string,
  now: Date,
): Promise<unknown | null> {
  const row = await tx
    .deleteFrom('challenges')
    .where('kind', '=', kind)
    .where('token_hash', '=', hashSecret(secret))
    .where('expires_at', '>', now)
    // Otherwise one created before the clock was set back would stay valid for longer.
    .where('created_at', '<=', latestBelievable(now))
    .returning('data')
    .executeTakeFirst();
  return row === undefined ? null : row.data;
}

export async function removeChallenges(tx: Tx, kind: ChallengeKind): Promise<void> {
  await tx.deleteFrom('challenges').where('kind', '=', kind).execute();
}

/**
 * Deletes what was stored for a person (`userId` in the data): of the given kinds, by default those that open the
 * account.
 */
export async function removeChallengesOf(
  tx: Tx,
  userId: string,
  kinds: readonly ChallengeKind[] = ['reset', 'totp_enrol', 'second_factor'],
): Promise<void> {
  await tx
    .deleteFrom('challenges')
    .where('kind', 'in', [...kinds])
    .where(sql<boolean>`data ->> 'userId' = ${userId}`)
    .execute();
}
