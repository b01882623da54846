import type { CaPolicyRow, GuestScope } from '../model/kinds.ts';
import type { PolicyBody } from './body.ts';

/** A part of a policy that can differ. */
export const PARTS = [
  'name',
  'state',
  'includeApplications',
  'excludeApplications',
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
  'includeGuests',
  'excludeGuests',
  'clientAppTypes',
  'includePlatforms',
  'excludePlatforms',
  'includeLocations',
  'excludeLocations',
  'signInRiskLevels',
  'userRiskLevels',
  'operator',
  'controls',
  'authenticationStrength',
  'cloudAppSecurity',
  'signInFrequency',
  'otherSession',
  'deviceFilter',
  'otherConditions',
] as const;
export type PolicyPart = (typeof PARTS)[number];

/** One part in which a policy of the tenant and what was meant differ. */
export interface PartDifference {
  readonly part: PolicyPart;
  /** Intended values that are missing. */
  readonly missing: readonly string[];
  /** Values that are there and not intended. */
  readonly added: readonly string[];
  /** The added values let more sign-ins through, or the missing ones would have held them. */
  readonly weaker: boolean;
}

type Parts = Readonly<Record<PolicyPart, readonly string[]>>;

/** Parts in which every additional value lets more sign-ins through. */
const LEAVES_OUT: readonly PolicyPart[] = [
  'excludeApplications',
  'excludeUsers',
  'excludeGroups',
  'excludeRoles',
  'excludeGuests',
  'excludePlatforms',
  'excludeLocations',
];
/** Parts of which nothing was meant, so that any value narrows the policy. */
const NARROWS: readonly PolicyPart[] = ['userRiskLevels', 'deviceFilter', 'otherConditions'];

/** Session controls by which a session lasts longer, or is asked for less, than without them. */
const LOOSENS = new Set([
  'persistentBrowser:always',
  'continuousAccessEvaluation:disabled',
  'signInFrequency:secondaryAuthentication',
]);

/**
 * Where a policy of the tenant differs from what was meant, in both directions: what is there besides is as much a
 * difference as what is missing. Platform "all", location "All" and no statement mean the same.
 */
export function differences(meant: PolicyBody, actual: CaPolicyRow): readonly PartDifference[] {
  const wanted = ofBody(meant);
  const found = ofRow(actual);
  return PARTS.flatMap((part) => {
    const missing = wanted[part].filter((value) => !has(found[part], value));
    const added = found[part].filter((value) => !has(wanted[part], value));
    if (missing.length + added.length === 0) return [];
    return [{ part, missing, added, weaker: weaker(part, missing, added, meant) }];
  });
}

/** Parts in which a policy of the tenant has changed. */
export function movedParts(before: CaPolicyRow, now: CaPolicyRow): readonly PolicyPart[] {
  const was = ofRow(before);
  const is = ofRow(now);
  return PARTS.filter(
    (part) =>
      was[part].some((value) => !has(is[part], value)) || is[part].some((value) => !has(was[part], value)),
  );
}

function weaker(
  part: PolicyPart,
  missing: readonly string[],
  added: readonly string[],
  meant: PolicyBody,
): boolean {
  if (part === 'name') return false;
  if (part === 'state') return meant.state === 'enabled';
  if (part === 'otherSession') return added.some((control) => LOOSENS.has(control));
  if (part === 'controls') return missing.length > 0 || meant.grantControls?.operator !== 'AND';
  if (LEAVES_OUT.includes(part)) return added.length > 0;
  if (NARROWS.includes(part)) return added.length > 0;
  // What it is for: fewer values hold fewer sign-ins, and values in place of "all" do, too.
  return missing.length > 0;
}

function has(list: readonly string[], value: string): boolean {
  return list.some((one) => one.toLowerCase() === value.toLowerCase());
}

function ofBody(body: PolicyBody): Parts {
  const { applications, users, platforms, locations, ...conditions } = body.conditions;
  return {
    name: [body.displayName],
    state: [body.state],
    includeApplications: applications.includeApplications,
    excludeApplications: applications.excludeApplications,
    includeUsers: people(users.includeUsers),
    excludeUsers: users.excludeUsers,
    includeGroups: users.includeGroups,
    excludeGroups: users.excludeGroups,
    includeRoles: users.includeRoles,
    excludeRoles: users.excludeRoles,
    includeGuests: [],
    excludeGuests: [],
    clientAppTypes: conditions.clientAppTypes,
    includePlatforms: everything(platforms?.includePlatforms ?? []),
    excludePlatforms: platforms?.excludePlatforms ?? [],
    includeLocations: everything(locations?.includeLocations ?? []),
    excludeLocations: locations?.excludeLocations ?? [],
    signInRiskLevels: conditions.signInRiskLevels ?? [],
    userRiskLevels: [],
    operator: operatorOf(body.grantControls?.operator, body.grantControls?.builtInControls ?? []),
    controls: body.grantControls?.builtInControls ?? [],
    authenticationStrength: [],
    cloudAppSecurity: given(body.sessionControls?.cloudAppSecurity?.cloudAppSecurityType),
    signInFrequency: given(body.sessionControls?.signInFrequency?.frequencyInterval),
    otherSession: [],
    deviceFilter: [],
    otherConditions: [],
  };
}

function ofRow(row: CaPolicyRow): Parts {
  const { grant, session, deviceFilter } = row;
  return {
    name: [row.name],
    state: given(row.state),
    includeApplications: row.includeApplications,
    excludeApplications: row.excludeApplications,
    includeUsers: people(row.includeUsers),
    excludeUsers: row.excludeUsers,
    includeGroups: row.includeGroups,
    excludeGroups: row.excludeGroups,
    includeRoles: row.includeRoles,
    excludeRoles: row.excludeRoles,
    includeGuests: guests(row.includeGuests),
    excludeGuests: guests(row.excludeGuests),
    clientAppTypes: row.clientAppTypes,
    includePlatforms: everything(row.includePlatforms),
    excludePlatforms: row.excludePlatforms,
    includeLocations: everything(row.includeLocations),
    excludeLocations: row.excludeLocations,
    signInRiskLevels: row.signInRiskLevels,
    userRiskLevels: row.userRiskLevels,
    operator: operatorOf(grant?.operator, [
      ...(grant?.controls ?? []),
      ...given(grant?.authenticationStrength),
    ]),
    controls: grant?.controls ?? [],
    authenticationStrength: given(grant?.authenticationStrength),
    cloudAppSecurity: given(session.cloudAppSecurity),
    signInFrequency: given(session.signInFrequency),
    otherSession: session.others ?? [],
    deviceFilter: deviceFilter === undefined ? [] : [`${deviceFilter.mode} ${deviceFilter.rule}`],
    otherConditions: row.otherConditions
      .filter(
        (name) =>
          !(name === 'devices' && deviceFilter !== undefined) && !/GuestsOrExternalUsers$/i.test(name),
      )
      .map((name) => withValues(name, row)),
  };
}

/** A condition with its values where they were read, so that another value of it is a difference. */
function withValues(name: string, { flows, insiderRisk }: CaPolicyRow): string {
  const values =
    name === 'authenticationFlows' ? flows : name === 'insiderRiskLevels' ? insiderRisk : undefined;
  return values === undefined ? name : `${name}: ${values.toSorted().join(', ')}`;
}

const given = (value: string | null | undefined): readonly string[] => (value ? [value] : []);

/** The operator between controls matters only if there are several. */
const operatorOf = (operator: string | undefined, controls: readonly string[]): readonly string[] =>
  operator !== undefined && controls.length > 1 ? [operator] : [];

/** "None" includes nobody, like the empty list. */
const people = (ids: readonly string[]): readonly string[] => ids.filter((id) => id.toLowerCase() !== 'none');

const everything = (list: readonly string[]): readonly string[] =>
  list.length === 0 || has(list, 'all') ? ['all'] : list;

const guests = (scope: GuestScope | undefined): readonly string[] =>
  scope === undefined ? [] : [`${scope.types.join(', ')}${scope.allTenants ? '' : ' of chosen tenants'}`];
// Guide: G6.2-01 G6.2-02 G6.2-05 G6.3-03 G6.4-05
