import { ORPCError } from '@orpc/server';
import { isWithin } from '#store/clock.ts';
import { findSession, holdSession } from '#store/identity/sessions.ts';
import { findUser, type UserRow } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { Actor, HandlerContext } from '../context.ts';
import { forbidden, unauthorized, unprocessable } from '../problems.ts';

/** Milliseconds for which a confirmation of identity is valid for acts that an unattended session must not do. */
const PROOF_LASTS = 10 * 60_000;

/** The caller's session. Throws for tokens, which cannot change how their person signs in. */
export function ownSession({ actor }: Pick<HandlerContext, 'actor'>): string {
  if (actor.sessionId === null)
    throw forbidden('A token cannot do this. Sign in with the browser and do it there.');
  return actor.sessionId;
}

/**
 * Throws if the caller's session was ended since the request arrived, and locks it until the change is stored, so that
 * a reset that ends a session also prevents what that session is adding concurrently.
 */
export async function holdOwnSession({ sessionId }: Pick<Actor, 'sessionId'>, tx: Tx): Promise<void> {
  if (sessionId !== null && !(await holdSession(tx, sessionId))) throw unauthorized();
}

/** The caller's row within this transaction. */
export async function ownRow({ actor }: HandlerContext, tx: Tx): Promise<UserRow> {
  const user = await findUser(tx, actor.userId);
  if (user === null || user.disabled_at !== null) throw unauthorized();
  return user;
}

/**
 * When this session's last confirmation expires. One in the future, made before the clock was set back, is not valid.
 */
export function provedUntil(session: { readonly proved_at: Date }, now: Date): Date {
  if (!isWithin(session.proved_at, now, Number.POSITIVE_INFINITY)) return now;
  return new Date(session.proved_at.getTime() + PROOF_LASTS);
}

/** Throws unless the person confirmed their identity within the last ten minutes. */
export async function needProof(context: Pick<HandlerContext, 'actor' | 'now'>, tx: Tx): Promise<void> {
  const session = await findSession(tx, context.actor.userId, ownSession(context));
  if (session === null) throw unauthorized();
  if (provedUntil(session, context.now) > context.now) return;
  throw new ORPCError('PROOF_REQUIRED', {
    status: 403,
    message: 'Confirm your identity first: the last time was more than ten minutes ago.',
  });
}

/** Throws if this would remove the last way to sign in. */
export function keepAWayIn(left: { password: boolean; passkeys: number; provider: boolean }): void {
  if (left.password || left.passkeys > 0 || left.provider) return;
  throw unprocessable('This is your only way to sign in. Set a password or add a passkey first.');
}
