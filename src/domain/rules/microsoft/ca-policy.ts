import type { CaPolicyRow } from '../../model/kinds.ts';
import { ownValue } from '../../model/own-value.ts';
import {
  demandsCompliantDevice,
  demandsMfa,
  demandsSessionControl,
  demandsStepUp,
  type Meets,
} from './ca-grant.ts';

/**
 * How a policy reaches an application. filtered: it selects applications by a security attribute, which no file shows,
 * so it may or may not reach this one.
 */
export type Reach = 'named' | 'all' | 'filtered' | 'excluded' | 'no';

/**
 * `All` reaches every application that gets tokens from Entra; `Office365` and similar suites do not contain Claude.
 * Claude has no legacy clients, so a policy for those alone does not reach it.
 */
export function reaches(policy: CaPolicyRow, appId: string): Reach {
  if (legacyClientsOnly(policy)) return 'no';
  const has = (list: readonly string[], wanted: string) => list.some((id) => id.toLowerCase() === wanted);
  const app = appId.toLowerCase();
  const named = has(policy.includeApplications, app);
  const all = has(policy.includeApplications, 'all');
  const filtered = policy.otherConditions.some((name) => /applicationFilter/i.test(name));
  if (!named && !all && !filtered) return 'no';
  if (has(policy.excludeApplications, app)) return 'excluded';
  return filtered ? 'filtered' : named ? 'named' : 'all';
}

function legacyClientsOnly(policy: CaPolicyRow): boolean {
  const legacy = new Set(['exchangeactivesync', 'eassupported', 'other']);
  return (
    policy.clientAppTypes.length > 0 && policy.clientAppTypes.every((type) => legacy.has(type.toLowerCase()))
  );
}

/** Whether a policy applies to people; `None` with agents or workload identities does not. */
export function concernsPeople(policy: CaPolicyRow): boolean {
  return (
    policy.includeUsers.some((id) => id.toLowerCase() !== 'none') ||
    policy.includeGroups.length > 0 ||
    policy.includeRoles.length > 0 ||
    policy.includeGuests !== undefined ||
    policy.otherConditions.some((name) => /(^|\.)includeGuests/i.test(name))
  );
}

export const PLATFORMS = ['android', 'ios', 'windows', 'windowsphone', 'macos', 'linux', 'unknown'] as const;
export const isPlatform = (name: string): boolean => PLATFORMS.some((known) => known === name);
const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  android: 'Android',
  ios: 'iOS',
  windows: 'Windows',
  windowsphone: 'Windows Phone',
  macos: 'macOS',
  linux: 'Linux',
};
export const CLIENTS = ['browser', 'mobileappsanddesktopclients'] as const;
export type Client = (typeof CLIENTS)[number];
const CLIENT_WORDS: Readonly<Record<string, string>> = {
  browser: 'browsers',
  mobileappsanddesktopclients: 'mobile and desktop apps',
  exchangeactivesync: 'Exchange ActiveSync',
  eassupported: 'Exchange ActiveSync',
  other: 'legacy clients',
};

/** What a control demands of policies, and where it must apply. */
export interface Requirement {
  /** End of "asks everyone for …". */
  readonly words: string;
  readonly meets: (policy: CaPolicyRow) => Meets;
  readonly clients: readonly Client[];
  /** Sign-in risk level at which it must act; null: always. */
  readonly risk: 'medium' | 'high' | null;
  /** The connector's own range may be excluded because no one signs in from there. Never for devices. */
  readonly egressMayBeLeftOut: boolean;
  /** A compliant device satisfies it by itself, so policies need not cover compliant devices. */
  readonly compliantIsEnough: boolean;
  /**
   * Platforms that may be excluded while a policy is in report-only mode, because it would prompt people needlessly on
   * them.
   */
  readonly reportOnlyWithout: readonly string[];
}

export const REQUIREMENTS = {
  mfa: {
    words: 'MFA',
    meets: demandsMfa,
    clients: CLIENTS,
    risk: null,
    egressMayBeLeftOut: true,
    compliantIsEnough: false,
    reportOnlyWithout: [],
  },
  compliant_device: {
    words: 'a compliant device',
    meets: demandsCompliantDevice,
    clients: CLIENTS,
    risk: null,
    egressMayBeLeftOut: false,
    compliantIsEnough: true,
    reportOnlyWithout: ['macos', 'ios', 'android'],
  },
  session_control: {
    words: 'a session through Defender for Cloud Apps',
    meets: demandsSessionControl,
    clients: ['browser'],
    risk: null,
    egressMayBeLeftOut: true,
    compliantIsEnough: false,
    reportOnlyWithout: [],
  },
  risk_medium: {
    words: 'step-up at medium sign-in risk',
    meets: demandsStepUp,
    clients: CLIENTS,
    risk: 'medium',
    egressMayBeLeftOut: true,
    compliantIsEnough: false,
    reportOnlyWithout: [],
  },
  risk_high: {
    words: 'step-up at high sign-in risk',
    meets: demandsStepUp,
    clients: CLIENTS,
    risk: 'high',
    egressMayBeLeftOut: true,
    compliantIsEnough: false,
    reportOnlyWithout: [],
  },
} as const satisfies Record<string, Requirement>;

export function platformWords(name: string): string {
  return ownValue(PLATFORM_WORDS, name) ?? name;
}

export function clientWords(name: string): string {
  return ownValue(CLIENT_WORDS, name) ?? name;
}

const CONDITIONS: readonly (readonly [RegExp, string])[] = [
  [/device/i, 'a device filter'],
  [/clientApplications|servicePrincipal/i, 'a condition on workload identities'],
  [/agent/i, 'a condition on agents'],
  [/authenticationFlow/i, 'a condition on authentication flows'],
  [/insiderRisk/i, 'a condition on insider risk'],
  [/guest|external/i, 'a condition on guests'],
  [/applicationFilter/i, 'an application filter'],
  [/userAction/i, 'a condition on user actions'],
  [/authenticationContext/i, 'an authentication context'],
  [/times?$/i, 'a condition on time'],
];

/** Describes a condition that is not interpreted. */
export function conditionWords(name: string): string {
  return CONDITIONS.find(([pattern]) => pattern.test(name))?.[1] ?? `the condition “${name}”`;
}

/** Name of a policy in sentences. */
export function policyName(policy: CaPolicyRow): string {
  return `“${policy.name || policy.id || 'a policy without a name'}”`;
}

export function policyKey(policy: CaPolicyRow): string {
  return (policy.id ?? policy.name).trim().toLowerCase();
}
