import { z } from 'zod';
import { MAX_INVARIANT_EXCEPTION_DAYS } from '../../charter/invariants.ts';
import { whyUncounted } from '../../decide/exceptions.ts';
import { addDays, daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { isEmptyReason } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, shortId, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { askWhichRoster } from './ask.ts';

/** Days ahead from which an end date is none: two years. */
const MAX_DAYS = 732;

const tooFar = (until: string) => `${dayWords(until)} is too far ahead to be an end date.`;

/** Why an entry of the charter that allows something until a day decides nothing; null: it does. */
function undecided(reason: string, until: string, latest: string): string | null {
  if (isEmptyReason(reason)) return 'It gives no reason.';
  return until > latest ? tooFar(until) : null;
}

/** An exception is a decision with an end date. An expired one no longer applies and has to be renewed or removed. */
export const exceptionsCurrent = defineRule({
  name: 'exceptions-current',
  about:
    'No exception in the charter is past its end, and each counts: its owner works here, it gives a reason, and its end is at most two years ahead. What policies of Conditional Access may leave out until a day is such an exception. One that ends within the notice period is pending.',
  params: z.strictObject({ noticeDays: z.number().int().min(1).default(14) }),
  decide(context, { noticeDays }) {
    const { charter, today } = context;
    if (!charter.ok)
      return absent(charter).cannotRead(
        ask(
          'charter',
          'exceptions',
          'Write the charter; exceptions go under “exceptions”, and an empty list is a valid answer.',
          'whole',
        ),
      );
    const exclusions = (charter.value.entra?.approvedExclusions ?? []).map(
      ({ id, until, reason }, index) => ({
        value: { owner: charter.value.governanceOwner?.name ?? 'the charter', until },
        why: undecided(reason, until, addDays(today, MAX_DAYS)),
        label: `${id} left out of Conditional Access`,
        title: 'An account or group that policies may leave out',
        key: `entra.approvedExclusions/${id}`.toLowerCase(),
        evidence: [charter.cite(`entra.approvedExclusions.${index}`, `until ${dayWords(until)}`)],
      }),
    );
    if (
      !charter.value.exceptions &&
      !charter.value.invariantExceptions &&
      !exclusions.some(({ value }) => value.until < today)
    )
      return because(
        'operations.exceptions_current.not_stated',
        'The charter does not say whether there are exceptions.',
      ).cannotRead(
        ask('charter', 'exceptions', 'State “exceptions” in the charter; an empty list is a valid answer.'),
      );
    const exceptions = (charter.value.exceptions ?? []).map((value, index) => {
      const items = value.items ? ` (${names(value.items)})` : '';
      const control = context.catalogue.controls.find(({ id }) => id === value.control);
      return {
        value: { owner: value.owner, until: value.until },
        why:
          control === undefined
            ? `The catalogue has no control ${value.control}, so nothing is covered.`
            : (value.from ?? '') > today
              ? null
              : value.until > addDays(today, MAX_DAYS)
                ? tooFar(value.until)
                : whyUncounted(value, control.severity, {
                    input: { charter: null, today, ...(context.typed ? { typed: true as const } : {}) },
                    signer: (signature, day) => context.signer(signature, day),
                  }),
        label: `${shortId(value.control)}${items}`,
        title: control?.title,
        key: `${value.control.toLowerCase()}/${(value.items ?? ['whole']).join('+').toLowerCase()}`,
        evidence: [charter.cite(`exceptions.${index}`, `until ${dayWords(value.until)}`)],
      };
    });
    const cells = (charter.value.invariantExceptions ?? []).map(
      ({ connector, action, until, reason }, index) => ({
        value: { owner: charter.value.governanceOwner?.name ?? 'the charter', until },
        why: undecided(reason, until, addDays(today, MAX_INVARIANT_EXCEPTION_DAYS)),
        label: `${connector}: ${action}`,
        title: 'A cell that is wider than any charter may make it',
        key: `${connector}/${action}`.toLowerCase(),
        evidence: [charter.cite(`invariantExceptions.${index}`, `until ${dayWords(until)}`)],
      }),
    );
    const all = [...exceptions, ...cells, ...exclusions];
    if (all.length === 0)
      return because('operations.exceptions_current.none', 'The charter holds no exceptions.').pass([
        charter.cite('exceptions', 'no exceptions'),
      ]);
    const item = (entry: (typeof all)[number], detail: string) => ({
      key: entry.key,
      label: entry.label,
      detail: entry.title ? `${entry.title}. ${detail}` : detail,
      evidence: entry.evidence,
    });
    const ended = all.filter(({ value }) => value.until < today);
    const which = askWhichRoster(
      context,
      [...new Set((charter.value.exceptions ?? []).map(({ owner }) => owner))],
      all.flatMap((entry) => entry.evidence),
    );
    if (which !== null && ended.length === 0) return which;
    // While rosters differ, it is not known whose exceptions count; expired ones do not count in any case.
    const lapsed = which === null ? all.filter((entry) => entry.why !== null && !ended.includes(entry)) : [];
    if (ended.length + lapsed.length > 0) {
      const ranOut =
        ended.length === 0
          ? []
          : [
              `${ended.length} of ${count(all.length, 'exception')} ${verb(ended.length, 'has', 'have')} expired: ${names(ended.map(({ label, value }) => `${label} on ${dayWords(value.until)} (owner ${value.owner})`))}. ${ended.length === 1 ? 'Its control applies again; renew or remove the exception.' : 'Their controls apply again; renew or remove each exception.'}`,
            ];
      const uncounted =
        lapsed.length === 0
          ? []
          : [
              `${lapsed.length} of ${count(all.length, 'exception')} ${verb(lapsed.length, 'does', 'do')} not count, so ${verb(lapsed.length, 'its control applies', 'their controls apply')} again: ${names(lapsed.map(({ label, value }) => `${label} (owner ${value.owner})`))}.`,
            ];
      return because(
        ended.length > 0
          ? 'operations.exceptions_current.ended'
          : 'operations.exceptions_current.not_counted',
        [...ranOut, ...uncounted, ...(which === null ? [] : [which.reason])].join(' '),
      ).fail(
        [...ended, ...lapsed].flatMap((entry) => entry.evidence),
        [
          ...ended.map((entry) => {
            const days = count(daysBetween(entry.value.until, today), 'day');
            const why = entry.why === null || which !== null ? '' : ` ${entry.why}`;
            return item(entry, `Ended ${days} ago; owner ${entry.value.owner}.${why}`);
          }),
          ...lapsed.map((entry) => item(entry, entry.why ?? '')),
        ],
      );
    }
    const ending = all.filter(({ value }) => value.until <= addDays(today, noticeDays));
    if (ending.length > 0) {
      const due = ending.map(({ value }) => value.until).sort()[0] ?? today;
      return because(
        'operations.exceptions_current.ending',
        `${ending.length} of ${count(all.length, 'exception')} ${verb(ending.length, 'ends', 'end')} within ${noticeDays} days: ${names(ending.map(({ label, value }) => `${label} on ${dayWords(value.until)} (owner ${value.owner})`))}.`,
      ).pending(
        due,
        ending.flatMap((entry) => entry.evidence),
        ending.map((entry) =>
          item(entry, `Ends on ${dayWords(entry.value.until)}; owner ${entry.value.owner}.`),
        ),
      );
    }
    const next = all.map(({ value }) => value.until).sort()[0] ?? today;
    return because(
      'operations.exceptions_current.in_force',
      `${count(all.length, 'exception')} ${verb(all.length, 'is', 'are')} in force; the next ends on ${dayWords(next)}.`,
    ).pass(all.flatMap((entry) => entry.evidence));
  },
});
