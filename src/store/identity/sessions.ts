import { randomUUID } from 'node:crypto';
import { latestCreation } from '../clock.ts';
import type { Tx } from '../open.ts';
import { hashSecret } from './secrets.ts';

const HOUR = 3_600_000;
/** Idle timeout of a session, in milliseconds. */
export const SESSION_IDLE = 12 * HOUR;
/** Maximum lifetime of a session, in milliseconds. */
export const SESSION_MAX = 14 * 24 * HOUR;
/** Minimum interval between writes of the last use, in milliseconds. */
export const LAST_USE_INTERVAL_MS = 60_000;

/** Authentication method. */
export type SignInMethod = 'password' | 'password+totp' | 'password+recovery' | 'passkey' | 'oidc';

export interface NewSession {
  readonly userId: string;
  readonly secret: string;
  readonly method: SignInMethod;
  readonly ip: string;
  readonly userAgent: string;
  readonly now: Date;
}

/** Opens a session, and deletes this person's expired ones. */
export async function insertSession(tx: Tx, session: NewSession): Promise<string> {
  const { userId, secret, method, ip, userAgent, now } = session;
  const id = randomUUID();
  await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where((eb) =>
      eb.or([eb('expires_at', '<=', now), eb('last_seen_at', '<=', new Date(now.getTime() - SESSION_IDLE))]),
    )
    .execute();
  await tx
    .insertInto('sessions')
    .values({
      id,
      user_id: userId,
      token_hash: hashSecret(secret),
      method,
      ip,
      user_agent: userAgent.slice(0, 400),
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + SESSION_MAX),
      proved_at: now,
    })
    .execute();
  await tx.updateTable('users').set({ last_seen_at: now }).where('id', '=', userId).execute();
  return id;
}

/** A person's valid sessions, most recently used first. */
export async function listSessions(tx: Tx, userId: string, now: Date) {
  return tx
    .selectFrom('sessions')
    .select(['id', 'method', 'ip', 'user_agent', 'created_at', 'last_seen_at', 'expires_at', 'proved_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', new Date(now.getTime() - SESSION_IDLE))
    .where('created_at', '<=', latestCreation(now))
    .orderBy('last_seen_at', 'desc')
    .execute();
}

export async function findSession(tx: Tx, userId: string, id: string) {
  const row = await tx
    .selectFrom('sessions')
    .select(['id', 'method', 'created_at', 'proved_at'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function markProved(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ proved_at: now }).where('id', '=', id).execute();
}

/**
 * Whether a session still exists. Locks it until the transaction ends: whatever ends the session waits, and then sees
 * the changes of this transaction.
 */
export async function holdSession(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Records that a session is in use. */
export async function markSeen(tx: Tx, id: string, userId: string, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute();
  await tx.updateTable('users').set({ last_seen_at: now }).where('id', '=', userId).execute();
}

/** Ends one session of a person. False where they have no such session. */
export async function removeSession(tx: Tx, userId: string, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a person's sessions, except one unless null. Returns how many. */
export async function removeSessions(tx: Tx, userId: string, except: string | null): Promise<number> {
  const rows = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(except !== null, (query) => query.where('id', '!=', except ?? ''))
    .returning('id')
    .execute();
  return rows.length;
}
