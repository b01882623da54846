import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { leaversConnectors } from '../connectors/leavers.ts';
import { leaversDisabled } from '../microsoft/leavers.ts';
import { dana, keys, kim, noor, run } from './fixtures.ts';
import { jitLeavers } from './jit-leavers.ts';
import { noSharedSeats } from './no-shared-seats.ts';
import { seatsArePeople } from './seats-are-people.ts';
import { seatsAreStaff } from './seats-are-staff.ts';

/** Dana and Noor are on the roster of one department; Kim holds a seat and is on no roster. */
const staff = (noorLeft: boolean) => [
  { name: 'Dana Whit', emails: [dana.email], status: 'active' as const },
  {
    name: 'Noor Sal',
    emails: [noor.email],
    ...(noorLeft ? { status: 'left' as const } : { status: 'active' as const }),
  },
];
const seats = [dana, { ...kim, name: 'Kim Osei' }, noor];
const readings = (noorLeft = false) => ({
  members: [reading('members', seats)],
  roster: [reading('roster', staff(noorLeft))],
});

describe.each([
  ['seats-are-staff', seatsAreStaff],
  ['seats-are-people', seatsArePeople],
] as const)('%s', (_, rule) => {
  it('fails with a roster that lists as many people as the profile counts', () => {
    const outcome = run(rule, { profile: { staffCount: 2 }, readings: readings() });
    expect(outcome.state).toBe('fail');
    expect(keys(outcome)).toEqual([kim.email]);
  });

  it('does not count people with an unreadable status as missing from the roster', () => {
    const unsure = { code: 'unread_status' as const, column: 'State', text: 'Q' };
    const outcome = run(rule, {
      profile: { staffCount: 20 },
      readings: {
        members: [reading('members', seats)],
        roster: [
          reading('roster', [
            ...staff(false),
            ...Array.from({ length: 18 }, (_, n) => ({ name: `Person ${n}`, emails: [], unsure })),
          ]),
        ],
      },
    });
    expect(outcome.reason).not.toContain('may not list everyone');
  });

  it('asks, and fails nobody, with a roster that lists far fewer people', () => {
    const outcome = run(rule, { profile: { staffCount: 20 }, readings: readings() });
    expect(outcome).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringMatching(/lists 2 people .* counts 20.*Kim Osei works here cannot be determined/),
    });
    expect(keys(outcome)).toEqual([kim.email]);
  });
});

describe('a list of members without open invitations', () => {
  it.each([
    ['seats-are-staff', seatsAreStaff],
    ['seats-are-people', seatsArePeople],
    ['no-shared-seats', noSharedSeats],
  ] as const)('says so where it passes: %s', (_, rule) => {
    const listed = (more: { invitations?: 'not_told' }) => ({
      members: [reading('members', [{ ...dana, ...more }])],
      roster: [reading('roster', [{ name: 'Dana Whit', emails: [dana.email], status: 'active' as const }])],
    });
    const plain = run(rule, { readings: listed({}) });
    const without = run(rule, { readings: listed({ invitations: 'not_told' }) });
    expect([plain.state, without.state]).toEqual(['pass', 'pass']);
    expect(plain.reason).not.toContain('invitations');
    expect(without.reason).toContain('Open invitations could not be read.');
  });
});

describe('a leaver on a roster that lists far fewer people than the profile counts', () => {
  it('has left, while people not on the roster stay a question', () => {
    const outcome = run(seatsAreStaff, { profile: { staffCount: 20 }, readings: readings(true) });
    expect(outcome).toMatchObject({
      state: 'fail',
      reason: expect.stringMatching(/Noor Vasquez.*Kim Osei works here cannot be determined/),
    });
    expect(keys(outcome)).toEqual([noor.email]);
  });

  it.each([
    ['leavers-disabled-in-entra', leaversDisabled, {}, {}],
    ['connectors-of-leavers', leaversConnectors, { days: 7 }, {}],
    ['jit-leavers', jitLeavers, {}, { charter: { provisioning: 'jit' as const } }],
  ] as const)('also has left for %s', (_, rule, params, more) => {
    const entra = [{ upn: noor.email, mail: noor.email, name: 'Noor Sal', enabled: true }];
    const outcome = runRule(rule as never, params as never, {
      profile: { staffCount: 20 },
      ...more,
      readings: {
        members: [reading('members', seats)],
        roster: [
          reading('roster', [
            staff(false)[0] ?? {},
            { name: 'Noor Sal', emails: [noor.email], endsOn: '2026-10-01' },
          ]),
        ],
        entra_users: [reading('entra_users', entra)],
      },
    });
    expect(outcome.state).toBe('fail');
    expect(keys(outcome)).toEqual([noor.email]);
  });
});
