import type { CaPolicyRow } from '../../model/kinds.ts';
import { ownValue } from '../../model/own-value.ts';

export type Tri = 'yes' | 'no' | 'unknown';

/** Whether a policy demands what is asked. `why` describes what it does instead, as the end of "the policy …". */
export interface Meets {
  readonly is: Tri;
  readonly why: string;
  /** true: the policy addresses this requirement, so it is worth naming if it falls short. */
  readonly close: boolean;
}

/** Microsoft's built-in authentication strengths, by id and by name. Each requires MFA. */
const MFA_STRENGTH_IDS = [2, 3, 4].map((n) => `00000000-0000-0000-0000-00000000000${n}`);
const MFA_STRENGTH_NAMES = new Set(
  ['Multifactor authentication', 'Passwordless MFA', 'Phishing-resistant MFA'].map(fold),
);

const CONTROL_WORDS: Readonly<Record<string, string>> = {
  mfa: 'MFA',
  block: 'a block',
  compliantdevice: 'a compliant device',
  domainjoineddevice: 'a hybrid joined device',
  approvedapplication: 'an approved app',
  compliantapplication: 'an app protection policy',
  passwordchange: 'a password change',
  riskremediation: 'risk remediation',
  termsofuse: 'terms of use',
  customauthenticationfactor: 'a custom control',
};

/** One grant control, in words. */
export function controlWords(control: string): string {
  return (
    ownValue(CONTROL_WORDS, fold(control.split(':')[0] ?? '')) ??
    control
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase()
  );
}

interface Alternative {
  readonly is: Tri;
  readonly block: boolean;
  readonly words: string;
}

/**
 * Whether the grant cannot be satisfied without a control that `strong` accepts. With AND, one strong control is
 * enough; with OR, every alternative must be strong, since people may choose the weakest.
 */
function demands(
  policy: CaPolicyRow,
  strong: (control: string) => Tri,
  strengthIs: (name: string) => Tri,
): Meets {
  const { grant } = policy;
  const alternatives: Alternative[] = (grant?.controls ?? []).map((control) => ({
    is: strong(fold(control)),
    block: fold(control) === 'block',
    words: controlWords(control),
  }));
  if (grant?.authenticationStrength)
    alternatives.push({
      is: strengthIs(grant.authenticationStrength),
      block: false,
      words: `the authentication strength “${grant.authenticationStrength}”`,
    });
  if (!grant || alternatives.length === 0)
    return { is: 'no', why: 'grants access without a condition', close: false };
  const listed = alternatives.map((a) => a.words);
  const close = alternatives.some((a) => a.is !== 'no' && !a.block);
  if (grant.operator === 'AND' || alternatives.length === 1) {
    if (alternatives.some((a) => a.is === 'yes'))
      return { is: 'yes', why: `asks for ${listed.join(' and ')}`, close };
    const unsure = alternatives.find((a) => a.is === 'unknown');
    return unsure
      ? { is: 'unknown', why: `asks for ${unsure.words}, and the file does not say what that accepts`, close }
      : { is: 'no', why: `asks only for ${listed.join(' and ')}`, close };
  }
  const weak = alternatives.filter((a) => a.is === 'no');
  if (weak.length > 0)
    return {
      is: 'no',
      why: `asks for ${listed.join(' or ')}, so ${weak.map((a) => a.words).join(' or ')} alone is enough`,
      close,
    };
  return alternatives.every((a) => a.is === 'yes')
    ? { is: 'yes', why: `asks for ${listed.join(' or ')}`, close }
    : {
        is: 'unknown',
        why: `asks for ${listed.join(' or ')}, and the file does not say what that accepts`,
        close,
      };
}

/** MFA, a built-in authentication strength, or a block. A custom strength may allow single factors. */
export function demandsMfa(policy: CaPolicyRow): Meets {
  return demands(
    policy,
    (control) => (control === 'mfa' || control === 'block' ? 'yes' : 'no'),
    (name) => (policy.strengthAccepts === undefined ? isMfaByName(name) : IS_MFA[policy.strengthAccepts]),
  );
}

const IS_MFA = { mfa: 'yes', single_factor: 'no', unknown: 'unknown' } as const;

function isMfaByName(name: string): Tri {
  return MFA_STRENGTH_NAMES.has(fold(name)) || MFA_STRENGTH_IDS.some((id) => name.includes(id))
    ? 'yes'
    : 'unknown';
}

/** Whether the grant is a block: its only control, or combined with others by AND. */
export function blocks({ grant }: CaPolicyRow): boolean {
  if (grant === null || !grant.controls.some((control) => fold(control) === 'block')) return false;
  const alone = grant.controls.length === 1 && grant.authenticationStrength === null;
  return alone || grant.operator === 'AND';
}

const PROOF = new Set(['mfa', 'compliantdevice', 'domainjoineddevice', 'customauthenticationfactor']);

/** Whether it asks for more than a password: a second factor, an authentication strength or a managed device. */
export function asksForProof({ grant }: CaPolicyRow): boolean {
  return grant !== null && (grant.authenticationStrength !== null || grant.controls.some(isProof));
}

function isProof(control: string): boolean {
  return PROOF.has(fold(control.split(':')[0] ?? ''));
}

/** A compliant device or a block. A hybrid joined device is not necessarily compliant. */
export function demandsCompliantDevice(policy: CaPolicyRow): Meets {
  return demands(
    policy,
    (control) => (control === 'compliantdevice' || control === 'block' ? 'yes' : 'no'),
    () => 'no',
  );
}

/** Sessions are routed through Defender for Cloud Apps with its own policies. */
export function demandsSessionControl(policy: CaPolicyRow): Meets {
  const kind = policy.session.cloudAppSecurity;
  if (kind === null) return { is: 'no', why: 'does not use Conditional Access App Control', close: false };
  if (fold(kind) === 'mcasconfigured')
    return { is: 'yes', why: 'hands sessions to Defender for Cloud Apps with its own policies', close: true };
  const words =
    { monitoronly: 'only watches sessions', blockdownloads: 'only blocks downloads' }[fold(kind)] ??
    `uses “${kind}”`;
  return {
    is: 'no',
    why: `${words} and does not use a custom policy of Defender for Cloud Apps`,
    close: true,
  };
}

/** A block, or MFA at every sign-in, which is how Microsoft combines it with sign-in risk. */
export function demandsStepUp(policy: CaPolicyRow): Meets {
  if (blocks(policy))
    return { is: 'yes', why: 'blocks the sign-in', close: policy.signInRiskLevels.length > 0 };
  const mfa = demandsMfa(policy);
  // There are many plain MFA policies; only those with a risk condition are worth naming here.
  const close = policy.signInRiskLevels.length > 0;
  if (mfa.is === 'no') return { ...mfa, close };
  if (!everyTime(policy))
    return {
      is: 'no',
      why: `${mfa.why}, but not at every sign-in (sign-in frequency is ${policy.session.signInFrequency ?? 'not set'})`,
      close,
    };
  return { is: mfa.is, why: `${mfa.why}, at every sign-in`, close };
}

function everyTime(policy: CaPolicyRow): boolean {
  return /every\s*time/i.test(policy.session.signInFrequency ?? '');
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
// Guide: G6.2-05 G6.2-06 G6.3-06 G6.4-05 G6.5-03 G6.5-05
