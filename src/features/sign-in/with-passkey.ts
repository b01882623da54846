import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import { addChallenge, takeChallenge } from '#store/identity/challenges.ts';
import { findPasskey, type PasskeyRow, usePasskey } from '#store/identity/passkeys.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { lockUser } from '#store/identity/users.ts';
import type { HandlerContext, Services } from '../context.ts';
import { unauthorized, unprocessable } from '../problems.ts';
import { ourOrigins, passkeyHost } from './origin.ts';
import type { passkeyAssertion } from './schemas.ts';
import { giveSession, openSession } from './session.ts';

const MINUTES = 5;

/** Starts a sign-in with any passkey that the browser offers for this console. */
export async function passkeySignInOptions({ services, now }: HandlerContext) {
  const host = passkeyHostOf(services);
  const challenge = newSecret();
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: host.id,
    challenge: Buffer.from(challenge, 'base64url'),
    userVerification: 'required',
    timeout: MINUTES * 60_000,
  });
  await services.store.write('system', (tx) =>
    addChallenge(tx, { kind: 'passkey_sign_in', secret: options.challenge, data: {}, now, minutes: MINUTES }),
  );
  return { ...options };
}

/** Consumes the ceremony's challenge, whatever the outcome. */
async function takeOnce({ services, now }: HandlerContext, challenge: string): Promise<boolean> {
  const data = await services.store.write('system', (tx) =>
    takeChallenge(tx, 'passkey_sign_in', challenge, now),
  );
  return data !== null;
}

/**
 * Verifies a passkey's signature. null if the passkey is unknown or names another account, the signature is wrong, or
 * its counter went back, as with a cloned key.
 */
export async function verifyPasskey(
  context: HandlerContext,
  input: { readonly challenge: string; readonly answer: z.infer<typeof passkeyAssertion> },
): Promise<{ readonly passkey: PasskeyRow; readonly counter: number } | null> {
  const { services } = context;
  const host = passkeyHostOf(services);
  if (!(await takeOnce(context, input.challenge)))
    throw unprocessable('This took longer than five minutes, or was already done. Start again.');
  const passkey = await context.read((tx) => findPasskey(tx, input.answer.id));
  if (passkey === null) return null;
  // If the authenticator names an account, it must be the one for which the passkey was created.
  const { userHandle } = input.answer.response;
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== passkey.user_id)
    return null;
  try {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: input.answer satisfies z.infer<typeof passkeyAssertion> as AuthenticationResponseJSON,
      expectedChallenge: input.challenge,
      expectedOrigin: [...ourOrigins(services.config)],
      expectedRPID: host.id,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: Number(passkey.counter),
      },
      requireUserVerification: true,
    });
    return verified ? { passkey, counter: authenticationInfo.newCounter } : null;
  } catch (error) {
    services.log.warn({ err: error, passkey: passkey.id }, 'a passkey was refused');
    return null;
  }
}

/** Signs in the holder of a passkey. It proves both possession and the person, so no second factor is required. */
export async function signInWithPasskey(
  context: HandlerContext,
  input: { readonly challenge: string; readonly answer: z.infer<typeof passkeyAssertion> },
) {
  const checked = await verifyPasskey(context, input);
  const secret = newSecret();
  const opened =
    checked === null
      ? null
      : await context.change(async (tx, recorder) => {
          const found = await lockUser(tx, checked.passkey.user_id);
          if (
            found === null ||
            found.disabled_at !== null ||
            !(await usePasskey(tx, checked.passkey, checked.counter, context.now))
          ) {
            recorder.unchanged();
            return null;
          }
          const opened = await openSession(context, tx, recorder, { user: found, method: 'passkey', secret });
          return { ...opened, name: found.name };
        });
  if (opened === null)
    throw unauthorized('This passkey opens no account here. It may have been removed; sign in another way.');
  giveSession(context, opened);
  return { userId: opened.userId, name: opened.name };
}

/** The host that passkeys are bound to; throws if the console cannot use passkeys. */
export function passkeyHostOf({ config }: Pick<Services, 'config'>): { id: string; openAt: string } {
  const host = passkeyHost(config);
  if (host === null)
    throw unprocessable(
      'Passkeys need an address with a host name and TLS. Your administrator can set one up; until then, use a password and an authenticator app.',
    );
  return host;
}
