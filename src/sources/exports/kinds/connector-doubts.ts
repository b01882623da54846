import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import type { View } from '../table/view.ts';
import { REMARKS } from './marks.ts';

/** Remarks that the tool is not set as stated, or not for everyone. */
const DOUBT =
  /\b(?:except|unless|other than|todo|to be (?:changed|set|blocked|done)|not (?:yet )?(?:changed|done|set|applied|switched|in place|implemented|enforced|saved)|(?:change )?pending change|change pending|(?:actually|in fact|in reality|currently|really|still|temporarily|for now|until [^.;]{1,30}?),? (?:(?:set|is|on|at|to|as) )*(?:always )?(?:allow(?:ed)?|permitted|open|enabled))\b/i;

/** The remark in a line that contradicts its state; null: none. */
export function doubtsOf(view: View): (row: TableRow) => string | null {
  const remarks = view.leftOver().filter((column) => REMARKS.test(words(column)));
  return (row) =>
    remarks.flatMap((column) => view.valueIn(row, column) ?? []).find((text) => DOUBT.test(text)) ?? null;
}

const ON_APPROVAL = /\b(?:approvals?|confirmations?|freigabe|genehmigung|approbation|aprobacion)\b/;
const HOW_OFTEN = /^(?:never|off|disabled|always|on|nie|jamais|nunca)$/;

/** In a column about when approval is needed, "Never" allows a tool; in any other column it blocks it. */
export function isOfApproval(view: View, text: string): boolean {
  return ON_APPROVAL.test(words(view.plainHeading('state'))) && HOW_OFTEN.test(words(text));
}
