import { z } from 'zod';
import { stretchesOf } from '../../decide/log-days.ts';
import { addDays, daysBetween } from '../../model/day.ts';
import { KINDS } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { claudeSince, filtered, windowStart } from '../whole-window.ts';

interface Kept {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly observedOn: string;
  readonly rows: number;
}

/** Claude keeps the audit log for only 180 days; anything not exported by then is lost. */
export const auditLogKept = defineRule({
  name: 'audit-log-kept',
  about:
    'The exported audit logs follow one another without a gap, none leaves out weeks between busy ones, and the last one is recent enough that no day is lost before the next.',
  params: z.strictObject({
    /** Days for which the vendor keeps an event. */
    keptFor: z.number().int().min(1).default(180),
    /** Days after which the next export is due. */
    every: z.number().int().min(1).default(92),
    /** Days without events that are not counted as a gap if a file's period is only known from its events. */
    quiet: z.number().int().min(0).default(7),
  }),
  decide(context, { keptFor, every, quiet }) {
    const { today } = context;
    const readings = context.history('audit_log');
    // Days covered by another client's log do not count.
    const log = context.read('audit_log', Number.POSITIVE_INFINITY);
    if (!log.ok && log.code === 'other_organization') return absent(log).cannotRead(log.howToGet);
    if (readings.length === 0) {
      return (
        log.ok ? because('visibility.audit_log_kept.unread', 'The audit log is empty.') : absent(log)
      ).cannotRead(ask('source', 'audit_log', KINDS.audit_log.howToGet));
    }
    const kept = readings.flatMap((reading) =>
      stretchesOf(reading, reading.observedOn).map(
        ({ from, to }): Kept => ({
          from,
          to: to < today ? to : today,
          file: reading.file,
          observedOn: reading.observedOn,
          rows: reading.rows.length,
        }),
      ),
    );
    const cite = (k: Kept) => ({
      kind: 'audit_log' as const,
      file: k.file,
      observedOn: k.observedOn,
      says: `${count(k.rows, 'event')}, ${dayWords(k.from)} to ${dayWords(k.to)}`,
    });
    if (kept.length === 0)
      return because(
        'visibility.audit_log_kept.days_unknown',
        'The audit log holds no events and does not say which days it covers.',
      ).cannotRead(ask('source', 'audit_log', KINDS.audit_log.howToGet));
    const sorted = [...kept].sort((a, b) =>
      a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1,
    );
    const evidence = sorted.map(cite);
    const gaps: { from: string; to: string }[] = [];
    let end = sorted[0]?.to ?? '';
    for (const next of sorted.slice(1)) {
      if (daysBetween(end, next.from) - 1 > quiet)
        gaps.push({ from: addDays(end, 1), to: addDays(next.from, -1) });
      if (next.to > end) end = next.to;
    }
    const oldest = addDays(today, -keptFor);
    const says = (gap: { from: string; to: string }) => `${dayWords(gap.from)} to ${dayWords(gap.to)}`;
    const open = addDays(end, 1) < oldest ? [{ from: addDays(end, 1), to: addDays(oldest, -1) }] : [];
    const lost = [...gaps.filter((gap) => gap.from < oldest), ...open];
    if (lost.length > 0) {
      return because(
        'visibility.audit_log_kept.lost',
        `Days of the audit log were not exported within ${keptFor} days and are no longer available: ${names(lost.map(says))}.`,
      ).fail(evidence);
    }
    const gap = gaps[0];
    const due = gap ? addDays(gap.from, keptFor) : addDays(end, every);
    if (gap)
      return because(
        'visibility.audit_log_kept.gap',
        `The exported audit logs leave out ${names(gaps.map(says))}. Those days can be exported until ${dayWords(due)}.`,
      ).pending(due, evidence);
    if (due < today) {
      const last = addDays(end, keptFor);
      return because(
        'visibility.audit_log_kept.next_export_due',
        `The audit log is kept through ${dayWords(end)}. The next export was due by ${dayWords(due)}; days from ${dayWords(addDays(last, 1))} on would be lost.`,
      ).pending(last, evidence);
    }
    const begun = sorted[0]?.from ?? end;
    const start = windowStart(context, end, keptFor);
    if (begun > addDays(start, quiet)) {
      const until = addDays(start, keptFor);
      const words = `The exported audit logs start on ${dayWords(begun)}.`;
      if (claudeSince(context) === null)
        return because(
          'visibility.audit_log_kept.beginning_unknown',
          `${words} It is not known whether Claude was used in the days from ${dayWords(start)} on before that.`,
        ).cannotRead(
          ask(
            'source',
            'audit_log',
            `Export the audit log of the last ${keptFor} days, or write the lockdown and the first invitation in the journal.`,
            'whole_window',
          ),
          evidence,
        );
      return because(
        'visibility.audit_log_kept.earlier_days',
        `${words} The days from ${dayWords(start)} on before that are not kept; they can be exported until ${dayWords(until)}.`,
      ).pending(until < today ? today : until, evidence);
    }
    const part = readings
      .filter(({ observedOn }) => observedOn >= oldest)
      .flatMap((reading) => {
        const why =
          filtered(context, reading) ??
          (reading.complete || readings.some((other) => isInside(reading, other))
            ? null
            : 'It says that it is a part, or some of its events cannot be read.');
        return why === null ? [] : [{ file: reading.file, why }];
      })[0];
    if (part !== undefined)
      return because(
        'visibility.audit_log_kept.filtered',
        `${part.file} may contain only part of the events. ${part.why}`,
        { file: part.file },
      ).cannotRead(
        ask(
          'source',
          'audit_log',
          'Export the audit log again without a filter, for the same days.',
          'unfiltered',
        ),
        evidence,
      );
    return because(
      'visibility.audit_log_kept.kept',
      `The audit log is kept from ${dayWords(sorted[0]?.from ?? end)} through ${dayWords(end)} without a gap. The next export is due by ${dayWords(due)}.`,
    ).pass(
      sorted.filter((k) => k.to === end).map(cite),
      // The older files are items rather than evidence: an export does not expire, so it must not limit how long the
      // verdict is valid.
      sorted.map((k) => ({
        key: k.file.toLowerCase(),
        label: k.file,
        detail: `${dayWords(k.from)} to ${dayWords(k.to)}.`,
        evidence: [cite(k)],
      })),
    );
  },
});

/** Whether another, complete file covers all days of this one. */
function isInside({ covers }: Reading<'audit_log'>, other: Reading<'audit_log'>): boolean {
  if (covers === undefined || other.covers === undefined || !other.complete) return false;
  return other.covers.from <= covers.from && other.covers.to >= covers.to;
}
// Guide: G5-00 G5.1-07
