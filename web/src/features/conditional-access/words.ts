import { ACCESS_POLICY_STATE_WORDS } from '../../../../src/domain/labels.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

export type Access = Awaited<ReturnType<typeof client.conditionalAccess.show>>;
export type Template = Access['templates'][number];
export type Explained = Access['policies'][number];
export type WhatIf = Awaited<ReturnType<typeof client.conditionalAccess.whatIf>>;
export type Everyone = Awaited<ReturnType<typeof client.conditionalAccess.everyone>>;
export type Effect = NonNullable<WhatIf['outcome']>;

export type PolicyState = keyof typeof ACCESS_POLICY_STATE_WORDS;

export function stateWords(state: PolicyState | null): string {
  return state === null ? 'State not reported' : ACCESS_POLICY_STATE_WORDS[state];
}

const VALUE_WORDS: Readonly<Record<string, string>> = {
  all: 'all',
  enabled: 'on',
  disabled: 'off',
  enabledforreportingbutnotenforced: 'report-only',
  mfa: 'MFA',
  compliantdevice: 'a compliant device',
  domainjoineddevice: 'a hybrid joined device',
  approvedapplication: 'an approved app',
  compliantapplication: 'an app protection policy',
  passwordchange: 'a password change',
  block: 'a block',
  or: 'one is enough',
  and: 'all are needed',
  browser: 'browsers',
  mobileappsanddesktopclients: 'mobile and desktop apps',
  mcasconfigured: 'custom policy',
  monitoronly: 'monitor only',
  blockdownloads: 'block downloads',
  everytime: 'every time',
};

/** Display text of a value in a policy: the name for an id, or else our own term, or else the value itself. */
export function valueWords(value: string, labels: Access['labels']): string {
  const key = value.toLowerCase();
  return ownValue(labels, key) ?? ownValue(VALUE_WORDS, key) ?? ownValue(SESSION_WORDS, value) ?? value;
}

/** Display text of session controls, which do not affect who gets in. */
const SESSION_WORDS: Readonly<Record<string, string>> = {
  'persistentBrowser:always': 'a session that continues after the browser is closed',
  'persistentBrowser:never': 'a session that ends when the browser is closed',
  applicationEnforcedRestrictions: 'restrictions that only Exchange and SharePoint apply',
  'continuousAccessEvaluation:strictEnforcement': 'strict location checks during a session',
  'continuousAccessEvaluation:strictLocation': 'strict location checks during a session',
  'continuousAccessEvaluation:disabled': 'a session without continuous checks',
  secureSignInSession: 'a session tied to its device',
  disableResilienceDefaults: 'no extended sessions during an Entra outage',
  globalSecureAccessFilteringProfile: 'a filtering profile of Global Secure Access',
  'signInFrequency:secondaryAuthentication': 'a new sign-in that requires only the second factor',
};

/** Takes values such as `cloudAppSecurity:mcasConfigured`. */
export function sessionWords(control: string): string {
  const words = ownValue(SESSION_WORDS, control);
  if (words !== undefined) return words;
  if (!/^(cloudAppSecurity|signInFrequency):/.test(control)) return `the session control “${control}”`;
  const at = control.indexOf(':');
  const value = valueWords(control.slice(at + 1), {});
  return control.startsWith('cloudAppSecurity')
    ? `a session through Defender for Cloud Apps (${value})`
    : control === 'signInFrequency:everyTime'
      ? 'a new sign-in every time'
      : `a new sign-in after ${value}`;
}

/** A grant control of What If, as named in Microsoft Graph. */
export function controlWords(control: string): string {
  const [name = '', rest] = control.split(':');
  if (name === 'authenticationStrength') return `the authentication strength “${rest ?? ''}”`;
  if (name === 'termsOfUse') return 'terms of use';
  if (name === 'customAuthenticationFactor') return 'a custom control';
  return valueWords(name, {});
}

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  blocked: 'Blocked',
  asked: 'Allowed after further proof',
  free: 'Allowed',
  unknown: 'Cannot tell',
};

export const REASON_WORDS: Readonly<Record<WhatIf['policies'][number]['reasons'][number], string>> = {
  off: 'it is off',
  state: 'the file does not say whether it is on',
  application: 'the application',
  person: 'the person',
  platform: 'the platform',
  client: 'the client app',
  location: 'the place',
  device: 'the device',
  sign_in_risk: 'the sign-in risk',
  user_risk: 'the user risk',
  flow: 'the way of signing in',
  insider_risk: 'the insider risk',
  condition: 'a condition that cannot be read',
};
