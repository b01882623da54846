import { z } from 'zod';
import { SEATS_BOUGHT } from '../../activity/rule-events.ts';
import { daysBetween } from '../../model/day.ts';
import type { AnalyticsSummaryRow, MemberRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { accountItem, labels, readMembers } from './members.ts';

/** Compares the seats held by people and open invitations with the seats that the client pays for. */
export const seatCount = defineRule({
  name: 'seat-count',
  about:
    'Compares the accounts that hold a seat, open invitations included, and Claude’s own count with claudeSeats in the profile. More holders than seats means that one of the figures is wrong. Unused seats are listed but do not fail.',
  needs: { members: ['status', 'seat'] },
  params: z.strictObject({
    /** Days for which the vendor's daily count is current. */
    days: z.number().int().min(1).default(7),
  }),
  decide(context, { days }) {
    const bought = context.profile.claudeSeats;
    const members = readMembers(context);
    const counted = countedByVendor(context, days);
    if (!members.ok && counted === null) return members.outcome;
    const stated: Evidence = {
      kind: 'profile',
      file: 'profile',
      observedOn: context.today,
      says: `${count(bought ?? 0, 'seat')} bought`,
    };
    if (counted !== null && bought !== undefined && counted.held > bought)
      return because(
        'accounts.seat_count.differs_from_vendor',
        `Claude counts ${counted.words} on ${dayWords(counted.on)}, and the profile states ${bought} bought. Either seats were added without being recorded, or the profile is out of date.`,
      ).fail([counted.evidence, stated]);
    const changed = boughtByEvents(context);
    if (!members.ok) {
      if (bought === undefined || counted === null)
        return because(
          'accounts.seat_count.bought_unknown',
          `Claude counts ${counted?.words ?? 'no seats'}; how many are bought is not known.`,
        ).cannotRead(BOUGHT, counted === null ? [] : [counted.evidence]);
      const words = `Claude counts ${counted.words} on ${dayWords(counted.on)}`;
      return changed !== null && changed.bought < counted.held
        ? fewerByLog(words, bought, changed, [counted.evidence, stated])
        : because('accounts.seat_count.matches_vendor', `${words}, and ${bought} are bought.`).pass([
            counted.evidence,
            stated,
          ]);
    }
    const { accounts, read } = members;
    const judged = accounts.map((one) => ({ one, holds: strongest(one.rows.map(holds)) }));
    const held = judged.filter(({ holds }) => holds === true).map(({ one }) => one);
    const unknown = judged.filter(({ holds }) => holds === null).map(({ one }) => one);
    const open = held.filter((one) => one.invited);
    const heldWords = `${count(held.length, 'seat')} ${verb(held.length, 'is', 'are')} held${open.length > 0 ? `, ${open.length} of them by open invitations` : ''}`;
    if (bought === undefined)
      return because(
        'accounts.seat_count.held_bought_unknown',
        `${heldWords}; how many are bought is not known.`,
      ).cannotRead(BOUGHT, read.evidence);
    const evidence = [...read.evidence, ...(counted === null ? [] : [counted.evidence]), stated];
    if (held.length > bought)
      return because(
        'accounts.seat_count.more_held',
        `${heldWords}, and the profile states ${bought} bought. Either seats were added without being recorded, or the profile is out of date.`,
      ).fail(evidence);
    if (unknown.length > 0)
      return because(
        'accounts.seat_count.unclear_holders',
        `The members file does not say whether ${unknown.length} of ${count(accounts.length, 'account')} ${verb(unknown.length, 'holds', 'hold')} a seat: ${labels(unknown)}.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Import a members file with a seat type or status for everyone.',
          'with_seats',
        ),
        evidence,
        unknown.map((one) => accountItem(one, 'seat not known', read)),
      );
    if (counted === null && read.rows.some(({ invitations }) => invitations === 'not_told'))
      return because(
        'accounts.seat_count.invitations_unknown',
        `${heldWords}, and ${bought} are bought; how many open invitations also hold a seat is not known.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Give the source’s key the scope read:members, or import the members file from Claude.',
          'with_key',
        ),
        evidence,
      );
    const vendors = counted !== null && counted.held > held.length ? counted : null;
    if (changed !== null && changed.bought < (vendors?.held ?? held.length))
      return fewerByLog(
        vendors === null ? heldWords : `Claude counts ${vendors.words} on ${dayWords(vendors.on)}`,
        bought,
        changed,
        evidence,
      );
    const spare = bought - held.length;
    return because(
      'accounts.seat_count.enough',
      spare > 0
        ? `${heldWords}, and ${bought} are bought: ${count(spare, 'seat')} ${verb(spare, 'is', 'are')} paid for but not in use.`
        : `${heldWords}, which is the number bought.`,
      { spare: spare > 0 },
    ).pass(evidence);
  },
});

/** The log shows fewer seats bought than are held. The profile may be newer than the log, so ask which is right. */
function fewerByLog(
  held: string,
  stated: number,
  { bought, on, evidence }: NonNullable<ReturnType<typeof boughtByEvents>>,
  rest: readonly Evidence[],
): Outcome {
  return because(
    'accounts.seat_count.bought_changed',
    `${held}, and the profile states ${stated} bought. According to the log there are ${bought} since ${dayWords(on)}.`,
  ).changedOn(on, BOUGHT, [...rest, evidence]);
}

const BOUGHT = ask(
  'profile',
  'claudeSeats',
  'State the number of seats that the client pays for as `claudeSeats` in the profile.',
);

/** Seats and open invitations on the newest day that the vendor counted; null: not both are given. */
function countedByVendor(context: CheckContext, days: number) {
  const read = context.read('analytics_summaries', days);
  if (!read.ok) return null;
  const newest = read.rows.reduce<AnalyticsSummaryRow | null>(
    (best, row) => (best === null || row.on > best.on ? row : best),
    null,
  );
  // A recent file may contain only old days.
  if (newest === null || daysBetween(newest.on, context.today) > days) return null;
  const { assignedSeats, pendingInvites, on } = newest;
  if (assignedSeats === null || pendingInvites === null) return null;
  const words = `${count(assignedSeats, 'assigned seat')} and ${count(pendingInvites, 'open invitation')}`;
  return { held: assignedSeats + pendingInvites, on, words, evidence: read.cite(newest, words) };
}

/** The number of seats bought after its last change; null: no event gives one. */
function boughtByEvents(context: CheckContext) {
  const events = context.events();
  if (!events.ok) return null;
  const row = events.rows.findLast(({ type }) => type === SEATS_BOUGHT);
  const bought = row?.detail.new_quantity;
  if (row === undefined || typeof bought !== 'number') return null;
  const on = dayOf(row.at, context.profile.timezone);
  return { bought, on, evidence: events.cite(row, `${count(bought, 'seat')} bought`) };
}

/** A pending invitation occupies a seat at once; "no seat assigned" suspends a person. */
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
// Guide: G1.1-00
