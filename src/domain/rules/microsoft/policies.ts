import type { CaPolicyRow, UnreadPolicyRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { because } from '../outcome.ts';

type Read = Extract<Current<'ca_policies'>, { ok: true }>;

/** The Conditional Access policies: those that can be parsed, and those that exist but cannot. */
export interface Policies extends Omit<Read, 'rows'> {
  readonly rows: readonly CaPolicyRow[];
  /** Policies that could not be parsed and are not known to be off. What they ask of whom is not known. */
  readonly unread: readonly UnreadPolicyRow[];
}

export function readPolicies(
  context: CheckContext,
): Policies | Exclude<Current<'ca_policies'>, { ok: true }> {
  const current = context.read('ca_policies');
  if (!current.ok) return current;
  return {
    ...current,
    rows: current.rows.flatMap((row) => ('unread' in row ? [] : [row])),
    unread: current.rows.flatMap((row) => ('unread' in row && row.state !== 'disabled' ? [row] : [])),
  };
}

/** What to do about policies that could not be read. */
export const UNREAD_QUESTION = ask(
  'source',
  'ca_policies',
  'Save the list of Conditional Access policies again, without $select, or look at the policy in Entra.',
  'whole',
);

/** "Odd one" (row 59) cannot be read: … */
export function unreadWords({ name, row, unread }: UnreadPolicyRow): string {
  return `“${name}” (row ${row}) cannot be read: ${unread}`;
}

export function unreadItem(policy: UnreadPolicyRow, policies: Policies): Item {
  return {
    key: (policy.id ?? policy.name).toLowerCase(),
    label: policy.name,
    detail: `Cannot be read: ${policy.unread}`,
    evidence: [policies.cite(policy, 'cannot be read')],
  };
}

/**
 * Cannot-read outcome if unreadable policies could change the result: states the result for the others, and names the
 * unreadable ones.
 */
export function undecidedBy(
  outcome: Outcome,
  policies: Policies,
  unread: readonly UnreadPolicyRow[],
): Outcome {
  const items = unread.map((policy) => unreadItem(policy, policies));
  return because(
    'microsoft.policies.unreadable_policy',
    `${unread.slice(0, 3).map(unreadWords).join(' ')} Judging by the policies that can be read: ${outcome.reason}`,
  ).cannotRead(
    UNREAD_QUESTION,
    [...outcome.evidence, ...items.flatMap(({ evidence }) => evidence)],
    [...items, ...outcome.items],
  );
}
