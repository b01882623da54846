import type { CaPolicyRow } from '../model/kinds.ts';
import type { Tri } from '../rules/microsoft/ca-grant.ts';
import { concernsPeople, isPlatform, reaches } from '../rules/microsoft/ca-policy.ts';
import { COMPLIANT, deviceRule, NOT_COMPLIANT } from '../rules/microsoft/device-filter.ts';
import type { Directory, EntraPerson } from '../rules/microsoft/directory.ts';
import { combined, combineEffects, type Effect, effectOf, worse } from './effect.ts';
import { Groups, isFor, type Who } from './who.ts';

/**
 * A local What If: which policies apply to one sign-in and what they require. Nothing is sent to Microsoft. What no
 * file shows is `unknown`, never treated as no.
 */

export const PLATFORM_CHOICES = ['windows', 'macOS', 'iOS', 'android', 'linux', 'unknown'] as const;
export const CLIENT_CHOICES = ['browser', 'mobileAppsAndDesktopClients'] as const;
export const RISK_CHOICES = ['none', 'low', 'medium', 'high', 'unknown'] as const;
export const FLOW_CHOICES = ['none', 'deviceCodeFlow', 'authenticationTransfer', 'unknown'] as const;
export const INSIDER_CHOICES = ['none', 'minor', 'moderate', 'elevated', 'unknown'] as const;
export const DEVICE_CHOICES = ['compliant', 'not_compliant', 'unknown'] as const;

/** The circumstances of a sign-in, without the person. */
export interface Circumstances {
  /** appId. */
  readonly application: string;
  readonly platform: (typeof PLATFORM_CHOICES)[number];
  readonly client: (typeof CLIENT_CHOICES)[number];
  readonly device: (typeof DEVICE_CHOICES)[number];
  readonly signInRisk: (typeof RISK_CHOICES)[number];
  readonly userRisk: (typeof RISK_CHOICES)[number];
  /** Whether the device or session is another one than that on which the person signs in. */
  readonly flow: (typeof FLOW_CHOICES)[number];
  readonly insiderRisk: (typeof INSIDER_CHOICES)[number];
  /** Ids of the named locations that the address lies in; null: it is not known where it comes from. */
  readonly locations: readonly string[] | null;
  /** Ids of those that it may lie in. */
  readonly perhaps: readonly string[];
  /** Whether one of them is trusted. */
  readonly trusted: boolean | null;
}

/** Why a policy does not apply to a sign-in, or why that is not known. */
export const REASONS = [
  'off',
  'state',
  'application',
  'person',
  'platform',
  'client',
  'location',
  'device',
  'sign_in_risk',
  'user_risk',
  'flow',
  'insider_risk',
  'condition',
] as const;
export type Reason = (typeof REASONS)[number];

export interface Applies {
  readonly policy: CaPolicyRow;
  readonly is: Tri;
  /** Empty if it applies. Otherwise the first reason why it does not, or all that are unknown. */
  readonly reasons: readonly Reason[];
  /** What the policy does to the sign-in if it applies. */
  readonly effect: Effect;
}

export interface SignInAnswer {
  /** Combined outcome of the enabled policies. */
  readonly outcome: Effect['is'];
  readonly policies: readonly Applies[];
}

/** A policy that leaves the outcome of a sign-in unknown. */
export interface Doubt {
  readonly policy: CaPolicyRow;
  /** What is not known; empty: whether what it asks for is met. */
  readonly reasons: readonly Reason[];
}

interface Prepared {
  readonly policy: CaPolicyRow;
  readonly circumstances: { readonly is: Tri; readonly reasons: readonly Reason[] };
  readonly who: Who;
  readonly effect: Effect;
}

/** Policies prepared for one kind of sign-in, to be evaluated for many people. */
export class WhatIf {
  readonly #prepared: readonly Prepared[];
  /** Policies that can affect the outcome. */
  readonly #counted: readonly Prepared[];
  readonly #groups: Groups;

  constructor(policies: readonly CaPolicyRow[], circumstances: Circumstances, directory: Directory) {
    this.#groups = new Groups(directory);
    this.#prepared = policies.map((policy) => ({
      policy,
      circumstances: inCircumstances(policy, circumstances),
      who: this.#groups.who(policy),
      effect: effectOf(policy, circumstances),
    }));
    this.#counted = this.#prepared.filter(
      (one) => one.circumstances.is !== 'no' && one.policy.state !== 'enabledForReportingButNotEnforced',
    );
  }

  /** Whether each policy applies, and the combined outcome of the enabled ones. */
  of(person: EntraPerson): SignInAnswer {
    const inside = this.#groups.of(person);
    const policies = this.#prepared.map((one): Applies => {
      const { policy, effect } = one;
      if (one.circumstances.is === 'no')
        return { policy, effect, is: 'no', reasons: one.circumstances.reasons };
      const who = isFor(one.who, person, inside);
      if (who === 'no') return { policy, effect, is: 'no', reasons: ['person'] };
      const reasons: readonly Reason[] =
        who === 'unknown' ? [...one.circumstances.reasons, 'person'] : one.circumstances.reasons;
      return { policy, effect, is: reasons.length > 0 ? 'unknown' : 'yes', reasons };
    });
    return { outcome: outcomeOf(policies), policies };
  }

  /** The outcome alone, for counting many people. */
  outcome(person: EntraPerson): Effect['is'] {
    const inside = this.#groups.of(person);
    let sure: Effect['is'] = 'free';
    let may: Effect['is'] = 'free';
    for (const { circumstances, who, effect } of this.#counted) {
      const is = isFor(who, person, inside);
      if (is === 'yes' && circumstances.is === 'yes') sure = worse(sure, effect);
      else if (is !== 'no') may = worse(may, effect);
    }
    return combined(sure, may);
  }

  /** Policies that may change a person's outcome, if it is unknown. */
  doubts(person: EntraPerson): readonly Doubt[] {
    const inside = this.#groups.of(person);
    return this.#counted.flatMap(({ policy, circumstances, who, effect }): Doubt[] => {
      const is = effect.is === 'free' ? 'no' : isFor(who, person, inside);
      if (is === 'no') return [];
      const reasons: readonly Reason[] =
        is === 'unknown' ? [...circumstances.reasons, 'person'] : circumstances.reasons;
      return reasons.length > 0 || effect.is === 'unknown' ? [{ policy, reasons }] : [];
    });
  }
}

function outcomeOf(policies: readonly Applies[]): Effect['is'] {
  const on = policies.filter(({ policy }) => policy.state !== 'enabledForReportingButNotEnforced');
  return combineEffects(
    on.filter(({ is }) => is === 'yes').map(({ effect }) => effect),
    on.filter(({ is }) => is === 'unknown').map(({ effect }) => effect),
  );
}

/** Whether a policy is about this kind of sign-in, regardless of the person. */
export function inCircumstances(
  policy: CaPolicyRow,
  given: Circumstances,
): { readonly is: Tri; readonly reasons: readonly Reason[] } {
  const answers: readonly (readonly [Reason, Tri])[] = [
    ['off', policy.state === 'disabled' ? 'no' : 'yes'],
    ['state', policy.state === null ? 'unknown' : 'yes'],
    ['application', application(policy, given)],
    ['person', concernsPeople(policy) ? 'yes' : 'no'],
    ['platform', platform(policy, given)],
    ['client', client(policy, given)],
    ['location', location(policy, given)],
    ['device', device(policy, given)],
    ['sign_in_risk', risk(policy.signInRiskLevels, given.signInRisk)],
    ['user_risk', risk(policy.userRiskLevels, given.userRisk)],
    ['flow', risk(policy.flows ?? [], given.flow)],
    ['insider_risk', risk(policy.insiderRisk ?? [], given.insiderRisk)],
    ['condition', policy.otherConditions.every((name) => isConditionRead(name, policy)) ? 'yes' : 'unknown'],
  ];
  const no = answers.find(([, is]) => is === 'no');
  if (no !== undefined) return { is: 'no', reasons: [no[0]] };
  const reasons = answers.flatMap(([reason, is]) => (is === 'unknown' ? [reason] : []));
  return { is: reasons.length > 0 ? 'unknown' : 'yes', reasons };
}

function application(policy: CaPolicyRow, given: Circumstances): Tri {
  const reach = reaches(policy, given.application);
  return reach === 'named' || reach === 'all' ? 'yes' : reach === 'filtered' ? 'unknown' : 'no';
}

function platform(policy: CaPolicyRow, given: Circumstances): Tri {
  const include = lower(policy.includePlatforms);
  const exclude = lower(policy.excludePlatforms);
  const here = given.platform.toLowerCase();
  if (exclude.includes('all') || exclude.includes(here)) return 'no';
  // A platform other than those we model may be one that a policy names.
  const perhaps = (names: readonly string[]) =>
    here === 'unknown' && names.some((name) => name !== 'all' && !isPlatform(name));
  if (include.length === 0 || include.includes('all') || include.includes(here))
    return perhaps(exclude) ? 'unknown' : 'yes';
  return perhaps(include) ? 'unknown' : 'no';
}

function client(policy: CaPolicyRow, given: Circumstances): Tri {
  const types = lower(policy.clientAppTypes);
  if (types.length === 0) return 'unknown';
  return types.includes('all') || types.includes(given.client.toLowerCase()) ? 'yes' : 'no';
}

function location(policy: CaPolicyRow, { locations, perhaps, trusted }: Circumstances): Tri {
  const include = lower(policy.includeLocations);
  const exclude = lower(policy.excludeLocations);
  const within = (ids: readonly string[]): Tri => {
    if (ids.includes('all')) return 'yes';
    if (locations?.some((id) => ids.includes(id.toLowerCase()))) return 'yes';
    const byTrust: Tri = !ids.includes('alltrusted')
      ? 'no'
      : trusted === null
        ? 'unknown'
        : trusted
          ? 'yes'
          : 'no';
    if (byTrust === 'yes') return 'yes';
    const named = ids.some((id) => id !== 'alltrusted');
    const open = (locations === null && named) || perhaps.some((id) => ids.includes(id.toLowerCase()));
    return byTrust === 'unknown' || open ? 'unknown' : 'no';
  };
  const out = within(exclude);
  if (out === 'yes') return 'no';
  const into = include.length === 0 ? 'yes' : within(include);
  return into === 'no' ? 'no' : out === 'unknown' ? 'unknown' : into;
}

/** The What If only sets whether a device is compliant in Intune; a filter on anything else is unknown. */
function device({ deviceFilter }: CaPolicyRow, given: Circumstances): Tri {
  if (deviceFilter === undefined) return 'yes';
  const { atoms, holds } = deviceRule(deviceFilter.rule);
  if (given.device === 'unknown' || atoms.some((atom) => atom !== COMPLIANT && atom !== NOT_COMPLIANT))
    return 'unknown';
  const truths = new Set([given.device === 'compliant' ? COMPLIANT : NOT_COMPLIANT]);
  return holds(truths) === (deviceFilter.mode === 'include') ? 'yes' : 'no';
}

/** Whether a level or kind is among those that a policy is for alone; one that Graph does not name may be any. */
function risk(levels: readonly string[], given: string): Tri {
  if (levels.length === 0) return 'yes';
  if (given === 'unknown') return 'unknown';
  if (lower(levels).includes(given.toLowerCase())) return 'yes';
  return lower(levels).includes('unknownfuturevalue') ? 'unknown' : 'no';
}

/** Conditions that are evaluated separately. */
function isConditionRead(name: string, policy: CaPolicyRow): boolean {
  if (name === 'devices') return policy.deviceFilter !== undefined;
  if (name === 'authenticationFlows') return policy.flows !== undefined;
  if (name === 'insiderRiskLevels') return policy.insiderRisk !== undefined;
  if (/(^|\.)includeGuestsOrExternalUsers$/i.test(name)) return policy.includeGuests !== undefined;
  if (/(^|\.)excludeGuestsOrExternalUsers$/i.test(name)) return policy.excludeGuests !== undefined;
  return /applicationFilter/i.test(name);
}

const lower = (list: readonly string[]): readonly string[] => list.map((one) => one.trim().toLowerCase());
// Guide: G3.2-03 G4.1-05 G4.3-00 G6.2-04 G6.2-08 G6.5-06
