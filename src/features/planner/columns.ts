import type { DecisionInput } from '#domain/decide/input.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { Risk } from '#domain/model/risk.ts';
import { costNow, type Quote } from '#domain/planner/cost.ts';
import type { Position, RiskCover } from '#domain/planner/position.ts';
import { inSentence, type Purchase } from '#domain/planner/purchases.ts';
import { type Plan, planFor } from '#domain/planner/search.ts';
import { monthWords, sentence } from '#domain/text/words.ts';
import { factStatusWords, layerWords } from '../shared/words.ts';
import { costNowView, costView } from './money.ts';
import type { ColumnView, GoalView, RiskView } from './schemas.ts';
import { resolveSet } from './sets.ts';

/** A forecast of what could be enforced, so the words differ from those of verdicts. */
export const COVER_WORDS: Readonly<Record<string, string>> = {
  covers: 'Can be enforced',
  partly: 'In part',
  policy_only: 'Policy only',
  none: 'Does not reach it',
  not_applicable: 'Does not apply',
  unknown: 'Not known',
};

const LAYER_WORDS = { claude: 'Claude', network_endpoint: 'Network and devices', policy: 'Policy' } as const;

/** The client's position with what it has now. */
export function todayColumn(input: DecisionInput, position: Position, quotes: readonly Quote[]): ColumnView {
  return {
    key: 'today',
    label: 'Today',
    name: holdsWords(input),
    purchases: [],
    problems: [],
    cost: costNowView(input, costNow(input, quotes)),
    gains: [],
    cheapest: false,
    ...status(position),
  };
}

/** The client's position with a set of purchases, compared with now. */
export function setColumn(
  now: Position,
  input: DecisionInput,
  index: number,
  ids: readonly string[],
  quotes: readonly Quote[],
): ColumnView {
  const { purchases, problems } = resolveSet(input, ids);
  const plan = planFor(now, input, purchases, quotes);
  const key = 'ABCD'.charAt(index);
  return {
    key,
    label: `Set ${key}`,
    name: purchases.length === 0 ? 'Not sold separately' : nameOf(purchases),
    purchases: purchases.map(({ id, name }) => ({ id, name })),
    problems: [...problems],
    cost: costView(input, purchases, plan.cost),
    gains: gainsOf(input, plan),
    cheapest: false,
    ...status(plan.position),
  };
}

/** For example "Claude Enterprise and a secure web gateway with TLS inspection". */
export function nameOf(purchases: readonly Pick<Purchase, 'id' | 'name'>[]): string {
  const [first, ...more] = purchases;
  if (first === undefined) return 'Nothing more to buy';
  const rest = more.map(inSentence);
  const last = rest.pop();
  return last === undefined ? first.name : `${[first.name, ...rest].join(', ')} and ${last}`;
}

/** The Claude plan and Microsoft license stated in the profile. */
export function holdsWords({ profile, catalogue }: DecisionInput): string {
  const { licenses } = catalogue;
  const plan = licenses.claudePlans.find(({ id }) => id === profile.claudePlan)?.name ?? profile.claudePlan;
  const { m365 } = profile;
  if (m365 === undefined) return `${plan}, Microsoft license not stated`;
  if (typeof m365 === 'string') return `${plan}, ${licenses.tiers[m365]?.name ?? m365}`;
  const skus = m365.map(
    (number) => licenses.skus.find(({ partNumber }) => partNumber === number)?.name ?? number,
  );
  return [plan, ...skus].join(', ');
}

function gainsOf({ catalogue }: DecisionInput, plan: Plan): ColumnView['gains'] {
  const reach = new Map(plan.position.controls.map((one) => [one.control, one]));
  return plan.gains.map((control) => ({
    control,
    title: catalogue.controls.find(({ id }) => id === control)?.title ?? control,
    because: reach.get(control)?.because ?? '',
  }));
}

export function status(position: Position): Pick<ColumnView, 'count' | 'risks' | 'goals'> {
  return {
    count: position.count,
    risks: position.risks.map((one) => ({
      risk: one.risk,
      coverage: one.coverage,
      word: ownValue(COVER_WORDS, one.coverage) ?? one.coverage,
      line: lineOf(one),
      layers: one.layers.map(({ layer, coverage, words }) => ({
        layer,
        name: LAYER_WORDS[layer],
        word: ownValue(COVER_WORDS, coverage) ?? coverage,
        words,
      })),
    })),
    goals: position.goals.map(({ goal, has, because }) => ({ goal, has, because })),
  };
}

/** Maximum characters in a cell of the matrix; the full sentence is in the expanded row. */
const CELL = 72;

function lineOf({ coverage, words, layers }: RiskCover): string {
  const by = layers
    .filter((layer) => layer.layer !== 'policy' && layer.coverage === coverage)
    .map(({ layer }) => LAYER_WORDS[layer]);
  if (words.length <= CELL && by.length < 2) return words;
  return by.length === 0 ? '' : sentence(`by ${by.join(' and ').replace('Network', 'network')}`);
}

export function goalsOf(input: DecisionInput, position: Position): GoalView[] {
  const reach = new Map(position.goals.map((one) => [one.goal, one]));
  return input.catalogue.capabilities
    .filter(({ id }) => reach.has(id))
    .toSorted((a, b) => (a.guideRows[0] ?? '').localeCompare(b.guideRows[0] ?? ''))
    .map(({ id, title, means, guide, vendor, byHand }) => ({
      goal: id,
      title,
      means,
      has: reach.get(id)?.has ?? 'unknown',
      because: reach.get(id)?.because ?? '',
      guide: guide === null ? null : { says: guide.says, asOf: monthWords(guide.asOf) },
      vendor: { says: vendor.says, asOf: vendor.asOf },
      byHand: byHand ?? null,
    }));
}

/** Risks of section 4.1 first, in the guide's order; then those from other sections. */
export function risksOf({ catalogue }: Pick<DecisionInput, 'catalogue'>): RiskView[] {
  const row = (rows: readonly string[]) => rows.find((one) => one.startsWith('G4.1-')) ?? null;
  const place = ({ guideRows }: Risk) => row(guideRows) ?? 'later';
  return catalogue.risks
    .toSorted((a, b) => {
      const [one, other] = [place(a), place(b)];
      return one === other ? a.title.localeCompare(b.title) : one < other ? -1 : 1;
    })
    .map((risk) => ({
      risk: risk.id,
      title: risk.title,
      story: risk.story,
      residual: risk.residual,
      listed: row(risk.guideRows) !== null,
      readings: Object.entries(risk.layers).map(([layer, { guide, vendor, status }]) => ({
        layer: layerWords(layer),
        guide,
        vendor,
        status: factStatusWords(status),
      })),
      sources: risk.sources.map(({ title, url, read }) => ({ title, url, read })),
    }));
}
