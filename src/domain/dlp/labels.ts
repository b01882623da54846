/** A person's assessment of a decision in which a rule was involved. */
export interface RuleLabel {
  readonly rule: string;
  readonly as: 'right' | 'false_alarm';
  /** Number of the rule's hits in the checked content. */
  readonly hits: number;
}

/** A proposal to avoid false alerts of a rule. */
export type LabelProposal =
  /** Every correct decision had at least this many hits; most false ones had fewer. */
  | { readonly do: 'raise_threshold'; readonly to: number }
  /** None of its decisions was correct. */
  | { readonly do: 'turn_off' }
  /** Correct and false ones cannot be distinguished by hits, so only ignored values can help. */
  | { readonly do: 'allow_values' };

export interface LabelledRule {
  readonly rule: string;
  readonly right: number;
  readonly falseAlarms: number;
  /** Share of the assessed decisions that were correct, from 0 to 1. */
  readonly precision: number;
  readonly proposal: LabelProposal | null;
}

/** Minimum number of false alerts for a proposal; fewer may be chance. */
const MIN_FALSE_ALERTS = 5;
/** Share of correct decisions from which nothing is proposed for a rule. */
const MIN_CORRECT_SHARE = 0.8;
/** Share of the false alerts that a threshold has to avoid. */
const SPARED = 0.5;

/** A client's current settings of a rule. */
interface RuleSetting {
  /** Minimum number of hits for it to matter. */
  readonly atLeast: number;
  readonly off: boolean;
}

/**
 * Assessments by rule, least precise rule first. A decision by several rules counts for each. Proposals are based on
 * decisions that would still be made with the current settings, so that nothing is proposed twice.
 */
export function labelledRules(
  labels: readonly RuleLabel[],
  settingOf: (rule: string) => RuleSetting = () => ({ atLeast: 1, off: false }),
): readonly LabelledRule[] {
  return [...Map.groupBy(labels, ({ rule }) => rule)]
    .map(([rule, list]) => {
      const right = list.filter(({ as }) => as === 'right');
      const wrong = list.filter(({ as }) => as === 'false_alarm');
      const precision = right.length / list.length;
      return {
        rule,
        right: right.length,
        falseAlarms: wrong.length,
        precision,
        proposal: proposalOf(right, wrong, settingOf(rule)),
      };
    })
    .sort(
      (a, b) => a.precision - b.precision || b.falseAlarms - a.falseAlarms || a.rule.localeCompare(b.rule),
    );
}

function proposalOf(
  allRight: readonly RuleLabel[],
  allWrong: readonly RuleLabel[],
  { atLeast, off }: RuleSetting,
): LabelProposal | null {
  if (off) return null;
  const [right, wrong] = [allRight, allWrong].map((list) =>
    list.map(({ hits }) => hits).filter((hits) => hits >= atLeast),
  ) as [number[], number[]];
  if (wrong.length < MIN_FALSE_ALERTS || right.length / (right.length + wrong.length) >= MIN_CORRECT_SHARE)
    return null;
  if (right.length === 0) return { do: 'turn_off' };
  const to = Math.min(...right);
  return wrong.filter((hits) => hits < to).length >= wrong.length * SPARED
    ? { do: 'raise_threshold', to }
    : { do: 'allow_values' };
}
// Guide: G7.2-16
