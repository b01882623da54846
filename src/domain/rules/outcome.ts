import type { Evidence } from '../model/reading.ts';
import type { NoPage } from '../model/rule.ts';
import type { Item, Outcome } from '../model/verdict.ts';
import { type Ask, askKey, type Message, message, type Params } from '../text/message.ts';

/** A message that becomes the outcome of a control: `because(code, text).fail(evidence)`. */
export class Because implements Message {
  readonly code: string;
  readonly params: Params;
  readonly text: string;

  constructor({ code, params, text }: Message) {
    this.code = code;
    this.params = params;
    this.text = text;
  }

  pass(evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
    return this.#outcome('pass', evidence, items);
  }

  /**
   * Passes by a document that describes a day; empty: it names no day. Anyone who saw otherwise since then overrules
   * it.
   */
  passAsOf(asOf: string, evidence: readonly Evidence[]): Outcome {
    return { ...this.pass(evidence), asOf };
  }

  fail(evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
    return this.#outcome('fail', evidence, items);
  }

  pending(due: string, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
    return { ...this.#outcome('pending', evidence, items), due };
  }

  /** Fails because a deadline passed, which makes it overdue work. */
  overdue(due: string, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
    return { ...this.fail(evidence, items), due };
  }

  /** `asks` is what to export, ask or write down; null: nothing that anyone provides can settle it. */
  cannotRead(asks: Ask | null, evidence: readonly Evidence[] = [], items: readonly Item[] = []): Outcome {
    return { ...this.#outcome('cannot_read', evidence, items), ...(asks === null ? {} : { ask: asks }) };
  }

  /** Like `cannotRead`, after a change on a day: what other checks saw up to that day is outdated as well. */
  changedOn(day: string, asks: Ask | null, evidence: readonly Evidence[] = []): Outcome {
    return { ...this.cannotRead(asks, evidence), changedOn: day };
  }

  policyOnly(evidence: readonly Evidence[] = [], items: readonly Item[] = []): Outcome {
    return this.#outcome('policy_only', evidence, items);
  }

  notApplicable(evidence: readonly Evidence[] = []): Outcome {
    return this.#outcome('not_applicable', evidence, []);
  }

  #outcome(state: Outcome['state'], evidence: readonly Evidence[], items: readonly Item[]): Outcome {
    return { state, code: this.code, params: this.params, reason: this.text, items, evidence };
  }
}

/** Starts an outcome with its reason. Parameters are those of `message`. */
export function because(...said: Parameters<typeof message>): Because {
  return new Because(message(...said));
}

/** The reason if a source or document that a rule needs has nothing to say: one code per source and cause. */
export function absent(
  missing:
    | { readonly code: string; readonly why: string; readonly howToGet: Ask }
    | { readonly code: NoPage; readonly of: 'charter' | 'journal'; readonly why: string },
): Because {
  const of = 'of' in missing ? missing.of : askKey(missing.howToGet);
  return because('absent', missing.why, { of, is: missing.code });
}
