import { z } from 'zod';
import { readChallenge, takeChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import {
  lockUser,
  totpSecretPlace,
  type UserRow,
  useRecoveryCode,
  useTotpStep,
} from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { unauthorized } from '../problems.ts';
import { countGuess, worthRecording } from './limits.ts';
import { actorOf, giveSession, openSession } from './session.ts';
import { totpStep, withoutRecoveryCode } from './totp.ts';

const stepData = z.object({ userId: z.string() });

/** Which kind of code it was, or why it is not valid. */
type Code =
  | { readonly kind: 'app' }
  | { readonly kind: 'recovery'; readonly left: number }
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong' };

/** Completes a sign-in that awaits its second factor, with a code of the app or a recovery code. */
export async function signInWithCode(
  context: HandlerContext,
  input: { readonly step: string; readonly code: string },
) {
  const { now, services } = context;
  const waiting = stepData.safeParse(
    await context.read((tx) => readChallenge(tx, 'second_factor', input.step, now)),
  );
  if (!waiting.success) throw tooLate();
  const { userId } = waiting.data;
  const counted = await countGuess(services, {
    what: 'code',
    account: userId,
    userId,
    ip: context.request.ip,
  });
  const secret = newSecret();
  const outcome = await context.change(async (tx, recorder) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.disabled_at !== null) {
      recorder.unchanged();
      return { kind: 'wrong', user: null } as const;
    }
    const code = await useCode(context, tx, user, input.code);
    if (code.kind === 'wrong' || code.kind === 'used') {
      if (worthRecording(counted.ofAccount))
        await recorder.record({
          action: 'sign_in.failed',
          subject: { kind: 'user', id: user.id, name: user.name },
          after: { network: counted.network, failuresWithinTheHour: counted.ofAccount, secondFactor: true },
        });
      else recorder.unchanged();
      return { ...code, user };
    }
    if ((await takeChallenge(tx, 'second_factor', input.step, now)) === null) {
      recorder.unchanged();
      return { kind: 'late', user } as const;
    }
    if (code.kind === 'recovery')
      await recorder.record({
        actor: actorOf(user),
        action: 'account.recovery_code_used',
        subject: { kind: 'user', id: user.id, name: user.name },
        after: { left: code.left },
      });
    const method = code.kind === 'app' ? 'password+totp' : 'password+recovery';
    const opened = await openSession(context, tx, recorder, { user, method, secret });
    return { ...code, user, opened };
  });
  switch (outcome.kind) {
    case 'late':
      throw tooLate();
    case 'used':
      throw unauthorized(
        'This code was already used. Wait until the app shows the next one, or use another recovery code.',
      );
    case 'wrong':
      throw unauthorized(
        'The code is wrong. Enter the one that the app shows now, or a recovery code; the clock of the phone has to be right.',
      );
    case 'app':
    case 'recovery':
      await counted.right();
      giveSession(context, outcome.opened);
      if (outcome.kind === 'recovery')
        notifyOfSignIn(context, { userId, event: { kind: 'recovery_code_used', left: outcome.left } });
      return {
        userId: outcome.user.id,
        name: outcome.user.name,
        recoveryCodesLeft: outcome.kind === 'recovery' ? outcome.left : null,
      };
  }
}

/** Consumes a code of the app or a recovery code. */
export async function useCode(
  { services, now }: Pick<HandlerContext, 'services' | 'now'>,
  tx: Tx,
  user: UserRow,
  code: string,
): Promise<Code> {
  if (user.totp_sealed === null) return { kind: 'wrong' };
  const step = totpStep(services.sealer.open(user.totp_sealed, totpSecretPlace(user.id)), code, now);
  if (step !== null) return { kind: (await useTotpStep(tx, user.id, step)) ? 'app' : 'used' };
  const left = withoutRecoveryCode(user.recovery_codes, code);
  if (left === null) return { kind: 'wrong' };
  return (await useRecoveryCode(tx, user, left)) ? { kind: 'recovery', left: left.length } : { kind: 'used' };
}

function tooLate() {
  return unauthorized('More than five minutes have passed since you entered the password. Enter it again.');
}
