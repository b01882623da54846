import { removeChallengesOf } from '#store/identity/challenges.ts';
import { removeSessions } from '#store/identity/sessions.ts';
import { revokeTokensOf, updateUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { hashPassword, passwordProblem } from '../credentials/index.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { unprocessable } from '../problems.ts';
import { needProof, ownRow, ownSession } from '../shared/own-session.ts';

/**
 * Sets a new password and ends what else opens the account, since someone who had the old one may be why it is changed:
 * every other session, what was begun and not finished, and the person's tokens, unless they keep them.
 */
export async function setPassword(
  context: HandlerContext,
  { password, keepTokens }: { readonly password: string; readonly keepTokens: boolean },
): Promise<{ ended: number; tokens: number }> {
  const current = ownSession(context);
  await context.read((tx) => needProof(context, tx));
  const problem = await passwordProblem(password, context.actor);
  if (problem !== null) throw unprocessable(problem);
  const hash = await hashPassword(password);
  const done = await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    await updateUser(tx, user.id, { password: hash });
    await removeChallengesOf(tx, user.id);
    const ended = await removeSessions(tx, user.id, current);
    const tokens = keepTokens ? 0 : await revokeTokensOf(tx, user.id, context.now);
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { password: user.password !== null },
      after: { password: true, sessionsEnded: ended, tokensEnded: tokens },
    });
    return { ended, tokens };
  });
  notifyOfSignIn(context, { userId: context.actor.userId, event: { kind: 'password' } });
  return done;
}
