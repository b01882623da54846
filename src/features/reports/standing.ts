import type { Risk } from '#domain/model/risk.ts';
import type { State } from '#domain/model/verdict.ts';
import { count, names } from '#domain/text/words.ts';

/** Where a client stands on one risk, in words. It never says more than the verdicts behind it. */
export function standingOf(
  risk: Risk,
  stateOf: ReadonlyMap<string, State>,
  titles: ReadonlyMap<string, string>,
): string {
  const by = (state: State) =>
    risk.controls.filter((id) => stateOf.get(id) === state).map((id) => titles.get(id) ?? id);
  const parts: string[] = [];
  if (risk.policyOnly) parts.push('No technology prevents this; the policy is the control.');
  const holding = by('pass');
  const failing = by('fail');
  const unread = by('cannot_read');
  const unlicensed = by('not_licensed');
  const pending = by('pending');
  if (holding.length > 0) parts.push(`In place: ${names(holding, 5)}.`);
  if (failing.length > 0) parts.push(`Failing: ${names(failing, 5)}.`);
  if (pending.length > 0) parts.push(`On plan, not yet due: ${names(pending, 5)}.`);
  if (by('accepted').length > 0) parts.push(`Accepted for now: ${names(by('accepted'), 5)}.`);
  if (unread.length > 0)
    parts.push(
      `${count(unread.length, 'control')} could not be read, so nothing is claimed: ${names(unread, 5)}.`,
    );
  if (unlicensed.length > 0) parts.push(`Not in the licenses: ${names(unlicensed, 5)}.`);
  if (parts.length === 0) parts.push('No control of this catalogue applies to this client.');
  return parts.join(' ');
}
