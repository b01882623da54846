import type { CaPolicyRow, UnreadPolicyRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { instant, isObject, type JsonObject, member, text } from '../exports/kinds/json-values.ts';
import { objectAt, objectsAt, stringsAt } from './members.ts';

const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'] as const;

/** Members of each part of `conditions` that have their own field in the row. */
const READ: Readonly<Record<string, readonly string[]>> = {
  '': [
    'applications',
    'users',
    'clientAppTypes',
    'platforms',
    'locations',
    'signInRiskLevels',
    'userRiskLevels',
  ],
  applications: ['includeApplications', 'excludeApplications'],
  users: ['includeUsers', 'excludeUsers', 'includeGroups', 'excludeGroups', 'includeRoles', 'excludeRoles'],
  platforms: ['includePlatforms', 'excludePlatforms'],
  locations: ['includeLocations', 'excludeLocations'],
};

/** A policy that could not be read, with what is known of it. */
export function unreadPolicy(item: JsonObject, file: string, row: number, why: string): UnreadPolicyRow {
  const id = text(member(item, 'id'));
  const state = text(member(item, 'state'));
  return {
    file,
    row,
    id,
    name: text(member(item, 'displayName')) ?? id ?? `the policy in row ${row}`,
    state: STATES.find((known) => known === state) ?? null,
    unread: why,
  };
}

/** A Conditional Access policy as returned by Entra. Conditions without their own field are listed by name. */
export function readCaPolicy(item: JsonObject, file: string, row: number): CaPolicyRow {
  const id = text(member(item, 'id'));
  const name = text(member(item, 'displayName')) ?? id;
  if (!name)
    throw new ImportProblem('The policy has neither a name nor an id.', { row, column: 'displayName' });
  if (!id) {
    throw new ImportProblem(
      `The policy “${name}” has no id, so it is a draft or a template and not the tenant’s answer. Save the answer from Graph.`,
      { row, column: 'id' },
    );
  }
  for (const key of ['conditions', 'grantControls', 'sessionControls'] as const) {
    if (!Object.hasOwn(item, key)) {
      throw new ImportProblem(
        `The policy “${name}” came without “${key}”. Run the request again without $select, so that the answer contains all of it.`,
        { row, column: key },
      );
    }
  }
  const conditions = objectAt(item, 'conditions', row);
  const applications = objectAt(conditions, 'applications', row);
  const users = objectAt(conditions, 'users', row);
  // A policy for nobody or for no application states that explicitly. If nothing is stated, its scope is unknown.
  const ofWorkloads = isEmpty(users) && isForWorkloads(conditions);
  for (const [key, part] of [['applications', applications] as const, ['users', users] as const])
    if (!Object.keys(part).some((one) => one.startsWith('include')) && !(key === 'users' && ofWorkloads))
      throw new ImportProblem(
        `The policy “${name}” is missing what it includes under “${key}”. Save the answer of Graph.`,
        { row, column: `conditions.${key}` },
      );
  const platforms = objectAt(conditions, 'platforms', row);
  const locations = objectAt(conditions, 'locations', row);
  const state = text(member(item, 'state'));
  return {
    file,
    row,
    id,
    name,
    state: STATES.find((known) => known === state) ?? null,
    createdAt: instant(member(item, 'createdDateTime')),
    modifiedAt: instant(member(item, 'modifiedDateTime')),
    includeApplications: stringsAt(applications, 'includeApplications', row),
    excludeApplications: stringsAt(applications, 'excludeApplications', row),
    includeUsers: stringsAt(users, 'includeUsers', row),
    excludeUsers: stringsAt(users, 'excludeUsers', row),
    includeGroups: stringsAt(users, 'includeGroups', row),
    excludeGroups: stringsAt(users, 'excludeGroups', row),
    includeRoles: stringsAt(users, 'includeRoles', row),
    excludeRoles: stringsAt(users, 'excludeRoles', row),
    clientAppTypes: stringsAt(conditions, 'clientAppTypes', row),
    includePlatforms: stringsAt(platforms, 'includePlatforms', row),
    excludePlatforms: stringsAt(platforms, 'excludePlatforms', row),
    includeLocations: stringsAt(locations, 'includeLocations', row),
    excludeLocations: stringsAt(locations, 'excludeLocations', row),
    signInRiskLevels: stringsAt(conditions, 'signInRiskLevels', row),
    userRiskLevels: stringsAt(conditions, 'userRiskLevels', row),
    grant: grantOf(item, row),
    session: sessionOf(item, row),
    otherConditions: otherConditions(item, conditions),
    ...deviceFilter(conditions),
    ...flowsAndInsiderRisk(conditions),
    ...guests(users, 'include'),
    ...guests(users, 'exclude'),
    ...strengthOf(item),
  };
}

/** Whether a policy is for workload identities or agents, and therefore not for people. */
function isForWorkloads(conditions: JsonObject): boolean {
  const clients = member(conditions, 'clientApplications');
  return (
    isObject(clients) &&
    Object.entries(clients).some(
      ([key, value]) => key.startsWith('include') && !key.includes('@') && !isEmpty(value),
    )
  );
}

/** Two conditions that Graph writes as comma-separated text. */
function flowsAndInsiderRisk(conditions: JsonObject): Pick<CaPolicyRow, 'flows' | 'insiderRisk'> {
  const membersOf = (value: unknown) =>
    (text(value) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '' && one !== 'none');
  const transfer = member(conditions, 'authenticationFlows');
  const flows = isObject(transfer) ? membersOf(member(transfer, 'transferMethods')) : [];
  const insiderRisk = membersOf(member(conditions, 'insiderRiskLevels'));
  return { ...(flows.length > 0 ? { flows } : {}), ...(insiderRisk.length > 0 ? { insiderRisk } : {}) };
}

/** The device filter, if there is no other condition on devices. */
function deviceFilter(conditions: JsonObject): Pick<CaPolicyRow, 'deviceFilter'> {
  const devices = member(conditions, 'devices');
  if (!isObject(devices)) return {};
  const filter = member(devices, 'deviceFilter');
  const alone = Object.entries(devices).every(
    ([key, value]) => key === 'deviceFilter' || key.includes('@') || isEmpty(value),
  );
  if (!alone || !isObject(filter)) return {};
  const mode = text(member(filter, 'mode'))?.toLowerCase();
  const rule = text(member(filter, 'rule'));
  return rule !== null && (mode === 'include' || mode === 'exclude') ? { deviceFilter: { mode, rule } } : {};
}

function guests(
  users: JsonObject,
  part: 'include' | 'exclude',
): Pick<CaPolicyRow, 'includeGuests' | 'excludeGuests'> {
  const stated = member(users, `${part}GuestsOrExternalUsers`);
  if (!isObject(stated) || isEmpty(stated)) return {};
  const types = (text(member(stated, 'guestOrExternalUserTypes')) ?? '')
    .split(',')
    .map((type) => type.trim().toLowerCase())
    .filter((type) => type !== '' && type !== 'none');
  if (types.length === 0) return {};
  const tenants = member(stated, 'externalTenants');
  const kind = isObject(tenants) ? text(member(tenants, 'membershipKind'))?.toLowerCase() : 'all';
  const scope = { types, allTenants: kind === 'all' };
  return part === 'include' ? { includeGuests: scope } : { excludeGuests: scope };
}

/**
 * Ids of built-in strengths: multifactor, passwordless, phishing-resistant (Microsoft Graph,
 * authenticationStrengthPolicy).
 */
const BUILT_IN_STRENGTH = /^00000000-0000-0000-0000-00000000000[234]$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Methods that are two factors by themselves. Two methods joined by a comma are as well. */
const TWO_FACTORS = new Set([
  'windowshelloforbusiness',
  'fido2',
  'x509certificatemultifactor',
  'devicebasedpush',
  'temporaryaccesspassonetime',
  'temporaryaccesspassmultiuse',
  'federatedmultifactor',
]);

function strengthOf(item: JsonObject): Pick<CaPolicyRow, 'strengthAccepts'> {
  const grant = member(item, 'grantControls');
  const strength = isObject(grant) ? member(grant, 'authenticationStrength') : null;
  if (!isObject(strength)) return {};
  if (BUILT_IN_STRENGTH.test(text(member(strength, 'id')) ?? '')) return { strengthAccepts: 'mfa' };
  const methods = member(strength, 'allowedCombinations');
  if (!Array.isArray(methods) || methods.length === 0)
    // A client may give its own strength the name of a built-in one, so for a custom id the name proves nothing.
    return isOwnStrength(strength) ? { strengthAccepts: 'unknown' } : {};
  const two = methods.every(
    (one) => typeof one === 'string' && (one.includes(',') || TWO_FACTORS.has(one.toLowerCase())),
  );
  return { strengthAccepts: two ? 'mfa' : 'single_factor' };
}

function isOwnStrength(strength: JsonObject): boolean {
  return (
    text(member(strength, 'policyType'))?.toLowerCase() === 'custom' ||
    GUID.test(text(member(strength, 'id')) ?? '')
  );
}

/** Members of the grant that are read by name. */
const GRANT_READ = [
  'operator',
  'builtInControls',
  'customAuthenticationFactors',
  'termsOfUse',
  'authenticationStrength',
];

/**
 * The grant controls. Terms of use, custom factors and anything that Graph adds count as controls: with the operator
 * OR, each of them is a way around the others, and omitting it would make a policy look stronger than it is.
 */
function grantOf(item: JsonObject, row: number): CaPolicyRow['grant'] {
  const grant = objectAt(item, 'grantControls', row);
  const strength = objectAt(grant, 'authenticationStrength', row);
  const controls = [
    ...stringsAt(grant, 'builtInControls', row),
    ...stringsAt(grant, 'customAuthenticationFactors', row).map(
      (factor) => `customAuthenticationFactor:${factor}`,
    ),
    ...termsOfUse(grant, row).map((terms) => `termsOfUse:${terms}`),
    ...otherControls(grant),
  ];
  const authenticationStrength = text(member(strength, 'displayName')) ?? text(member(strength, 'id'));
  if (controls.length === 0 && authenticationStrength === null) return null;
  // Without an operator the weaker reading is taken: one of the controls is enough.
  return {
    operator: text(member(grant, 'operator'))?.toUpperCase() === 'AND' ? 'AND' : 'OR',
    controls,
    authenticationStrength,
  };
}

/** Controls under a member that is not known, by its name. */
function otherControls(grant: JsonObject): string[] {
  const known = new Set(GRANT_READ.map((key) => key.toLowerCase()));
  return Object.entries(grant).flatMap(([key, value]) =>
    key.includes('@') || known.has(key.toLowerCase()) || value === false || isEmpty(value) ? [] : [key],
  );
}

function termsOfUse(grant: JsonObject, row: number): string[] {
  const terms = member(grant, 'termsOfUse');
  return Array.isArray(terms) && terms.some(isObject)
    ? objectsAt(grant, 'termsOfUse', row).map((one) => text(one.id) ?? 'unnamed')
    : stringsAt(grant, 'termsOfUse', row);
}

function sessionOf(item: JsonObject, row: number): CaPolicyRow['session'] {
  const session = objectAt(item, 'sessionControls', row);
  const cloudApps = objectAt(session, 'cloudAppSecurity', row);
  const frequency = objectAt(session, 'signInFrequency', row);
  const others = otherSession(session, frequency);
  return {
    cloudAppSecurity: cloudApps.isEnabled === true ? text(cloudApps.cloudAppSecurityType) : null,
    signInFrequency: frequency.isEnabled === true ? frequencyWords(frequency) : null,
    ...(others.length === 0 ? {} : { others }),
  };
}

/** Session controls without their own field, listed by name without interpretation. */
function otherSession(session: JsonObject, frequency: JsonObject): string[] {
  const found = Object.entries(session).flatMap(([key, value]) => {
    const own = key === 'cloudAppSecurity' || key === 'signInFrequency';
    if (own || key.includes('@') || value === false || isEmpty(value)) return [];
    if (!isObject(value)) return [key];
    if (member(value, 'isEnabled') === false) return [];
    const mode = text(member(value, 'mode'));
    return [mode === null ? key : `${key}:${mode}`];
  });
  const second = frequency.isEnabled === true && frequency.authenticationType === 'secondaryAuthentication';
  return [...found, ...(second ? ['signInFrequency:secondaryAuthentication'] : [])].sort();
}

function frequencyWords(frequency: JsonObject): string {
  if (frequency.frequencyInterval === 'everyTime') return 'everyTime';
  const value = typeof frequency.value === 'number' ? String(frequency.value) : 'unknown';
  return `${value} ${text(frequency.type) ?? 'hours'}`.trim();
}

/** Paths of conditions that narrow the policy and have no field in the row. */
function otherConditions(item: JsonObject, conditions: JsonObject): string[] {
  const found: string[] = [];
  const collect = (part: JsonObject, path: string): void => {
    const read = ownValue(READ, path) ?? [];
    for (const [key, value] of Object.entries(part)) {
      if (key.includes('@') || key.startsWith('#') || read.includes(key) || isEmpty(value)) continue;
      found.push(path === '' ? key : `${path}.${key}`);
    }
  };
  collect(conditions, '');
  for (const path of ['applications', 'users', 'platforms', 'locations']) {
    const part = member(conditions, path);
    if (isObject(part)) collect(part, path);
  }
  if (!isEmpty(member(item, 'partialEnablementStrategy'))) found.push('partialEnablementStrategy');
  return found.sort();
}

/** Null, empty text, and lists or objects that contain nothing else; annotations are ignored. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  if (isObject(value))
    return Object.entries(value).every(([key, inner]) => key.includes('@') || isEmpty(inner));
  return false;
}
