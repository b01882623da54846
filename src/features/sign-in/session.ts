import { isKnownNetwork, rememberNetwork } from '#store/identity/attempts.ts';
import { insertSession, SESSION_MAX, type SignInMethod } from '#store/identity/sessions.ts';
import { lockUser, type UserRow } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { unauthorized } from '../problems.ts';
import { keyOf, networkOf } from '../shared/network.ts';
import { SESSION_COOKIE, setCookie } from './cookies.ts';

type Person = Pick<UserRow, 'id' | 'name'>;

/** The person as actor in the audit log for acts during sign-in, before a session exists. */
export function actorOf({ id, name }: Person): { kind: 'user'; id: string; name: string } {
  return { kind: 'user', id, name };
}

/** A new session, to be passed to the browser after the transaction is committed. */
export interface Opened {
  readonly userId: string;
  readonly secret: string;
  /** The person never signed in from this network before. */
  readonly newNetwork: boolean;
}

export interface Opening {
  readonly user: Person;
  readonly method: SignInMethod;
  readonly secret: string;
  /** Credentials verified before the transaction. If they were replaced since, no session is opened. */
  readonly checked?: Pick<UserRow, 'password' | 'totp_sealed'>;
}

/**
 * Opens a session in the transaction that proved the person's identity, and records it. Pass the result to
 * `giveSession` after the commit.
 *
 * @throws UNAUTHORIZED if the account was disabled or the verified credentials were replaced meanwhile.
 */
export async function openSession(
  context: HandlerContext,
  tx: Tx,
  recorder: Recorder,
  { user, method, secret, checked }: Opening,
): Promise<Opened> {
  await stillOpens(tx, user.id, checked);
  const { now, request } = context;
  const network = networkOf(request.ip);
  const key = keyOf('known', network);
  const newNetwork = !(await isKnownNetwork(tx, user.id, key));
  const id = await insertSession(tx, {
    userId: user.id,
    secret,
    method,
    ip: request.ip,
    userAgent: request.userAgent,
    now,
  });
  await rememberNetwork(tx, user.id, key, now);
  await recorder.record({
    actor: actorOf(user),
    action: 'sign_in',
    subject: { kind: 'session', id },
    after: { method, network },
  });
  return { userId: user.id, secret, newNetwork };
}

/** Locks the account and throws if an earlier verification is no longer valid. */
export async function stillOpens(tx: Tx, userId: string, checked: Opening['checked']): Promise<void> {
  const user = await lockUser(tx, userId);
  const same =
    checked === undefined ||
    (user?.password === checked.password && user?.totp_sealed === checked.totp_sealed);
  if (user === null || user.disabled_at !== null || !same)
    throw unauthorized('Your account was changed just now. Sign in again.');
}

/** Sets the session cookie, and notifies the person if they never signed in from this network before. */
export function giveSession(context: HandlerContext, { userId, secret, newNetwork }: Opened): void {
  setCookie(context, SESSION_COOKIE, secret, { path: '/', maxAge: SESSION_MAX / 1000 });
  if (newNetwork) notifyOfSignIn(context, { userId, event: { kind: 'new_network' } });
}
