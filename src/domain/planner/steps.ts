import { EvaluationState } from '../decide/context.ts';
import type { DecisionInput } from '../decide/input.ts';
import { type Cost, costOf, type Quote } from './cost.ts';
import { after, fitTogether, type Offer, offers, type Purchase } from './purchases.ts';

type Has = 'yes' | 'no' | 'unknown';

/** The cheapest way to something, with one or two purchases. */
export interface Step {
  readonly purchases: readonly Purchase[];
  readonly cost: Cost;
}

export interface Steps {
  /** The cheapest with a fully known price; null: none. */
  readonly cheapest: Step | null;
  /** Without a full price, the one with the fewest purchases; a quote may make it the cheaper one. */
  readonly unpriced: Step | null;
}

export interface Minimum {
  /** `not_needed`: there is no Claude organization, or no Microsoft 365, that it would apply to. */
  readonly state: 'met' | 'below' | 'unknown' | 'not_needed';
  /** Capabilities that are missing or unknown. */
  readonly lacks: readonly string[];
  readonly because: string;
  /** How to reach it; null if nothing is certainly missing. */
  readonly steps: Steps | null;
}

/** Whether the client has the minimum that the guide recommends for governing Claude, and the cheapest step to it. */
export function minimumOf(input: DecisionInput, quotes: readonly Quote[]): Minimum | null {
  const { minimum } = input.catalogue.licenses;
  if (minimum === undefined) return null;
  const { profile } = input;
  const none = (state: 'met' | 'not_needed', because: string): Minimum => ({
    state,
    because,
    lacks: [],
    steps: null,
  });
  if (profile.claudePlan === 'free_pro')
    return none('not_needed', 'It concerns clients with a Claude organization.');
  if (Array.isArray(profile.m365) && profile.m365.length === 0)
    return none('not_needed', 'The profile states that there is no Microsoft 365.');
  const shared = new EvaluationState(input);
  const found = minimum.needs.map((id) => shared.capability(id));
  const no = found.filter(({ has }) => has === 'no');
  if (no[0])
    return {
      state: 'below',
      because: no.map(({ reason }) => reason).join(' '),
      lacks: no.map(({ id }) => id),
      steps: stepsTo(input, minimum.needs, quotes),
    };
  const unknown = found.filter(({ has }) => has === 'unknown');
  if (unknown[0])
    return {
      state: 'unknown',
      because: unknown[0].reason,
      lacks: unknown.map(({ id }) => id),
      steps: null,
    };
  return none('met', [...new Set(found.map(({ reason }) => reason))].join(' '));
}

export interface FirstAgainstUploads {
  /** Control to set up first. */
  readonly control: string;
  /** Why this one. */
  readonly because: string;
  /** Cheapest way to check uploads; null: the client already has one, or none can be licensed. */
  readonly steps: Steps | null;
  /** Why it is unknown whether the client has a stronger way; null: it is known. */
  readonly doubt: string | null;
}

/** What to set up first against uploads of member data, with what the client has. null: nothing in the catalogue. */
export function firstAgainstUploads(
  input: DecisionInput,
  quotes: readonly Quote[],
): FirstAgainstUploads | null {
  const { uploads } = input.catalogue.licenses;
  const shared = new EvaluationState(input);
  const answers = uploads.map(({ capability, control }) => ({
    control,
    ...(capability === undefined
      ? { has: 'yes' as Has, reason: 'It needs no license beyond what every client has.' }
      : shared.capability(capability)),
  }));
  const at = answers.findIndex(({ has }) => has === 'yes');
  const first = answers[at];
  if (first === undefined) return null;
  const doubt = answers.slice(0, at).find(({ has }) => has === 'unknown');
  // Only the first two check uploads; the rest just observe usage, or are policy.
  const stronger = uploads.slice(0, Math.min(at, CHECKS)).flatMap(({ capability }) => capability ?? []);
  return {
    control: first.control,
    because: first.reason,
    doubt: doubt?.reason ?? null,
    steps:
      at < CHECKS || stronger.length === 0
        ? null
        : cheaper(stronger.map((id) => stepsTo(input, [id], quotes))),
  };
}

/** Number of ways, at the start of the list, that inspect uploads. */
const CHECKS = 2;

function cheaper(all: readonly Steps[]): Steps {
  const priced = all.flatMap(({ cheapest }) => cheapest ?? []).sort(byCost);
  return {
    cheapest: priced[0] ?? null,
    unpriced: all.find(({ unpriced }) => unpriced !== null)?.unpriced ?? null,
  };
}

/** The cheapest one or two purchases that provide all of these capabilities. */
export function stepsTo(input: DecisionInput, needs: readonly string[], quotes: readonly Quote[]): Steps {
  const open = offers(input).filter(
    ({ because, kind }) => because === null && (kind === 'm365' || kind === 'add_on'),
  );
  const reaches = (set: readonly Offer[]) => {
    const shared = new EvaluationState(after(input, set));
    return needs.every((id) => shared.capability(id).has === 'yes');
  };
  const singles = open.map((one) => [one]).filter((set) => fitTogether(input, set));
  const alone = singles.filter(reaches);
  const enough = new Set(alone.flat());
  const rest = open.filter((one) => !enough.has(one));
  const pairs = rest
    .flatMap((one, at) => rest.slice(at + 1).map((other) => [one, other]))
    .filter((set) => fitTogether(input, set) && reaches(set));
  const steps = [...alone, ...pairs].map(
    (purchases): Step => ({
      purchases,
      cost: costOf(input, purchases, quotes),
    }),
  );
  return {
    cheapest: steps.filter(({ cost }) => cost.unknown.length === 0).sort(byCost)[0] ?? null,
    unpriced: steps.find(({ cost }) => cost.unknown.length > 0) ?? null,
  };
}

function byCost(a: Step, b: Step): number {
  return a.cost.usdPerMonth - b.cost.usdPerMonth || a.purchases.length - b.purchases.length;
}
// Guide: G1.2-10 G4.4-08
