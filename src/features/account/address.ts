import { addAttempts, countAttempts, lockAttempts } from '#store/identity/attempts.ts';
import { newSecret } from '#store/identity/secrets.ts';
import type { HandlerContext } from '../context.ts';
import { tooMany, unprocessable } from '../problems.ts';
import { keyOf } from '../shared/network.ts';
import { ownRow, ownSession } from '../shared/own-session.ts';
import { addResetLink, RESET_HOURS, resetAddress } from '../sign-in/index.ts';

const HOUR = 3_600_000;
/** Mails that a person can have sent to themselves within an hour. */
const MAX_AN_HOUR = 5;

/**
 * Mails a link for a new password to the address of whoever is signed in: whoever opens it is the person. A newer one
 * ends the older.
 */
export async function sendAddressLink(context: HandlerContext): Promise<{ done: true }> {
  const { services, actor, now } = context;
  ownSession(context);
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Email is not set up here. Sign in with a provider that vouches for your address, or have an Owner confirm you under Access. Your approval then counts for anything that Owner took no part in; if there is only one Owner, email or a provider has to be set up first.',
    );
  const secret = newSecret();
  const key = keyOf('address link', actor.userId);
  const email = await context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    await lockAttempts(tx, [key]);
    if ((await countAttempts(tx, key, { since: new Date(now.getTime() - HOUR), now })).count >= MAX_AN_HOUR)
      throw tooMany('The link was mailed several times within the hour. Try again later.', HOUR / 1000);
    await addAttempts(tx, [key], now);
    await addResetLink(tx, { userId: user.id, secret, delivery: 'mail', now });
    await recorder.record({ subject: { kind: 'user', id: user.id, name: user.name } });
    return user.email;
  });
  try {
    await services.mail.send({
      to: email,
      subject: 'Confirm that your Bylaw account is yours',
      text: [
        'Hello,',
        '',
        `Someone signed in as ${email} at ${services.config.origin} requested this link. Open it and set a new`,
        'password. That shows that the account is yours and ends every other way to sign in that was set up before.',
        resetAddress(services.config, secret),
        '',
        `It works once, within ${RESET_HOURS} hours. If you have no account there, tell your administrator: someone has`,
        'one in your name.',
      ].join('\n'),
    });
  } catch (error) {
    services.log.warn({ err: error }, 'a link that proves an address could not be mailed');
    throw unprocessable('The email could not be sent. Ask an Owner to check the mail settings.');
  }
  return { done: true };
}
