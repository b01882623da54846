import type { EvaluationState } from '#domain/decide/context.ts';
import { addDays } from '#domain/model/day.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import type { AssignedControl } from '#domain/work/facts.ts';
import type { Report } from '../model.ts';
import type { Board } from './model.ts';

type Ask = Board['asks'][number];

/** Number of days before its end from which an exception is listed for the board. */
const ENDS_SOON = 60;

/** The control that requires an approved charter in force. */
const CHARTER = 'CLA-CON-07';

const OF_EXCEPTIONS: ReadonlySet<string> = new Set([
  'operations.exceptions_current.ended',
  'operations.exceptions_current.not_counted',
]);

/**
 * Decisions for the board, each with a person and a day as far as they are recorded: the charter if none is in force,
 * since most controls are compared with it; then exceptions, what the governance owner or the board owns, and critical
 * failures that someone has to follow up. The owner and day that a control was assigned take precedence; without a
 * day, it is that of the next governance review, if one is set.
 */
export function asksOf(
  shared: EvaluationState,
  verdicts: readonly Verdict[],
  exceptions: Report['exceptions'],
  assigned: ReadonlyMap<string, AssignedControl>,
): Ask[] {
  const { charter, journal, catalogue, today } = shared.input;
  const review = journal?.value.nextReview;
  const reviewOn = review !== undefined && review >= today ? review : null;
  const owner = charter?.value.governanceOwner?.name ?? null;
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const fromExceptions = exceptions.flatMap((one): Ask[] => {
    const subject = one.reason.trim() === '' ? one.title : one.reason;
    const base = { control: one.control, subject, who: one.owner, role: 'governance_owner' };
    if (one.state === 'ended') return [{ ...base, kind: 'exception_ended', by: reviewOn, since: one.until }];
    if (one.state === 'not_signed')
      return [{ ...base, kind: 'exception_unsigned', by: reviewOn, since: null }];
    if (one.state === 'in_force' && one.until <= addDays(today, ENDS_SOON))
      return [{ ...base, kind: 'exception_ends', by: one.until, since: null }];
    return [];
  });
  const asked = new Set(fromExceptions.map(({ control }) => control));
  const unapproved =
    charter === null
      ? verdicts.flatMap((verdict) => {
          const control = controls.get(verdict.control);
          return verdict.control === CHARTER && control !== undefined ? [{ verdict, control }] : [];
        })
      : [];
  const failing = verdicts.flatMap((verdict) => {
    const control = controls.get(verdict.control);
    if (verdict.state !== 'fail' || control === undefined || asked.has(control.id)) return [];
    // Exceptions that have expired or are not valid are listed individually.
    return OF_EXCEPTIONS.has(verdict.code) ? [] : [{ verdict, control }];
  });
  const ask = (
    kind: Ask['kind'],
    { verdict, control }: (typeof failing)[number],
    who: string | null,
  ): Ask => ({
    kind,
    control: control.id,
    subject: control.action,
    who: assigned.get(control.id)?.owner?.name ?? who,
    role: control.concerns,
    by: assigned.get(control.id)?.due ?? verdict.due ?? reviewOn,
    since: null,
  });
  const ours = failing.filter(({ control }) => ['governance_owner', 'board'].includes(control.concerns));
  const critical = failing.filter((one) => one.control.severity === 'critical' && !ours.includes(one));
  return [
    ...unapproved.map((one) => ask('decide', one, null)),
    ...fromExceptions,
    ...ours.map((one) => ask('decide', one, one.control.concerns === 'board' ? null : owner)),
    ...critical.map((one) => ask('see_done', one, null)),
  ];
}
