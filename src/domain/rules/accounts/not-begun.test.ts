import { describe, expect, it } from 'vitest';
import type { RosterRow } from '../../model/kinds.ts';
import { notBegun } from '../../people/begun.ts';
import { signerOn } from '../../people/signer.ts';
import { reading, TODAY } from '../../testing/build.ts';
import { accountOwner } from './account-owner.ts';
import { dana, files, keys, kim, noor, run, staffOf } from './fixtures.ts';
import { ownerSuccession } from './owner-succession.ts';
import { seatsAreStaff } from './seats-are-staff.ts';
import { staffInvited } from './staff-invited.ts';

type Beginning = Pick<RosterRow, 'startsOn' | 'status'>;
const NEXT_YEAR: Beginning = { startsOn: '2027-02-05', status: 'active' };
const PRE_HIRE: Beginning = { startsOn: null, status: 'future' };
const LONG_AGO: Beginning = { startsOn: '2024-02-05', status: 'future' };
const plan = 'Renata Osei holds the recovery codes in the safe and may reset the mailbox.';

describe('people on the roster who have not begun', () => {
  it('knows a first day to come, a status without one, and a status that a long past first day contradicts', () => {
    const of = (one: Beginning) => notBegun({ endsOn: null, ...one }, TODAY);
    expect(of(NEXT_YEAR)).toMatchObject({ firstDay: '2027-02-05', soon: false });
    expect(of({ startsOn: '2026-12-01', status: 'future' })).toMatchObject({ soon: true });
    expect(of(PRE_HIRE)).toMatchObject({ firstDay: null, soon: false });
    expect(of(LONG_AGO)).not.toBeNull();
    // A roster of three weeks ago still calls someone who began last week a new hire.
    expect(of({ startsOn: '2026-11-16', status: 'future' })).toBeNull();
    expect(notBegun({ startsOn: '2027-01-04', endsOn: '2026-10-31', status: 'active' }, TODAY)).toBeNull();
  });
  it.each([NEXT_YEAR, PRE_HIRE, LONG_AGO])('are asked about if they hold a seat: %j', (begins) => {
    const o = run(seatsAreStaff, {
      readings: files([dana, kim], [...staffOf(dana), { ...staffOf(kim)[0], ...begins }]),
    });
    expect(o).toMatchObject({ state: 'cannot_read', code: 'accounts.seats_are_staff.not_begun' });
    expect(keys(o)).toEqual([kim.email]);
  });
  it('may have a seat ready for the first day, which is said', () => {
    const o = run(seatsAreStaff, {
      readings: files([dana, kim], [...staffOf(dana), { ...staffOf(kim)[0], startsOn: '2026-12-01' }]),
    });
    expect(o).toMatchObject({ state: 'pass' });
    expect(o.reason).toContain('does not begin until Dec 1, 2026');
  });
  it.each([NEXT_YEAR, PRE_HIRE, LONG_AGO, { startsOn: '2026-12-01', status: 'active' as const }])(
    'do not count as a second owner, nor pass as the Primary Owner: %j',
    (begins) => {
      const owners = [{ ...dana, role: 'primary_owner' as const }, { ...kim, role: 'owner' as const }, noor];
      const charter = { accountOwner: dana.email, owners: [dana.email, kim.email], recoveryPlan: plan };
      expect(
        run(ownerSuccession, {
          charter,
          readings: files(owners, [...staffOf(dana, noor), { ...staffOf(kim)[0], ...begins }]),
        }),
      ).toMatchObject({ state: 'cannot_read', ask: { detail: 'owners_begun' } });
      expect(
        run(accountOwner, {
          charter,
          readings: files(owners, [...staffOf(kim, noor), { ...staffOf(dana)[0], ...begins }]),
        }),
      ).toMatchObject({ state: 'cannot_read', code: 'accounts.account_owner.primary_not_begun' });
    },
  );
  it('need no seat yet, and do not sign', () => {
    const staff = [...staffOf(dana), { ...staffOf(kim)[0], ...PRE_HIRE }];
    expect(
      run(staffInvited, { charter: { seatsFor: 'everyone' }, readings: files([dana, noor], staff) }).reason,
    ).not.toContain('Kim');
    const rows = reading('roster', [{ emails: [kim.email], name: kim.name, ...PRE_HIRE }]).rows;
    expect(signerOn(kim.name, { roster: rows, members: [], charter: null }, TODAY)).toMatchObject({
      is: 'disputed',
      why: expect.stringContaining('has not begun'),
    });
  });
});
