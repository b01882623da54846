import type { DecisionInput } from '../decide/input.ts';
import { CLAUDE_PLAN_WORDS } from '../labels.ts';
import type { Capability } from '../model/capability.ts';
import type { Evidence } from '../model/reading.ts';
import type { Current, Entitlement } from '../model/rule.ts';
import { names } from '../text/words.ts';
import { type Holdings, holdings } from './holdings.ts';

interface Needs {
  readonly input: DecisionInput;
  read(kind: 'subscribed_skus', days: number): Current<'subscribed_skus'>;
}

/**
 * Whether a client has a capability: yes, no or unknown, always with the reason. Where guide and vendor differ, it
 * follows the vendor's documentation (`vendor` and `grantedBy` in the catalogue).
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
      ? { id, has: assumed, reason: 'Assumed, to see the consequences.', evidence: [] }
      : capability
        ? combine(
            capability,
            capability.grantedBy.anyOf
              ? oneOf(capability, capability.grantedBy.anyOf.map(answer))
              : own(capability, input, holds),
            (capability.grantedBy.alsoNeeds ?? []).map((other) => ({
              ...answer(other),
              byPlan: byId.get(other)?.grantedBy.claudePlans !== undefined,
            })),
          )
        : { id, has: 'unknown', reason: `The catalogue does not describe “${id}”.`, evidence: [] };
    memo.set(id, entitlement);
    return entitlement;
  };
  return answer;
}

/** The best of several alternatives: one that the client has, else one that it may have. */
function oneOf({ id, title, toGet }: Capability, ways: readonly Entitlement[]): Entitlement {
  const best = ways.find(({ has }) => has === 'yes') ?? ways.find(({ has }) => has === 'unknown');
  if (best !== undefined) return { ...best, id };
  return {
    id,
    has: 'no',
    reason: `${title}: nothing that this client has can do it.${toGet ? ` ${toGet}` : ''}`,
    evidence: ways.flatMap(({ evidence }) => evidence),
  };
}

/** The result of the capability's own grants, before its further needs. */
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
      reason: `${title} is included in ${CLAUDE_PLAN_WORDS[profile.claudePlan]}.`,
      evidence: [planEvidence],
    };
  }
  const { thing, byLicense } = stated(capability, input);
  // Intune is also a license, so a stated Intune is checked against the licenses.
  const intune = by.servicePlans?.includes('INTUNE_A') === true && namesIntune(profile.deviceManagement);
  const only = by.deviceManagement?.only;
  const limited = only === undefined ? {} : { only };
  if (thing?.has === 'yes' && !(intune && byLicense)) return byLicense ? { ...thing, ...limited } : thing;
  const asksMicrosoft = Boolean(by.servicePlans?.length || by.m365?.length || by.addOns?.length);
  if (asksMicrosoft) {
    const held = holds();
    const plan = by.servicePlans?.find((name) => held.plans.has(name));
    if (plan)
      return {
        id,
        has: 'yes',
        reason: `${title} comes with ${held.plans.get(plan)}.${by.deviceManagement ? usedWords(profile.deviceManagement) : ''}`,
        ...limited,
        ...(held.ending.has(plan) ? { ending: true } : {}),
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
        reason: `${title} comes with the stated Microsoft 365 license.`,
        evidence: held.evidence,
      };
    }
    const doubts = doubtsOf(capability, input, held);
    if (thing?.has === 'yes' && doubts.length > 0) return { ...thing, ...limited };
    if (intune && doubts.length === 0)
      return {
        id,
        has: 'unknown',
        reason: `The profile states Intune, but what this client has does not include Intune Plan 1: ${held.words}. State the license that includes it, or correct the device management.`,
        evidence: held.evidence,
      };
    // A gateway that the client may have could still provide it.
    if (thing?.has === 'unknown') return thing;
    if (doubts.length > 0) return { id, has: 'unknown', reason: doubts.join(' '), evidence: held.evidence };
    return {
      id,
      has: 'no',
      reason: `${title} is not included in what this client has: ${held.words}.${toGet ? ` ${toGet}` : ''}`,
      evidence: held.evidence,
    };
  }
  if (thing) return thing;
  const plans = (by.claudePlans ?? []).map((plan) => CLAUDE_PLAN_WORDS[plan]).join(' or ');
  const needed = plans ? `requires ${plans}` : 'is not offered on any plan';
  return {
    id,
    has: 'no',
    reason: `${title} ${needed}; this client is on ${CLAUDE_PLAN_WORDS[profile.claudePlan]}.`,
    evidence: [planEvidence],
  };
}

/** Why the client may have it after all. An expiring subscription is no reason for plans that it never included. */
function doubtsOf(
  { grantedBy }: Capability,
  { catalogue }: DecisionInput,
  held: Holdings,
): readonly string[] {
  const plans = [
    ...(grantedBy.servicePlans ?? []),
    ...catalogue.licenses.addOns.flatMap(({ id, servicePlans }) =>
      grantedBy.addOns?.includes(id) ? servicePlans : [],
    ),
  ];
  return [...new Set([...held.doubts, ...plans.flatMap((plan) => held.lapsing.get(plan) ?? [])])];
}

/**
 * What the profile states about things other than Microsoft licenses. One that the client has counts, else one that it
 * may have. `byLicense`: it is device management, which may also come with a license.
 */
function stated(
  capability: Capability,
  input: DecisionInput,
): { readonly thing: Entitlement | null; readonly byLicense: boolean } {
  const { grantedBy: by } = capability;
  const { swg, siem, deviceManagement } = input.profile;
  const devices = by.deviceManagement
    ? (documented(capability, deviceManagement) ?? thingOf(capability, input, deviceManagement, DEVICES))
    : null;
  const answers = [
    by.swg ? (otherGateway(capability, swg) ?? thingOf(capability, input, swg, 'secure web gateway')) : null,
    by.siem ? thingOf(capability, input, siem, 'SIEM') : null,
    devices,
  ].filter((answer) => answer !== null);
  const thing =
    answers.find(({ has }) => has === 'yes') ??
    answers.find(({ has }) => has === 'unknown') ??
    answers[0] ??
    null;
  return { thing, byLicense: thing !== null && thing === devices };
}

const DEVICES = 'device management';

function thingOf(
  { id, title, toGet, grantedBy }: Capability,
  input: DecisionInput,
  value: string | null | undefined,
  words: typeof DEVICES | 'secure web gateway' | 'SIEM',
): Entitlement {
  const devices = words === DEVICES;
  const one = devices ? words : `a ${words}`;
  if (value === undefined || value === '')
    return { id, has: 'unknown', reason: `The profile does not say whether there is ${one}.`, evidence: [] };
  const evidence: Evidence[] = [
    { kind: 'plan', file: 'profile', observedOn: input.today, says: `${words}: ${value ?? 'none'}` },
  ];
  if (value === null || value === 'none')
    return {
      id,
      has: 'no',
      reason: `${title} requires ${one}, and the profile states none.${toGet ? ` ${toGet}` : ''}`,
      evidence,
    };
  const note = devices ? noteOn(grantedBy.deviceManagement?.notes ?? {}, value) : '';
  return { id, has: 'yes', reason: `The profile states the ${words} ${value}.${note}`, evidence };
}

/** Unknown, if the vendor documents it only for other device management products than the client's. */
function documented(
  { id, title, grantedBy: { deviceManagement: by } }: Capability,
  value: string | null | undefined,
): Entitlement | null {
  if (by === undefined || by.by === 'any' || !value || value === 'none') return null;
  if (by.by.some((name) => spelt(value).includes(spelt(name)))) return null;
  return {
    id,
    has: 'unknown',
    reason: `${title} is documented for ${names(by.by, by.by.length)}; whether ${value === 'planned' ? 'another one' : value} can do it is not known.`,
    evidence: [],
  };
}

/**
 * Unknown, if it is documented only for other gateways than the client's. A planned gateway can still be chosen to fit.
 */
function otherGateway(
  { id, grantedBy: { swg: by } }: Capability,
  value: string | null | undefined,
): Entitlement | null {
  if (typeof by !== 'object' || !value) return null;
  if (value === 'none' || value === 'planned') return null;
  if (by.by.some((name) => spelt(value).includes(spelt(name)))) return null;
  return {
    id,
    has: 'unknown',
    reason: `The profile states the gateway ${value}. ${by.otherwise}`,
    evidence: [],
  };
}

function noteOn(notes: Readonly<Record<string, string>>, value: string): string {
  const found = Object.entries(notes).find(([name]) => spelt(value).includes(spelt(name)));
  return found === undefined ? '' : ` ${found[1]}`;
}

function namesIntune(value: string | null | undefined): boolean {
  return value !== undefined && value !== null && spelt(value).includes('intune');
}

function spelt(name: string): string {
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return key === 'gpo' ? 'grouppolicy' : key;
}

/** Having a license does not mean using it: adds what the profile says about device management. */
function usedWords(value: string | null | undefined): string {
  if (value === undefined || value === '') return ' Whether it is used is not stated in the profile.';
  if (value === null || value === 'none')
    return ' The profile states that no device management is used, so it has to be set up first.';
  if (namesIntune(value)) return ' The profile states that it is used.';
  return ` The profile also states ${value}.`;
}

/** A missing further need outweighs everything, then an unknown one. */
function combine(
  capability: Capability,
  first: Entitlement,
  further: readonly (Entitlement & { readonly byPlan: boolean })[],
): Entitlement {
  const all = [first, ...further];
  const worst = all.find((e) => e.has === 'no') ?? all.find((e) => e.has === 'unknown');
  if (!worst) {
    // Name what the plan needs in addition: which gateway, or which license instead.
    const beside =
      capability.grantedBy.claudePlans === undefined ? [] : further.filter(({ byPlan }) => !byPlan);
    const only = all.find((e) => e.only !== undefined)?.only;
    return {
      ...first,
      ...(only === undefined ? {} : { only }),
      reason: [...new Set([first, ...beside].map(({ reason }) => reason))].join(' '),
      evidence: all.flatMap((e) => e.evidence),
    };
  }
  return { id: capability.id, has: worst.has, reason: worst.reason, evidence: worst.evidence };
}
// Guide: G0-01 G1.1-00 G1.1-01 G1.1-02 G1.1-03 G1.1-04 G1.1-05 G1.1-06 G1.1-07 G1.1-08 G1.1-09 G1.1-10
// Guide: G1.1-11 G1.1-12 G1.1-13 G1.1-14 G1.2-00 G1.2-01 G1.2-02 G1.2-03 G1.2-04 G1.2-05 G1.2-06 G1.2-07
// Guide: G1.2-08 G1.2-09 G1.2-10 G1.2-11 G1.2-12 G2.2-04 G2.2-05 G2.2-09 G2.2-10 G2.2-11 G2.2-12 G2.2-13
// Guide: G2.2-14 G2.2-16 G2.2-18 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-31 G2.2-32 G2.2-33 G3.1-02 G3.2-00
// Guide: G3.2-01 G3.3-07 G3.3-08 G4-01 G4.1-01 G4.1-02 G4.1-03 G4.1-06 G4.3-00 G4.4-00 G4.4-01 G4.4-02
// Guide: G4.4-03 G4.4-04 G4.4-05 G4.4-06 G4.4-08 G5.1-00 G5.1-01 G5.1-02 G5.1-03 G5.1-04 G5.1-05 G5.1-06
// Guide: G5.1-07 G5.1-08 G5.2-00 G5.2-01 G5.2-02 G5.2-03 G5.2-04 G5.2-05 G5.2-06 G5.3-00 G5.3-01 G5.3-02
// Guide: G5.3-03 G5.3-07 G5.4-00 G5.4-01 G5.4-03 G6.2-00 G6.3-00 G6.4-00 G6.5-00 G6.6-00 G7.2-03 G7.2-09
// Guide: G7.2-16 G7.2-17 G7.2-18 G8-14 GB-01 GB-02 GB-03 GB-04 GB-05 GB-06 GB-07 GB-08 GB-09
