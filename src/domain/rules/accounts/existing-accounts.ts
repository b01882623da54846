import type { CheckContext } from '../../model/rule.ts';
import { address } from '../../people/names.ts';
import { dayWords } from '../../text/words.ts';

/**
 * Verification only stops new accounts, so wherever it is reported as done, the number of existing ones is given with
 * its day (guide 2.2).
 */
export function existingAccounts(context: Pick<CheckContext, 'history'>): string {
  const newest = context.history('domain_memberships').at(-1);
  if (!newest)
    return 'How many personal accounts already exist is not known; verification leaves them as they are.';
  const outside = new Set(
    newest.rows.filter((row) => row.inWorkspace === false).map((row) => address(row.email)),
  ).size;
  return `Accounts outside the workspace in the report of ${dayWords(newest.observedOn)}: ${outside}; verification leaves them as they are.`;
}
// Guide: G2.2-06
