import type { z } from 'zod';
import { usePasskey } from '#store/identity/passkeys.ts';
import { markProved } from '#store/identity/sessions.ts';
import type { HandlerContext } from '../context.ts';
import { passwordMatches } from '../credentials/index.ts';
import { unprocessable } from '../problems.ts';
import { ownRow, ownSession, provedUntil } from '../shared/own-session.ts';
import { countGuess, verifyPasskey, worthRecording } from '../sign-in/index.ts';
import type { passkeyAssertion } from '../sign-in/schemas.ts';

/** Takes the password once more. Wrong ones are counted as at sign-in: a session left open opens nothing else. */
export async function prove(context: HandlerContext, password: string): Promise<{ provedUntil: string }> {
  ownSession(context);
  const user = await context.read((tx) => ownRow(context, tx));
  if (user.password === null)
    throw unprocessable('Your account has no password. Use a passkey, or sign out and in again.');
  const counted = await countGuess(context.services, {
    what: 'proof',
    account: user.id,
    userId: user.id,
    ip: context.request.ip,
  });
  if (!(await passwordMatches(password, user.password))) {
    if (worthRecording(counted.ofAccount))
      await context.change((_tx, recorder) =>
        recorder.record({
          action: 'account.proof_failed',
          subject: { kind: 'user', id: user.id, name: user.name },
          after: { network: counted.network, failuresWithinTheHour: counted.ofAccount },
        }),
      );
    throw unprocessable('The password is wrong. Check it and try again.');
  }
  await counted.right();
  return proved(context);
}

export async function proveWithPasskey(
  context: HandlerContext,
  input: { readonly challenge: string; readonly answer: z.infer<typeof passkeyAssertion> },
): Promise<{ provedUntil: string }> {
  ownSession(context);
  const checked = await verifyPasskey(context, input);
  const theirs = checked !== null && checked.passkey.user_id === context.actor.userId;
  if (!theirs) throw unprocessable('This passkey is not one of yours here. Use another, or your password.');
  const used = await context.services.store.write('system', (tx) =>
    usePasskey(tx, checked.passkey, checked.counter, context.now),
  );
  if (!used) throw unprocessable('This passkey was used at the same time elsewhere. Try again.');
  return proved(context);
}

async function proved(context: HandlerContext): Promise<{ provedUntil: string }> {
  const session = ownSession(context);
  const { now } = context;
  await context.change(async (tx, recorder) => {
    await markProved(tx, session, now);
    await recorder.record({ subject: { kind: 'session', id: session } });
  });
  return { provedUntil: provedUntil({ proved_at: now }, now).toISOString() };
}
