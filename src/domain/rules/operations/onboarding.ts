import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import type { RosterRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { stepDay } from '../../people/departed.ts';
import { address, withoutTag } from '../../people/names.ts';
import { staffOn, unsureRemedy, unsureWords } from '../../people/staff.ts';
import { ask, askAll } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { rosterInPart } from '../accounts/people-files.ts';
import { absent, because } from '../outcome.ts';
import type { Person } from '../policy/acknowledgements.ts';
import { type Coverage, coverageOf } from '../policy/coverage.ts';
import { askCharter, askJournal } from './ask.ts';

const ENTRIES = [
  { field: 'seatGiven', words: 'seat given' },
  { field: 'policySent', words: 'policy sent' },
  { field: 'connectorsExplained', words: 'connectors explained' },
  { field: 'personalAccountAsked', words: 'personal account asked about' },
] as const;

/** Days by which the start in the journal may precede that in the roster. */
const MAX_EARLY_START_DAYS = 31;

interface Newcomer {
  readonly row: RosterRow;
  readonly key: string;
  readonly name: string;
  readonly start: string;
  readonly seated: boolean;
}

/** Guide 7.3: new staff get a seat, the policy and the list of connectors, and are asked about personal accounts. */
export const onboarding = defineRule({
  name: 'onboarding',
  about:
    'Everyone who started within the look-back period has a seat if everyone is to have one, has acknowledged the policy, and has the onboarding steps recorded in the journal.',
  needs: {
    members: ['name', 'status', 'seat'],
    roster: ['startsOn', 'engagement'],
    acknowledgements: ['version', 'on', 'acknowledged'],
  },
  params: z.strictObject({
    /** Days for which a start counts as recent. */
    days: z.number().int().min(1).default(60),
    /** Days after the start within which everything has to be done. */
    grace: z.number().int().min(0).default(14),
  }),
  decide(context, { days, grace }) {
    const { charter, journal, today } = context;
    const people = context.people();
    const roster = context.read('roster', 30);
    if (!people.ready.ok) return absent(people.ready).cannotRead(people.ready.howToGet);
    if (!roster.ok) return absent(roster).cannotRead(roster.howToGet);
    const isStaff = staffOn(roster.rows, today);
    const staff = roster.rows.filter((row) => isPerson(row) && isStaff(row) !== false);
    const dated = staff.filter((row) => row.startsOn !== null);
    const undated = staff.length - dated.length;
    if (dated.length === 0) {
      return because(
        'operations.onboarding.no_start_dates',
        'The roster gives no start dates, so it cannot be determined who is new.',
      ).cannotRead(
        ask(
          'source',
          'roster',
          'Export the roster with the column for the first day of work.',
          'with_start_dates',
        ),
        roster.evidence,
      );
    }
    const seats = new Map(people.matched.map((match) => [match.staff, match.member]));
    const fresh = dated.flatMap((row): Newcomer[] => {
      const start = row.startsOn;
      if (start === null || start > today || start < addDays(today, -days)) return [];
      const key = row.emails[0] ? address(row.emails[0]) : (row.name ?? '').toLowerCase();
      return [{ row, key, name: row.name ?? key, start, seated: seats.has(row) }];
    });
    const everyone = charter.ok ? charter.value.seatsFor : undefined;
    const subject = fresh.filter((who) => everyone !== 'on_request' || who.seated);
    if (subject.length === 0) {
      if (undated > 0) {
        return because(
          'operations.onboarding.start_unknown',
          `${count(undated, 'person has', 'people have')} no start date on the roster, so whether they are new cannot be determined.`,
        ).cannotRead(
          ask('source', 'roster', 'Complete the first day of work on the roster.', 'complete_start_dates'),
          roster.evidence,
        );
      }
      const part = rosterInPart(context) ?? othersInJournal(context, days, fresh);
      if (part !== null) return part;
      return fresh.length === 0
        ? because(
            'operations.onboarding.none_new',
            `No one on the roster of ${count(staff.length, 'person', 'people')} started in the last ${days} days.`,
          ).pass(roster.evidence)
        : because(
            'operations.onboarding.none_seated',
            `${count(fresh.length, 'person', 'people')} started in the last ${days} days; none holds a seat, which is given on request.`,
          ).pass(people.restsOn);
    }
    const coverage = coverageOf(context, subject.filter((who) => !who.seated).map(asPerson));
    const open = subject.map((who) => ({ who, ...whatIsOpen(context, who, everyone, coverage) }));
    const item = ({ who, missing }: (typeof open)[number]): Item => ({
      key: who.key,
      label: who.name,
      detail: `Started on ${dayWords(who.start)}; open: ${names(missing, 6)}.`,
      evidence: [roster.cite(who.row, `starts ${dayWords(who.start)}`)],
    });
    const lacking = open.filter(({ missing }) => missing.length > 0);
    const past = lacking.filter(({ who }) => addDays(who.start, grace) < today);
    const late = past.filter(({ who }) => isStaff(who.row) === true);
    if (late.length > 0) {
      return because(
        'operations.onboarding.not_brought_in',
        `${late.length} of ${count(subject.length, 'new person', 'new people')} ${verb(late.length, 'is', 'are')} not fully onboarded ${grace} days after their first day: ${names(late.map(({ who, missing }) => `${who.name} (${missing.join(', ')})`))}.`,
      ).fail([...people.restsOn, ...late.flatMap((entry) => item(entry).evidence)], lacking.map(item));
    }
    const gone = past.filter(({ who }) => isStaff(who.row) === null).map(({ who }) => who);
    if (gone.length > 0)
      return because(
        'operations.onboarding.staff_unsure',
        `Whether ${names(gone.map(({ name }) => name))} still ${verb(gone.length, 'works', 'work')} here is not known, so what is open for them may not be. ${unsureWords(gone[0]?.row)}.`,
      ).cannotRead(askAll(unsureRemedy(gone.map(({ row }) => row))), roster.evidence);
    if (everyone === undefined && subject.some((who) => !who.seated)) {
      return askCharter(context, 'seatsFor', 'who gets a seat', 'everyone or on_request');
    }
    if (!coverage.ok) return coverage.outcome;
    if (!journal.ok || !journal.value.onboardings)
      return askJournal(
        context,
        'onboardings',
        'the onboardings',
        'email address, start and the day of each step',
      );
    const unclear = open.filter((entry) => entry.unclear);
    if (unclear.length > 0) {
      return because(
        'operations.onboarding.acknowledgement_unclear',
        `Whether ${names(unclear.map(({ who }) => who.name))} acknowledged the policy has to be confirmed by a person.`,
      ).cannotRead(
        ask(
          'source',
          'acknowledgements',
          'Confirm the acknowledgments in the list, with email address, version and day.',
          'confirm',
        ),
        coverage.evidence,
      );
    }
    if (undated > 0) {
      return because(
        'operations.onboarding.other_start_unknown',
        `${count(undated, 'person has', 'people have')} no start date on the roster, so whether they are new cannot be determined.`,
      ).cannotRead(
        ask('source', 'roster', 'Complete the first day of work on the roster.', 'complete_start_dates'),
        roster.evidence,
      );
    }
    const evidence = [
      ...people.restsOn,
      ...coverage.evidence,
      journal.cite('onboardings', count(journal.value.onboardings.length, 'onboarding')),
    ];
    if (lacking.length > 0) {
      const due = lacking.map(({ who }) => addDays(who.start, grace)).sort()[0] ?? today;
      return because(
        'operations.onboarding.in_progress',
        `${names(lacking.map(({ who }) => who.name))} started recently and ${verb(lacking.length, 'is', 'are')} being onboarded. The next is due by ${dayWords(due)}.`,
      ).pending(due, evidence, lacking.map(item));
    }
    const part = rosterInPart(context) ?? othersInJournal(context, days, fresh);
    if (part !== null) return part;
    return because(
      'operations.onboarding.all_brought_in',
      `All ${count(subject.length, 'person', 'people')} who started in the last ${days} days have been onboarded: ${names(subject.map((who) => who.name))}.`,
    ).pass(evidence);
  },
});

/**
 * Outcome if the journal has open onboarding steps of people whom the roster does not show as new; null: there are
 * none.
 */
function othersInJournal(context: CheckContext, days: number, fresh: readonly Newcomer[]): Outcome | null {
  const { journal, today } = context;
  if (!journal.ok) return null;
  const known = new Set(fresh.flatMap((who) => [...asPerson(who).addresses]));
  const open = (journal.value.onboardings ?? []).flatMap((entry, index) =>
    entry.start <= today &&
    entry.start >= addDays(today, -days) &&
    !known.has(address(entry.email)) &&
    ENTRIES.some(
      ({ field }) => field !== 'seatGiven' && stepDay(entry[field], entry.start, today) === undefined,
    )
      ? [{ entry, cite: journal.cite(`onboardings.${index}`, `start ${dayWords(entry.start)}`) }]
      : [],
  );
  if (open.length === 0) return null;
  return because(
    'operations.onboarding.only_in_journal',
    `The journal lists ${names(open.map(({ entry }) => entry.email))} as new since ${dayWords(addDays(today, -days))}, with steps that are not recorded, and the roster does not.`,
    { emails: open.map(({ entry }) => entry.email) },
  ).cannotRead(
    ask(
      'source',
      'roster',
      'Export the roster again with the first day of work of everyone, or correct the entry under `onboardings` in the journal.',
      'or_correct_onboardings',
    ),
    open.map(({ cite }) => cite),
  );
}

function whatIsOpen(
  context: CheckContext,
  who: Newcomer,
  everyone: string | undefined,
  coverage: Coverage,
): { missing: string[]; unclear: boolean } {
  const { journal, today } = context;
  const missing: string[] = [];
  if (everyone === 'everyone' && !who.seated) missing.push('seat');
  const mails = new Set(asPerson(who).addresses);
  const state = coverage.ok
    ? coverage.people.find(({ person }) => [...person.addresses].some((text) => mails.has(text)))
        ?.acknowledgement.state
    : undefined;
  if (coverage.ok && state !== 'acknowledged' && state !== 'unclear') missing.push('policy acknowledgment');
  if (journal.ok && journal.value.onboardings) {
    // Steps of an earlier period of employment do not count for this start.
    const entry = journal.value.onboardings.findLast(
      ({ email, start }) => mails.has(address(email)) && start >= addDays(who.start, -MAX_EARLY_START_DAYS),
    );
    for (const { field, words } of ENTRIES) {
      if (field === 'seatGiven' && (who.seated || everyone === 'on_request')) continue;
      if (stepDay(entry?.[field], who.start, today) === undefined) missing.push(words);
    }
  }
  return { missing, unclear: state === 'unclear' };
}

function asPerson(who: Newcomer): Person {
  return {
    key: who.key,
    name: who.name,
    addresses: new Set(who.row.emails.flatMap((mail) => [address(mail), withoutTag(mail)])),
  };
}

function isPerson(row: RosterRow): boolean {
  return row.engagement !== 'shared' && row.engagement !== 'service';
}
// Guide: G7.3-01 G7.3-02 G7.3-03 G7.3-04
