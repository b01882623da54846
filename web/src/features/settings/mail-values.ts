import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { Rules } from '../../ui/fields.ts';
import type { Settings } from './settings-page.tsx';

export type Mail = NonNullable<Settings['mail']>;

export const SECURITY = [
  { value: 'starttls', label: 'STARTTLS', means: 'Starts unencrypted and must switch to encryption.' },
  { value: 'tls', label: 'TLS', means: 'Encrypted from the first byte.' },
  { value: 'none', label: 'None', means: 'Only for a mail server on this machine.' },
] as const;

export const SIGN_IN = [
  {
    value: 'graph',
    label: 'Microsoft 365 (Graph)',
    means: 'An application in Entra sends from one Exchange Online mailbox.',
  },
  {
    value: 'xoauth2',
    label: 'SMTP with OAuth 2 (Exchange Online)',
    means: 'SMTP, signed in with a token from Microsoft instead of a password.',
  },
  {
    value: 'password',
    label: 'SMTP with a password',
    means: 'Any mail server that accepts a user name and password, or neither.',
  },
] as const;

export const CLOUD = [
  { value: 'global', label: 'Microsoft 365' },
  { value: 'usgov', label: 'Microsoft 365 GCC High' },
] as const;

export const CREDENTIAL = [
  { value: 'secret', label: 'Client secret' },
  { value: 'certificate', label: 'Certificate' },
] as const;

/** The account that a stored secret belongs to; if one of these changes, the secret is no longer used. */
const SAME_ACCOUNT = ['signIn', 'host', 'user', 'cloud', 'tenant', 'application', 'credential'] as const;

/** Whether the stored secret is still valid for these values. */
export function keepsSecret(mail: Settings['mail'], values: MailValues): boolean {
  if (mail?.hasPassword !== true) return false;
  const next = mailOf(values);
  return SAME_ACCOUNT.every((name) => mail[name] === next[name]);
}

/** Whether the server will soon stop accepting passwords: Exchange Online. */
export function passwordEnds({ signIn, host }: MailValues): boolean {
  return (
    signIn === 'password' &&
    /^smtp\.office365\.(com|us)$|^smtp-mail\.outlook\.com$/.test(host.trim().toLowerCase())
  );
}

/** The usual port for each kind of encryption. */
const USUAL_PORT: Readonly<Record<string, string>> = { starttls: '587', tls: '465', none: '25' };

export function usualPort(security: string): string {
  return ownValue(USUAL_PORT, security) ?? '';
}

export interface MailValues extends Record<string, string> {
  host: string;
  port: string;
  security: string;
  user: string;
  from: string;
  signIn: string;
  cloud: string;
  tenant: string;
  application: string;
  credential: string;
}

const NOTHING: MailValues = {
  signIn: 'graph',
  host: '',
  port: '587',
  security: 'starttls',
  user: '',
  from: '',
  cloud: 'global',
  tenant: '',
  application: '',
  credential: 'secret',
};

export function mailValues({ mail }: Settings): MailValues {
  if (mail === null) return NOTHING;
  const { hasPassword: _, port, ...rest } = mail;
  // With Graph no mail server is stored, so switching back to SMTP starts with the defaults.
  return mail.signIn === 'graph'
    ? { ...NOTHING, ...rest, security: NOTHING.security, port: NOTHING.port }
    : { ...rest, port: String(port) };
}

export const MAIL_RULES: Rules<MailValues> = {
  host: (value, { signIn }) =>
    signIn === 'graph' || /^[a-z0-9.-]{1,253}$/i.test(value.trim())
      ? null
      : 'Enter a host name, for example, smtp.yourorg.org.',
  port: (value, { signIn }) =>
    signIn === 'graph' || (/^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65_535)
      ? null
      : 'A port is a number from 1 to 65535.',
  security: (value, { host, signIn }) =>
    signIn === 'graph' || value !== 'none' || ['localhost', '127.0.0.1'].includes(host.trim().toLowerCase())
      ? null
      : 'Unencrypted mail is allowed only to this machine (localhost). Choose STARTTLS or TLS for other servers.',
  user: (value, { signIn }) =>
    signIn === 'xoauth2' && value.trim() === ''
      ? 'Enter the mailbox that signs in, for example, bylaw@yourorg.org.'
      : null,
  tenant: (value, { signIn }) =>
    signIn === 'password' || /^[A-Za-z0-9.-]{3,253}$/.test(value.trim())
      ? null
      : 'Enter the directory (tenant) ID from the application’s overview page in Entra.',
  application: (value, { signIn }) =>
    signIn === 'password' || /^[A-Za-z0-9-]{3,100}$/.test(value.trim())
      ? null
      : 'Enter the application (client) ID from the application’s overview page in Entra.',
  from: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value.trim())
      ? null
      : 'Enter the email address that messages come from, for example, bylaw@yourorg.org.',
};

/** The values in the format of the API, without those that the way of sending does not use. */
export function mailOf(values: MailValues): Omit<Mail, 'hasPassword'> {
  const signIn = SIGN_IN.find(({ value }) => value === values.signIn)?.value ?? 'password';
  const smtp = signIn !== 'graph';
  const oauth = signIn !== 'password';
  return {
    signIn,
    host: smtp ? values.host.trim().toLowerCase() : '',
    port: smtp ? Number(values.port) : 443,
    security: smtp ? (SECURITY.find(({ value }) => value === values.security)?.value ?? 'starttls') : 'tls',
    user: smtp ? values.user.trim() : '',
    from: values.from.trim(),
    cloud: (oauth ? CLOUD.find(({ value }) => value === values.cloud)?.value : undefined) ?? 'global',
    tenant: oauth ? values.tenant.trim() : '',
    application: oauth ? values.application.trim() : '',
    credential:
      (oauth ? CREDENTIAL.find(({ value }) => value === values.credential)?.value : undefined) ?? 'secret',
  };
}
