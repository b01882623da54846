import type { Store } from '#store/open.ts';
import type { Sealer } from '#store/seal.ts';
import type { ServerConfig } from '../context.ts';
import type { Mail } from '../shared/services/mail.ts';
import { readWorkspace } from '../shared/settings.ts';
import { createMicrosoftMail } from './microsoft/microsoft-mail.ts';
import { sendBySmtp } from './smtp.ts';

/** Context for which the mail server's password or its substitute is sealed; it cannot be opened in any other. */
export const MAIL_PASSWORD = 'workspace.mail.password';

/** Mail according to the workspace's settings at the time of sending. */
export function workspaceMail(
  store: Store,
  sealer: Sealer,
  { config, clock }: { readonly config: ServerConfig; readonly clock: () => Date },
): Mail {
  const microsoft = createMicrosoftMail(config, clock);
  const read = () => store.read('system', readWorkspace);
  return {
    configured: async () => (await read()).settings.mail !== null,
    send: async (message) => {
      const { mail } = (await read()).settings;
      if (mail === null) throw new Error('Mail is not set up. An Owner can set it up under Settings.');
      const { passwordSealed, ...settings } = mail;
      const password = passwordSealed === null ? null : sealer.open(passwordSealed, MAIL_PASSWORD);
      switch (settings.signIn) {
        case 'graph':
          return microsoft.send(settings, password, message);
        case 'xoauth2': {
          const token = await microsoft.smtpToken(settings, password);
          return sendBySmtp({ settings, proof: { token }, privateHosts: config.privateHosts }, message).catch(
            (error: unknown) => {
              // After any error, the next message gets a new token.
              microsoft.forget();
              throw error;
            },
          );
        }
        case 'password':
          return sendBySmtp(
            { settings, proof: { password: password ?? '' }, privateHosts: config.privateHosts },
            message,
          );
      }
    },
  };
}
