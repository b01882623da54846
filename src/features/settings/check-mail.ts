import { readCertificate } from '../mail/index.ts';
import { unprocessable } from '../problems.ts';
import type { MailSettings } from '../shared/settings.ts';

/**
 * Fields that identify the account to which a stored secret belongs. If one of them changes, the secret is not reused.
 */
export const SAME_ACCOUNT = [
  'signIn',
  'host',
  'user',
  'cloud',
  'tenant',
  'application',
  'credential',
] as const;

/**
 * The settings without values that their way of sending does not use. Throws UNPROCESSABLE with a sentence if something
 * is missing or inconsistent.
 */
export function checkedMail(mail: MailSettings, secret: string | null, now: Date): MailSettings {
  const { signIn, host, security } = mail;
  if (signIn !== 'graph' && host === '')
    throw unprocessable('Write the name of the mail server, for example smtp.yourorg.org.');
  if (signIn !== 'graph' && security === 'none' && !['localhost', '127.0.0.1'].includes(host))
    throw unprocessable(
      'Unencrypted mail is allowed only to this machine (localhost). Choose STARTTLS or TLS for other servers.',
    );
  if (signIn === 'password')
    return { ...mail, cloud: 'global', tenant: '', application: '', credential: 'secret' };
  if (mail.tenant === '' || mail.application === '')
    throw unprocessable(
      'OAuth 2 needs the directory (tenant) ID and the application (client) ID. Both are on the overview page of the application in Entra.',
    );
  if (['common', 'organizations', 'consumers'].includes(mail.tenant.toLowerCase()))
    throw unprocessable('An application signs in to one tenant. Write the ID of yours.');
  if (signIn === 'xoauth2' && mail.user === '')
    throw unprocessable('Write the mailbox that signs in to the mail server as the user.');
  if (secret !== null && mail.credential === 'certificate') checkCertificate(secret, now);
  if (signIn === 'xoauth2') return mail;
  return { ...mail, host: '', port: 443, security: 'tls', user: '' };
}

function checkCertificate(pem: string, now: Date): void {
  try {
    readCertificate(pem, now);
  } catch (error) {
    throw unprocessable(error instanceof Error ? error.message : 'The certificate cannot be read.');
  }
}
