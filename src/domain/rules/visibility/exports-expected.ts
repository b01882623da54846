import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { localTime } from '../../model/local-time.ts';
import { type Current, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address, saysNothing } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { askJournal } from '../operations/ask.ts';
import { absent, because } from '../outcome.ts';
import { filteredEvents, shortOf } from '../whole-window.ts';
import { explainsFor } from './usage.ts';

const EXPORTS: Readonly<Record<string, string>> = {
  org_data_export_started: 'export of organization data started',
  org_data_export_completed: 'export of organization data completed',
  org_data_export_accessed: 'export of organization data downloaded',
  org_members_exported: 'members exported',
  audit_log_export_started: 'audit log exported',
  audit_log_export_accessed: 'audit log downloaded',
};

/** Anyone who exports conversations, members or the audit log takes the organization's data out; each needs a decision. */
export const exportsExpected = defineRule({
  name: 'exports-expected',
  signed: () => ['approvedExports'],
  about:
    'Every export in the events is on the day of an approved export in the journal, or on the day after it. A log of some days only, or of one kind of event or one person, does not show that there was none.',
  params: z.strictObject({
    /** Days up to its end that the log has to speak for. */
    days: z.number().int().min(1).default(31),
  }),
  decide(context, { days }) {
    const { journal, profile } = context;
    const events = context.events();
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    const exports = events.rows.flatMap((row) => {
      const words = Object.hasOwn(EXPORTS, row.type) ? EXPORTS[row.type] : undefined;
      if (!words) return [];
      return [{ row, words, day: localTime(row.at, profile.timezone)?.day ?? row.at.slice(0, 10) }];
    });
    const part = shortOf(context, 'The events show', events, days) ?? filteredEvents(context, events);
    if (exports.length === 0) {
      if (part !== null)
        return because(
          'visibility.exports_expected.none_in_part',
          `No export is among ${count(events.rows.length, 'event')}. ${part}`,
        ).cannotRead(
          ask(
            'source',
            'audit_log',
            `Export the audit log of the last ${days} days or more, without a filter.`,
            'whole_window',
          ),
          events.evidence,
        );
      return because(
        'visibility.exports_expected.none',
        `No export of organization data, members or the audit log is among ${count(events.rows.length, 'event')} from ${dayWords(events.from)} to ${dayWords(events.to)}.`,
      ).pass(events.evidence);
    }
    if (!journal.ok || !journal.value.approvedExports) {
      return askJournal(
        context,
        'approvedExports',
        'which exports were approved',
        `${count(exports.length, 'export event')} wait for it; an empty list is an answer`,
      );
    }
    const approved = journal.value.approvedExports;
    const on = (day: string) =>
      approved.filter(
        (entry) => !saysNothing(entry.reason) && (entry.on === day || addDays(entry.on, 1) === day),
      );
    const open = exports.filter(({ day }) => on(day).length === 0);
    const list = journal.cite('approvedExports', count(approved.length, 'approved export'));
    if (open.length > 0) {
      const items = open.map(
        ({ row, words, day }): Item => ({
          key: (row.id ?? `${row.type}/${row.at}`).toLowerCase(),
          label: actor(row),
          detail: `${words.charAt(0).toUpperCase()}${words.slice(1)} on ${dayWords(day)}.`,
          evidence: [events.cite(row, `${words}, ${dayWords(day)}`)],
        }),
      );
      return because(
        'visibility.exports_expected.not_approved',
        `${open.length} of ${count(exports.length, 'export event')} ${verb(open.length, 'has', 'have')} no approval in the journal on that day or the day before: ${names(open.map(({ row, words, day }) => `${words} by ${actor(row)} on ${dayWords(day)}`))}.`,
      ).fail([...items.flatMap((i) => i.evidence), list], items);
    }
    const members = context.read('members');
    const own = exports.filter(
      ({ day, row }) => !on(day).some((entry) => explainsFor(entry, namesOf(row, members))),
    );
    if (own.length > 0)
      return because(
        'visibility.exports_expected.own_word',
        `${own.length} of ${count(exports.length, 'export event')} ${verb(own.length, 'is', 'are')} approved only by who exported: ${names(own.map(({ row, words, day }) => `${words} by ${actor(row)} on ${dayWords(day)}`))}.`,
      ).cannotRead(
        ask(
          'journal',
          'approvedExports',
          'Have someone else than who exported approve it, and write that name under `approvedExports` in the journal.',
          'by_another',
        ),
        [list, ...own.map(({ row, words }) => events.cite(row, words))],
      );
    if (part !== null)
      return because(
        'visibility.exports_expected.approved_in_part',
        `${count(exports.length, 'export event')} ${verb(exports.length, 'is', 'are')} covered by an approved export in the journal. ${part}`,
      ).cannotRead(
        ask(
          'source',
          'audit_log',
          `Export the audit log of the last ${days} days or more, without a filter.`,
          'whole_window',
        ),
        events.evidence,
      );
    return because(
      'visibility.exports_expected.all_approved',
      `${count(exports.length, 'export event')} ${verb(exports.length, 'is', 'are')} covered by an approved export in the journal.`,
    ).pass([list, ...exports.map(({ row, words }) => events.cite(row, words))]);
  },
});

/** Under which names whoever exported is known. Nobody approves their own export. */
function namesOf({ actorEmail, actorName }: ActivityRow, members: Current<'members'>): (string | null)[] {
  const seat =
    actorEmail !== null && members.ok
      ? members.rows.find(({ email }) => address(email) === address(actorEmail))
      : undefined;
  return [actorEmail, actorName, seat?.name ?? null];
}

function actor(row: ActivityRow): string {
  return row.actorName ?? row.actorEmail ?? 'an unnamed actor';
}
// Guide: G5.2-04 G8-14
