import { z } from 'zod';
import {
  addChallenge,
  readChallenge,
  removeChallengesOf,
  takeChallenge,
} from '#store/identity/challenges.ts';
import { removeSessions } from '#store/identity/sessions.ts';
import {
  dropCredentials,
  findUser,
  markHanded,
  markVerified,
  revokeTokensOf,
  TERMINAL,
  updateUser,
  wasHeldByAnother,
} from '#store/identity/users.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, ServerConfig } from '../context.ts';
import { hashPassword, passwordProblem } from '../credentials/index.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { actorOf } from './session.ts';

/** Validity of the link, in hours. */
export const RESET_HOURS = 24;
/** How the link reached the person: by mail, handed over by the user with this id, or from the server's terminal. */
export type ResetDelivery = 'mail' | 'machine' | { readonly handedBy: string };

const resetData = z.object({
  userId: z.string(),
  delivery: z.union([z.enum(['mail', 'machine']), z.object({ handedBy: z.string() })]).default('machine'),
});

/**
 * Creates a password reset link, in the transaction of the caller, which also records it. It invalidates earlier links
 * and does not replace a second factor.
 */
export async function addResetLink(
  tx: Tx,
  {
    userId,
    secret,
    delivery,
    now,
  }: {
    readonly userId: string;
    readonly secret: string;
    readonly delivery: ResetDelivery;
    readonly now: Date;
  },
): Promise<void> {
  await removeChallengesOf(tx, userId, ['reset']);
  await addChallenge(tx, {
    kind: 'reset',
    secret,
    data: { userId, delivery },
    now,
    minutes: RESET_HOURS * 60,
  });
}

/** The secret is in the fragment (after `#`), so that it reaches no log and no other site. */
export function resetAddress(config: Pick<ServerConfig, 'origin'>, secret: string): string {
  return `${config.origin}/reset#${secret}`;
}

/** Uses the link once to set a new password, and ends all sessions and tokens. It does not sign in. */
export async function resetPassword(
  context: HandlerContext,
  input: { readonly token: string; readonly password: string },
): Promise<{ email: string }> {
  const { now } = context;
  const found = resetData.safeParse(await context.read((tx) => readChallenge(tx, 'reset', input.token, now)));
  if (!found.success) throw noLonger();
  const { userId, delivery } = found.data;
  const user = await context.read((tx) => findUser(tx, userId));
  if (user === null || user.disabled_at !== null) throw noLonger();
  const problem = await passwordProblem(input.password, user);
  if (problem !== null) throw unprocessable(problem);
  const password = await hashPassword(input.password);
  const done = await context.change(async (tx, recorder) => {
    if ((await takeChallenge(tx, 'reset', input.token, now)) === null) {
      recorder.unchanged();
      return false;
    }
    // Opening the mail proves the person; credentials that someone else may have set up before are removed.
    const proves = delivery === 'mail' && wasHeldByAnother(user);
    if (proves) await dropCredentials(tx, userId, { now });
    await updateUser(tx, userId, { password });
    // A sign-in that was started with the old password must not continue either.
    await removeChallengesOf(tx, userId, ['second_factor']);
    const ended = await removeSessions(tx, userId, null);
    const tokens = await revokeTokensOf(tx, userId, now);
    // The person who was shown the link may have set the password, so nothing proves whose account it is.
    if (typeof delivery === 'object') await markHanded(tx, userId, delivery.handedBy);
    else if (proves) await markVerified(tx, userId, 'mail', { now });
    // The person at the terminal may be someone else, so an unproven account stays unproven.
    else if (delivery === 'machine' && user.proven_at !== null && user.proven_how !== 'owner')
      await updateUser(tx, userId, { proven_how: 'machine', handed_by: TERMINAL });
    await recorder.record({
      actor: actorOf(user),
      subject: { kind: 'user', id: userId, name: user.name },
      before: { password: user.password !== null, proven: user.proven_how },
      after: {
        password: true,
        sessionsEnded: ended,
        tokensEnded: tokens,
        link: delivery,
        ...(proves ? { proven: 'mail', credentialsDropped: true } : {}),
      },
    });
    return true;
  });
  if (!done) throw noLonger();
  notifyOfSignIn(context, { userId, event: { kind: 'password' } });
  return { email: user.email };
}

function noLonger() {
  return forbidden(
    `This link is no longer valid: it was used, it is older than ${RESET_HOURS} hours, or your account is disabled. Ask an Owner for a new one.`,
  );
}
