import type { DecisionInput } from '../decide/input.ts';
import { type Cost, costOf, type Quote } from './cost.ts';
import { type Position, positionOf, weightOf } from './position.ts';
import { after, fitTogether, type Offer, offers, type Purchase } from './purchases.ts';

/** A set of purchases with its cost and benefits. */
export interface Plan {
  readonly purchases: readonly Purchase[];
  readonly cost: Cost;
  readonly position: Position;
  /** Controls that become enforceable. */
  readonly gains: readonly string[];
  /** Risks with better coverage, and how. */
  readonly better: readonly string[];
  /** Sum over the risks: 1 for each that is covered, 0.5 for each that is partly covered. */
  readonly covered: number;
}

/** Maximum number of add-ons in a set: more are not bought at once, and each one multiplies the number of sets. */
const MAX_ADD_ONS = 2;

/** Cost and benefits of purchases. `now` is the client's current position, computed from `input`. */
export function planFor(
  now: Position,
  input: DecisionInput,
  purchases: readonly Purchase[],
  quotes: readonly Quote[],
): Plan {
  const position = positionOf(after(input, purchases));
  const before = new Map(now.controls.map(({ control, reach }) => [control, reach]));
  const cover = new Map(now.risks.map((risk) => [risk.risk, weightOf(risk)]));
  return {
    purchases,
    cost: costOf(input, purchases, quotes),
    position,
    gains: position.controls
      .filter(({ control, reach }) => reach === 'enforceable' && before.get(control) !== 'enforceable')
      .map(({ control }) => control),
    better: position.risks
      .filter((risk) => weightOf(risk) > (cover.get(risk.risk) ?? 0))
      .map(({ risk }) => risk),
    covered: position.risks.reduce((sum, risk) => sum + weightOf(risk), 0),
  };
}

/** All sensible sets of purchases for a client, with their benefits. The empty set comes first. */
export function allPlans(input: DecisionInput, quotes: readonly Quote[]): readonly Plan[] {
  const now = positionOf(input);
  const open = useful(input, now);
  const of = (kind: Purchase['kind']) => open.filter((one) => one.kind === kind);
  const optional = (kind: Purchase['kind']) => [[], ...of(kind).map((one) => [one])];
  const sets = product([
    optional('claude'),
    optional('m365'),
    few(of('add_on')),
    optional('gateway'),
    optional('devices'),
    optional('siem'),
  ]).filter((set) => fitTogether(input, set));
  return sets.map((set) => planFor(now, input, set, quotes));
}

/** Purchases that change anything, alone or combined with the largest plan and gateway. */
function useful(input: DecisionInput, now: Position): readonly Offer[] {
  const open = offers(input).filter(({ because }) => because === null);
  const large = open.filter(({ id, kind }) => id === 'claude:enterprise' || kind === 'gateway');
  const best = positionOf(after(input, large));
  return open.filter(
    (one) =>
      large.includes(one) ||
      changes(now, positionOf(after(input, [one]))) ||
      changes(best, positionOf(after(input, [...large, one]))),
  );
}

function changes(a: Position, b: Position): boolean {
  return (
    a.controls.some(({ reach }, index) => reach !== b.controls[index]?.reach) ||
    a.risks.some(({ coverage }, index) => coverage !== b.risks[index]?.coverage) ||
    a.goals.some(({ has }, index) => has !== b.goals[index]?.has)
  );
}

function few(list: readonly Offer[]): readonly (readonly Offer[])[] {
  const sets: Offer[][] = [[]];
  for (const one of list) for (const set of [...sets]) if (set.length < MAX_ADD_ONS) sets.push([...set, one]);
  return sets;
}

function product(parts: readonly (readonly (readonly Offer[])[])[]): readonly (readonly Offer[])[] {
  return parts.reduce<readonly (readonly Offer[])[]>(
    (sets, options) => sets.flatMap((set) => options.map((option) => [...set, ...option])),
    [[]],
  );
}

export interface Path {
  /** The cheapest set whose price is fully known; null: none. */
  readonly cheapest: Plan | null;
  /** The other fully priced sets, in ascending order of price. */
  readonly dearer: readonly Plan[];
  /** Further sets without a full price, fewest purchases first. A quote may make one the cheapest. */
  readonly unpriced: readonly Plan[];
}

/** The cheapest way to a goal of appendix B. If the goal is already reached, that is the empty set. */
export function pathTo(goal: string, plans: readonly Plan[]): Path {
  return wayTo(plans, ({ goals }) => goals.some((one) => one.goal === goal && one.has === 'yes'));
}

/** The cheapest way to a channel. If the client already has it, that is the empty set. */
export function channelPath(channel: string, plans: readonly Plan[]): Path {
  return wayTo(plans, ({ channels }) => channels.some((one) => one.channel === channel && one.has === 'yes'));
}

function wayTo(plans: readonly Plan[], reaches: (position: Position) => boolean): Path {
  const reaching = minimal(plans.filter(({ position }) => reaches(position)));
  const priced = reaching.filter(isPriced).sort(byCost);
  return {
    cheapest: priced[0] ?? null,
    dearer: priced.slice(1),
    unpriced: reaching
      .filter((plan) => !isPriced(plan))
      .sort((a, b) => a.purchases.length - b.purchases.length),
  };
}

/** Sets without a smaller subset that achieves the same. */
function minimal(plans: readonly Plan[]): readonly Plan[] {
  const ids = new Map(plans.map((plan) => [plan, new Set(plan.purchases.map(({ id }) => id))]));
  return plans.filter(
    (plan) =>
      !plans.some(
        (other) =>
          other.purchases.length < plan.purchases.length &&
          other.purchases.every(({ id }) => ids.get(plan)?.has(id)),
      ),
  );
}

/** Pareto-optimal sets: none covers as much for less, or more for the same price. Cheapest first; all fully priced. */
export function frontier(plans: readonly Plan[]): readonly Plan[] {
  const found: Plan[] = [];
  for (const plan of plans.filter(isPriced).sort(byCost)) {
    const best = found.at(-1);
    if (best === undefined || plan.covered > best.covered) found.push(plan);
  }
  return found;
}

/**
 * Whether the price is fully known. Charges by usage are never known, so plans that have them say so and are compared
 * by seats.
 */
function isPriced({ cost }: Plan): boolean {
  return cost.unknown.length === 0;
}

function byCost(a: Plan, b: Plan): number {
  return (
    a.cost.usdPerMonth - b.cost.usdPerMonth ||
    b.covered - a.covered ||
    a.purchases.length - b.purchases.length
  );
}
// Guide: G1.2-12 GB-01 GB-03 GB-05 GB-08
