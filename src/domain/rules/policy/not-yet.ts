import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { because } from '../outcome.ts';

/** What a text that is published on a later day says binds nobody today, and says nothing of the one that does; else null. */
export function notYetPublished({ charter, today }: CheckContext): Outcome | null {
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || policy === undefined || policy.published <= today) return null;
  return because(
    'policy.not_yet.later',
    `Policy ${policy.version} will be published on ${dayWords(policy.published)}. What is in force until then is not stated.`,
    { version: policy.version },
  ).cannotRead(
    ask(
      'charter',
      'policy',
      'State the policy in force under "policy" in the charter: version and the day it was published.',
    ),
    [charter.cite('policy.published', `published ${dayWords(policy.published)}`)],
  );
}
