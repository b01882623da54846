import { rollUp } from '#domain/decide/rollup.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { SEVERITIES, STATES, type Verdict } from '#domain/model/verdict.ts';
import type { ClientStatus } from '#store/verdicts/fleet.ts';

/** Increment when {@link standingOf} changes, so that every client is evaluated again. */
export const STATUS_VERSION = 4;

/** A client's status, as compact as the fleet page needs it. Stored with every evaluation. */
export function statusOf(catalogue: Catalogue, verdicts: readonly Verdict[]): ClientStatus {
  const severity = new Map(catalogue.controls.map((control) => [control.id, control.severity]));
  const { all, total } = rollUp(catalogue, verdicts);
  const rank = (verdict: Verdict) =>
    STATES.indexOf(verdict.state) * SEVERITIES.length +
    SEVERITIES.indexOf(severity.get(verdict.control) ?? 'low');
  const urgent = verdicts
    .filter(({ state }) => state === 'fail' || state === 'cannot_read' || state === 'pending')
    .reduce<Verdict | null>((first, one) => (first === null || rank(one) < rank(first) ? one : first), null);
  const marks = new Set(catalogue.licenses.minimum?.controls);
  return {
    counts: all,
    total,
    critical: verdicts.filter(
      ({ control, state }) => state === 'fail' && severity.get(control) === 'critical',
    ).length,
    urgent: urgent === null ? null : { control: urgent.control, state: urgent.state, reason: urgent.reason },
    fails: verdicts.filter(({ state }) => state === 'fail').map(({ control }) => control),
    belowMinimum: verdicts.some(({ control, state }) => state === 'not_licensed' && marks.has(control)),
  };
}
// Guide: G1.2-10
