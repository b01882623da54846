import { ORPCError } from '@orpc/server';
import { isWithin } from '#store/clock.ts';
import { findSession, holdSession } from '#store/identity/sessions.ts';
import { findUser, type UserRow } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { Actor, HandlerContext } from '../context.ts';
import { forbidden, unauthorized, unprocessable } from '../problems.ts';

/** A proof of who someone is counts this long for what a left-open session must not do, in milliseconds. */
const PROOF_LASTS = 10 * 60_000;

/** The session of whoever asks. A token is none: it cannot change how its person signs in. */
export function ownSession({ actor }: Pick<HandlerContext, 'actor'>): string {
  if (actor.sessionId === null)
    throw forbidden('A token cannot do this. Sign in with the browser and do it there.');
  return actor.sessionId;
}

/**
 * Refuses where the session of whoever asks was ended since the request came, and keeps it until the change is stored. So
 * a reset that ends a session also ends what that session is adding at the same time.
 */
export async function holdOwnSession({ sessionId }: Pick<Actor, 'sessionId'>, tx: Tx): Promise<void> {
  if (sessionId !== null && !(await holdSession(tx, sessionId))) throw unauthorized();
}

/** The row of whoever asks, as it is within this transaction. */
export async function ownRow({ actor }: HandlerContext, tx: Tx): Promise<UserRow> {
  const user = await findUser(tx, actor.userId);
  if (user === null || user.disabled_at !== null) throw unauthorized();
  return user;
}

/** Until when the last proof of this session counts: not at all where it lies ahead, from before the clock was set back. */
export function provedUntil(session: { readonly proved_at: Date }, now: Date): Date {
  if (!isWithin(session.proved_at, now, Number.POSITIVE_INFINITY)) return now;
  return new Date(session.proved_at.getTime() + PROOF_LASTS);
}

/** Refuses unless the person proved within the last ten minutes that it is them. */
export async function needProof(context: Pick<HandlerContext, 'actor' | 'now'>, tx: Tx): Promise<void> {
  const session = await findSession(tx, context.actor.userId, ownSession(context));
  if (session === null) throw unauthorized();
  if (provedUntil(session, context.now) > context.now) return;
  throw new ORPCError('PROOF_REQUIRED', {
    status: 403,
    message: 'Confirm your identity first: the last time was more than ten minutes ago.',
  });
}

/** Refuses to take away the last way in. */
export function keepAWayIn(left: { password: boolean; passkeys: number; provider: boolean }): void {
  if (left.password || left.passkeys > 0 || left.provider) return;
  throw unprocessable('This is your only way to sign in. Set a password or add a passkey first.');
}
