import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { count } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { type CaInput, dueOf } from './ca.ts';
import { blocks } from './ca-grant.ts';
import { REQUIREMENTS } from './ca-policy.ts';
import { dedupe, item, overdueWords } from './coverage-words.ts';
import type { Policies } from './policies.ts';

/**
 * The outcome if the complete list of policies has none that asks anyone for the requirement: then none does at Claude,
 * whichever of its applications exist in Entra. null: one may ask, one is still in its trial, or security defaults may
 * ask.
 */
export function noneAsks(
  context: CheckContext,
  require: readonly (keyof typeof REQUIREMENTS)[],
  policies: Policies,
  input: CaInput,
): Outcome | null {
  if (policies.unread.length > 0) return null;
  const defaults = context.read('security_defaults');
  // An enabled policy implies that security defaults are off.
  const defaultsMayAsk =
    !policies.rows.some(({ state }) => state === 'enabled') &&
    !(defaults.ok && defaults.rows.every(({ enabled }) => enabled === false));
  if (defaultsMayAsk) return null;
  for (const id of require) {
    const { meets, words } = REQUIREMENTS[id];
    const asking = policies.rows.filter(
      // A block asks no one for anything.
      (policy) => policy.state !== 'disabled' && !blocks(policy) && meets(policy).is !== 'no',
    );
    const reporting = asking.filter(({ state }) => state === 'enabledForReportingButNotEnforced');
    if (reporting.length < asking.length) continue;
    if (reporting.some((policy) => (dueOf(policy, input) ?? context.today) >= context.today)) continue;
    const late = reporting.map((policy) => overdueWords(policy, dueOf(policy, input), input));
    return because(
      'microsoft.policy_requires.none_asks',
      `No enabled policy asks anyone for ${words}, so none does at Claude, whichever of its applications exist in Entra. ${count(policies.rows.length, 'policy was', 'policies were')} read. ${late.join(' ')}`.trim(),
    ).fail(
      policies.evidence,
      dedupe(reporting.map((policy) => item(policy, 'Report-only, which is not enforcement.', policies))),
    );
  }
  return null;
}
