import { newSecret } from '#store/identity/secrets.ts';
import { changeAccess } from '../access/change.ts';
import { personNamed, refuseUnmanageable } from '../access/rules.ts';
import type { HandlerContext } from '../context.ts';
import { tellOfSignIn } from '../mail/sign-in-notice.ts';
import { unprocessable } from '../problems.ts';
import { addResetLink, RESET_HOURS, resetAddress } from './reset.ts';

/** Makes the link with which somebody else sets a new password. Whoever may do more than the one who asks is left alone. */
export async function makePasswordLink(
  context: HandlerContext,
  { user, reason }: { readonly user: string; readonly reason: string },
): Promise<{ link: string; expiresAt: string }> {
  const { actor, now, services } = context;
  const secret = newSecret();
  const needs = { action: 'users.make_password_link', permission: 'users.manage', client: null } as const;
  await changeAccess(context, needs, async ({ tx, own, record }) => {
    const person = await personNamed(tx, user);
    if (user === actor.userId) throw unprocessable('You change your own password under your account.');
    refuseUnmanageable(own, actor.userId, person, 'everywhere');
    if (person.row.disabled_at !== null)
      throw unprocessable(`${person.row.name} is disabled. Let them in again first.`);
    await addResetLink(tx, { userId: user, secret, now });
    await record({
      subject: { kind: 'user', id: user, name: person.row.name },
      reason,
      after: { countsForHours: RESET_HOURS },
    });
  });
  const event = { kind: 'password_link', hours: RESET_HOURS } as const;
  tellOfSignIn(context, { userId: user, event, by: actor.name });
  return {
    link: resetAddress(services.config, secret),
    expiresAt: new Date(now.getTime() + RESET_HOURS * 3_600_000).toISOString(),
  };
}
