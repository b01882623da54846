import fc from 'fast-check';
import type { CaPolicyRow } from '../../../model/kinds.ts';
import { reading, TODAY } from '../../../testing/build.ts';
import {
  ADMINS,
  APP,
  CAFE,
  GLASS,
  grant,
  OFFICE,
  OTHER,
  PEOPLE,
  type Person,
  STAFF,
  SYNC,
} from '../testing-tenant.ts';

/** Every sign-in of the small tenant and random policies, for implementations that are independent of the evaluator. */

/** Without a list of role assignments, the tenant is tried with and without an administrator among the staff. */
const WITH_ROLES: readonly Person[] = PEOPLE.flatMap((person) =>
  person.id === 'user-2' ? [person, { ...person, roles: [ADMINS] }] : [person],
);

export interface SignIn {
  readonly person: Person;
  readonly platform: string;
  readonly client: string;
  /** Named locations that contain the address; the office is trusted, the café is not. */
  readonly at: readonly string[];
  readonly compliant: boolean | null;
  readonly company: boolean;
}

const PLACES: readonly (readonly string[])[] = [[], [OFFICE, 'AllTrusted'], [CAFE], ['AllTrusted']];
export const SIGN_INS: readonly SignIn[] = WITH_ROLES.flatMap((person) =>
  ['windows', 'macOS', 'linux', 'unknown'].flatMap((platform) =>
    ['browser', 'mobileAppsAndDesktopClients'].flatMap((client) =>
      PLACES.flatMap((at) =>
        [true, false, null].flatMap((compliant) =>
          [true, false].map((company) => ({ person, platform, client, at, compliant, company })),
        ),
      ),
    ),
  ),
);

const FILTERS: Readonly<Record<string, (s: SignIn) => boolean>> = {
  'device.isCompliant -eq True': (s) => s.compliant === true,
  'device.isCompliant -ne True': (s) => s.compliant !== true,
  'device.isCompliant -eq False': (s) => s.compliant === false,
  'device.deviceOwnership -eq "Company"': (s) => s.company,
  'device.isCompliant -eq True -and device.deviceOwnership -eq "Company"': (s) =>
    s.compliant === true && s.company,
  'device.deviceOwnership -eq "Company" -or device.isCompliant -eq True': (s) =>
    s.compliant === true || s.company,
  'not a rule at all': (s) => s.company,
};

/** Whether the tenant itself would apply the policy. */
export function acts(p: CaPolicyRow, s: SignIn): boolean {
  const named = (ids: readonly string[]) => ids.includes(s.person.id) || ids.includes('All');
  const guests = (ids: readonly string[]) => s.person.guest && ids.includes('GuestsOrExternalUsers');
  const inGroup = (ids: readonly string[]) => ids.some((id) => s.person.groups.includes(id));
  const holds = (ids: readonly string[]) => ids.some((id) => s.person.roles.includes(id));
  if (p.state !== 'enabled') return false;
  if (!p.includeApplications.some((id) => id === APP || id === 'All')) return false;
  if (p.excludeApplications.includes(APP)) return false;
  // Risk, flows and application filters may be set so that the policy does not apply.
  if (p.signInRiskLevels.length > 0) return false;
  const uninterpreted = p.otherConditions.filter(
    (name) => name !== 'devices' && name !== 'users.excludeGuestsOrExternalUsers',
  );
  if (uninterpreted.length > 0) return false;
  const guestsOut = p.excludeGuests !== undefined && s.person.guest;
  const takesIn =
    named(p.includeUsers) || guests(p.includeUsers) || inGroup(p.includeGroups) || holds(p.includeRoles);
  if (!takesIn) return false;
  if (named(p.excludeUsers) || guests(p.excludeUsers) || inGroup(p.excludeGroups) || guestsOut) return false;
  if (holds(p.excludeRoles)) return false;
  const wide = p.includePlatforms.length === 0 || p.includePlatforms.includes('all');
  if (!(wide || p.includePlatforms.includes(s.platform)) || p.excludePlatforms.includes(s.platform))
    return false;
  if (!(p.clientAppTypes.includes('all') || p.clientAppTypes.includes(s.client))) return false;
  const somewhere = (ids: readonly string[]) => ids.includes('All') || ids.some((id) => s.at.includes(id));
  if (p.includeLocations.length > 0 && !somewhere(p.includeLocations)) return false;
  if (somewhere(p.excludeLocations)) return false;
  if (p.deviceFilter) {
    const held = FILTERS[p.deviceFilter.rule]?.(s) ?? false;
    if (held !== (p.deviceFilter.mode === 'include')) return false;
  }
  return true;
}

/** The usual value in most policies, so that some tenants are covered; one of the others in the rest. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
export const policyParts = fc.record({
  state: mostly<'enabled' | 'disabled'>('enabled', 'disabled'),
  includeApplications: mostly([APP], ['All'], ['All'], [OTHER]),
  excludeApplications: mostly<string[]>([], [APP]),
  includeUsers: mostly<string[]>(['All'], [], ['user-2'], ['GuestsOrExternalUsers']),
  includeGroups: mostly<string[]>([], [STAFF], [GLASS]),
  includeRoles: mostly<string[]>([], [ADMINS]),
  excludeUsers: mostly<string[]>([], ['user-2'], ['GuestsOrExternalUsers']),
  excludeGroups: mostly<string[]>([GLASS], [], [STAFF]),
  excludeRoles: mostly<string[]>([SYNC], [], [ADMINS]),
  includePlatforms: mostly<string[]>([], ['all'], ['windows'], ['linux', 'macOS']),
  excludePlatforms: mostly<string[]>([], ['linux'], ['windows']),
  clientAppTypes: mostly(
    ['all'],
    ['browser'],
    ['mobileAppsAndDesktopClients', 'browser'],
    ['mobileAppsAndDesktopClients'],
    ['other', 'exchangeActiveSync'],
  ),
  includeLocations: mostly<string[]>([], ['All'], ['AllTrusted'], [OFFICE], [CAFE]),
  excludeLocations: mostly<string[]>([], ['AllTrusted'], [OFFICE], [CAFE, 'AllTrusted']),
  signInRiskLevels: mostly<string[]>([], ['high']),
  otherConditions: mostly<string[]>([], ['authenticationFlows'], ['applications.applicationFilter']),
  filter: fc.option(
    fc.record({
      mode: fc.constantFrom('include' as const, 'exclude' as const),
      rule: fc.constantFrom(...Object.keys(FILTERS)),
    }),
    { nil: null, freq: 2 },
  ),
  guestsOut: mostly(false, true),
  grant: fc.constantFrom(
    grant('OR', 'mfa'),
    grant('OR', 'mfa'),
    grant('OR', 'block'),
    grant('OR', 'mfa', 'compliantDevice'),
    grant('AND', 'mfa', 'compliantDevice'),
    grant('AND', 'mfa', 'compliantDevice'),
    grant('OR', 'compliantDevice'),
    { operator: 'OR' as const, controls: [], authenticationStrength: 'Ours' },
    null,
  ),
  strengthAccepts: fc.constantFrom('mfa' as const, 'single_factor' as const),
});
type Parts = typeof policyParts extends fc.Arbitrary<infer T> ? T : never;

export function policyOf({ filter, guestsOut, ...parts }: Parts, at: number): CaPolicyRow {
  const row = {
    ...parts,
    id: `p-${at}`,
    name: `Policy ${at}`,
    createdAt: `${TODAY}T00:00:00Z`,
    otherConditions: [
      ...parts.otherConditions,
      ...(filter ? ['devices'] : []),
      ...(guestsOut ? ['users.excludeGuestsOrExternalUsers'] : []),
    ],
    ...(filter ? { deviceFilter: filter } : {}),
    ...(guestsOut
      ? { excludeGuests: { types: ['internalguest', 'b2bcollaborationguest'], allTenants: true } }
      : {}),
  };
  return reading('ca_policies', [row]).rows[0] as CaPolicyRow;
}
