import type { CaPolicyRow } from '../../model/kinds.ts';
import {
  demandsCompliantDevice,
  demandsMfa,
  demandsSessionControl,
  demandsStepUp,
  type Meets,
} from './ca-grant.ts';

/** How a policy reaches an application. */
export type Reach = 'named' | 'all' | 'excluded' | 'no';

/** `All` reaches every application that asks Entra for tokens; `Office365` and the like do not hold Claude. */
export function reaches(policy: CaPolicyRow, appId: string): Reach {
  const has = (list: readonly string[], wanted: string) => list.some((id) => id.toLowerCase() === wanted);
  const app = appId.toLowerCase();
  const named = has(policy.includeApplications, app);
  const all = has(policy.includeApplications, 'all');
  if (!named && !all) return 'no';
  if (has(policy.excludeApplications, app)) return 'excluded';
  return named ? 'named' : 'all';
}

/** Whether a policy speaks of people at all; `None` with agents or workload identities does not. */
export function concernsPeople(policy: CaPolicyRow): boolean {
  return (
    policy.includeUsers.some((id) => id.toLowerCase() !== 'none') ||
    policy.includeGroups.length > 0 ||
    policy.includeRoles.length > 0 ||
    policy.otherConditions.some((name) => /(^|\.)includeGuests/i.test(name))
  );
}

export const PLATFORMS = ['android', 'ios', 'windows', 'windowsphone', 'macos', 'linux', 'unknown'] as const;
const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  android: 'Android',
  ios: 'iOS',
  windows: 'Windows',
  windowsphone: 'Windows Phone',
  macos: 'macOS',
  linux: 'Linux',
};
export const CLIENTS = ['browser', 'mobileappsanddesktopclients'] as const;
type Client = (typeof CLIENTS)[number];
const CLIENT_WORDS: Readonly<Record<string, string>> = {
  browser: 'browsers',
  mobileappsanddesktopclients: 'mobile and desktop apps',
  exchangeactivesync: 'Exchange ActiveSync',
  eassupported: 'Exchange ActiveSync',
  other: 'legacy clients',
};

/** What a control asks of policies, and where it must hold. */
export interface Requirement {
  /** End of "asks everybody for …". */
  readonly words: string;
  readonly meets: (policy: CaPolicyRow) => Meets;
  readonly clients: readonly Client[];
  /** Sign-in risk level at which it must act; null: always. */
  readonly risk: 'medium' | 'high' | null;
  /** The connector's own range may be left out: nobody signs in from there. Never for devices. */
  readonly egressMayBeLeftOut: boolean;
  /** Platforms that may be left out while a policy is in report-only, where it would prompt people needlessly. */
  readonly reportOnlyWithout: readonly string[];
}

export const REQUIREMENTS = {
  mfa: {
    words: 'MFA',
    meets: demandsMfa,
    clients: CLIENTS,
    risk: null,
    egressMayBeLeftOut: true,
    reportOnlyWithout: [],
  },
  compliant_device: {
    words: 'a compliant device',
    meets: demandsCompliantDevice,
    clients: CLIENTS,
    risk: null,
    egressMayBeLeftOut: false,
    reportOnlyWithout: ['macos', 'ios', 'android'],
  },
  session_control: {
    words: 'a session through Defender for Cloud Apps',
    meets: demandsSessionControl,
    clients: ['browser'],
    risk: null,
    egressMayBeLeftOut: true,
    reportOnlyWithout: [],
  },
  risk_medium: {
    words: 'step-up at medium sign-in risk',
    meets: demandsStepUp,
    clients: CLIENTS,
    risk: 'medium',
    egressMayBeLeftOut: true,
    reportOnlyWithout: [],
  },
  risk_high: {
    words: 'step-up at high sign-in risk',
    meets: demandsStepUp,
    clients: CLIENTS,
    risk: 'high',
    egressMayBeLeftOut: true,
    reportOnlyWithout: [],
  },
} as const satisfies Record<string, Requirement>;

/** Where a policy acts: cells of platform and client, and in words what its conditions let through. */
export interface Region {
  readonly cells: ReadonlySet<string>;
  readonly lets: readonly string[];
}

/**
 * The platforms and clients for which a policy acts whatever else is the case. A condition on location, risk or
 * anything that is not interpreted empties it: such a policy never counts as covering everybody.
 */
export function regionOf(
  policy: CaPolicyRow,
  requirement: Requirement,
  isEgress: (locationId: string) => boolean,
): Region {
  const lets: string[] = [];
  const platforms = platformsOf(policy, requirement, lets);
  const clients = clientsOf(policy, requirement, lets);
  let open = platforms.length > 0 && clients.length > 0;
  const narrow = (words: string) => {
    lets.push(words);
    open = false;
  };
  locationWords(policy, requirement, isEgress, narrow);
  const levels = policy.signInRiskLevels.map((level) => level.toLowerCase());
  if (levels.length > 0 && !(requirement.risk && levels.includes(requirement.risk)))
    narrow(`acts only at sign-in risk ${levels.join(' or ')}`);
  if (policy.userRiskLevels.length > 0)
    narrow(`acts only at user risk ${policy.userRiskLevels.join(' or ')}`);
  for (const condition of policy.otherConditions)
    narrow(`acts only where ${conditionWords(condition)} says so`);
  const cells = open ? platforms.flatMap((platform) => clients.map((client) => `${platform} ${client}`)) : [];
  return { cells: new Set(cells), lets };
}

/** Every cell that a requirement must hold in. */
export function cellsOf(requirement: Requirement): readonly string[] {
  return PLATFORMS.flatMap((platform) => requirement.clients.map((client) => `${platform} ${client}`));
}

function platformsOf(policy: CaPolicyRow, requirement: Requirement, lets: string[]): readonly string[] {
  const include = policy.includePlatforms.map((name) => name.toLowerCase());
  const ignored = policy.state === 'enabledForReportingButNotEnforced' ? requirement.reportOnlyWithout : [];
  const exclude = policy.excludePlatforms
    .map((name) => name.toLowerCase())
    .filter((name) => !ignored.includes(name));
  const everything = include.length === 0 || include.includes('all');
  if (!everything) lets.push(`acts only on ${include.map(platformWords).join(', ')}`);
  if (exclude.length > 0) lets.push(`leaves out ${exclude.map(platformWords).join(', ')}`);
  if (exclude.includes('all')) return [];
  return PLATFORMS.filter((name) => (everything || include.includes(name)) && !exclude.includes(name));
}

function clientsOf(policy: CaPolicyRow, requirement: Requirement, lets: string[]): readonly Client[] {
  const types = policy.clientAppTypes.map((name) => name.toLowerCase());
  if (types.includes('all')) return requirement.clients;
  const held = requirement.clients.filter((client) => types.includes(client));
  if (types.length === 0) lets.push('does not state for which clients it acts');
  else if (held.length < requirement.clients.length)
    lets.push(`acts only for ${types.map((name) => CLIENT_WORDS[name] ?? name).join(' and ')}`);
  return held;
}

function locationWords(
  policy: CaPolicyRow,
  requirement: Requirement,
  isEgress: (locationId: string) => boolean,
  narrow: (words: string) => void,
): void {
  const { includeLocations, excludeLocations } = policy;
  if (includeLocations.length > 0 && !includeLocations.some((id) => id.toLowerCase() === 'all'))
    narrow('acts only for chosen locations');
  const left = excludeLocations.filter((id) => !(requirement.egressMayBeLeftOut && isEgress(id)));
  if (left.some((id) => id.toLowerCase() === 'alltrusted'))
    narrow('lets sign-ins from trusted locations through');
  else if (left.length > 0) narrow('lets sign-ins from chosen locations through');
}

function platformWords(name: string): string {
  return PLATFORM_WORDS[name] ?? name;
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

/** An uninterpreted condition in words. */
export function conditionWords(name: string): string {
  return CONDITIONS.find(([pattern]) => pattern.test(name))?.[1] ?? `the condition "${name}"`;
}

/** Name of a policy in sentences. */
export function policyName(policy: CaPolicyRow): string {
  return `"${policy.name || policy.id || 'a policy without a name'}"`;
}

export function policyKey(policy: CaPolicyRow): string {
  return (policy.id ?? policy.name).trim().toLowerCase();
}
