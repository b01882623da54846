import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { browserName } from '../../../../src/domain/text/browser.ts';

const METHODS: Readonly<Record<string, string>> = {
  password: 'password',
  'password+totp': 'password and app',
  'password+recovery': 'password and recovery code',
  passkey: 'passkey',
  oidc: 'sign-in provider',
};

/** How a session was started, in words; an unknown method is shown as stored. */
export function methodWords(method: string): string {
  return ownValue(METHODS, method) ?? method;
}

/** The common name of a browser; an unknown one is shown by its user agent. */
export function browserWords(userAgent: string): string {
  return browserName(userAgent) ?? (userAgent === '' ? 'Unnamed program' : userAgent.slice(0, 60));
}
