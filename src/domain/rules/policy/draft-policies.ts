import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { isEmptyReason } from '../../people/names.ts';
import { saysNotInForce, saysTemplate } from '../../policy/draft.ts';
import { ask } from '../../text/message.ts';
import { dayWords, monthWords } from '../../text/words.ts';
import { because } from '../outcome.ts';

const ASK_IN_FORCE = ask(
  'charter',
  'policy',
  'State the policy in force under “policy” in the charter: version and the day it was published.',
);

/**
 * Outcome if the charter does not state which version is in force: it names a draft, proposed or unsigned one, a
 * template or nothing, or one from before there was Claude; else null.
 */
export function statedAsDraft(context: Pick<CheckContext, 'catalogue' | 'charter'>): Outcome | null {
  const { charter } = context;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || policy === undefined) return null;
  const { version } = policy;
  if (saysNotInForce(version) || saysTemplate(version) || isEmptyReason(version))
    return because(
      'policy.not_yet.draft',
      `The charter calls the version of the policy “${version}”. Whether it is in force is not stated.`,
      { version },
    ).cannotRead(ASK_IN_FORCE, [charter.cite('policy.version', `policy ${version}`)]);
  return beforeClaude(context);
}

/** Outcome if the policy is older than Claude, so that it cannot be the one for Claude; else null. */
function beforeClaude({ catalogue, charter }: Pick<CheckContext, 'catalogue' | 'charter'>): Outcome | null {
  const since = catalogue.policyTemplate.claude_since?.day;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || policy === undefined || since === undefined || policy.published >= since) return null;
  return because(
    'policy.not_yet.before_claude',
    `The charter says that policy ${policy.version} was published on ${dayWords(policy.published)}. Claude has existed since ${monthWords(since.slice(0, 7))}, so that day is not the one of a policy for Claude.`,
    { version: policy.version },
  ).cannotRead(
    ask(
      'charter',
      'policy',
      'State under “policy” in the charter the version that governs Claude and the day on which that version was published.',
      'before_claude',
    ),
    [charter.cite('policy.published', `published ${dayWords(policy.published)}`)],
  );
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
