import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { EntraUserRow } from '../../model/kinds.ts';
import { type CheckContext, type Current, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import {
  contradictedEntries,
  contradictedWords,
  type Departed,
  type Offboarding,
  ofThisLeaving,
  stepDay,
  whoHasLeft,
} from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { rosterInPart, staffUnknown } from '../accounts/people-files.ts';
import { absent, because } from '../outcome.ts';
import { statedInvitation } from '../policy/first-access.ts';
import { entraAccountOf, staffNotHeld } from './entra-account.ts';
import { secondAccounts } from './second-accounts.ts';

type Users = Extract<Current<'entra_users'>, { ok: true }>;

export const leaversDisabled = defineRule({
  name: 'leavers-disabled-in-entra',
  about:
    'Everyone who has left according to the roster or the journal must have no enabled account in Entra. Only addresses and employee numbers match; a similar name raises a question for a person.',
  needs: { roster: ['name', 'endsOn'], entra_users: ['name', 'enabled'] },
  failsWithout: { roster: ['name'], entra_users: ['name'] },
  failsFromPart: ['entra_users', 'roster'],
  params: z.strictObject({}),
  decide(context) {
    const roster = context.read('roster');
    if (!roster.ok) return absent(roster).cannotRead(roster.howToGet);
    const users = context.read('entra_users');
    if (!users.ok) return absent(users).cannotRead(users.howToGet, roster.evidence);
    const rest = [...roster.evidence, ...users.evidence];
    if (users.rows.length === 0)
      return because('microsoft.leavers.users_empty', 'The Entra users file lists no one.').cannotRead(
        ask('source', 'entra_users', 'Save the list of Entra users again, with every page.', 'every_page'),
        rest,
      );
    const leavers = whoHasLeft(context, roster);
    if (leavers.length === 0)
      return (
        staffUnknown(context) ??
        because(
          'microsoft.leavers.nobody_left',
          `None of the ${count(roster.rows.length, 'person', 'people')} on the roster has left, so a roster of current staff only cannot show what became of the accounts of people who left.`,
        ).cannotRead(
          ask(
            'source',
            'roster',
            'Export the roster with those who left in the last year (status and last day), or list them under “offboardings” in the journal.',
            'with_leavers_of_a_year',
          ),
          rest,
        )
      );
    const states = leavers.map((leaver) => ({ leaver, account: entraAccountOf(leaver, users.rows) }));
    const others = secondAccounts(context, roster, users.rows);
    const seconds = states.flatMap(({ leaver, account }) =>
      account.is === 'found' && account.user.enabled === false
        ? others(leaver, account.user).map((second) => ({ leaver, ...second }))
        : [],
    );
    const open = [
      ...states.flatMap(({ leaver, account }) =>
        account.is === 'found' && account.user.enabled === true
          ? [openItem(leaver, account.user, users, context.today)]
          : [],
      ),
      ...seconds.flatMap(({ leaver, user, sameNumber }) =>
        sameNumber && user.enabled === true ? [openItem(leaver, user, users, context.today)] : [],
      ),
    ];
    const doubtful = seconds
      .filter(({ user, sameNumber }) => !(sameNumber && user.enabled === true))
      .map(({ leaver, user, sameNumber }) =>
        item(
          leaver,
          `The account ${user.upn ?? user.name ?? 'without a name'} has the same ${sameNumber ? 'employee number' : 'name'}${user.enabled === true ? ' and is enabled' : ''}.`,
        ),
      );
    const unsure = [
      ...doubtful,
      ...states.flatMap(({ leaver, account }) =>
        account.is === 'unsure'
          ? [item(leaver, account.why)]
          : account.is === 'found' && account.user.enabled === null
            ? [item(leaver, 'The file does not say whether the account is enabled.')]
            : account.is === 'gone' && worked(leaver, users.observedOn)
              ? [
                  item(
                    leaver,
                    `Not in the Entra file of ${dayWords(users.observedOn)}, when the person still worked here.`,
                  ),
                ]
              : [],
      ),
    ];
    if (open.length > 0)
      return because(
        'microsoft.leavers.account_open',
        `${open.length} of ${count(leavers.length, 'person', 'people')} who left still ${verb(open.length, 'has', 'have')} an enabled Entra account: ${names(open.map((i) => i.label))}.${unsure.length > 0 ? ` For ${unsure.length} more it cannot be determined.` : ''}`,
      ).fail(
        open.flatMap((i) => i.evidence),
        [...open, ...unsure],
      );
    if (unsure.length > 0)
      return because(
        'microsoft.leavers.account_unknown',
        `For ${unsure.length} of ${count(leavers.length, 'person', 'people')} who left it cannot be determined whether the Entra account is closed: ${names(unsure.map((i) => i.label))}.`,
      ).cannotRead(
        ask(
          'source',
          'entra_users',
          'Add accountEnabled, email addresses and employee numbers to the Entra users file and the roster, or state under “people” in the charter which records belong to the same person.',
          'with_addresses',
        ),
        rest,
        unsure,
      );
    const gone = states.filter(({ account }) => account.is === 'gone');
    const staffMissing = gone.length === 0 ? [] : staffNotHeld(context, roster, users.rows);
    if (staffMissing.length > 0)
      return because(
        'microsoft.leavers.not_in_file',
        `${count(gone.length, 'person', 'people')} who left ${verb(gone.length, 'is', 'are')} not in the Entra file, and neither ${verb(staffMissing.length, 'is', 'are')} ${names(staffMissing)} of the current staff. So the file may not hold everyone, or the roster’s addresses are not those of Entra.`,
      ).cannotRead(
        ask(
          'source',
          'entra_users',
          'Save every page of the list of Entra users, without a filter and with userPrincipalName, mail and proxyAddresses, or correct the addresses on the roster.',
          'unfiltered',
        ),
        rest,
        gone.map(({ leaver }) => item(leaver, 'Not in the Entra file, which may not hold everyone.')),
      );
    const unknown = staffUnknown(context);
    if (unknown) return unknown;
    const disabled = states.filter(({ account }) => account.is === 'found').length;
    return because(
      'microsoft.leavers.all_disabled',
      `Of ${count(leavers.length, 'person', 'people')} who left, ${disabled} ${verb(disabled, 'has', 'have')} a disabled Entra account and ${leavers.length - disabled} ${verb(leavers.length - disabled, 'has', 'have')} none anymore.`,
    ).pass(rest);
  },
});

/**
 * If the person still worked here on the day of the file, a missing account must have another address or be in another
 * tenant.
 */
export function worked({ lastDay }: Departed, day: string): boolean {
  return lastDay !== null && lastDay >= day;
}

function openItem(leaver: Departed, user: EntraUserRow, users: Users, today: string): Item {
  const since = leaver.lastDay
    ? `, ${count(daysBetween(leaver.lastDay, today), 'day')} after the last day`
    : '';
  return {
    ...item(leaver, `The account ${user.upn ?? user.mail ?? ''} is enabled${since}.`),
    evidence: [...leaver.evidence, users.cite(user, 'enabled')],
  };
}

function item(leaver: Departed, detail: string): Item {
  return { key: leaver.key, label: leaver.name, detail, evidence: leaver.evidence };
}

/** Days back within which a leaver on the roster must have an entry in the journal. */
const LOOKBACK_DAYS = 365;

export const leaversMfaRevoked = defineRule({
  name: 'leavers-mfa-revoked',
  about:
    'The journal must say for each offboarding when the MFA devices were revoked, due on the last day. A person on the roster who left and has no entry cannot be judged, unless the account is gone, or is disabled and the person left before Claude came.',
  needs: { roster: ['name', 'endsOn'], entra_users: ['name', 'enabled'] },
  params: z.strictObject({}),
  decide(context) {
    const { journal, today } = context;
    const question = ask(
      'journal',
      'offboardings',
      'List the people who left under “offboardings” in the journal, with mfaRevoked for the day on which their MFA devices were removed; an empty list is a valid answer.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const entries = journal.value.offboardings;
    if (!entries)
      return because('microsoft.leavers.not_listed', 'The journal does not list offboardings.').cannotRead(
        question,
      );
    const judged = entries.map((entry, index) => ({
      entry,
      cite: journal.cite(
        `offboardings.${index}`,
        entry.mfaRevoked ? `MFA revoked ${dayWords(entry.mfaRevoked)}` : 'MFA not revoked',
      ),
    }));
    const past = judged.filter(({ entry }) => entry.lastDay <= today);
    const undone = past.filter(({ entry }) => !stepDay(entry.mfaRevoked, entry.lastDay, today));
    const late = undone.filter(({ entry }) => entry.lastDay < today);
    const items = undone.map(
      ({ entry, cite }): Item => ({
        key: address(entry.email),
        label: entry.email,
        detail: `Last day ${dayWords(entry.lastDay)}; the MFA devices are not noted as revoked.`,
        evidence: [cite],
      }),
    );
    const missing = unrecorded(context, entries);
    if (late.length > 0) {
      const also =
        missing.length === 0
          ? ''
          : ` ${names(missing.map(({ label }) => label))} left according to the roster and ${verb(missing.length, 'is', 'are')} not in the journal.`;
      return because(
        'microsoft.leavers.devices_kept',
        `For ${late.length} of ${count(past.length + missing.length, 'person', 'people')} who left, the MFA devices are not noted as revoked: ${names(late.map(({ entry }) => entry.email))}.${also}`,
      ).fail(
        late.map(({ cite }) => cite),
        [...items, ...missing],
      );
    }
    const roster = context.read('roster');
    if (missing.length > 0)
      return because(
        'microsoft.leavers.not_in_journal',
        `${count(missing.length, 'person', 'people')} left according to the roster and ${verb(missing.length, 'is', 'are')} not in the journal: ${names(missing.map((i) => i.label))}.`,
      ).cannotRead(
        question,
        past.map(({ cite }) => cite),
        missing,
      );
    const unknown = staffUnknown(
      context,
      (row) => !row.emails.some((text) => entries.some(({ email }) => address(email) === address(text))),
    );
    if (unknown) return unknown;
    if (undone.length > 0)
      return because(
        'microsoft.leavers.last_day',
        `Today is the last day of ${names(undone.map(({ entry }) => entry.email))}; the MFA devices have to be revoked today.`,
      ).pending(
        today,
        undone.map(({ cite }) => cite),
        items,
      );
    // Only the roster shows who left; a journal only proves something about the people it lists.
    if (!roster.ok)
      return because(
        'microsoft.leavers.roster_unknown',
        `${roster.why} It is not known whether the journal lists everyone who left.`,
      ).cannotRead(
        roster.howToGet,
        past.map(({ cite }) => cite),
      );
    // A list of one department or of the interns does not show it either.
    const part = rosterInPart(context);
    if (part !== null)
      return {
        ...part,
        reason: `${part.reason} It is not known whether the journal lists everyone who left.`,
      };
    if (past.length === 0)
      return because(
        'microsoft.leavers.nobody_listed',
        'The journal lists no one who has left.',
      ).notApplicable([
        journal.cite('offboardings', count(entries.length, 'offboarding')),
        ...roster.evidence,
      ]);
    const contradicted = contradictedEntries(context, ['members', 'entra_users']);
    const doubtful = past.filter(({ entry }) => contradicted.has(address(entry.email)));
    if (doubtful.length > 0) {
      return because(
        'microsoft.leavers.journal_contradicted',
        `For ${names(doubtful.map(({ entry }) => entry.email))} the journal states steps as done, but since then ${contradictedWords(doubtful.map(({ entry }) => contradicted.get(address(entry.email))))}, so the entry cannot be relied on.`,
      ).cannotRead(
        question,
        doubtful.map(({ cite }) => cite),
      );
    }
    const after = past.filter(({ entry }) => (entry.mfaRevoked ?? '') > entry.lastDay);
    const note =
      after.length > 0
        ? ` For ${names(after.map(({ entry }) => entry.email))} it was after the last day.`
        : '';
    return because(
      'microsoft.leavers.devices_revoked',
      `The MFA devices of ${past.length === 1 ? 'the one person' : `all ${past.length} people`} who left are noted as revoked.${note}`,
    ).pass([...past.map(({ cite }) => cite), ...roster.evidence]);
  },
});

/** Whether the account is gone, or has been disabled since before the first invitation to Claude. */
function isSettled(
  context: CheckContext,
  leaver: Departed,
  users: readonly EntraUserRow[],
  whole: boolean,
): boolean {
  const account = entraAccountOf(leaver, users);
  if (account.is === 'gone') return whole;
  const first = statedInvitation(context);
  const before = first !== undefined && leaver.lastDay !== null && leaver.lastDay < first;
  return before && account.is === 'found' && account.user.enabled === false;
}

function unrecorded(context: CheckContext, entries: readonly Offboarding[]): Item[] {
  const roster = context.read('roster');
  if (!roster.ok) return [];
  const users = context.read('entra_users');
  const from = addDays(context.today, -LOOKBACK_DAYS);
  const whole = users.ok && staffNotHeld(context, roster, users.rows).length === 0;
  return whoHasLeft(context, roster)
    .filter(
      ({ addresses, row }) =>
        !entries.some((entry) => addresses.has(address(entry.email)) && ofThisLeaving(entry, row)),
    )
    .filter((leaver) => leaver.lastDay === null || leaver.lastDay >= from)
    .filter((leaver) => !(users.ok && users.rows.length > 0 && isSettled(context, leaver, users.rows, whole)))
    .map((leaver) => item(leaver, 'On the roster as having left; the journal has no offboarding.'));
}
// Guide: G6.6-00 G6.6-01 G6.6-02
