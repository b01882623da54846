import { z } from 'zod';
import type { MemberRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { type Awaited, awaited } from '../../people/begun.ts';
import { whoHasLeft } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { holdsSeat, seatWords } from '../../people/reconcile.ts';
import { staffOn, unsureRemedy, unsureWords } from '../../people/staff.ts';
import { ask, askAll } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { isAsked } from '../unknown-columns.ts';
import { seatsOfDisabledAccounts } from './entra-leavers.ts';
import { byMembersOf, peopleSince } from './members-since.ts';
import { removalOf } from './offboarding.ts';
import {
  decidedAddresses,
  isAccountOwner,
  once,
  openInPart,
  PEOPLE_DAYS,
  personItem,
  readPeople,
} from './people-files.ts';

/** No one holds a seat after the last day of work, and no one unknown to the roster holds one. */
export const seatsAreStaff = defineRule({
  name: 'seats-are-staff',
  about:
    'Compares the members file with the staff roster. Without a roster, seats of disabled Entra accounts fail. People who left and people who are not on the roster fail; someone who only resembles a staff record must be confirmed. Guests, shared and service accounts have their own controls. If one is not on a roster and the charter does not say whose it is, this cannot be read.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name'], entra_users: ['userType'] },
  failsWithout: { roster: ['name'] },
  failsFromPart: ['members', 'roster'],
  params: z.strictObject({}),
  decide: byMembersOf(peopleSince, (context) => {
    const files = readPeople(context);
    if (!files.ok)
      return seatsOfDisabledAccounts(context) ?? leftByJournal(context, files.outcome) ?? files.outcome;
    const { people, seats, staff, membersOn, lacks } = files;
    const roster = context.read('roster', PEOPLE_DAYS);
    const { charter } = context;
    const emergency = charter.ok ? (charter.value.entra?.emergencyAccess?.users ?? []) : [];
    const decided = new Set([...decidedAddresses(context), ...emergency.map(address)]);
    const seen = new Set<string>();
    const leavers = people.leavers.flatMap((one) => {
      const plain = personItem(one);
      if (seen.has(plain.key)) return [];
      seen.add(plain.key);
      const removal = removalOf(context, one.member.email, people.addressesOf(one.member), membersOn);
      const item: Item = {
        ...plain,
        detail: removal.evidence.length > 0 ? `${one.words}; ${removal.words}` : one.words,
        evidence: [...one.evidence, ...removal.evidence],
      };
      return [{ item, removal }];
    });
    // The journal may name a leaver whom an older roster still lists, or whose account is on a domain that the roster
    // lacks. Then the journal identifies the account, and everyone of that name on the roster has left.
    const isStaff = staffOn(roster.ok ? roster.rows : [], context.today);
    const goneByName = people.toConfirm
      .map(({ resemblance }) => resemblance)
      .filter(({ candidates }) => candidates.length > 0 && candidates.every((one) => isStaff(one) === false));
    for (const gone of whoHasLeft(context, roster)) {
      const isTheirs = ({ member }: { readonly member: MemberRow }) =>
        !people.addressesOf(member).isDisjointFrom(gone.addresses);
      const match = people.matched.find(isTheirs);
      const found = match ?? goneByName.find(isTheirs);
      if (gone.row !== null || found === undefined || seen.has(address(found.member.email))) continue;
      seen.add(address(found.member.email));
      const removal = removalOf(context, found.member.email, people.addressesOf(found.member), membersOn);
      leavers.push({
        item: {
          key: address(found.member.email),
          label: found.member.name ?? gone.name,
          detail: `Has left according to the journal${match === undefined ? '' : ', after the roster was made'}; ${removal.words}`,
          evidence: [...gone.evidence, ...removal.evidence],
        },
        removal,
      });
    }
    const ofStage = (stage: string) => leavers.filter(({ removal }) => removal.stage === stage);
    const late = ofStage('open').map(({ item }) => item);
    const others = once(people.notOnRoster.filter((one) => !decided.has(one.key)).map(personItem));
    const part = openInPart(context, others);
    if (part !== null && late.length === 0) return part;
    // If no column is known to contain names, a person who is on the roster only by name looks the same as a stranger.
    const strangers = part === null && !isAsked(roster, 'name') ? others : [];
    const asked = people.toConfirm.filter((one) => !decided.has(one.key) && !seen.has(one.key));
    const unsure = once(asked.map(personItem));
    const like = once(asked.filter(({ resemblance }) => !resemblance.unsure).map(personItem));
    const unreported = asked.flatMap(({ resemblance }) => (resemblance.unsure ? resemblance.candidates : []));
    const unreportedNames = once(asked.filter(({ resemblance }) => resemblance.unsure).map(personItem));
    const waiting = ofStage('newer_file').map(({ item }) => item);
    const soon = ofStage('not_due');
    const removed = ofStage('removed').map(({ item }) => item);

    const special = new Set([...people.guests, ...people.shared, ...people.service].map((one) => one.key));
    const apart =
      special.size > 0
        ? ` ${count(special.size, 'guest, shared or service account')} ${verb(special.size, 'has', 'have')} controls of ${verb(special.size, 'its', 'their')} own and ${verb(special.size, 'is', 'are')} not counted here.`
        : '';
    const list = (items: readonly Item[]) => names(items.map((item) => item.label));
    const members = context.read('members', PEOPLE_DAYS);
    // A partial list does not give the total.
    const ofAll =
      members.ok && members.inPart === true
        ? count(late.length, 'seat holder')
        : `${late.length} of ${count(seats - removed.length, 'seat holder')}`;
    const left = late.length > 0 ? `${ofAll} ${verb(late.length, 'has', 'have')} left: ${list(late)}.` : '';
    const unknown =
      strangers.length > 0
        ? `${late.length > 0 ? strangers.length : `${strangers.length} of ${count(seats, 'seat holder')}`} ${verb(strangers.length, 'is', 'are')} not on the roster: ${list(strangers)}.`
        : '';
    const confirm = [
      like.length > 0
        ? `To be confirmed, because only the name resembles a staff record: ${list(like)}.`
        : '',
      unreported.length > 0
        ? `It is not known whether ${count(unreportedNames.length, 'seat holder')} still ${verb(unreportedNames.length, 'works', 'work')} here: ${list(unreportedNames)}. ${unsureWords(unreported[0])}.`
        : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
    const reported =
      waiting.length > 0
        ? `The journal says that ${list(waiting)} ${verb(waiting.length, 'was', 'were')} removed, and only a newer members file can show it.`
        : '';
    const progress =
      soon.length > 0
        ? `The offboarding of ${list(soon.map(({ item }) => item))} is in progress and not yet due.`
        : '';
    const invited = new Set(
      [...people.leavers, ...people.notOnRoster, ...people.matched.map(({ member }) => ({ member }))].flatMap(
        ({ member }) => (member.status === 'invited' ? [address(member.email)] : []),
      ),
    );
    const open = [...late, ...strangers].filter(({ key }) => invited.has(key));
    const invitations =
      open.length > 0
        ? `${list(open)} ${verb(open.length, 'has', 'have')} an open invitation, which becomes a seat once it is accepted.`
        : '';
    const ended =
      removed.length > 0
        ? ` The members file still lists ${list(removed)}, and later events show the removal from Claude.`
        : '';
    const restsOn = [...people.restsOn, ...removed.flatMap(({ evidence }) => evidence)];
    const say = (...parts: string[]) => parts.filter((part) => part !== '').join(' ') + ended + apart;
    if (late.length + strangers.length > 0)
      return because(
        'accounts.seats_are_staff.left_or_unknown',
        say(left, unknown, invitations, confirm, reported, progress, part?.reason ?? ''),
      ).fail(restsOn, [...late, ...strangers]);
    if (unsure.length + waiting.length > 0)
      return because('accounts.seats_are_staff.to_confirm', say(confirm, reported, progress)).cannotRead(
        askAll([
          ...(like.length > 0
            ? [
                ask(
                  'charter',
                  'people',
                  'For each name, say in the charter under `people` whether the two records are the same person (`same`) or not (`different`).',
                  'each_name',
                ),
              ]
            : []),
          ...(unreported.length > 0 ? unsureRemedy(unreported) : []),
          ...(waiting.length > 0
            ? [
                ask(
                  'source',
                  'members',
                  'Import a members file that was exported after the removal.',
                  'after_removal',
                ),
              ]
            : []),
        ]),
        restsOn,
        [...unsure, ...waiting],
      );
    const early = awaited(people.matched, context.today).filter(
      ({ member }) => !decided.has(address(member.email)),
    );
    const tooEarly = once(early.filter((one) => !one.soon).map(earlyItem(people.restsOn)));
    if (tooEarly.length > 0)
      return because(
        'accounts.seats_are_staff.not_begun',
        say(
          `${tooEarly.length} of ${count(seats, 'seat holder')} may not work here yet according to the roster: ${names(tooEarly.map(({ label, detail }) => `${label} ${detail}`))}.`,
          progress,
        ),
      ).cannotRead(NOT_BEGUN, restsOn, tooEarly);
    const soonHere = once(early.map(earlyItem(people.restsOn)));
    const arriving =
      soonHere.length === 0 ? '' : ` ${names(soonHere.map(({ label, detail }) => `${label} ${detail}`))}.`;
    // The controls that evaluate them may lack a decision too, and then nothing shows who holds these seats.
    const matched = new Set(people.matched.map(({ member }) => address(member.email)));
    const stated = new Set(
      [...people.shared, ...people.service].filter(({ certain }) => certain).map(({ key }) => key),
    );
    const undecided = once(
      [...people.guests, ...people.shared, ...people.service]
        .filter((one) => !decided.has(one.key) && !matched.has(one.key) && !isAccountOwner(context, one))
        .filter((one) => !stated.has(one.key))
        .map(personItem),
    );
    if (undecided.length > 0)
      return because(
        'accounts.seats_are_staff.undecided',
        `${undecided.length} of ${count(seats, 'seat holder')} ${verb(undecided.length, 'is', 'are')} on no roster, and the charter does not say who ${verb(undecided.length, 'it is', 'they are')}: ${list(undecided)}.`,
      ).cannotRead(
        ask(
          'charter',
          'people',
          'Name them in the charter under `people` as guests, shared mailboxes or service accounts, tie them to a person under `same`, or remove the seats.',
          'undecided',
        ),
        restsOn,
        undecided,
      );
    if (soon.length > 0) {
      const due = soon.map(({ removal }) => removal.due ?? context.today).sort()[0] ?? context.today;
      return because('accounts.seats_are_staff.in_progress', say(progress)).pending(
        due,
        restsOn,
        soon.map(({ item }) => item),
      );
    }
    return because(
      'accounts.seats_are_staff.all_staff',
      `No one of ${count(seats - removed.length, 'seat holder')} has left, and each account is on the roster of ${staff} or was decided individually.${arriving}${ended}${apart}${lacks}`,
    ).pass(restsOn);
  }),
});
const NOT_BEGUN = ask(
  'source',
  'roster',
  'Remove the seats of people who do not work here yet, or correct the first day or the status on the roster and import it again.',
  'not_begun',
);

const earlyItem =
  (evidence: Item['evidence']) =>
  ({ member, words }: Awaited): Item => ({
    key: address(member.email),
    label: member.name ?? member.email,
    detail: words,
    evidence,
  });

/**
 * Outcome for seats of people who left according to the journal, if no roster shows who else left; null: there are
 * none.
 */
function leftByJournal(context: CheckContext, unread: Outcome): Outcome | null {
  const members = context.read('members', PEOPLE_DAYS);
  if (!members.ok) return null;
  const people = context.people();
  const seats = members.rows.filter(holdsSeat);
  const late = whoHasLeft(context, null).flatMap((gone): Item[] => {
    const theirs = seats.filter((one) => !people.addressesOf(one).isDisjointFrom(gone.addresses));
    return theirs.flatMap((seat): Item[] => {
      const removal = removalOf(context, seat.email, people.addressesOf(seat), members.observedOn);
      if (removal.stage !== 'open') return [];
      return [
        {
          key: address(seat.email),
          label: seat.name ?? gone.name,
          detail: `Has left according to the journal and still ${seatWords(seat)}; ${removal.words}`,
          evidence: [...gone.evidence, members.cite(seat, seatWords(seat)), ...removal.evidence],
        },
      ];
    });
  });
  if (late.length === 0) return null;
  const listed = new Set(late.map(({ key }) => key));
  const isInvited = seats.some(({ status, email }) => status === 'invited' && listed.has(address(email)));
  const failed = because(
    'accounts.seats_are_staff.left_by_journal',
    `${count(late.length, 'person has', 'people have')} left according to the journal and still ${verb(late.length, 'holds', 'hold')} a seat${isInvited ? ' or an invitation' : ''}: ${names(late.map(({ label }) => label))}. Who else has left is not known. ${unread.reason}`,
  ).fail(
    late.flatMap(({ evidence }) => evidence),
    once(late),
  );
  return unread.ask === undefined ? failed : { ...failed, ask: unread.ask };
}

// Guide: G2.2-08 G2.2-12 G5.5-05 G6.6-03 G7.1-02
