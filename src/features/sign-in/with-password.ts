import { ORPCError } from '@orpc/server';
import { addChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { findUserByEmail, type UserRow } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { passwordMatches } from '../credentials/index.ts';
import { unauthorized } from '../problems.ts';
import { roomForRecord } from '../shared/refused.ts';
import { type Counted, countGuess, worthRecording } from './limits.ts';
import { giveSession, openSession, stillOpens } from './session.ts';

/** Time limit in minutes between the password and the code. */
const STEP_MINUTES = 5;

/**
 * Signs in with a password, or asks for the second factor. A refusal does not reveal whether the account exists: text,
 * time and counting are the same.
 */
export async function signInWithPassword(
  context: HandlerContext,
  input: { readonly email: string; readonly password: string },
): Promise<{ userId: string; name: string }> {
  const user = await context.read((tx) => findUserByEmail(tx, input.email));
  const counted = await countGuess(context.services, {
    what: 'password',
    account: input.email,
    userId: user?.id ?? null,
    ip: context.request.ip,
  });
  const right = await passwordMatches(input.password, user?.password ?? null);
  if (!right || user === null || user.disabled_at !== null) {
    await recordFailure(context, user, counted);
    throw unauthorized('The email address or the password is wrong. Check both and try again.');
  }
  await counted.right();
  if (user.totp_sealed !== null) throw await askForCode(context, user);
  const secret = newSecret();
  const opened = await context.change((tx, recorder) =>
    openSession(context, tx, recorder, { user, method: 'password', secret, checked: user }),
  );
  giveSession(context, opened);
  return { userId: user.id, name: user.name };
}

/** An incomplete sign-in changes nothing visible, so only its completion is recorded. */
async function askForCode({ services, now }: HandlerContext, user: UserRow): Promise<Error> {
  const step = newSecret();
  await services.store.write('system', async (tx) => {
    await stillOpens(tx, user.id, user);
    await addChallenge(tx, {
      kind: 'second_factor',
      secret: step,
      data: { userId: user.id, wrong: 0 },
      now,
      minutes: STEP_MINUTES,
    });
  });
  return new ORPCError('SECOND_FACTOR_REQUIRED', {
    status: 401,
    message: 'Enter the code from your authenticator app.',
    data: { step },
  });
}

/** Records failed attempts: with the account if it exists, but never what was typed if it does not. */
async function recordFailure(context: HandlerContext, user: UserRow | null, counted: Counted): Promise<void> {
  // Counted the same whether or not the account exists, so that the response time reveals nothing.
  const failures = counted.ofAccount;
  const room = worthRecording(failures) ? roomForRecord(context.services, 'sign_in') : 'no';
  if (room === 'no') return;
  await context.change((_tx, recorder) =>
    recorder.record({
      action: 'sign_in.failed',
      subject: user === null ? { kind: 'sign_in', id: null } : { kind: 'user', id: user.id, name: user.name },
      after: {
        network: counted.network,
        failuresWithinTheHour: failures,
        account: user !== null,
        ...(room === 'last' ? { moreAreNotRecorded: true } : {}),
      },
    }),
  );
}
