import { rollUp } from '#domain/decide/rollup.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { SEVERITIES, STATES, type Verdict } from '#domain/model/verdict.ts';
import type { ClientStatus } from '#store/verdicts/fleet.ts';

/** Goes up with what {@link standingOf} gives, so that every client is decided again and has it. */
export const STATUS_VERSION = 4;

/** Where a client stands, as small as the fleet needs it. Stored with every decision. */
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
