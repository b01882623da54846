import { browserName } from '#domain/text/browser.ts';
import { momentWords } from '#domain/text/moments.ts';
import { findUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import type { Message } from '../shared/services/mail.ts';
import { readWorkspace } from '../shared/settings.ts';
import { harmlessName } from './harmless.ts';
import { zoneFor } from './person-zone.ts';

/** A change of how someone signs in. `of` names the thing, for example a passkey. */
export type SignInEvent =
  | { readonly kind: 'password' | 'app_set' | 'app_removed' | 'recovery_codes' | 'factor_removed' }
  | { readonly kind: 'password_link'; readonly hours: number }
  | { readonly kind: 'passkey_added' | 'passkey_removed' | 'provider_linked'; readonly of: string }
  | { readonly kind: 'provider_unlinked' }
  | { readonly kind: 'recovery_code_used'; readonly left: number }
  | { readonly kind: 'new_network' };

export interface SignInNotice {
  readonly userId: string;
  readonly event: SignInEvent;
  /** Name of the person who did it to them; left out if they did it themselves. */
  readonly by?: string;
}

type Context = Pick<HandlerContext, 'services' | 'now' | 'request'>;

/**
 * Notifies a person by mail of a change in how they sign in, or of a sign-in from a new network. Call it after the
 * change is stored. It runs in the background and never fails: without mail set up nothing is sent, and a failed mail
 * is logged.
 */
export function notifyOfSignIn(context: Context, notice: SignInNotice): void {
  void send(context, notice).catch((error: unknown) => {
    context.services.log.warn(
      { err: error, user: notice.userId, event: notice.event.kind },
      'a person could not be notified by mail of a change in how they sign in',
    );
  });
}

async function send(context: Context, notice: SignInNotice): Promise<void> {
  const { mail, store } = context.services;
  if (!(await mail.configured())) return;
  const known = await store.read('system', async (tx) => {
    const user = await findUser(tx, notice.userId);
    return user && { user, workspace: (await readWorkspace(tx)).name, zone: await zoneFor(tx, user.id) };
  });
  if (known !== null) await mail.send(mailOf(context, notice, known));
}

interface Known {
  readonly user: { readonly name: string; readonly email: string };
  readonly workspace: string;
  readonly zone: string | null;
}

function mailOf({ services, now, request }: Context, notice: SignInNotice, known: Known): Message {
  const { event, by } = notice;
  const { subject, says } = WORDS[event.kind](
    event as never,
    by === undefined ? '' : ` by ${harmlessName(by)}`,
  );
  const workspace = harmlessName(known.workspace);
  return {
    to: known.user.email,
    subject,
    text: [
      `${harmlessName(known.user.name)},`,
      '',
      says,
      '',
      `Where: ${workspace === 'Bylaw' ? 'Bylaw' : `Bylaw, ${workspace}`} (${services.config.origin})`,
      `When: ${timeWords(now, known.zone)}`,
      `From the address: ${/^[0-9a-f:.]+$/iu.test(request.ip) ? request.ip : 'not known'}`,
      `With: ${browserName(request.userAgent) ?? 'a browser or program that Bylaw does not know'}`,
      '',
      'If you know about this, there is nothing to do.',
      '',
      'If you do not: sign in, open your account, set a new password and choose “Sign out',
      'everywhere else”. If you can no longer sign in, ask an Owner immediately to disable your',
      'account. Do not use a link in an email for this; open Bylaw the way you always do.',
    ].join('\n'),
  };
}

/**
 * Subject and first sentence by kind of event. Subjects contain no names, because they show in notifications and
 * previews.
 */
const WORDS: {
  readonly [Kind in SignInEvent['kind']]: (
    event: Extract<SignInEvent, { kind: Kind }>,
    by: string,
  ) => { readonly subject: string; readonly says: string };
} = {
  password: (_, by) => ({
    subject: 'Your password for Bylaw was changed',
    says: `Your password was changed${by}. All your other sessions were ended.`,
  }),
  password_link: ({ hours }, by) => ({
    subject: 'A link for a new password was created for your account in Bylaw',
    says: `A link to reset your password was created${by}. It works once, within ${hours} hours.`,
  }),
  app_set: (_, by) => ({
    subject: 'An authenticator app was set up for your account in Bylaw',
    says: `An authenticator app was set up for your account${by}, with new recovery codes. Earlier codes no longer work.`,
  }),
  app_removed: (_, by) => ({
    subject: 'Your authenticator app for Bylaw was removed',
    says: `Your authenticator app and its recovery codes were removed${by}.`,
  }),
  factor_removed: (_, by) => ({
    subject: 'Your second factor for Bylaw was removed',
    says: `Your authenticator app, recovery codes and passkeys were removed${by}, and all your sessions were ended.`,
  }),
  recovery_codes: (_, by) => ({
    subject: 'You have new recovery codes for Bylaw',
    says: `New recovery codes were created for your account${by}. Earlier codes no longer work.`,
  }),
  recovery_code_used: ({ left }) => ({
    subject: 'A recovery code was used to sign in to Bylaw as you',
    says: `Someone signed in as you with a recovery code. Codes left: ${left}.`,
  }),
  passkey_added: ({ of }, by) => ({
    subject: 'A passkey was added to your account in Bylaw',
    says: `A passkey was added to your account${by}: ${harmlessName(of)}.`,
  }),
  passkey_removed: ({ of }, by) => ({
    subject: 'A passkey was removed from your account in Bylaw',
    says: `A passkey was removed from your account${by}: ${harmlessName(of)}.`,
  }),
  provider_linked: ({ of }) => ({
    subject: 'A sign-in provider was linked to your account in Bylaw',
    says: `You can now sign in with an account at a sign-in provider: ${harmlessName(of)}.`,
  }),
  provider_unlinked: () => ({
    subject: 'A sign-in provider was unlinked from your account in Bylaw',
    says: 'You can no longer sign in with the account at a sign-in provider.',
  }),
  new_network: () => ({
    subject: 'Someone signed in to Bylaw as you from a new network',
    says: 'Someone signed in as you from a network you had not used with Bylaw before.',
  }),
};

function timeWords(now: Date, zone: string | null): string {
  const utc = `${momentWords(now, 'UTC')} UTC`;
  return zone === null ? utc : `${utc} (${momentWords(now, zone)} in ${zone})`;
}
