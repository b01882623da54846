import type { CaPolicyRow } from '../../model/kinds.ts';
import { ownValue } from '../../model/own-value.ts';
import { names } from '../../text/words.ts';
import {
  type Client,
  clientWords,
  conditionWords,
  isPlatform,
  PLATFORMS,
  platformWords,
  type Requirement,
} from './ca-policy.ts';
import { COMPLIANT, deviceRule, NOT_COMPLIANT } from './device-filter.ts';

/**
 * Where a policy acts. A sign-in has a platform, a client and circumstances: named locations, and device comparisons
 * that are true. Each combination that the policies distinguish is a cell; a requirement is met if it is met in every
 * cell.
 */
export interface Cell {
  readonly platform: string;
  readonly client: Client;
  /** `location …`, and device filter comparisons that are true of the sign-in. */
  readonly truths: ReadonlySet<string>;
}

export interface Region {
  readonly holdsIn: (cell: Cell) => boolean;
  /** Circumstances on which the policy depends. */
  readonly atoms: readonly string[];
  /** What its conditions let through, each as the end of "the policy …". */
  readonly lets: readonly string[];
}

/** What is known about named locations, by id. */
export interface Places {
  /** Contains only the connector's own range. */
  readonly isEgress: (locationId: string) => boolean;
  /** Is a trusted location. */
  readonly isTrusted: (locationId: string) => boolean;
  /** null: the list of named locations lacks it or its name. */
  readonly nameOf?: (locationId: string) => string | null;
}

/**
 * Maximum number of circumstances distinguished; each doubles the number of cells. A policy that depends on any other
 * does not count.
 */
const MAX_CIRCUMSTANCES = 7;

const ALL_TRUSTED = 'location alltrusted';
const NOWHERE: Region['holdsIn'] = () => false;

/**
 * A condition on risk, or one that is not interpreted, makes the region empty: such a policy never counts as covering
 * anyone.
 */
export function regionOf(policy: CaPolicyRow, requirement: Requirement, places: Places): Region {
  const lets: string[] = [];
  const platforms = new Set(platformsOf(policy, requirement, lets));
  const clients = new Set(clientsOf(policy, requirement, lets));
  const place = placeOf(policy, requirement, places, lets);
  const device = deviceOf(policy, requirement, lets);
  const open = lets.length;
  riskWords(policy, requirement, lets);
  for (const condition of policy.otherConditions)
    if (!interpreted(condition, policy)) lets.push(narrowedBy(condition, policy));
  return {
    lets,
    atoms: [...place.atoms, ...device.atoms],
    holdsIn:
      lets.length > open
        ? NOWHERE
        : (cell) =>
            platforms.has(cell.platform) &&
            clients.has(cell.client) &&
            place.holds(cell.truths) &&
            device.holds(cell.truths),
  };
}

const FLOW_WORDS: Readonly<Record<string, string>> = {
  devicecodeflow: 'sign-ins by a device code',
  authenticationtransfer: 'sign-ins that are handed from one device to another',
};

/** How a condition that no requirement handles narrows a policy, as the end of "the policy …". */
function narrowedBy(condition: string, { flows, insiderRisk }: CaPolicyRow): string {
  if (condition === 'authenticationFlows' && flows !== undefined)
    return `acts only on ${flows.map((one) => ownValue(FLOW_WORDS, one.toLowerCase()) ?? one).join(' and ')}`;
  if (condition === 'insiderRiskLevels' && insiderRisk !== undefined)
    return `acts only at insider risk ${insiderRisk.join(' or ')}`;
  return `acts only where ${conditionWords(condition)} says so`;
}

/** Whether a condition in `otherConditions` is interpreted elsewhere, from a field of its own. */
function interpreted(condition: string, policy: CaPolicyRow): boolean {
  if (condition === 'devices') return policy.deviceFilter !== undefined;
  if (/(^|\.)includeGuestsOrExternalUsers$/i.test(condition)) return policy.includeGuests !== undefined;
  if (/(^|\.)excludeGuestsOrExternalUsers$/i.test(condition)) return policy.excludeGuests !== undefined;
  // Whether the policy reaches the application is decided separately.
  return /applicationFilter/i.test(condition);
}

/** Every cell that a requirement must cover, as finely as the regions distinguish sign-ins. */
export function cellsOf(
  requirement: Requirement,
  regions: readonly Region[],
  places: Places,
): { cells: readonly Cell[]; apart: ReadonlySet<string> } {
  const uses = new Map<string, number>();
  for (const { atoms } of regions) for (const atom of atoms) uses.set(atom, (uses.get(atom) ?? 0) + 1);
  const apart = [...uses]
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .slice(0, MAX_CIRCUMSTANCES)
    .map(([atom]) => atom);
  const circumstances = subsets(apart).filter((truths) => possible(truths, apart, requirement, places));
  return {
    apart: new Set(apart),
    cells: circumstances.flatMap((truths) =>
      PLATFORMS.flatMap((platform) => requirement.clients.map((client) => ({ platform, client, truths }))),
    ),
  };
}

function subsets(atoms: readonly string[]): readonly ReadonlySet<string>[] {
  return Array.from(
    { length: 2 ** atoms.length },
    (_, bits) => new Set(atoms.filter((_atom, place) => (bits & (1 << place)) !== 0)),
  );
}

/** Filters out impossible cells and those that the requirement does not concern. */
function possible(
  truths: ReadonlySet<string>,
  apart: readonly string[],
  { compliantIsEnough }: Requirement,
  { isTrusted }: Places,
): boolean {
  if (truths.has(COMPLIANT) && (compliantIsEnough || truths.has(NOT_COMPLIANT))) return false;
  if (!apart.includes(ALL_TRUSTED) || truths.has(ALL_TRUSTED)) return true;
  return ![...truths].some(
    (atom) => atom.startsWith('location ') && isTrusted(atom.slice('location '.length)),
  );
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
  // An unknown platform is excluded together with all others that are unknown.
  const out = exclude.every(isPlatform) ? exclude : [...exclude, 'unknown'];
  return PLATFORMS.filter((name) => (everything || include.includes(name)) && !out.includes(name));
}

function clientsOf(policy: CaPolicyRow, requirement: Requirement, lets: string[]): readonly Client[] {
  const types = policy.clientAppTypes.map((name) => name.toLowerCase());
  if (types.includes('all')) return requirement.clients;
  const held = requirement.clients.filter((client) => types.includes(client));
  if (types.length === 0) lets.push('does not state for which clients it acts');
  else if (held.length < requirement.clients.length)
    lets.push(`acts only for ${types.map(clientWords).join(' and ')}`);
  return held;
}

interface Circumstance {
  readonly atoms: readonly string[];
  holds(truths: ReadonlySet<string>): boolean;
}

function placeOf(
  policy: CaPolicyRow,
  requirement: Requirement,
  { isEgress, nameOf }: Places,
  lets: string[],
): Circumstance {
  const lower = (ids: readonly string[]) => ids.map((id) => id.trim().toLowerCase());
  const include = lower(policy.includeLocations);
  const everywhere = include.length === 0 || include.includes('all');
  const exclude = lower(policy.excludeLocations).filter(
    (id) => !(requirement.egressMayBeLeftOut && isEgress(id)),
  );
  if (!everywhere)
    lets.push(
      include.every((id) => id === 'alltrusted')
        ? 'acts only at trusted locations'
        : `acts only for ${chosenWords(include, nameOf)}`,
    );
  if (exclude.includes('alltrusted')) lets.push('lets sign-ins from trusted locations through');
  else if (exclude.length > 0) lets.push(`lets sign-ins from ${chosenWords(exclude, nameOf)} through`);
  const within = everywhere ? [] : include.map((id) => `location ${id}`);
  const without = exclude.map((id) => `location ${id}`);
  return {
    atoms: [...new Set([...within, ...without])],
    holds: (truths) =>
      // Excluding everywhere leaves nowhere.
      !exclude.includes('all') &&
      (everywhere || within.some((atom) => truths.has(atom))) &&
      !without.some((atom) => truths.has(atom)),
  };
}

function chosenWords(ids: readonly string[], nameOf: Places['nameOf']): string {
  const known = ids.flatMap((id) => nameOf?.(id) ?? []);
  return known.length < ids.length
    ? 'chosen locations'
    : `the chosen ${known.length === 1 ? 'location' : 'locations'} ${names(known)}`;
}

function deviceOf({ deviceFilter }: CaPolicyRow, requirement: Requirement, lets: string[]): Circumstance {
  if (deviceFilter === undefined) return { atoms: [], holds: () => true };
  const { mode, rule } = deviceFilter;
  const { atoms, holds } = deviceRule(rule);
  // Excluding only compliant devices lets nothing through if a compliant device is what is required.
  if (!(requirement.compliantIsEnough && mode === 'exclude' && atoms.every((atom) => atom === COMPLIANT)))
    lets.push(mode === 'include' ? `acts only on devices with ${rule}` : `leaves out devices with ${rule}`);
  return { atoms, holds: (truths) => holds(truths) === (mode === 'include') };
}

function riskWords(policy: CaPolicyRow, requirement: Requirement, lets: string[]): void {
  const levels = policy.signInRiskLevels.map((level) => level.toLowerCase());
  if (levels.length > 0 && !(requirement.risk && levels.includes(requirement.risk)))
    lets.push(`acts only at sign-in risk ${levels.join(' or ')}`);
  if (policy.userRiskLevels.length > 0)
    lets.push(`acts only at user risk ${policy.userRiskLevels.join(' or ')}`);
}
