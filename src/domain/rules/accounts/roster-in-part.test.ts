import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { leaversConnectors } from '../connectors/leavers.ts';
import { leaversDisabled, leaversMfaRevoked } from '../microsoft/leavers.ts';
import { accountOwner } from './account-owner.ts';
import { dana, keys, kim, noor, run } from './fixtures.ts';
import { jitLeavers } from './jit-leavers.ts';
import { noSharedSeats } from './no-shared-seats.ts';
import { ownerSuccession } from './owner-succession.ts';
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

describe('owners whom the roster of one department does not mention', () => {
  const owners = [
    { ...dana, role: 'primary_owner' as const, status: 'active' as const },
    { ...kim, role: 'owner' as const, status: 'active' as const },
    { ...noor, role: 'user' as const, status: 'active' as const },
  ];
  const charter = {
    accountOwner: dana.email,
    owners: [dana.email, kim.email],
    recoveryPlan: 'Codes in the safe; both owners can open it.',
  };
  const interns = [{ name: 'Lou Chen', emails: ['lou.chen@alder.example.org'], status: 'active' as const }];
  const state = (rule: typeof accountOwner | typeof ownerSuccession, staffCount: number, listed: object[]) =>
    run(rule, {
      charter,
      profile: { staffCount },
      readings: { members: [reading('members', owners)], roster: [reading('roster', listed)] },
    });

  it.each([
    ['account-owner', accountOwner],
    ['owner-succession', ownerSuccession],
  ] as const)('may have left: %s', (_, rule) => {
    expect(state(rule, 20, interns)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('lists 1 person who works here and the profile counts 20'),
    });
    expect(state(rule, 1, interns).state).toBe('pass');
    const both = [dana, kim].map(({ email }) => ({
      name: null,
      emails: [email],
      status: 'active' as const,
    }));
    expect(state(rule, 20, both).state).toBe('pass');
  });
});

describe('leavers whom the roster of one department cannot show', () => {
  it('leave open whether the journal lists everyone', () => {
    const decide = (staffCount: number) =>
      runRule(
        leaversMfaRevoked,
        {},
        {
          profile: { staffCount },
          journal: {
            offboardings: [
              { email: 'ex@alder.example.org', lastDay: '2026-11-02', mfaRevoked: '2026-11-02' },
            ],
          },
          readings: { roster: [reading('roster', staff(false))] },
        },
      );
    expect(decide(20)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('not known whether the journal lists everyone who left'),
    });
    expect(decide(2).state).toBe('pass');
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
