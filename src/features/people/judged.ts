import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import { applyException } from '#domain/decide/exceptions.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { Control } from '#domain/model/catalogue.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import type { Item, State, Verdict } from '#domain/model/verdict.ts';
import { dayWords } from '#domain/text/words.ts';

/** A control about people, with its current verdict. */
export interface Judged {
  readonly control: Control;
  readonly verdict: Verdict;
  readonly context: CheckContext;
}

/** The control with a rule, evaluated from the same facts as the lists; null if not in the catalogue. */
export function judge(shared: EvaluationState, rule: string): Judged | null {
  const control = shared.input.catalogue.controls.find((one) =>
    one.checks.some((check) => check.rule === rule),
  );
  if (!control) return null;
  const freshDays = control.checks.find((check) => check.rule === rule)?.freshDays ?? DEFAULT_FRESH_DAYS;
  return {
    control,
    verdict: decideControl(control, shared),
    context: contextFor(shared, control, freshDays),
  };
}

export interface Status {
  readonly verdict: State | null;
  readonly words: string;
  readonly control: string | null;
  readonly until: string | null;
}

export const NOTHING_TO_JUDGE = (words: string): Status => ({
  verdict: null,
  words,
  control: null,
  until: null,
});

/** Whether the control lists this person among its findings. */
export function lists(judged: Judged | null, key: string): boolean {
  return judged?.verdict.items.some((item) => item.key === key) ?? false;
}

/**
 * A person's state according to a control. The control's findings decide; `otherwise` is for people whom its sentence
 * covers while its list has only more severe findings. Exceptions are applied as in the evaluation.
 */
export function statusBy(
  judged: Judged | null,
  shared: EvaluationState,
  item: Item,
  otherwise: { readonly state: State | null; readonly words: string },
  wordsFor: Partial<Record<State, string>> = {},
): Status {
  if (judged === null || NOT_JUDGING.has(judged.verdict.state)) return NOTHING_TO_JUDGE(otherwise.words);
  const { control, verdict } = judged;
  const own = lists(judged, item.key)
    ? verdict.state === 'accepted'
      ? 'fail'
      : verdict.state
    : otherwise.state;
  if (own === null) return NOTHING_TO_JUDGE(otherwise.words);
  const words = wordsFor[own] ?? otherwise.words;
  if (own !== 'fail' && own !== 'pending') return { verdict: own, words, control: control.id, until: null };
  const alone = applyException(control, shared, {
    ...verdict,
    state: own,
    items: [item],
    exception: null,
  });
  if (alone.state === 'accepted' && alone.exception)
    return {
      verdict: 'accepted',
      words: `Accepted until ${dayWords(alone.exception.until)}`,
      control: control.id,
      until: alone.exception.until,
    };
  return { verdict: own, words, control: control.id, until: null };
}

/** In these states the control does not apply to the client, so no one can violate it. */
const NOT_JUDGING: ReadonlySet<State> = new Set(['not_applicable', 'not_licensed', 'policy_only']);
