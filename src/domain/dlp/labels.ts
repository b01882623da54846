/** What a person said of a decision that a rule had a part in. */
export interface RuleLabel {
  readonly rule: string;
  readonly as: 'right' | 'false_alarm';
  /** How often the rule hit in what was decided on. */
  readonly hits: number;
}

/** What would spare false alarms of a rule. */
export type LabelProposal =
  /** Every right decision had as many hits; most false ones had fewer. */
  | { readonly do: 'raise_threshold'; readonly to: number }
  /** No decision of it was right. */
  | { readonly do: 'turn_off' }
  /** Right and false ones look alike, so only values that are nobody's can be left out. */
  | { readonly do: 'allow_values' };

export interface LabelledRule {
  readonly rule: string;
  readonly right: number;
  readonly falseAlarms: number;
  /** Share of the labelled decisions that were right, from 0 to 1. */
  readonly precision: number;
  readonly proposal: LabelProposal | null;
}

/** False alarms from which on something is proposed; fewer are chance. */
const LEAST = 5;
/** Share of right decisions from which on a rule is left alone. */
const GOOD_ENOUGH = 0.8;
/** Share of the false alarms that a threshold has to spare. */
const SPARED = 0.5;

/** Labels by rule, the least precise first. A decision that several rules had a part in counts for each of them. */
export function labelledRules(labels: readonly RuleLabel[]): readonly LabelledRule[] {
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
        proposal:
          wrong.length < LEAST || precision >= GOOD_ENOUGH
            ? null
            : proposalOf(
                right.map(({ hits }) => hits),
                wrong.map(({ hits }) => hits),
              ),
      };
    })
    .sort(
      (a, b) => a.precision - b.precision || b.falseAlarms - a.falseAlarms || a.rule.localeCompare(b.rule),
    );
}

function proposalOf(right: readonly number[], wrong: readonly number[]): LabelProposal {
  if (right.length === 0) return { do: 'turn_off' };
  const to = Math.min(...right);
  return wrong.filter((hits) => hits < to).length >= wrong.length * SPARED
    ? { do: 'raise_threshold', to }
    : { do: 'allow_values' };
}
// Guide: G7.2-16
