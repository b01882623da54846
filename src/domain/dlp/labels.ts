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
  /** Share of the labeled decisions that were right, from 0 to 1. */
  readonly precision: number;
  readonly proposal: LabelProposal | null;
}

/** False alarms from which on something is proposed; fewer are chance. */
const LEAST = 5;
/** Share of right decisions from which on a rule is left alone. */
const GOOD_ENOUGH = 0.8;
/** Share of the false alarms that a threshold has to spare. */
const SPARED = 0.5;

/** How a client has set a rule by now. */
interface RuleSetting {
  /** Hits from which on it matters. */
  readonly atLeast: number;
  readonly off: boolean;
}

/**
 * Labels by rule, the least precise first. A decision that several rules had a part in counts for each of them. What is
 * proposed rests on the decisions that would still be made as the rule is set now, so that nothing is proposed twice.
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
  if (wrong.length < LEAST || right.length / (right.length + wrong.length) >= GOOD_ENOUGH) return null;
  if (right.length === 0) return { do: 'turn_off' };
  const to = Math.min(...right);
  return wrong.filter((hits) => hits < to).length >= wrong.length * SPARED
    ? { do: 'raise_threshold', to }
    : { do: 'allow_values' };
}
// Guide: G7.2-16
