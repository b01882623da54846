import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { EXPORT_WORDS, type Journal } from '../../model/journal.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { lastDays } from '../../people/departed.ts';
import { address, isEmptyReason } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, sentence, verb } from '../../text/words.ts';
import { askJournal } from '../operations/ask.ts';
import { absent, because } from '../outcome.ts';
import { filteredEvents, shortOf } from '../whole-window.ts';
import { exportsIn, isExport, type SeenExport } from './exports.ts';
import { oneEach } from './one-each.ts';
import { explainsFor } from './usage.ts';

type Approval = NonNullable<Journal['approvedExports']>[number];

/** Exports of conversations, members or the audit log take the organization's data out, so each needs a decision. */
export const exportsExpected = defineRule({
  name: 'exports-expected',
  signed: () => ['approvedExports'],
  about:
    'Every export in the events has an approval of its own in the journal, which names who exports and what, on that day or the day before, by someone else. One approval counts for one export: its start, its end and its download. One by someone who had left fails whatever the journal says. A log of some days only, or of one kind of event or one person, does not show that there was none.',
  failsFromPart: ['activities', 'audit_log'],
  params: z.strictObject({
    /** Days, up to its end, that the log has to cover. */
    days: z.number().int().min(1).default(31),
  }),
  decide(context, { days }) {
    const { journal, profile, catalogue } = context;
    const events = context.events();
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    const members = context.read('members');
    const exports = exportsIn(events.rows, {
      zone: profile.timezone,
      members: members.ok ? members.rows : [],
    });
    const part = shortOf(context, 'The events show', events, days) ?? filteredEvents(context, events);
    const wholeLog = () =>
      events.unread?.howToGet ??
      ask(
        'source',
        'audit_log',
        `Export the audit log of the last ${days} days or more, without a filter.`,
        'whole_window',
      );
    const known = new Set(catalogue.activityTypes.flatMap(({ types }) => Object.keys(types)));
    const strange = events.rows.filter(
      ({ type }) => /_export(?:ed|_|$)/.test(type) && !isExport(type) && !known.has(type),
    );
    const unknownType = () =>
      because(
        'visibility.exports_expected.unknown_type',
        `${count(strange.length, 'event')} may be an export of a kind that is not known here: ${names([...new Set(strange.map(({ type }) => type))])}.`,
      ).cannotRead(
        ask(
          'look',
          'exports',
          'Ask whoever did it what was taken out, and record it under `approvedExports` in the journal.',
          'unknown_type',
        ),
        strange.map((row) => events.cite(row, row.type.replaceAll('_', ' '))),
      );
    if (exports.length === 0) {
      if (strange.length > 0) return unknownType();
      if (part !== null)
        return because(
          'visibility.exports_expected.none_in_part',
          `No export is among ${count(events.rows.length, 'event')}. ${part}`,
        ).cannotRead(wholeLog(), events.evidence);
      return because(
        'visibility.exports_expected.none',
        `No export of organization data, members or the audit log is among ${count(events.rows.length, 'event')} from ${dayWords(events.from)} to ${dayWords(events.to)}.`,
      ).pass(events.evidence);
    }
    // No approval can justify an export by someone who has left.
    const ended = lastDays(context);
    const after = exports.flatMap((one) => {
      const last = one.email === null ? undefined : ended.get(one.email);
      return last === undefined || last.day >= one.day ? [] : [{ one, last }];
    });
    if (after.length > 0) {
      const items = after.map(
        ({ one: { row, words, day }, last }): Item => ({
          key: (row.id ?? `${row.type}/${row.at}`).toLowerCase(),
          label: actor(row),
          detail: `${sentence(words)} on ${dayWords(day)}, after the last day of work on ${dayWords(last.day)}.`,
          evidence: [events.cite(row, `${words}, ${dayWords(day)}`), ...last.evidence],
        }),
      );
      return because(
        'visibility.exports_expected.by_leaver',
        `${after.length} of ${count(exports.length, 'export')} ${verb(after.length, 'was', 'were')} made by someone who had left: ${names(after.map(({ one: { row, words, day }, last }) => `${words} by ${actor(row)} on ${dayWords(day)} (last day ${dayWords(last.day)})`))}.`,
      ).fail(
        items.flatMap(({ evidence }) => evidence),
        items,
      );
    }
    const listed = (some: readonly SeenExport[]) =>
      names(some.map(({ row, words, day }) => `${words} by ${actor(row)} on ${dayWords(day)}`));
    if (!journal.ok || !journal.value.approvedExports) {
      return askJournal(
        context,
        'approvedExports',
        'which exports were approved',
        `${count(exports.length, 'export')} ${verb(exports.length, 'waits', 'wait')} for it: ${listed(exports)}; an empty list is a valid answer`,
      );
    }
    const approved = journal.value.approvedExports;
    const list = journal.cite('approvedExports', count(approved.length, 'approved export'));
    const cites = (some: readonly SeenExport[]) =>
      some.flatMap((one) => one.events.map(({ row, words }) => events.cite(row, words)));
    /** Exports without an approval, where each approval is used once. */
    const without = (fits: (one: SeenExport, approval: Approval) => boolean) => {
      const own = oneEach(exports, approved, fits);
      return exports.filter((_, at) => own[at] === null);
    };

    const open = without(mayApprove);
    if (open.length > 0) {
      const items = open.map(({ row, words, day }): Item => {
        const shared = approved.some((approval) => isOnDay(approval, day));
        return {
          key: (row.id ?? `${row.type}/${row.at}`).toLowerCase(),
          label: actor(row),
          detail: `${sentence(words)} on ${dayWords(day)}${shared ? ', and no approval of those days is left for it' : ''}.`,
          evidence: [events.cite(row, `${words}, ${dayWords(day)}`)],
        };
      });
      return because(
        'visibility.exports_expected.not_approved',
        `${open.length} of ${count(exports.length, 'export')} ${verb(open.length, 'has', 'have')} no approval of ${verb(open.length, 'its', 'their')} own in the journal on that day or the day before: ${listed(open)}. An approval counts for one export.`,
      ).fail([...items.flatMap((i) => i.evidence), list], items);
    }
    const own = without((one, approval) => mayApprove(one, approval) && explainsFor(approval, one.names));
    if (own.length > 0)
      return because(
        'visibility.exports_expected.own_word',
        `${own.length} of ${count(exports.length, 'export')} ${verb(own.length, 'is', 'are')} approved only by the person who exported: ${listed(own)}.`,
      ).cannotRead(
        ask(
          'journal',
          'approvedExports',
          'Have someone other than the person who exported approve it, and write that name under `approvedExports` in the journal.',
          'by_another',
        ),
        [list, ...cites(own)],
      );
    const unclear = without(approves);
    if (unclear.length > 0)
      return because(
        'visibility.exports_expected.scope_not_stated',
        `For ${unclear.length} of ${count(exports.length, 'export')} no approval names both who exports and what${unclear.some(({ email }) => email === null) ? ', or the log does not say who exported' : ''}: ${listed(unclear)}.`,
      ).cannotRead(
        ask(
          'journal',
          'approvedExports',
          `Write for each approved export who exports (\`email\`) and what (\`of\`: ${Object.keys(EXPORT_WORDS).join(', ')}), under \`approvedExports\` in the journal.`,
          'scope',
        ),
        [list, ...cites(unclear)],
      );
    if (strange.length > 0) return unknownType();
    if (part !== null)
      return because(
        'visibility.exports_expected.approved_in_part',
        `${count(exports.length, 'export')} ${verb(exports.length, 'has an approval of its own', 'have an approval each')} in the journal. ${part}`,
      ).cannotRead(wholeLog(), events.evidence);
    return because(
      'visibility.exports_expected.all_approved',
      `${count(exports.length, 'export')} ${verb(exports.length, 'has an approval of its own', 'have an approval each')} in the journal.`,
    ).pass([list, ...cites(exports)]);
  },
});

function isOnDay({ on, reason }: Approval, day: string): boolean {
  return !isEmptyReason(reason) && (on === day || addDays(on, 1) === day);
}

/** Whether nothing in an approval contradicts that it is for this export. */
function mayApprove({ day, of, email }: SeenExport, approval: Approval): boolean {
  return (
    isOnDay(approval, day) &&
    (approval.of === undefined || approval.of === of) &&
    (approval.email === undefined || email === null || address(approval.email) === email)
  );
}

/** Whether an approval by someone else identifies this export by day, person and scope. */
function approves(one: SeenExport, approval: Approval): boolean {
  return (
    mayApprove(one, approval) &&
    explainsFor(approval, one.names) &&
    approval.of !== undefined &&
    approval.email !== undefined &&
    one.email !== null
  );
}

function actor(row: ActivityRow): string {
  return row.actorName ?? row.actorEmail ?? 'an unnamed actor';
}
// Guide: G5.2-04 G8-14
