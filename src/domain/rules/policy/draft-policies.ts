import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { saysNotInForce } from '../../policy/draft.ts';
import { ask } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { because } from '../outcome.ts';

const ASK_IN_FORCE = ask(
  'charter',
  'policy',
  'State the policy in force under "policy" in the charter: version and the day it was published.',
);

/**
 * Outcome if the charter calls the version a draft, proposed or unsigned, so that it does not state which one is in
 * force; else null.
 */
export function statedAsDraft({ charter }: Pick<CheckContext, 'charter'>): Outcome | null {
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || policy === undefined || !saysNotInForce(policy.version)) return null;
  return because(
    'policy.not_yet.draft',
    `The charter calls the version of the policy "${policy.version}". Whether it is in force is not stated.`,
    { version: policy.version },
  ).cannotRead(ASK_IN_FORCE, [charter.cite('policy.version', `policy ${policy.version}`)]);
}

/** Outcome if the text is to be published later: it is not binding yet and does not show which one is; else null. */
export function notYetPublished(context: CheckContext): Outcome | null {
  const { charter, today } = context;
  const draft = statedAsDraft(context);
  if (draft !== null) return draft;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || policy === undefined || policy.published <= today) return null;
  return because(
    'policy.not_yet.later',
    `Policy ${policy.version} will be published on ${dayWords(policy.published)}. What is in force until then is not stated.`,
    { version: policy.version },
  ).cannotRead(ASK_IN_FORCE, [charter.cite('policy.published', `published ${dayWords(policy.published)}`)]);
}
