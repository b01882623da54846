import type { Evidence } from '../model/reading.ts';
import type { NoPage } from '../model/rule.ts';
import type { Item, Outcome } from '../model/verdict.ts';
import { type Ask, askKey, type Message, message } from '../text/message.ts';

/** Builders, so that each rule states its outcome in one expression. */

export function pass(said: Message, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
  return { state: 'pass', ...saying(said), items, evidence };
}

export function fail(said: Message, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
  return { state: 'fail', ...saying(said), items, evidence };
}

export function pending(
  said: Message,
  due: string,
  evidence: readonly Evidence[],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'pending', ...saying(said), items, evidence, due };
}

/** `asks` is what to export, ask or write down; null where nothing that anybody brings can settle it. */
export function cannotRead(
  said: Message,
  asks: Ask | null,
  evidence: readonly Evidence[] = [],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'cannot_read', ...saying(said), items, evidence, ...(asks === null ? {} : { ask: asks }) };
}

export function policyOnly(
  said: Message,
  evidence: readonly Evidence[] = [],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'policy_only', ...saying(said), items, evidence };
}

export function notApplicable(said: Message, evidence: readonly Evidence[] = []): Outcome {
  return { state: 'not_applicable', ...saying(said), items: [], evidence };
}

function saying({ code, params, text }: Message): Pick<Outcome, 'code' | 'params' | 'reason'> {
  return { code, params, reason: text };
}

/** What is said where a source or document that a rule rests on says nothing: one case per source and cause. */
export function absent(
  missing:
    | { readonly code: string; readonly why: string; readonly howToGet: Ask }
    | { readonly code: NoPage; readonly of: 'charter' | 'journal'; readonly why: string },
): Message {
  const of = 'of' in missing ? missing.of : askKey(missing.howToGet);
  return message('absent', missing.why, { of, is: missing.code });
}
