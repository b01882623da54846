import { isKnownNetwork, rememberNetwork } from '#store/identity/attempts.ts';
import { insertSession, SESSION_MAX, type SignInMethod } from '#store/identity/sessions.ts';
import type { UserRow } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
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

/**
 * Opens a session within the change that proved who someone is, with its record. What it
 * returns is handed to `giveSession` once the change is stored.
 */
export async function openSession(
  context: HandlerContext,
  tx: Tx,
  recorder: Recorder,
  { user, method, secret }: { readonly user: Person; readonly method: SignInMethod; readonly secret: string },
): Promise<Opened> {
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

/** Gives the browser its session, and tells the person where it is from a network that they never used before. */
export function giveSession(context: HandlerContext, { userId, secret, newNetwork }: Opened): void {
  setCookie(context, SESSION_COOKIE, secret, { path: '/', maxAge: SESSION_MAX / 1000 });
  if (newNetwork) notifyOfSignIn(context, { userId, event: { kind: 'new_network' } });
}
