import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import type { Outcome } from '../../model/verdict.ts';
import { type Given, runRule } from '../../testing/build.ts';
import { cases } from '../../testing/cases.ts';
import { findRule } from '../index.ts';
import { rules as personal } from '../personal-accounts/index.ts';
import { at, members, roster } from './fixtures.ts';
import { rules as accounts } from './index.ts';

/** Properties of every rule for accounts and personal accounts, whatever the files say. */

const names = [...accounts, ...personal].map((rule) => rule.name);
const decide = (name: string, parts: Given): Outcome => {
  const rule = findRule(name);
  return runRule(rule, rule.params.parse({}), parts);
};

const who = fc.constantFrom('dana', 'kim', 'noor', 'tobin', 'info', 'svc-sync', 'dana+x');
const email = fc.oneof(who.map(at), fc.constantFrom('x@gmail.com', 'x@alder.example.org.evil.com', 'x', ''));
const person = fc.constantFrom('Dana Whitlock', 'Kim Osei', 'Kimberley Osei', 'Noor Vasquez', null);
const day = fc.constantFrom('2026-11-01', '2026-11-23', '2026-11-24', '2026-12-01', null);
const member: fc.Arbitrary<Partial<MemberRow>> = fc.record({
  email,
  name: person,
  role: fc.constantFrom('primary_owner', 'owner', 'admin', 'user', 'custom', null),
  status: fc.constantFrom('active', 'invited', 'suspended', null),
  seat: fc.constantFrom('Standard', 'No seat assigned', null),
  lastActiveOn: day,
});
const staff: fc.Arbitrary<Partial<RosterRow>> = fc.record({
  emails: fc.array(who.map(at), { maxLength: 2 }),
  name: person,
  status: fc.constantFrom('active', 'left', null),
  endsOn: day,
});
const charter = fc.constantFrom<Given['charter']>(
  undefined,
  {},
  {
    accountOwner: at('dana'),
    owners: [at('dana'), at('kim')],
    admins: [],
    recoveryPlan: 'Safe.',
    people: { guests: [], shared: [] },
  },
);
const input = fc.record({
  people: fc.array(member, { maxLength: 6 }),
  staff: fc.array(staff, { maxLength: 5 }),
  charter,
});
const given = (
  i: { people: Partial<MemberRow>[]; staff: Partial<RosterRow>[]; charter: Given['charter'] },
  on = '2026-11-20',
): Given => ({
  profile: { claudeSeats: 3 },
  ...(i.charter ? { charter: i.charter } : {}),
  journal: { offboardings: [] },
  readings: { members: members(i.people, on), roster: roster(i.staff, on) },
});

describe.each(names)('%s', (name) => {
  it('never passes on nothing', () => {
    expect(decide(name, {}).state).not.toBe('pass');
    expect(decide(name, { charter: {}, journal: {} }).state).not.toBe('pass');
  });

  it('never passes on files that are too old, and gives evidence for every pass', () => {
    fc.assert(
      fc.property(input, (i) => {
        expect(decide(name, given(i, '2026-01-01')).state).not.toBe('pass');
        const now = decide(name, given(i));
        if (now.state === 'pass') expect(now.evidence.length).toBeGreaterThan(0);
      }),
      { numRuns: cases(40) },
    );
  });

  it('ignores the order of rows, and gives readable reasons', () => {
    fc.assert(
      fc.property(input, (i) => {
        const there = decide(name, given(i));
        const back = decide(
          name,
          given({ ...i, people: [...i.people].reverse(), staff: [...i.staff].reverse() }),
        );
        expect(back.state).toBe(there.state);
        // An account without an address and a name is identified by its row number, which depends on the order.
        const keysOf = (o: Outcome) => o.items.map(({ key }) => key.replace(/^row \d+$/, 'row')).sort();
        expect(keysOf(back)).toEqual(keysOf(there));
        expect(there.reason).toMatch(/^(\p{Lu}|\d|\S+@)/u);
        expect(there.reason).toMatch(/\.$/);
        expect(there.reason).not.toMatch(/!|[Pp]lease|undefined|\bnull\b|NaN|\[object|cannot_read| {2}/);
      }),
      { numRuns: cases(100) },
    );
  });
});
