import { readAlone } from '../decide/current.ts';
import type { Bought, DecisionInput } from '../decide/input.ts';
import type { SkuRow } from '../model/kinds.ts';
import type { AddOn, Licenses, Sku } from '../model/licenses.ts';
import type { Evidence } from '../model/reading.ts';
import type { Current } from '../model/rule.ts';
import { dayWords, names } from '../text/words.ts';

/** A client's Microsoft service plans, and the source of that information. */
export interface Holdings {
  /** What includes each service plan, in words, by service plan name. */
  readonly plans: ReadonlyMap<string, string>;
  readonly addOns: ReadonlySet<string>;
  /** In words, for reports: "Microsoft 365 Business Premium (profile)". */
  readonly words: string;
  /** Why the list may be incomplete: unknown SKUs, or nothing stated. */
  readonly doubts: readonly string[];
  /**
   * Service plans that may not be running, with the sentence that says why: their license has no known state in the
   * file.
   */
  readonly lapsing: ReadonlyMap<string, string>;
  /** Service plans only in a subscription in its grace period: they work, but not for long. */
  readonly ending: ReadonlySet<string>;
  readonly evidence: readonly Evidence[];
}

/** Days for which a licenses file counts before the profile is used instead. */
export const LICENSE_DAYS = 180;

/**
 * Licenses come from a current licenses file, else from the profile. Detection uses service plans of enabled SKUs,
 * because part numbers mislead (O365_BUSINESS_PREMIUM is Business Standard).
 */
export function holdings(input: DecisionInput, read: (days: number) => Current<'subscribed_skus'>): Holdings {
  const file = read(LICENSE_DAYS);
  const held = file.ok
    ? fromFile(input, file)
    : file.rivals === undefined
      ? fromProfile(input)
      : fromRivals(input, file.why, file.rivals.map(readAlone));
  return input.bought === undefined || input.bought.length === 0 ? held : withBought(held, input.bought);
}

/** Adds purchases. They resolve no doubt about what the client already has. */
function withBought(held: Holdings, bought: readonly Bought[]): Holdings {
  const plans = new Map(held.plans);
  for (const { name, servicePlans } of bought)
    for (const plan of servicePlans) if (!plans.has(plan)) plans.set(plan, name);
  return {
    ...held,
    plans,
    addOns: new Set([...held.addOns, ...bought.flatMap(({ addOn }) => addOn ?? [])]),
    words: `${held.words}, with ${names(
      bought.map(({ name }) => name),
      6,
    )}`,
  };
}

/**
 * Combines differing files of one day, such as those of two tenants: what all of them list is held, and what only some
 * of them list is unknown. None is treated as the current one.
 */
function fromRivals(
  input: DecisionInput,
  why: string,
  files: readonly Extract<Current<'subscribed_skus'>, { ok: true }>[],
): Holdings {
  const [first, ...others] = files.map((file) => fromFile(input, file));
  if (first === undefined) return fromProfile(input);
  const each = [first, ...others];
  const plans = new Map([...first.plans].filter(([plan]) => others.every((one) => one.plans.has(plan))));
  const lapsing = new Map(each.flatMap((one) => [...one.lapsing]));
  for (const plan of each.flatMap((one) => [...one.plans.keys()]))
    if (!plans.has(plan)) lapsing.set(plan, why);
  return {
    plans,
    addOns: new Set([...first.addOns].filter((addOn) => others.every((one) => one.addOns.has(addOn)))),
    words: `${names([...new Set(each.map(({ words }) => words))])}, which differ`,
    doubts: [...new Set(each.flatMap(({ doubts }) => doubts))],
    lapsing,
    ending: new Set(each.flatMap((one) => [...one.ending])),
    evidence: each.flatMap(({ evidence }) => evidence),
  };
}

const ENDED = new Set(['suspended', 'deleted', 'lockedout']);
/**
 * During the 30-day grace period an expired subscription works as before; only then is it suspended (Microsoft,
 * subscription states and licenseUnitsDetail: `warning`).
 */
const inGrace = ({ capabilityStatus }: SkuRow) => capabilityStatus?.toLowerCase() === 'warning';
const hasEnded = ({ capabilityStatus }: SkuRow) => ENDED.has(capabilityStatus?.toLowerCase() ?? '');
/** A state that Graph does not document. */
const isOddState = (row: SkuRow) =>
  row.capabilityStatus !== null &&
  row.capabilityStatus.toLowerCase() !== 'enabled' &&
  !inGrace(row) &&
  !hasEnded(row);

function fromFile(input: DecisionInput, file: Extract<Current<'subscribed_skus'>, { ok: true }>): Holdings {
  const { licenses } = input.catalogue;
  const plans = new Map<string, string>();
  const lapsing = new Map<string, string>();
  const ending = new Set<string>();
  const doubts: string[] = [];
  const products: string[] = [];
  const evidence: Evidence[] = [];
  const { m365 } = input.profile;
  if (file.rows.length === 0 && m365 !== undefined && m365.length > 0)
    doubts.push('The licenses file lists no license, and the profile states at least one.');
  // Active subscriptions first, so that they take precedence over those about to end.
  for (const row of file.rows.toSorted((a, b) => Number(inGrace(a)) - Number(inGrace(b)))) {
    const sku = findSku(licenses, row.skuId, row.partNumber);
    const grace = inGrace(row);
    const name = `${sku?.name ?? row.partNumber}${grace ? ', which has run out and ends with its grace period' : ''}`;
    // In the grace period Graph counts the enabled units as `warning` instead.
    if ((row.enabledUnits === 0 && !grace) || hasEnded(row)) continue;
    const carried = carriedPlans(row, sku, licenses);
    // Expired licenses stay assigned to people, so a license counts only with a state or enabled units.
    if ((row.capabilityStatus === null && row.enabledUnits === null) || isOddState(row)) {
      const says = `The file does not say whether ${name} still runs.`;
      if (carried === null) doubts.push(says);
      for (const plan of carried ?? []) if (!lapsing.has(plan)) lapsing.set(plan, says);
      continue;
    }
    if (carried === null)
      doubts.push(
        `The license “${row.partNumber}” is not known to Bylaw, and the file does not list what it includes.`,
      );
    for (const plan of carried ?? []) {
      if (plans.has(plan)) continue;
      plans.set(plan, name);
      if (grace) ending.add(plan);
    }
    products.push(name);
    evidence.push(file.cite(row, name));
  }
  const addOns = new Set<string>();
  for (const text of statedAddOns(input)) {
    const addOn = findAddOn(licenses, text);
    // Azure services such as Sentinel have no SKU, so only the profile can name them.
    if (addOn && addOn.servicePlans.length === 0) addOns.add(addOn.id);
  }
  for (const addOn of licenses.addOns) {
    if (addOn.servicePlans.length > 0 && addOn.servicePlans.every((plan) => plans.has(plan)))
      addOns.add(addOn.id);
  }
  const words = `${products.length === 0 ? 'No Microsoft license' : names(products, 6)} (licenses file of ${dayWords(file.observedOn)})`;
  return {
    plans,
    addOns,
    words,
    doubts,
    lapsing,
    ending,
    evidence: evidence.length > 0 ? evidence : file.evidence,
  };
}

/**
 * To how many people licenses with one of these service plans are assigned, according to the licenses file. An
 * unassigned license helps no one. null: no current file, or it has no counts.
 */
export function assignedUnits(
  licenses: Licenses,
  file: Current<'subscribed_skus'>,
  servicePlans: readonly string[],
  /** Of several differing files: the one with the fewest assignments, or all of them, which may be several tenants'. */
  of: 'fewest' | 'all' = 'fewest',
): number | null {
  if (!file.ok) {
    const each = (file.rivals ?? []).flatMap(
      (one) => assignedUnits(licenses, readAlone(one), servicePlans) ?? [],
    );
    if (each.length === 0) return null;
    return of === 'fewest' ? Math.min(...each) : each.reduce((sum, units) => sum + units, 0);
  }
  const carrying = file.rows.filter((row) => {
    const usable = row.capabilityStatus === null || row.capabilityStatus.toLowerCase() === 'enabled';
    const carried = carriedPlans(row, findSku(licenses, row.skuId, row.partNumber), licenses) ?? [];
    return (
      ((usable && row.enabledUnits !== 0) || inGrace(row)) &&
      carried.some((plan) => servicePlans.includes(plan))
    );
  });
  if (carrying.length === 0) return null;
  return carrying.reduce<number | null>(
    (sum, { consumedUnits }) => (sum === null || consumedUnits === null ? null : sum + consumedUnits),
    0,
  );
}

/** null: neither the file nor the catalogue says what the SKU includes. */
function carriedPlans(row: SkuRow, sku: Sku | null, licenses: Licenses): readonly string[] | null {
  if (row.servicePlans.length === 0) {
    if (sku !== null) return sku.servicePlans;
    const addOn = row.skuId === null ? findAddOn(licenses, row.partNumber) : null;
    return addOn !== null && addOn.servicePlans.length > 0 ? addOn.servicePlans : null;
  }
  const byId = new Map(licenses.servicePlans.map((plan) => [plan.id.toLowerCase(), plan.name]));
  return row.servicePlans
    .filter(
      (plan) => plan.provisioningStatus === null || plan.provisioningStatus.toLowerCase() !== 'disabled',
    )
    .map((plan) => (plan.id ? (byId.get(plan.id.toLowerCase()) ?? plan.name) : plan.name));
}

function fromProfile(input: DecisionInput): Holdings {
  const { licenses } = input.catalogue;
  const { m365 } = input.profile;
  const stated = statedAddOns(input);
  const plans = new Map<string, string>();
  const doubts: string[] = [];
  const products: string[] = [];
  if (m365 === undefined)
    doubts.push(
      'The profile does not state the Microsoft 365 license (m365), and no current licenses file was given.',
    );
  else if (typeof m365 === 'string') {
    const tier = licenses.tiers[m365];
    products.push(tier?.name ?? m365);
    for (const plan of tier?.servicePlans ?? []) plans.set(plan, tier?.name ?? m365);
  } else {
    for (const partNumber of m365) {
      const sku = findSku(licenses, null, partNumber);
      products.push(sku?.name ?? partNumber);
      if (!sku) doubts.push(`The license “${partNumber}” is not known to Bylaw.`);
      for (const plan of sku?.servicePlans ?? [])
        if (!plans.has(plan)) plans.set(plan, sku?.name ?? partNumber);
    }
  }
  const addOns = new Set<string>();
  for (const text of stated) {
    const addOn = findAddOn(licenses, text);
    const sku = addOn ? null : findSku(licenses, null, text);
    products.push(addOn?.name ?? sku?.name ?? text);
    if (addOn) addOns.add(addOn.id);
    if (!addOn && !sku) doubts.push(`The add-on “${text}” is not known to Bylaw.`);
    for (const plan of addOn?.servicePlans ?? sku?.servicePlans ?? [])
      if (!plans.has(plan)) plans.set(plan, addOn?.name ?? sku?.name ?? text);
  }
  const words =
    products.length === 0
      ? m365 === undefined
        ? 'Not stated'
        : 'No Microsoft license (profile)'
      : `${names(products, 6)} (profile)`;
  return {
    plans,
    addOns,
    words,
    doubts,
    lapsing: new Map(),
    ending: new Set(),
    evidence: [{ kind: 'plan', file: 'profile', observedOn: input.today, says: words }],
  };
}

/** A profile that names Microsoft Sentinel as its SIEM has it, even if it is not repeated as an add-on. */
function statedAddOns({ profile }: DecisionInput): readonly string[] {
  return profile.siem && /sentinel/.test(profile.siem)
    ? [...new Set([...profile.addOns, 'sentinel'])]
    : profile.addOns;
}

export function findSku(licenses: Licenses, skuId: string | null, partNumber: string): Sku | null {
  const id = skuId?.toLowerCase();
  const byId = id ? licenses.skus.find((sku) => sku.skuId?.toLowerCase() === id) : undefined;
  return (
    byId ??
    licenses.skus.find((sku) => key(sku.partNumber) === key(partNumber)) ??
    (id === undefined ? byTitle(licenses, partNumber) : null)
  );
}

/**
 * The product with a title, as in admin centers. If several have the same title, only if all include the same plans.
 */
function byTitle({ skus }: Licenses, title: string): Sku | null {
  const wanted = key(title);
  if (wanted === '') return null;
  const [first, ...others] = skus.filter(({ name }) =>
    name.split(/, formerly /).some((one) => key(one) === wanted),
  );
  if (first === undefined) return null;
  const carries = (sku: Sku) => sku.servicePlans.toSorted().join(' ');
  return others.every((other) => carries(other) === carries(first)) ? first : null;
}

export function findAddOn(licenses: Licenses, text: string): AddOn | null {
  const wanted = key(text);
  return (
    licenses.addOns.find((a) => [a.id, a.name, ...a.aliases].some((spelling) => key(spelling) === wanted)) ??
    null
  );
}

function key(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
// Guide: G1.2-01 G1.2-02 G1.2-05 G1.2-06
