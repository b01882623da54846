import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule, isUnread } from '../../model/rule.ts';
import { staffListed, staffOn } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, verb } from '../../text/words.ts';
import { PEOPLE_DAYS, rosterInPart } from '../accounts/people-files.ts';
import { absent, because } from '../outcome.ts';

/**
 * Recipients beyond the staff from which a number may be that of another list, such as the association's own members.
 */
const MIN_OTHERS = 20;

/** Days after an announcement for which everyone on a roster without start days is assumed to have worked here then. */
const UNDATED_DAYS = 92;

/** The announcement of the organization accounts reached everyone who worked here then. */
export const staffNotified = defineRule({
  name: 'staff-told',
  signed: () => ['announcements'],
  about:
    'The journal records an announcement that organization accounts replace personal ones, and it reached as many people as worked here on that day.',
  needs: { roster: ['startsOn', 'engagement'] },
  params: z.strictObject({}),
  decide(context) {
    const { journal, today, profile } = context;
    const question = ask(
      'journal',
      'announcements',
      'Record the announcement under `announcements` in the journal with on, by, about: organization_accounts, and recipients.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const all = journal.value.announcements;
    if (all === undefined)
      return because(
        'personal_accounts.staff_told.not_recorded',
        'The journal records no announcements.',
      ).cannotRead(question);
    const announced = all
      .map((entry, index) => ({ entry, index }))
      .filter(({ entry }) => entry.about === 'organization_accounts' && entry.on <= today)
      .sort(
        (a, b) =>
          (b.entry.recipients ?? -1) - (a.entry.recipients ?? -1) || (a.entry.on < b.entry.on ? -1 : 1),
      );
    const best = announced[0];
    if (!best)
      return because(
        'personal_accounts.staff_told.not_about_accounts',
        `None of ${count(all.length, 'announcement')} in the journal informs staff that organization accounts replace personal ones.`,
      ).fail([journal.cite('announcements', count(all.length, 'announcement'))]);
    const { entry, index } = best;
    const cite = [
      journal.cite(
        `announcements.${index}`,
        `announced ${dayWords(entry.on)}, ${entry.recipients ?? 'unknown number of'} recipients`,
      ),
    ];
    const when = `${entry.by} told staff on ${dayWords(entry.on)}`;
    if (entry.recipients === undefined)
      return because(
        'personal_accounts.staff_told.recipients_unknown',
        `${when}, but the journal does not say how many people it reached.`,
      ).cannotRead(
        ask('journal', 'announcements', 'Add `recipients` to the announcement in the journal.', 'recipients'),
        cite,
      );
    // A roster that was given but cannot be used may list more people than the profile states.
    const roster = context.read('roster', PEOPLE_DAYS);
    if (!roster.ok && isUnread(roster.code))
      return because(
        'personal_accounts.staff_told.roster_unread',
        `${when}, reaching ${count(entry.recipients, 'person', 'people')}. ${roster.why}`,
      ).cannotRead(roster.howToGet, cite);
    const staff = staffThen(context, entry.on);
    if (!staff)
      return because(
        'personal_accounts.staff_told.staff_unknown',
        `${when}, reaching ${count(entry.recipients, 'person', 'people')}. How many worked here is not known.`,
      ).cannotRead(
        ask('profile', 'staffCount', 'Import the staff roster, or state `staffCount` in the profile.'),
        cite,
      );
    const evidence = [...cite, ...staff.evidence];
    // The profile's number is today's and says nothing about the day of the announcement.
    if (!roster.ok && entry.recipients >= staff.max) {
      const old = olderRoster(context);
      return because(
        'personal_accounts.staff_told.by_profile_alone',
        `${when}, reaching ${count(entry.recipients, 'person', 'people')}. The profile counts ${staff.max} today, and no current roster shows how many worked here on that day.${old === null ? '' : ` The roster of ${dayWords(old.on)}, which is too old to count, lists ${old.people}.`}`,
      ).cannotRead(ask('source', 'roster', 'Import the current staff roster.', 'current'), [
        ...evidence,
        ...(old?.evidence ?? []),
      ]);
    }
    if (entry.recipients > staff.max * 2 && entry.recipients - staff.max >= MIN_OTHERS)
      return because(
        'personal_accounts.staff_told.far_more',
        `${when}, reaching ${count(entry.recipients, 'person', 'people')}, but there ${verb(staff.max, 'was', 'were')} ${count(staff.max, 'person', 'people')} on staff. Many recipients were not staff, so it is not known whether everyone on staff was among them.`,
      ).cannotRead(
        ask(
          'journal',
          'announcements',
          'Write how many of the staff it reached as `recipients` of the announcement in the journal.',
          'of_staff',
        ),
        evidence,
      );
    if (staff.present === 0)
      return because(
        'personal_accounts.staff_told.nobody_then',
        `${when}, and no one who works here today worked here then.`,
      ).fail(evidence);
    if (entry.recipients < staff.least)
      return because(
        'personal_accounts.staff_told.too_few',
        `${when}, reaching ${entry.recipients} of ${count(staff.least, 'person', 'people')} on the staff.`,
      ).fail(evidence);
    // A roster of one department says how many of them worked here then, not how many of all.
    const part = entry.recipients < (profile.staffCount ?? 0) ? rosterInPart(context) : null;
    if (part !== null)
      return {
        ...part,
        reason: `${when}, reaching ${count(entry.recipients, 'person', 'people')}. ${part.reason}`,
      };
    if (entry.recipients < staff.max || staff.undated)
      return because(
        'personal_accounts.staff_told.joined_since_unknown',
        `${when}, reaching ${count(entry.recipients, 'person', 'people')}. The staff is ${staff.max} today, and for ${staff.undated ? staff.max : staff.max - staff.least} the roster does not say whether they worked here then.`,
      ).cannotRead(
        ask(
          'source',
          'roster',
          'Add start dates, last days and status to the roster, or notify those who have joined since.',
          'with_days',
        ),
        evidence,
      );
    const first = journal.value.firstInvitation;
    const late =
      first && entry.on > first ? ` That was after the first invitation of ${dayWords(first)}.` : '';
    return because(
      'personal_accounts.staff_told.all_told',
      `${when}, reaching ${count(entry.recipients, 'person', 'people')}; there ${verb(staff.max, 'was', 'were')} ${count(staff.max, 'person', 'people')} on staff.${cameLater(staff.later)}${late}`,
    ).pass(evidence);
  },
});

/** People who start later are told on their first day, which the onboarding control covers. */
function cameLater(later: number): string {
  if (later === 0) return '';
  return ` ${count(later, 'person starts', 'people start')} after that day; telling them is part of onboarding.`;
}

interface StaffThen {
  /** People known to have worked here on the day; `max` includes those with an unknown start. */
  readonly least: number;
  readonly max: number;
  /** Those of `max` who work here today. */
  readonly present: number;
  /** People who work here today and started after the day. */
  readonly later: number;
  /** The roster has no start days, and the day is long ago. */
  readonly undated: boolean;
  readonly evidence: readonly Evidence[];
}

/** A roster that is too old to count; null: there is none. */
function olderRoster(context: CheckContext) {
  const roster = context.read('roster', Number.POSITIVE_INFINITY);
  return roster.ok
    ? {
        on: roster.observedOn,
        people: staffListed(roster.rows, context.today),
        evidence: roster.evidence,
      }
    : null;
}

function staffThen(context: CheckContext, day: string): StaffThen | null {
  const roster = context.read('roster', PEOPLE_DAYS);
  if (roster.ok && roster.rows.length > 0) {
    const isStaff = staffOn(roster.rows, context.today);
    const staff = roster.rows.filter(
      (row) => isStaff(row) !== false && row.engagement !== 'shared' && row.engagement !== 'service',
    );
    const then = staff.filter((row) => row.startsOn === null || row.startsOn <= day);
    const working = then.filter((row) => isStaff(row) === true);
    const sure = working.filter((row) => row.startsOn !== null);
    // People who have left since were told too, so they count among those who were to be reached.
    const gone = roster.rows.filter(
      (row) =>
        isStaff(row) === false &&
        row.engagement !== 'shared' &&
        row.engagement !== 'service' &&
        row.startsOn !== null &&
        row.startsOn <= day &&
        row.endsOn !== null &&
        row.endsOn >= day,
    ).length;
    // On a roster without start days, everyone should have been told.
    const dated = then.some((row) => row.startsOn !== null);
    const undated = !dated && daysBetween(day, roster.observedOn) > UNDATED_DAYS;
    const least = dated ? sure.length : working.length;
    return {
      least: least + gone,
      max: then.length + gone,
      present: then.length,
      later: staff.length - then.length,
      undated,
      evidence: roster.evidence,
    };
  }
  const stated = context.profile.staffCount;
  if (stated === undefined) return null;
  return {
    least: stated,
    max: stated,
    present: stated,
    later: 0,
    undated: false,
    evidence: [{ kind: 'profile', file: 'profile', observedOn: context.today, says: `${stated} staff` }],
  };
}
// Guide: G2.1-06
