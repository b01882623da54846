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

/** How a person appears in the log for what she did while proving who she is. */
export function actorOf({ id, name }: Person): { kind: 'user'; id: string; name: string } {
  return { kind: 'user', id, name };
}

/** A session that was opened, to be given to the browser once it is stored. */
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
  /** What was checked before the change began: it opens nothing anymore where it was replaced since. */
  readonly checked?: Pick<UserRow, 'password' | 'totp_sealed'>;
}

/**
 * Opens a session within the change that proved who someone is, with its record. What it
 * returns is handed to `giveSession` once the change is stored.
 *
 * @throws UNAUTHORIZED where the account was disabled, or what was checked replaced, in the meantime.
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

/** Waits for anyone who is just changing the account, and refuses where a check from before no longer holds. */
export async function stillOpens(tx: Tx, userId: string, checked: Opening['checked']): Promise<void> {
  const user = await lockUser(tx, userId);
  const same =
    checked === undefined ||
    (user?.password === checked.password && user?.totp_sealed === checked.totp_sealed);
  if (user === null || user.disabled_at !== null || !same)
    throw unauthorized('Your account was changed just now. Sign in again.');
}

/** Gives the browser its session, and tells the person where it is from a network that they never used before. */
export function giveSession(context: HandlerContext, { userId, secret, newNetwork }: Opened): void {
  setCookie(context, SESSION_COOKIE, secret, { path: '/', maxAge: SESSION_MAX / 1000 });
  if (newNetwork) notifyOfSignIn(context, { userId, event: { kind: 'new_network' } });
}
