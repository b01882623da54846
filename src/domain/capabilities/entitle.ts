import type { DecisionInput } from '../decide/input.ts';
import type { Capability } from '../model/catalogue.ts';
import type { ClaudePlan } from '../model/profile.ts';
import type { Evidence } from '../model/reading.ts';
import type { Current, Entitlement } from '../model/rule.ts';
import { type Holdings, holdings } from './holdings.ts';

export const CLAUDE_PLAN_WORDS: Readonly<Record<ClaudePlan, string>> = {
  free_pro: 'Claude Free or Pro',
  team: 'Claude Team',
  enterprise: 'Claude Enterprise',
};

interface Needs {
  readonly input: DecisionInput;
  read(kind: 'subscribed_skus', days: number): Current<'subscribed_skus'>;
}

/**
 * Answers whether a client has a capability: yes, no or unknown, always with the reason. It follows what vendors
 * document (`vendor` and `grantedBy` of the catalogue), not the guide, where the two differ.
 */
export function entitlements(needs: Needs): (id: string) => Entitlement {
  const { input } = needs;
  const byId = new Map(input.catalogue.capabilities.map((capability) => [capability.id, capability]));
  const memo = new Map<string, Entitlement>();
  let held: Holdings | undefined;
  const holds = () => {
    held ??= holdings(input, (days) => needs.read('subscribed_skus', days));
    return held;
  };
  const answer = (id: string): Entitlement => {
    const known = memo.get(id);
    if (known) return known;
    const capability = byId.get(id);
    const assumed = input.assumed?.get(id);
    const entitlement: Entitlement = assumed
      ? { id, has: assumed, reason: 'Taken so, to see what would follow.', evidence: [] }
      : capability
        ? combine(
            capability,
            own(capability, input, holds),
            (capability.grantedBy.alsoNeeds ?? []).map((other) => ({
              ...answer(other),
              byPlan: byId.get(other)?.grantedBy.claudePlans !== undefined,
            })),
          )
        : { id, has: 'unknown', reason: `The catalogue does not describe "${id}".`, evidence: [] };
    memo.set(id, entitlement);
    return entitlement;
  };
  return answer;
}

/** What the capability's own grants say, before what else it needs. */
function own(capability: Capability, input: DecisionInput, holds: () => Holdings): Entitlement {
  const { id, title, grantedBy: by, toGet } = capability;
  const { profile } = input;
  const planEvidence: Evidence = {
    kind: 'plan',
    file: 'profile',
    observedOn: input.today,
    says: CLAUDE_PLAN_WORDS[profile.claudePlan],
  };
  if (by.anyone)
    return { id, has: 'yes', reason: `${title}: open to every client.`, evidence: [planEvidence] };
  if (by.claudePlans?.includes(profile.claudePlan)) {
    return {
      id,
      has: 'yes',
      reason: `${title} is part of ${CLAUDE_PLAN_WORDS[profile.claudePlan]}.`,
      evidence: [planEvidence],
    };
  }
  const thing = gateway(capability, input);
  if (thing?.has === 'yes') return thing;
  const asksMicrosoft = Boolean(by.servicePlans?.length || by.m365?.length || by.addOns?.length);
  if (asksMicrosoft) {
    const held = holds();
    const plan = by.servicePlans?.find((name) => held.plans.has(name));
    if (plan)
      return {
        id,
        has: 'yes',
        reason: `${title} comes with ${held.plans.get(plan)}.`,
        evidence: held.evidence,
      };
    const addOn = by.addOns?.find((name) => held.addOns.has(name));
    if (addOn)
      return {
        id,
        has: 'yes',
        reason: `${title} comes with an add-on that the profile states.`,
        evidence: held.evidence,
      };
    if (typeof profile.m365 === 'string' && by.m365?.includes(profile.m365)) {
      return {
        id,
        has: 'yes',
        reason: `${title} comes with the stated Microsoft 365 licence.`,
        evidence: held.evidence,
      };
    }
    // A gateway that may or may not be there could still bring it.
    if (thing?.has === 'unknown') return thing;
    if (held.doubts.length > 0)
      return { id, has: 'unknown', reason: `${held.doubts.join(' ')}`, evidence: held.evidence };
    return {
      id,
      has: 'no',
      reason: `${title} is not in what this client holds: ${held.words}.${toGet ? ` ${toGet}` : ''}`,
      evidence: held.evidence,
    };
  }
  if (thing) return thing;
  const plans = (by.claudePlans ?? []).map((plan) => CLAUDE_PLAN_WORDS[plan]).join(' or ');
  const needed = plans ? `needs ${plans}` : 'is not offered on any plan';
  return {
    id,
    has: 'no',
    reason: `${title} ${needed}; this client is on ${CLAUDE_PLAN_WORDS[profile.claudePlan]}.`,
    evidence: [planEvidence],
  };
}

function gateway(capability: Capability, input: DecisionInput): Entitlement | null {
  const { id, title, grantedBy: by, toGet } = capability;
  for (const [wanted, value, words] of [
    [by.swg, input.profile.swg, 'secure web gateway'],
    [by.siem, input.profile.siem, 'SIEM'],
  ] as const) {
    if (!wanted) continue;
    const evidence: Evidence[] = [
      { kind: 'plan', file: 'profile', observedOn: input.today, says: `${words}: ${value ?? 'none'}` },
    ];
    if (value === undefined)
      return {
        id,
        has: 'unknown',
        reason: `The profile does not say whether there is a ${words}.`,
        evidence: [],
      };
    if (value === null || value === 'none')
      return {
        id,
        has: 'no',
        reason: `${title} needs a ${words}, and the profile states none.${toGet ? ` ${toGet}` : ''}`,
        evidence,
      };
    return { id, has: 'yes', reason: `The profile states the ${words} ${value}.`, evidence };
  }
  return null;
}

/** A missing further need beats everything, then an unknown one. */
function combine(
  capability: Capability,
  first: Entitlement,
  further: readonly (Entitlement & { readonly byPlan: boolean })[],
): Entitlement {
  const all = [first, ...further];
  const worst = all.find((e) => e.has === 'no') ?? all.find((e) => e.has === 'unknown');
  if (!worst) {
    // What a plan needs beside it is named: which gateway, or which licence in its place.
    const beside =
      capability.grantedBy.claudePlans === undefined ? [] : further.filter(({ byPlan }) => !byPlan);
    return {
      ...first,
      reason: [...new Set([first, ...beside].map(({ reason }) => reason))].join(' '),
      evidence: all.flatMap((e) => e.evidence),
    };
  }
  return { id: capability.id, has: worst.has, reason: worst.reason, evidence: worst.evidence };
}
