import type { DecisionInput } from '#domain/decide/input.ts';
import type { Quote } from '#domain/planner/cost.ts';
import { firstAgainstUploads, minimumOf, type Step, type Steps, stepsTo } from '#domain/planner/steps.ts';
import { names } from '#domain/text/words.ts';
import { nameOf } from './columns.ts';
import { costView } from './money.ts';
import type { FirstView, MinimumView, StepView } from './schemas.ts';

/** Whether the client is below the minimum that the guide recommends, in words, with the cheapest step up. */
export function minimumView(input: DecisionInput, quotes: readonly Quote[]): MinimumView | null {
  const found = minimumOf(input, quotes);
  const { minimum, tiers } = input.catalogue.licenses;
  if (found === null || minimum === undefined) return null;
  const { state, because, lacks, steps } = found;
  const name = tiers[minimum.tier]?.name ?? minimum.tier;
  const titles = new Map(input.catalogue.capabilities.map(({ id, title }) => [id, title]));
  const lacking = names(
    lacks.map((id) => titles.get(id) ?? id),
    4,
  );
  const words = {
    met: `At or above the recommended minimum, ${name} or what does the same. ${because}`,
    below: `Below the recommended minimum. The guide considers ${name} the minimum for governing Claude; this client lacks ${lacking}.`,
    unknown: `It is not known whether this client is at the recommended minimum (${name}). ${because}`,
    not_needed: `The recommended minimum (${name}) does not apply. ${because}`,
  }[state];
  return { state, words, ...stepsView(input, steps) };
}

/** What to set up first against uploads of member data. */
export function firstView(input: DecisionInput, quotes: readonly Quote[]): FirstView | null {
  const found = firstAgainstUploads(input, quotes);
  if (found === null) return null;
  const control = input.catalogue.controls.find(({ id }) => id === found.control);
  return {
    control: found.control,
    title: control?.action ?? found.control,
    because: found.because,
    doubt: found.doubt,
    ...stepsView(input, found.steps),
  };
}

/** The cheapest way to get all of these capabilities, and one whose price is not known; null if none is offered. */
export function stepsFor(
  input: DecisionInput,
  needs: readonly string[],
  quotes: readonly Quote[],
): { readonly step: StepView | null; readonly unpriced: StepView | null } {
  return stepsView(input, stepsTo(input, needs, quotes));
}

function stepsView(
  input: DecisionInput,
  steps: Steps | null,
): { readonly step: StepView | null; readonly unpriced: StepView | null } {
  return {
    step: steps?.cheapest ? stepView(input, steps.cheapest) : null,
    unpriced: steps?.unpriced ? stepView(input, steps.unpriced) : null,
  };
}

function stepView(input: DecisionInput, { purchases, cost }: Step): StepView {
  const { known, month } = costView(input, purchases, cost);
  return {
    sets: purchases.map(({ id }) => id).join(','),
    name: nameOf(purchases),
    month: known === 'not_known' ? null : month,
  };
}
// Guide: G1.2-10 G4.4-08
