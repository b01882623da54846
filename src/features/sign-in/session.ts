import { rememberNetwork } from '#store/identity/attempts.ts';
import { insertSession, SESSION_MAX, type SignInMethod } from '#store/identity/sessions.ts';
import type { UserRow } from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { SESSION_COOKIE, setCookie } from './cookies.ts';
import { keyOf, networkOf } from './network.ts';

type Person = Pick<UserRow, 'id' | 'name'>;

/** How a person appears in the log for what she did while proving who she is. */
export function actorOf({ id, name }: Person): { kind: 'user'; id: string; name: string } {
  return { kind: 'user', id, name };
}

/**
 * Opens a session within the change that proved who somebody is, with its record. The secret is handed to
 * `giveSession` once the change is stored.
 */
export async function openSession(
  context: HandlerContext,
  tx: Tx,
  recorder: Recorder,
  { user, method, secret }: { readonly user: Person; readonly method: SignInMethod; readonly secret: string },
): Promise<void> {
  const { now, request } = context;
  const network = networkOf(request.ip);
  const id = await insertSession(tx, {
    userId: user.id,
    secret,
    method,
    ip: request.ip,
    userAgent: request.userAgent,
    now,
  });
  await rememberNetwork(tx, user.id, keyOf('known', network), now);
  await recorder.record({
    actor: actorOf(user),
    action: 'sign_in',
    subject: { kind: 'session', id },
    after: { method, network },
  });
}

/** Gives the browser its session. */
export function giveSession(context: HandlerContext, secret: string): void {
  setCookie(context, SESSION_COOKIE, secret, { path: '/', maxAge: SESSION_MAX / 1000 });
}
