import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { browserName } from '../../../../src/domain/text/browser.ts';

const METHODS: Readonly<Record<string, string>> = {
  password: 'password',
  'password+totp': 'password and app',
  'password+recovery': 'password and recovery code',
  passkey: 'passkey',
  oidc: 'sign-in provider',
};

/** How a session was opened, in words; what this version does not know is said as it is stored. */
export function methodWords(method: string): string {
  return ownValue(METHODS, method) ?? method;
}

/** A browser as people call it; what is not known is said as it names itself. */
export function browserWords(userAgent: string): string {
  return browserName(userAgent) ?? (userAgent === '' ? 'Unnamed program' : userAgent.slice(0, 60));
}
