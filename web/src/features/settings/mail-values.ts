import type { Rules } from '../../ui/fields.ts';
import type { Settings } from './settings-page.tsx';

export type Mail = NonNullable<Settings['mail']>;

export const SECURITY = [
  { value: 'starttls', label: 'STARTTLS', means: 'It begins in the open and must switch to encryption.' },
  { value: 'tls', label: 'TLS', means: 'Encrypted from the first byte.' },
  { value: 'none', label: 'None', means: 'Only for a mail server on this machine.' },
] as const;

/** The port that each way of encryption usually has. */
const USUAL_PORT: Readonly<Record<string, string>> = { starttls: '587', tls: '465', none: '25' };

export function usualPort(security: string): string {
  return USUAL_PORT[security] ?? '';
}

export interface MailValues extends Record<string, string> {
  host: string;
  port: string;
  security: string;
  user: string;
  from: string;
}

export function mailValues({ mail }: Settings): MailValues {
  return mail === null
    ? { host: '', port: '587', security: 'starttls', user: '', from: '' }
    : { host: mail.host, port: String(mail.port), security: mail.security, user: mail.user, from: mail.from };
}

export const MAIL_RULES: Rules<MailValues> = {
  host: (value) =>
    /^[a-z0-9.-]{1,253}$/i.test(value.trim()) ? null : 'Write a host name, for example smtp.yourorg.org.',
  port: (value) =>
    /^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65_535
      ? null
      : 'A port is a number from 1 to 65535.',
  security: (value, { host }) =>
    value !== 'none' || ['localhost', '127.0.0.1'].includes(host.trim().toLowerCase())
      ? null
      : 'Mail without encryption goes to this machine only (localhost). Choose STARTTLS or TLS for another server.',
  from: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value.trim())
      ? null
      : 'Write the mail address that messages come from, for example bylaw@yourorg.org.',
};

/** The values as the API takes them. */
export function mailOf({ host, port, security, user, from }: MailValues): Omit<Mail, 'hasPassword'> {
  return {
    host: host.trim().toLowerCase(),
    port: Number(port),
    security: SECURITY.find(({ value }) => value === security)?.value ?? 'starttls',
    user: user.trim(),
    from: from.trim(),
  };
}
