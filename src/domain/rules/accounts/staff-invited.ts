import { z } from 'zod';
import type { MemberRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { notBegun } from '../../people/begun.ts';
import { staffKnown } from '../../people/staff.ts';
import type { Reconciliation } from '../../people/types.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { PEOPLE_DAYS, personItem, readPeople, rosterInPart, staffUnknown } from './people-files.ts';

/** Staff who should have a seat have one: everyone, or those who asked for it. */
export const staffInvited = defineRule({
  name: 'staff-invited',
  about:
    'If the charter gives seats to everyone, no one on the roster is without one. If it gives them on request, someone on staff besides the owners holds one: owners alone are not a deployment.',
  needs: { members: ['name', 'role', 'status', 'seat'], roster: ['name', 'engagement'] },
  params: z.strictObject({}),
  decide(context) {
    const files = readPeople(context);
    if (!files.ok) return files.outcome;
    const { people, membersOn } = files;
    const roster = context.read('roster', PEOPLE_DAYS);
    const works = (roster.ok ? staffKnown(roster.rows, context.today) : null) ?? files.staff;
    const seatsFor = context.charter.ok ? context.charter.value.seatsFor : undefined;
    if (!context.charter.ok || seatsFor === undefined)
      return because(
        'accounts.staff_invited.not_stated',
        'It is not stated who should have a seat.',
      ).cannotRead(
        ask(
          'charter',
          'seatsFor',
          'State under “seatsFor” in the charter who gets a seat: everyone or on_request.',
        ),
        people.restsOn,
      );
    const evidence = [
      ...people.restsOn,
      context.charter.cite('seatsFor', seatsFor === 'everyone' ? 'seats for everyone' : 'seats on request'),
    ];
    if (seatsFor === 'on_request') {
      const beside = people.matched.filter(
        ({ member: { role } }) => role !== 'owner' && role !== 'primary_owner',
      );
      const gone = new Set(people.leavers.map(({ member }) => member));
      const unsure = new Set(people.toConfirm.map(({ resemblance }) => resemblance.member));
      const others = beside.filter(
        ({ member, staff: one }) =>
          !gone.has(member) && !unsure.has(member) && notBegun(one, context.today) === null,
      ).length;
      const unknown =
        others === 0 ? staffUnknown(context, (row) => beside.some(({ staff: one }) => one === row)) : null;
      if (unknown) return unknown;
      return others > 0
        ? because(
            'accounts.staff_invited.on_request',
            `Seats are given on request; ${count(others, 'person', 'people')} on staff other than the owners ${verb(others, 'holds', 'hold')} one according to the members file of ${dayWords(membersOn)}.`,
          ).pass(evidence)
        : because(
            'accounts.staff_invited.nobody_invited',
            `According to the members file of ${dayWords(membersOn)}, no one on staff except the owners holds a seat.`,
          ).fail(evidence);
    }
    // Future staff do not need a seat yet.
    const missing = people.withoutSeat
      .filter(({ staff: one }) => notBegun(one, context.today) === null)
      .map(personItem);
    if (missing.length > 0)
      return because(
        'accounts.staff_invited.without_seat',
        `${missing.length} of ${count(works, 'person', 'people')} who ${verb(works, 'works', 'work')} here ${verb(missing.length, 'holds', 'hold')} no seat according to the members file of ${dayWords(membersOn)}: ${names(missing.map(({ label }) => label))}.`,
      ).fail(evidence, missing);
    const unknown =
      rosterInPart(context) ??
      staffUnknown(context, (row) => row.engagement !== 'shared' && row.engagement !== 'service');
    if (unknown) return unknown;
    const unsaid = membersWithoutStatus(context, people.matched);
    if (unsaid.length > 0)
      return because(
        'accounts.staff_invited.status_unknown',
        `The members file does not say whether ${count(unsaid.length, 'person', 'people')} of staff ${verb(unsaid.length, 'holds', 'hold')} a seat or ${verb(unsaid.length, 'has', 'have')} lost it: ${names(unsaid.map(({ name, email }) => name ?? email))}.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Import a members file with a status for everyone: Claude, Organization settings > Members > Export CSV.',
          'with_status',
        ),
        evidence,
      );
    if (people.toConfirm.length > 0)
      return because(
        'accounts.staff_invited.to_confirm',
        `${count(people.toConfirm.length, 'account')} may belong to someone on the roster: ${names(people.toConfirm.map(({ name }) => name))}.`,
      ).cannotRead(
        ask(
          'charter',
          'people',
          'Say on the page of people, or in the charter under `people`, whose these accounts are.',
          'whose',
        ),
        evidence,
        people.toConfirm.map(personItem),
      );
    return because(
      'accounts.staff_invited.all_seated',
      `Each of ${count(works, 'person', 'people')} who ${verb(works, 'works', 'work')} here holds a seat according to the members file of ${dayWords(membersOn)}.`,
    ).pass(evidence);
  },
});

/** Members without a status in a file that has one for others; they may be suspended. */
function membersWithoutStatus(
  context: CheckContext,
  matched: Reconciliation['matched'],
): readonly MemberRow[] {
  const members = context.read('members');
  if (!members.ok || members.rows.every(({ status }) => status === null)) return [];
  return matched
    .map(({ member }) => member)
    .filter(({ status, lastActiveOn }) => status === null && lastActiveOn === null);
}
// Guide: G2.2-09
