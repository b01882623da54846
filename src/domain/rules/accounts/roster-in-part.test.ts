import { describe, expect, it } from 'vitest';
import { reading } from '../../testing/build.ts';
import { dana, keys, kim, noor, run } from './fixtures.ts';
import { seatsArePeople } from './seats-are-people.ts';
import { seatsAreStaff } from './seats-are-staff.ts';

/** Dana and Noor stand on a roster of one department; Kim holds a seat and stands on none. */
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
  it('fails by a roster that lists as many as the profile counts', () => {
    const outcome = run(rule, { profile: { staffCount: 2 }, readings: readings() });
    expect(outcome.state).toBe('fail');
    expect(keys(outcome)).toEqual([kim.email]);
  });

  it('asks, and accuses nobody, by a roster that lists far fewer', () => {
    const outcome = run(rule, { profile: { staffCount: 20 }, readings: readings() });
    expect(outcome).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringMatching(/lists 2 people .* counts 20.*Kim Osei works here cannot be determined/),
    });
    expect(keys(outcome)).toEqual([kim.email]);
  });
});

describe('a leaver on a roster that lists far fewer than the profile counts', () => {
  it('is a question', () => {
    const outcome = run(seatsAreStaff, { profile: { staffCount: 20 }, readings: readings(true) });
    expect(outcome.state).toBe('cannot_read');
    expect(keys(outcome)).toEqual([noor.email, kim.email]);
  });

  it('has left where the journal says so, too', () => {
    const journal = { offboardings: [{ email: noor.email, lastDay: '2026-11-01' }] };
    const outcome = run(seatsAreStaff, { profile: { staffCount: 20 }, readings: readings(true), journal });
    expect(outcome.state).toBe('fail');
    expect(keys(outcome)).toEqual([noor.email]);
  });
});
