import { z } from 'zod';
import { UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import type { LockdownVariant } from '../../model/journal.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { ASK_EARLIER, isInvitation, signBefore, unknownActBefore } from '../policy/first-access.ts';
import { countedName } from './in-use.ts';

const NO_TOGGLE =
  'The vendor documents no restriction switch: what counts is the day on which an Owner had looked through the connectors and limited desktop extensions and local servers.';

/** Which variant of the lockdown applies to this client, as stated in the journal. */
const VARIANT_WORDS: Readonly<Record<LockdownVariant, string>> = {
  added_only:
    'Here the console offers no restriction switch, so what holds is that members can use only connectors that an Owner has added.',
  switch: 'Here the console offers a restriction switch, and it was seen on.',
};

/** CON-03: the catalogue was locked down before the first invitation (guide 2.2 step 3, "order matters"). */
export const lockdownFirst = defineRule({
  name: 'lockdown-before-invitation',
  signed: () => ['lockdown'],
  about:
    'Compares the day of the lockdown in the journal with the first invitation and, if they can be read, with the days on which members were added and invitations were sent.',
  needs: { members: ['role', 'addedOn'] },
  failsWithout: { members: ['role', 'addedOn'] },
  params: z.strictObject({}),
  decide(context) {
    if (!context.journal.ok)
      return absent(context.journal).cannotRead(
        ask(
          'journal',
          'lockdown',
          'Write `lockdown` (day and who) and `firstInvitation` into the journal.',
          'with_first_invitation',
        ),
      );
    const { lockdown, firstInvitation } = context.journal.value;
    const { cite } = context.journal;
    if (!lockdown || lockdown.on > context.today) {
      const used = seenSoFar(context);
      const why = `${
        lockdown
          ? `The lockdown is recorded for ${dayWords(lockdown.on)}, which is in the future.`
          : 'The journal does not say when the connector catalogue was locked down.'
      } ${usedWords(used)}`;
      if (firstInvitation && firstInvitation > context.today)
        return because(
          'connectors.lockdown.not_yet_due',
          `${why} It is due before the first invitation on ${dayWords(firstInvitation)}. ${NO_TOGGLE}`,
        ).pending(
          firstInvitation,
          [cite('firstInvitation', dayWords(firstInvitation)), ...used.flatMap(({ evidence }) => evidence)],
          used,
        );
      return because('connectors.lockdown.not_written', `${why} ${NO_TOGGLE}`).cannotRead(
        ask(
          'journal',
          'lockdown',
          'Write under `lockdown` in the journal on which day the connectors were locked down and who did it.',
        ),
        used.flatMap(({ evidence }) => evidence),
        used,
      );
    }
    const how = lockdown.variant === undefined ? NO_TOGGLE : VARIANT_WORDS[lockdown.variant];
    const base = [
      cite('lockdown', `locked down by ${lockdown.by} on ${dayWords(lockdown.on)}`),
      ...(lockdown.file === undefined ? [] : [cite('lockdown.file', `shown by ${lockdown.file}`)]),
    ];
    const early = [...earlyMembers(context, lockdown.on), ...earlyInvitations(context, lockdown.on)];
    const certain = early.filter((one) => one.certain);
    if (certain.length > 0) {
      const people = [...new Map(certain.map((one) => [one.item.key, one.item])).values()];
      return because(
        'connectors.lockdown.can_add_anyway',
        `The catalogue was locked down on ${dayWords(lockdown.on)}, and ${count(people.length, 'person', 'people')} joined before that: ${names(
          people.map(
            (item) =>
              `${item.label} (${dayWords(certain.find((one) => one.item.key === item.key)?.day ?? '')})`,
          ),
          4,
        )}. ${how}`,
      ).fail([...base, ...people.flatMap((item) => item.evidence)], people);
    }
    const seen = signBefore(context, lockdown.on);
    if (seen !== null)
      return because(
        'connectors.lockdown.in_before',
        `The catalogue was locked down on ${dayWords(lockdown.on)}, but ${seen.words}. ${how}`,
      ).fail([...base, seen.evidence]);
    if (!firstInvitation)
      return because(
        'connectors.lockdown.first_invitation_unknown',
        `The catalogue was locked down on ${dayWords(lockdown.on)}; the day of the first invitation is not recorded.`,
      ).cannotRead(
        ask(
          'journal',
          'firstInvitation',
          'Write `firstInvitation` into the journal: the day on which the first member of staff was invited.',
        ),
        base,
      );
    base.push(cite('firstInvitation', `first invitation on ${dayWords(firstInvitation)}`));
    if (firstInvitation < lockdown.on)
      return because(
        'connectors.lockdown.invited_before',
        `The first invitation went out on ${dayWords(firstInvitation)}, before the catalogue was locked down on ${dayWords(lockdown.on)}. ${how}`,
      ).fail(base);
    const sign = signBefore(context, firstInvitation) ?? unknownActBefore(context, firstInvitation);
    if (sign !== null)
      return because(
        'connectors.lockdown.invited_earlier',
        `The catalogue was locked down on ${dayWords(lockdown.on)}. The journal gives ${dayWords(firstInvitation)} as the day of the first invitation, but ${sign.words}.`,
      ).cannotRead(ASK_EARLIER, [...base, sign.evidence]);
    const { lockdownFile } = context.journal.value;
    if (lockdownFile !== undefined)
      return because(
        'connectors.lockdown.file_unusable',
        lockdownFile === 'missing'
          ? `The catalogue was locked down on ${dayWords(lockdown.on)} according to the journal, and the file that it names as evidence${lockdown.file === undefined ? '' : `, ${lockdown.file},`} is not there.`
          : `The catalogue was locked down on ${dayWords(lockdown.on)} according to the journal, and ${lockdown.file} is not the file stored as evidence: its content is different.`,
        { file: lockdown.file },
      ).cannotRead(
        ask(
          'journal',
          'lockdown.file',
          'Add the file that shows the lockdown, or remove its name from the journal.',
        ),
        base,
      );
    if (early.length > 0) {
      return because(
        'connectors.lockdown.added_before_maybe',
        `${names(
          early.map((one) => one.item.label),
          4,
        )} ${verb(early.length, 'was', 'were')} added before the lockdown of ${dayWords(lockdown.on)}, and the members file does not say whether as an owner.`,
      ).cannotRead(
        ask('source', 'members', 'Export the members with their roles.', 'with_roles_only'),
        base,
        early.map((one) => one.item),
      );
    }
    const together =
      firstInvitation === lockdown.on
        ? ' Both are on the same day; it is not recorded which came first.'
        : '';
    return because(
      'connectors.lockdown.locked_down',
      `The catalogue was locked down on ${dayWords(lockdown.on)} by ${lockdown.by}, and the first invitation ${firstInvitation > context.today ? 'is to go out' : 'went out'} on ${dayWords(firstInvitation)}.${together}${checkedWords(context)} ${how} ${lockdown.file === undefined ? 'No file is named that shows it.' : `${lockdown.file} shows it.`}`,
      { by: lockdown.by },
    ).pass([...base, ...membersEvidence(context)]);
  },
});

/** Connectors in use although nothing shows that the catalogue was locked down, each with its callers. */
function seenSoFar({ journal, catalogue }: CheckContext): Item[] {
  if (!journal.ok) return [];
  return (journal.value.connectorsSeen ?? []).map(({ connector, people, on }, at) => ({
    key: connector,
    label:
      connector === UNNAMED_CONNECTOR
        ? 'a connector that no source names'
        : countedName(connector, catalogue),
    detail: `${people.length === 0 ? 'By whom is not reported' : `Called by ${names(people, 6)}`}; the last call on ${dayWords(on)}.`,
    evidence: [journal.cite(`connectorsSeen.${at}`, `the last call on ${dayWords(on)}`)],
  }));
}

function usedWords(used: readonly Item[]): string {
  return used.length === 0
    ? 'No source shows a connector in use so far.'
    : `In use so far, as far as the sources show: ${names(
        used.map(({ label }) => label),
        6,
      )}.`;
}

interface Early {
  readonly item: Item;
  readonly day: string;
  readonly certain: boolean;
}

/** People whose accounts are older than the lockdown, except Owners and admins, who have to set Claude up first. */
function earlyMembers(context: CheckContext, lockdown: string): Early[] {
  const members = context.read('members');
  if (!members.ok) return [];
  return members.rows.flatMap((row) => {
    if (
      row.addedOn === null ||
      row.addedOn >= lockdown ||
      row.role === 'owner' ||
      row.role === 'primary_owner' ||
      row.role === 'admin'
    )
      return [];
    const evidence = members.cite(row, `added ${dayWords(row.addedOn)}`);
    return [
      {
        day: row.addedOn,
        certain: row.role !== null,
        item: {
          key: row.email.toLowerCase(),
          label: row.name ?? row.email,
          detail: `Added on ${dayWords(row.addedOn)}, before the lockdown.`,
          evidence: [evidence],
        },
      },
    ];
  });
}

function earlyInvitations(context: CheckContext, lockdown: string): Early[] {
  // No age limit: the order of past events does not change as the file gets older.
  const events = context.events(Number.POSITIVE_INFINITY);
  if (!events.ok) return [];
  return events.rows.flatMap((row) => {
    const day = dayOf(row.at, context.profile.timezone);
    if (!isInvitation(row) || day >= lockdown) return [];
    const role = String(row.detail.invited_role ?? '');
    if (/owner|admin/i.test(role)) return [];
    const email = String(row.detail.invited_email ?? 'an address the event does not name');
    return [
      {
        day,
        certain: true,
        item: {
          key: email.toLowerCase(),
          label: email,
          detail: `Invited on ${dayWords(day)}, before the lockdown.`,
          evidence: [events.cite(row, `invited ${dayWords(day)}`)],
        },
      },
    ];
  });
}

function membersEvidence(context: CheckContext): readonly Evidence[] {
  const members = context.read('members');
  return members.ok ? members.evidence : [];
}

function checkedWords(context: CheckContext): string {
  const members = context.read('members');
  if (!members.ok) return ' The members file could not be compared with it.';
  const dated = members.rows.filter((row) => row.addedOn !== null).length;
  if (dated === 0) return ' The members file gives no day on which people were added.';
  const rest = members.rows.length - dated;
  return ` None of ${count(dated, 'member')} with a date was added before it, owners and admins aside${rest > 0 ? `; ${rest} carry no date` : ''}.`;
}
// Guide: G2.2-14 G2.2-18 G2.2-19 GA-05
