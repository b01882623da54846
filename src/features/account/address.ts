import { z } from 'zod';
import { addAttempts, countAttempts, lockAttempts } from '#store/identity/attempts.ts';
import { addChallenge, removeChallengesOf, takeChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { markProven } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, tooMany, unprocessable } from '../problems.ts';
import { keyOf } from '../sign-in/network.ts';
import { ownRow, ownSession } from './own-session.ts';

const HOURS = 24;
const HOUR = 3_600_000;
/** Mails that a person can have sent to themselves within an hour. */
const MAX_AN_HOUR = 5;
const kept = z.object({ userId: z.string() });

/** Mails the link to the address of whoever is signed in. A newer one ends the older. */
export async function sendAddressLink(context: HandlerContext): Promise<{ done: true }> {
  const { services, actor, now } = context;
  ownSession(context);
  if (!(await services.mail.configured()))
    throw unprocessable(
      'No mail is set up here. Sign in with a provider that vouches for your address, or have an Owner confirm you under Users.',
    );
  const secret = newSecret();
  const key = keyOf('address link', actor.userId);
  const email = await context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    await lockAttempts(tx, [key]);
    if ((await countAttempts(tx, key, new Date(now.getTime() - HOUR))).count >= MAX_AN_HOUR)
      throw tooMany('The link was mailed several times within the hour. Try again later.', HOUR / 1000);
    await addAttempts(tx, [key], now);
    await removeChallengesOf(tx, user.id, ['prove_address']);
    await addChallenge(tx, {
      kind: 'prove_address',
      secret,
      data: { userId: user.id },
      now,
      minutes: HOURS * 60,
    });
    await recorder.record({ subject: { kind: 'user', id: user.id, name: user.name } });
    return user.email;
  });
  try {
    await services.mail.send({
      to: email,
      subject: 'Show that your Bylaw account is yours',
      text: [
        'Hello,',
        '',
        `somebody signed in as ${email} at ${services.config.origin} asked for this link. If that was you, open it in`,
        'the browser in which you are signed in there:',
        `${services.config.origin}/me#${secret}`,
        '',
        `It works once and for ${HOURS} hours. If it was not you, do not open it: somebody has an account in your name.`,
        'Tell whoever runs Bylaw.',
      ].join('\n'),
    });
  } catch (error) {
    services.log.warn({ err: error }, 'a link that proves an address could not be mailed');
    throw unprocessable('The mail could not be sent. Ask an Owner to look at the mail settings.');
  }
  return { done: true };
}

/** Takes the link. It proves only the account that is signed in, so that nobody proves a stranger's by opening a mail. */
export async function proveAddress(context: HandlerContext, token: string): Promise<{ done: true }> {
  const { actor, now } = context;
  ownSession(context);
  await context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    const taken = kept.safeParse(await takeChallenge(tx, 'prove_address', token, now));
    if (!taken.success || taken.data.userId !== actor.userId)
      throw forbidden(
        `This link does not count here: it was used, is older than ${HOURS} hours, or is for another account than the one that is signed in. Sign in as yourself and ask for a new one.`,
      );
    await markProven(tx, user.id, 'mail', { now });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { proven: user.proven_how },
      after: { proven: 'mail' },
    });
  });
  return { done: true };
}
