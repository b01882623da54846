import { describe, expect, it } from 'vitest';
import { runRule } from '../../testing/build.ts';
import { offboardingTasks } from '../operations/offboarding-tasks.ts';
import { at, dana, keys, kim, members, roster, run, staffOf } from './fixtures.ts';
import { noSharedSeats } from './no-shared-seats.ts';
import { seatsArePeople } from './seats-are-people.ts';
import { seatsAreStaff } from './seats-are-staff.ts';

describe('what seats show without a current roster', () => {
  const seats = members([dana, kim]);
  const old = roster(
    staffOf(dana, kim).map((row, index) =>
      index === 1 ? { ...row, status: 'left' as const, endsOn: '2026-05-29' } : row,
    ),
    '2026-06-10',
  );
  const words = 'According to the roster of Jun 10, 2026, Kim Osei had left, and still holds a seat.';

  it('names people that an old roster shows as gone, and fails nobody for it', () => {
    for (const rule of [seatsAreStaff, seatsArePeople, noSharedSeats])
      expect(run(rule, { readings: { members: seats, roster: old } })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining(words),
        items: [{ key: kim.email, detail: expect.stringContaining('last day May 29, 2026') }],
      });
    expect(
      runRule(
        offboardingTasks,
        { tasks: ['claude'] },
        { journal: { offboardings: [] }, readings: { members: seats, roster: old } },
      ),
    ).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining(words) });
    const stays = roster(staffOf(dana, kim), '2026-06-10');
    const none = run(seatsAreStaff, { readings: { members: seats, roster: stays } });
    expect([none.reason, none.items]).toEqual([expect.not.stringContaining('had left'), []]);
  });

  it('fails people who left according to the journal', () => {
    const journal = { offboardings: [{ email: kim.email, lastDay: '2026-10-30' }] };
    expect(run(seatsAreStaff, { journal, readings: { members: seats } })).toMatchObject({
      state: 'fail',
      code: 'accounts.seats_are_staff.left_by_journal',
      items: [{ key: kim.email }],
    });
    expect(run(seatsAreStaff, { journal: { offboardings: [] }, readings: { members: seats } }).state).toBe(
      'cannot_read',
    );
  });

  it('names a mailbox that holds a seat, and fails one that the charter calls shared', () => {
    const box = { email: at('memberservices'), name: '' };
    const readings = { members: members([dana, box, { email: at('exhibits'), name: '' }]) };
    const found = run(noSharedSeats, { readings });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(
        `Judging by the address, ${box.email} and ${at('exhibits')} may be shared or a service account.`,
      ),
    });
    expect(keys(found)).toEqual([box.email, at('exhibits')]);
    expect(run(noSharedSeats, { readings, charter: { people: { shared: [box.email] } } })).toMatchObject({
      state: 'fail',
      items: [{ key: box.email }],
    });
  });
});
// Guide: G2.1-01 G5.5-05 G6.6-01
