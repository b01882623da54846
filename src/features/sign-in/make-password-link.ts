import { newSecret } from '#store/identity/secrets.ts';
import { changeAccess, personNamed, refuseUnmanageable } from '../access/index.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfSignIn } from '../mail/index.ts';
import { unprocessable } from '../problems.ts';
import { ownSession } from '../shared/own-session.ts';
import { addResetLink, RESET_HOURS, resetAddress } from './reset.ts';

/**
 * Creates a link with which another person sets a new password, and emails it to them. If no mail is configured, the
 * link is shown once, to be handed over, and the account is then unproven. Refused for anyone with more permissions
 * than the caller.
 */
export async function makePasswordLink(
  context: HandlerContext,
  { user, reason }: { readonly user: string; readonly reason: string },
): Promise<{ link: string | null; expiresAt: string }> {
  const { actor, now, services } = context;
  const secret = newSecret();
  const mailed = await services.mail.configured();
  if (!mailed) ownSession(context);
  const needs = { action: 'users.make_password_link', permission: 'users.manage', client: null } as const;
  const email = await changeAccess(context, needs, async ({ tx, own, record }) => {
    const person = await personNamed(tx, user);
    if (user === actor.userId) throw unprocessable('Change your own password under your account.');
    refuseUnmanageable(own, actor.userId, person, 'everywhere');
    if (person.row.disabled_at !== null)
      throw unprocessable(`${person.row.name} is disabled. Enable the account first.`);
    await addResetLink(tx, {
      userId: user,
      secret,
      delivery: mailed ? 'mail' : { handedBy: actor.userId },
      now,
    });
    await record({
      subject: { kind: 'user', id: user, name: person.row.name },
      reason,
      after: { countsForHours: RESET_HOURS, delivery: mailed ? 'mail' : 'handed' },
    });
    return person.row.email;
  });
  const link = resetAddress(services.config, secret);
  if (mailed) await sendLink(services, email, link);
  const event = { kind: 'password_link', hours: RESET_HOURS } as const;
  notifyOfSignIn(context, { userId: user, event, by: actor.name });
  return {
    link: mailed ? null : link,
    expiresAt: new Date(now.getTime() + RESET_HOURS * 3_600_000).toISOString(),
  };
}

async function sendLink(
  { mail, log, config }: HandlerContext['services'],
  to: string,
  link: string,
): Promise<void> {
  try {
    await mail.send({
      to,
      subject: 'A new password for Bylaw',
      text: [
        'Hello,',
        '',
        `Someone who manages access at ${config.origin} created this link for you. Use it to set a new password:`,
        link,
        '',
        `It works once, within ${RESET_HOURS} hours. Setting a password ends your sessions and tokens.`,
        'If you did not request it, do nothing and tell your administrator.',
      ].join('\n'),
    });
  } catch (error) {
    log.warn({ err: error }, 'a link for a new password could not be mailed');
    throw unprocessable(
      'The email with the link could not be sent. Check the mail settings, then create a new link.',
    );
  }
}
