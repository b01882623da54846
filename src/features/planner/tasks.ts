import { contextFor } from '#domain/decide/context.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { costOf, type Quote } from '#domain/planner/cost.ts';
import { differences } from '#domain/planner/differences.ts';
import { plannedFor, positionOf } from '#domain/planner/position.ts';
import { offers, type Purchase } from '#domain/planner/purchases.ts';
import { allPlans, frontier, type Plan, pathTo } from '#domain/planner/search.ts';
import { equipment } from '#domain/rules/microsoft/devices-enrolled.ts';
import { monthWords, names, shortId } from '#domain/text/words.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

import { firstView, minimumView } from './advice.ts';
import { channelViews } from './channels.ts';
import { goalsOf, nameOf, risksOf, setColumn, status, todayColumn } from './columns.ts';
import { costView, originOf, priceWords } from './money.ts';
import type {
  ChannelView,
  ColumnView,
  DevicesView,
  DifferenceView,
  FirstView,
  GoalView,
  MinimumView,
  OfferView,
  PathSetView,
  RiskView,
} from './schemas.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    plannerCompare: typeof plannerCompare;
    plannerPaths: typeof plannerPaths;
    plannerReach: typeof plannerReach;
    plannerToday: typeof plannerToday;
  }
}

/** What the planner shows about a client today. */
export interface PlannerToday {
  readonly today: ColumnView;
  readonly seats: number | null;
  readonly staff: number | null;
  readonly controls: readonly {
    readonly control: string;
    readonly title: string;
    readonly reach: 'enforceable' | 'policy_only' | 'not_licensed' | 'not_applicable' | 'unknown';
    readonly because: string;
  }[];
  readonly offers: readonly OfferView[];
  readonly goals: readonly GoalView[];
  readonly minimum: MinimumView | null;
  readonly first: FirstView | null;
  readonly differences: readonly DifferenceView[];
  readonly devices: DevicesView | null;
}

export function plannerToday(
  { shared }: TaskInput,
  { quotes }: { readonly quotes: readonly Quote[] },
): PlannerToday {
  const input = plannedFor(shared);
  const position = positionOf(input);
  const titles = titlesOf(input);
  return {
    today: todayColumn(input, position, quotes),
    seats: input.profile.claudeSeats ?? null,
    staff: input.profile.staffCount ?? null,
    controls: position.controls.map(({ control, reach, because }) => ({
      control,
      title: titles.get(control) ?? control,
      reach,
      because,
    })),
    offers: offers(input).map((offer) => ({ ...offer, price: priceOf(input, offer, quotes) })),
    goals: goalsOf(input, position),
    minimum: minimumView(input, quotes),
    first: firstView(input, quotes),
    differences: differencesOf(input),
    devices: devicesOf(shared),
  };
}

/** Age in days up to which a list of devices is current. */
const DEVICE_DAYS = 30;

/** How many people with a seat have only compliant devices; null if devices or members were not read. */
function devicesOf(shared: TaskInput['shared']): DevicesView | null {
  const control = shared.input.catalogue.controls.find((one) =>
    one.checks.some(({ rule }) => rule === 'staff-devices-enrolled'),
  );
  if (control === undefined) return null;
  const context = contextFor(shared, control, DEVICE_DAYS);
  const devices = context.read('managed_devices');
  const people = devices.ok ? equipment(context, devices) : null;
  return people === null
    ? null
    : {
        people: people.length,
        enrolled: people.filter(({ devices: own }) => own.length > 0).length,
        ready: people.filter(({ is }) => is === 'ready').length,
      };
}

/** How far plan and licenses could cover each risk, without any offers. */
export function plannerReach({ shared }: TaskInput): ColumnView['risks'] {
  return status(positionOf(plannedFor(shared))).risks;
}

/** The price of one, even if the number needed is not known. */
function priceOf(input: DecisionInput, offer: Purchase, quotes: readonly Quote[]): OfferView['price'] {
  const { profile } = input;
  const counted = {
    ...profile,
    claudeSeats: profile.claudeSeats ?? 1,
    staffCount: profile.staffCount ?? 1,
  };
  const { lines } = costOf({ ...input, profile: counted }, [offer], quotes);
  const line = lines.find(({ purchase }) => purchase === offer.id);
  if (line === undefined) return null;
  return { usdEach: line.usdEach, words: priceWords(line.usdEach, line.of), from: originOf(line.from) };
}

export interface PlannerComparison {
  readonly today: ColumnView;
  readonly sets: readonly ColumnView[];
  readonly risks: readonly RiskView[];
  readonly seats: number | null;
  readonly staff: number | null;
}

export function plannerCompare(
  { shared }: TaskInput,
  { sets, quotes }: { readonly sets: readonly (readonly string[])[]; readonly quotes: readonly Quote[] },
): PlannerComparison {
  const input = plannedFor(shared);
  const now = positionOf(input);
  return {
    today: todayColumn(input, now, quotes),
    sets: sets.map((ids, index) => setColumn(now, input, index, ids, quotes)),
    risks: risksOf(input),
    seats: input.profile.claudeSeats ?? null,
    staff: input.profile.staffCount ?? null,
  };
}

/** Maximum alternatives without a price listed for a goal; further ones are only counted. */
const MAX_UNPRICED = 5;

/** Maximum more expensive ways with a fully known price listed for a goal. */
const MAX_DEARER = 5;

export interface PlannerPaths {
  readonly sets: number;
  readonly risks: number;
  readonly paths: readonly {
    readonly goal: string;
    readonly cheapest: PathSetView | null;
    readonly dearer: readonly PathSetView[];
    readonly unpriced: readonly PathSetView[];
    readonly unpricedTotal: number;
  }[];
  readonly channels: readonly ChannelView[];
  readonly frontier: readonly PathSetView[];
}

/** Evaluates every sensible set of purchases for a client, which takes half a second or more. */
export function plannerPaths(
  { shared }: TaskInput,
  { quotes }: { readonly quotes: readonly Quote[] },
): PlannerPaths {
  const input = plannedFor(shared);
  const now = positionOf(input);
  const plans = allPlans(input, quotes);
  const risks = new Map(input.catalogue.risks.map(({ id, title }) => [id, title]));
  const view = (plan: Plan): PathSetView => ({
    sets: plan.purchases.map(({ id }) => id).join(','),
    name: nameOf(plan.purchases),
    purchases: plan.purchases.map(({ id, name }) => ({ id, name })),
    cost: costView(input, plan.purchases, plan.cost),
    covered: plan.covered,
    gains: plan.gains.length,
    better: plan.better.map((risk) => risks.get(risk) ?? risk),
  });
  return {
    sets: plans.length,
    risks: risks.size,
    paths: goalsOf(input, now).map(({ goal }) => {
      const { cheapest, dearer, unpriced } = pathTo(goal, plans);
      return {
        goal,
        cheapest: cheapest && view(cheapest),
        dearer: dearer.slice(0, MAX_DEARER).map(view),
        unpriced: unpriced.slice(0, MAX_UNPRICED).map(view),
        unpricedTotal: unpriced.length,
      };
    }),
    channels: channelViews(input, now, plans, view),
    frontier: frontier(plans).map(view),
  };
}

/** Differences between guide and vendor that apply to this client; those that change a result come first. */
function differencesOf(input: DecisionInput): DifferenceView[] {
  const titles = titlesOf(input);
  const goals = new Map(input.catalogue.capabilities.map(({ id, title }) => [id, title]));
  const risks = new Map(input.catalogue.risks.map(({ id, title }) => [id, title]));
  return differences(input)
    .map((one): DifferenceView => {
      const { capability, guide, vendor } = one;
      const named = [
        ...one.controls.map((id) => `${shortId(id)} ${titles.get(id) ?? ''}`.trim()),
        ...one.risks.map((id) => risks.get(id) ?? id),
        ...one.goals.map((id) => goals.get(id) ?? id),
      ];
      const matters = named.length > 0;
      return {
        capability: capability.id,
        title: capability.title,
        guide: {
          has: guide,
          says: capability.guide?.says ?? '',
          asOf: monthWords(capability.guide?.asOf ?? ''),
        },
        vendor: {
          has: vendor,
          says: capability.vendor.says,
          asOf: capability.vendor.asOf,
          sources: capability.vendor.sources.map(({ title, url, read }) => ({ title, url, read })),
        },
        effect: !matters
          ? 'No control, risk or goal of this client depends on it.'
          : guide === 'yes'
            ? `If the guide were right, this would come without a purchase: ${names(named, 6)}.`
            : `If the guide were right, this would not be within reach: ${names(named, 6)}.`,
        matters,
        controls: one.controls.map((control) => ({ control, title: titles.get(control) ?? control })),
      };
    })
    .toSorted((a, b) => Number(b.matters) - Number(a.matters));
}

function titlesOf({ catalogue }: DecisionInput): ReadonlyMap<string, string> {
  return new Map(catalogue.controls.map(({ id, title }) => [id, title]));
}
// Guide: G1.1-01 G1.1-06 G1.2-00 G1.2-01 G1.2-04 G1.2-07 G1.2-12 G4.4-08 GB-01 GB-02 GB-03 GB-04 GB-05 GB-06
// Guide: GB-07 GB-08 GB-09
