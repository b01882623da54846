import { dayWords } from '#domain/text/words.ts';
import { countsWords } from '../../planner/index.ts';
import type { Report } from '../model.ts';

export const UPGRADES_TITLE = 'What each upgrade would buy';

export interface UpgradeLine {
  readonly name: string;
  readonly month: string;
  readonly year: string;
  /** How the sum is made, and what has no price. */
  readonly reckoned: string;
  /** Controls that could be enforced with it. */
  readonly enforceable: number;
  /** Controls that are new among them. */
  readonly gains: readonly string[];
  /** "In part: this risk; that risk", by how they would be covered. */
  readonly better: readonly string[];
  /** Titles of the risks that would be covered better. */
  readonly risks: readonly string[];
  /** Whether anything of the sum is known. */
  readonly priced: boolean;
}

/**
 * The comparison of upgrades in the words that every form of the report shows. All of it is a forecast, so nothing here
 * says that anything is enforced. null: a report of an earlier release, which holds no comparison.
 */
export function upgradesShown(report: Report) {
  const { upgrades: found } = report;
  if (found === null) return null;
  const { count } = found.today;
  const applying = count.enforceable + count.policy_only + count.not_licensed + count.unknown;
  return {
    lead: `A forecast by plan and licenses for ${countsWords(found)}, with each upgrade on its own, in US dollars before tax, as of ${dayWords(report.asOf)}. It shows what could be enforced. Whether a control already works is shown with the control itself.`,
    today: `Today (${found.today.name}): ${count.enforceable} of ${applying} controls that apply can be enforced, ${count.policy_only} are policy only, ${count.not_licensed} are not licensed${count.unknown === 0 ? '' : `, and for ${count.unknown} it is not known`}.`,
    lines: found.upgrades.map(
      ({ label, cost, count: then, gains, better }): UpgradeLine => ({
        name: label,
        month: cost.month,
        year: cost.year,
        reckoned: [cost.detail, ...cost.unknown].filter((words) => words !== '').join('. '),
        enforceable: then.enforceable,
        gains: gains.map(({ control }) => control),
        risks: better.map(({ title }) => title),
        priced: cost.usdPerMonth !== null,
        better: [...Map.groupBy(better, ({ to }) => to)].map(
          ([to, risks]) => `${to}: ${risks.map(({ title }) => title).join('; ')}`,
        ),
      }),
    ),
    noEffect:
      found.noEffect.length === 0
        ? null
        : `Also on sale, but without effect on any control, risk or goal on their own: ${found.noEffect.map(({ name }) => name).join('; ')}.`,
    prices: found.prices,
  };
}

/** "45 (+3)": controls that could be enforced, and how many of them are new. */
export function enforceableWords({ enforceable, gains }: UpgradeLine): string {
  return gains.length === 0 ? String(enforceable) : `${enforceable} (+${gains.length})`;
}
