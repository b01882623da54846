import type { Risk } from '#domain/model/risk.ts';
import type { State } from '#domain/model/verdict.ts';
import { count, names } from '#domain/text/words.ts';

/** The status of one risk in words. It never claims more than the verdicts it is based on. */
export function statusOf(
  risk: Risk,
  stateOf: ReadonlyMap<string, State>,
  titles: ReadonlyMap<string, string>,
): string {
  const by = (state: State) =>
    risk.controls.filter((id) => stateOf.get(id) === state).map((id) => `“${titles.get(id) ?? id}”`);
  const parts: string[] = [];
  if (risk.policyOnly) parts.push('No technology prevents this; the policy is the control.');
  const holding = by('pass');
  const failing = by('fail');
  const unread = by('cannot_read');
  const unlicensed = by('not_licensed');
  const pending = by('pending');
  if (holding.length > 0) parts.push(`In place: ${names(holding, 5)}.`);
  if (failing.length > 0) parts.push(`Failing: ${names(failing, 5)}.`);
  if (pending.length > 0) parts.push(`On schedule, not yet due: ${names(pending, 5)}.`);
  if (by('accepted').length > 0) parts.push(`Accepted for now: ${names(by('accepted'), 5)}.`);
  if (unread.length > 0)
    parts.push(
      `${count(unread.length, 'control')} could not be read, so nothing is claimed: ${names(unread, 5)}.`,
    );
  if (unlicensed.length > 0) parts.push(`Not in the licenses: ${names(unlicensed, 5)}.`);
  if (parts.length === 0) parts.push('No control of this catalogue applies to this client.');
  return parts.join(' ');
}
// Guide: G1.1-14 G2.1-01 G2.2-05 G2.2-06 G2.2-07 G2.2-09 G2.2-10 G2.2-11 G2.2-12 G2.2-15 G2.2-16 G2.2-18
// Guide: G2.2-22 G2.2-23 G2.2-28 G2.2-30 G3.1-03 G3.2-00 G3.3-11 G3.3-12 G3.4-05 G4-00 G4-01 G4.1-01 G4.1-02
// Guide: G4.1-03 G4.1-04 G4.1-05 G4.1-06 G4.1-07 G4.1-08 G4.2-01 G4.2-02 G4.2-03 G4.2-05 G4.3-00 G4.3-01
// Guide: G4.4-00 G4.4-01 G4.4-02 G4.4-03 G4.4-07 G4.4-08 G6.3-00 G6.6-00 G6.6-03 G6.6-04 G6.6-05 G7.1-05
// Guide: G7.2-01 G7.2-03 G7.2-05 G7.2-06 G7.2-07 G7.2-08 G7.2-09 G7.2-13 G7.2-14 G7.2-15 G7.2-16 G7.2-17
// Guide: G7.2-18 G7.2-19 G7.2-20 G8-09 G8-11 G8-15
