import { findAddOn } from '../capabilities/holdings.ts';
import { EvaluationState } from '../decide/context.ts';
import type { DecisionInput } from '../decide/input.ts';
import type { AddOn } from '../model/licenses.ts';
import { ownValue } from '../model/own-value.ts';
import { CLAUDE_PLANS, type ClaudePlan, M365_TIERS } from '../model/profile.ts';

/** Something that a client could buy. Ids are stable, because saved comparisons and quotes refer to them. */
export interface Purchase {
  /** `claude:enterprise`, `m365:e5`, `add_on:entra_p1`, `gateway`, `devices` or `siem`. */
  readonly id: string;
  readonly kind: 'claude' | 'm365' | 'add_on' | 'gateway' | 'devices' | 'siem';
  readonly name: string;
  /** What its price is multiplied by. */
  readonly per: 'seat' | 'person' | 'client';
}

/**
 * A purchase's name within a sentence: "a secure web gateway with TLS inspection", "device management other than
 * Intune".
 */
export function inSentence({ id, name }: Pick<Purchase, 'id' | 'name'>): string {
  return ownValue(WITHIN, id) ?? name;
}

const WITHIN: Readonly<Record<string, string>> = {
  gateway: 'a secure web gateway with TLS inspection',
  devices: 'device management other than Intune',
};

/**
 * A purchase as offered to one client. `because`: why it makes no sense or is not sold to it; null: it can be bought.
 */
export interface Offer extends Purchase {
  readonly because: string | null;
}

const GATEWAY: Purchase = {
  id: 'gateway',
  kind: 'gateway',
  name: 'A secure web gateway with TLS inspection',
  per: 'person',
};
const DEVICES: Purchase = {
  id: 'devices',
  kind: 'devices',
  name: 'Device management other than Intune',
  per: 'person',
};
const SIEM: Purchase = {
  id: 'siem',
  kind: 'siem',
  name: 'Microsoft Sentinel or another SIEM',
  per: 'client',
};

type Tier = (typeof M365_TIERS)[number];

/** Everything for sale in the catalogue, with the objections for this client. */
export function offers(input: DecisionInput): readonly Offer[] {
  const { licenses } = input.catalogue;
  return [
    ...licenses.claudePlans.flatMap((plan) => {
      const id = CLAUDE_PLANS.find((known) => known === plan.id);
      return id === undefined || id === 'free_pro'
        ? []
        : [offer(claude(id, plan.name), whyNotClaude(input, id))];
    }),
    ...M365_TIERS.flatMap((tier) => {
      const entry = licenses.tiers[tier];
      return entry === undefined ? [] : [offer(microsoft(tier, entry.name), whyNotTier(input, tier))];
    }),
    ...licenses.addOns.flatMap((addOn) =>
      addOn.servicePlans.length === 0 ? [] : [offer(added(addOn), whyNotAddOn(input, addOn))],
    ),
    offer(GATEWAY, has(input.profile.swg) ? 'The profile names one already.' : null),
    offer(DEVICES, whyNotDevices(input)),
    offer(SIEM, has(input.profile.siem) ? 'The profile names one already.' : null),
  ];
}

function offer(purchase: Purchase, because: string | null): Offer {
  return { ...purchase, because };
}

function claude(plan: ClaudePlan, name: string): Purchase {
  return { id: `claude:${plan}`, kind: 'claude', name, per: 'seat' };
}

function microsoft(tier: Tier, name: string): Purchase {
  return { id: `m365:${tier}`, kind: 'm365', name, per: 'person' };
}

function added({ id, name }: AddOn): Purchase {
  return { id: `add_on:${id}`, kind: 'add_on', name, per: 'person' };
}

function whyNotClaude({ profile, catalogue }: DecisionInput, plan: ClaudePlan): string | null {
  if (CLAUDE_PLANS.indexOf(plan) <= CLAUDE_PLANS.indexOf(profile.claudePlan))
    return plan === profile.claudePlan ? 'This client has it.' : 'This client has a larger plan.';
  const max = catalogue.licenses.claudePlans.find(({ id }) => id === plan)?.maxSeats;
  if (max !== undefined && profile.claudeSeats !== undefined && profile.claudeSeats > max)
    return `It is sold for at most ${max} seats.`;
  return null;
}

/** The tier in the profile; null if it lists SKUs or nothing. */
function tierOf({ profile }: DecisionInput): Tier | null {
  return typeof profile.m365 === 'string' ? profile.m365 : null;
}

function whyNotTier(input: DecisionInput, tier: Tier): string | null {
  const now = tierOf(input);
  if (now === tier) return 'This client has it.';
  if (now !== null && M365_TIERS.indexOf(tier) < M365_TIERS.indexOf(now))
    return 'This client has a larger license.';
  const max = tier === 'business_premium' ? 300 : undefined;
  return tooMany(input, max);
}

function whyNotAddOn(input: DecisionInput, addOn: AddOn): string | null {
  if (input.profile.addOns.some((text) => findAddOn(input.catalogue.licenses, text)?.id === addOn.id))
    return 'The profile names it already.';
  return tooMany(input, addOn.sellsWith?.maxUsers);
}

/** Clients that have device management, or a license for it, need no other. */
function whyNotDevices(input: DecisionInput): string | null {
  if (has(input.profile.deviceManagement)) return 'The profile names one already.';
  const held = new EvaluationState(input).capability('network.device_management');
  return held.has === 'yes' ? held.reason : null;
}

function tooMany({ profile }: DecisionInput, max: number | undefined): string | null {
  return max !== undefined && profile.staffCount !== undefined && profile.staffCount > max
    ? `It is sold for at most ${max} people.`
    : null;
}

function has(value: string | null | undefined): boolean {
  // An empty string states nothing.
  return Boolean(value) && value !== 'none';
}

/**
 * Whether purchases can be combined: one Claude plan, one Microsoft license, and add-ons only with a license that they
 * are sold with. Unknown licenses (a profile that lists SKUs) exclude nothing.
 */
export function fitTogether(input: DecisionInput, purchases: readonly Purchase[]): boolean {
  const count = (kind: Purchase['kind']) => purchases.filter((one) => one.kind === kind).length;
  if (count('claude') > 1 || count('m365') > 1) return false;
  const bought = purchases.find(({ kind }) => kind === 'm365');
  const tier = M365_TIERS.find((one) => bought?.id === `m365:${one}`) ?? tierOf(input);
  return purchases.every((one) => {
    const addOn = addOnOf(input, one);
    return addOn?.sellsWith === undefined || tier === null || addOn.sellsWith.m365.includes(tier);
  });
}

export function addOnOf({ catalogue }: DecisionInput, { id, kind }: Purchase): AddOn | null {
  if (kind !== 'add_on') return null;
  return catalogue.licenses.addOns.find((addOn) => `add_on:${addOn.id}` === id) ?? null;
}

/** The client after the purchases: the same facts with other plans and licenses. */
export function after(input: DecisionInput, purchases: readonly Purchase[]): DecisionInput {
  let { profile } = input;
  const bought = [...(input.bought ?? [])];
  for (const one of purchases) {
    const plan = CLAUDE_PLANS.find((known) => one.id === `claude:${known}`);
    if (plan !== undefined) profile = { ...profile, claudePlan: plan };
    const tier = M365_TIERS.find((known) => one.id === `m365:${known}`);
    if (tier !== undefined) {
      const servicePlans = input.catalogue.licenses.tiers[tier]?.servicePlans ?? [];
      bought.push({ name: one.name, servicePlans, addOn: null });
      // If the profile states nothing or lists SKUs, that stays, and purchases are added to it.
      if (typeof profile.m365 === 'string') profile = { ...profile, m365: tier };
    }
    const addOn = addOnOf(input, one);
    if (addOn !== null) bought.push({ name: addOn.name, servicePlans: addOn.servicePlans, addOn: addOn.id });
    if (one.kind === 'gateway') profile = { ...profile, swg: 'planned' };
    if (one.kind === 'devices') profile = { ...profile, deviceManagement: 'planned' };
    if (one.kind === 'siem') profile = { ...profile, siem: 'planned' };
  }
  return { ...input, profile, bought };
}
