import { z } from 'zod';
import type { MemberRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import { count, verb } from '../../text/words.ts';
import { cannotRead, fail, pass } from '../outcome.ts';
import { accountItem, labels, readMembers } from './members.ts';

/** Seats that people and open invitations hold, against the seats that the client pays for. */
export const seatCount = defineRule({
  name: 'seat-count',
  about:
    'Accounts that hold a seat, open invitations included, against claudeSeats of the profile. More holders than seats mean that one of the two figures is wrong; free seats are named and are no failure.',
  params: z.strictObject({}),
  decide(context) {
    const bought = context.profile.claudeSeats;
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const judged = accounts.map((one) => ({ one, holds: strongest(one.rows.map(holds)) }));
    const held = judged.filter(({ holds }) => holds === true).map(({ one }) => one);
    const unknown = judged.filter(({ holds }) => holds === null).map(({ one }) => one);
    const open = held.filter((one) => one.invited);
    const heldWords = `${count(held.length, 'seat')} ${verb(held.length, 'is', 'are')} held${open.length > 0 ? `, ${open.length} of them by open invitations` : ''}`;
    if (bought === undefined)
      return cannotRead(
        `${heldWords}; how many are bought is not known.`,
        'State the number of seats that the client pays for as `claudeSeats` in the profile.',
        read.evidence,
      );
    const stated: Evidence = {
      kind: 'profile',
      file: 'profile',
      observedOn: context.today,
      says: `${count(bought, 'seat')} bought`,
    };
    const evidence = [...read.evidence, stated];
    if (held.length > bought)
      return fail(
        `${heldWords}, and the profile states ${bought} bought. Either seats were added without anybody writing it down, or the profile is out of date.`,
        evidence,
      );
    if (unknown.length > 0)
      return cannotRead(
        `The members file does not tell whether ${unknown.length} of ${count(accounts.length, 'account')} ${verb(unknown.length, 'holds', 'hold')} a seat: ${labels(unknown)}.`,
        'Bring a members file with a seat type or status for everybody.',
        evidence,
        unknown.map((one) => accountItem(one, 'seat not known', read)),
      );
    const spare = bought - held.length;
    return pass(
      spare > 0
        ? `${heldWords}, and ${bought} are bought: ${count(spare, 'seat')} ${verb(spare, 'is', 'are')} paid for and free.`
        : `${heldWords}, which is what is bought.`,
      evidence,
    );
  },
});

/** A pending invitation takes a seat at once; "no seat assigned" suspends a person. */
function holds(row: MemberRow): boolean | null {
  const seat = row.seat?.trim() ?? '';
  const none = /^(no seat|none|unassigned|-)/i.test(seat);
  if (row.status === 'suspended') return seat === '' || none ? false : null;
  if (seat !== '') return !none;
  return row.status === null ? null : true;
}

function strongest(values: readonly (boolean | null)[]): boolean | null {
  return values.includes(true) ? true : values.includes(null) ? null : false;
}
