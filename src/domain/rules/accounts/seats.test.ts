import { describe, expect, it } from 'vitest';
import type { Rows } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import { type Given, reading } from '../../testing/build.ts';
import { at, dana, files, keys, kim, members, noor, roster, run, staffOf } from './fixtures.ts';
import { guestsByDecision } from './guests-by-decision.ts';
import { noSharedSeats } from './no-shared-seats.ts';
import { ownerAddresses } from './owner-addresses.ts';
import { seatDomains } from './seat-domains.ts';
import { seatsArePeople } from './seats-are-people.ts';
import { seatsAreStaff } from './seats-are-staff.ts';

describe('seat domains', () => {
  it('passes when every address is ours and says how many', () => {
    const o = run(seatDomains, { readings: { members: members([dana, { ...kim, status: 'invited' }]) } });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('All 2 accounts');
    expect(o.reason).toContain('1 open invitation');
  });
  it('says that the file shows no open invitation', () => {
    expect(run(seatDomains, { readings: { members: members([dana]) } }).reason).toContain('Pending');
  });
  it('lists each foreign address, invitations and look-alikes included', () => {
    const o = run(seatDomains, {
      charter: { people: { guests: ['aud@firm.example'] } },
      readings: {
        members: members([
          { ...dana, role: 'owner' },
          { email: 'Kim@Gmail.com', status: 'invited' },
          { email: 'x@alder.example.org.evil.com' },
          { email: 'y@chapter.alder.example.org' },
          { email: 'aud@firm.example' },
        ]),
      },
    });
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual([
      'kim@gmail.com',
      'x@alder.example.org.evil.com',
      'y@chapter.alder.example.org',
      'aud@firm.example',
    ]);
    expect(o.items.map((i) => i.detail).join(' ')).toContain('a guest according to the charter');
    expect(o.items[0]?.evidence[0]?.row).toBe(3);
  });
  it('counts a subdomain once the profile lists it', () => {
    const readings = { members: members([{ email: 'y@chapter.alder.example.org' }]) };
    expect(
      run(seatDomains, { profile: { domains: ['alder.example.org', 'chapter.alder.example.org'] }, readings })
        .state,
    ).toBe('pass');
  });
  it('does not skip an unreadable address', () => {
    expect(
      run(seatDomains, { readings: { members: members([dana, { email: '', name: 'Kim Osei' }]) } }).state,
    ).toBe('cannot_read');
  });
  it('cannot read without the file, with an empty or an old one', () => {
    expect(run(seatDomains, {}).state).toBe('cannot_read');
    expect(run(seatDomains, { readings: { members: members([]) } }).state).toBe('cannot_read');
    expect(run(seatDomains, { readings: { members: members([dana], '2026-10-24') } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('only staff hold a seat', () => {
  const left = { emails: [kim.email], name: kim.name, endsOn: '2026-11-10' };
  it('passes when everyone is on the roster, through the last day', () => {
    expect(
      run(seatsAreStaff, {
        readings: files([dana, kim], [...staffOf(dana), { ...left, endsOn: '2026-11-24' }]),
      }).state,
    ).toBe('pass');
  });
  it('names leavers and strangers', () => {
    const o = run(seatsAreStaff, { readings: files([dana, kim, noor], [...staffOf(dana), left]) });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('1 of 3 seat holders has left: Kim Osei.');
    expect(o.reason).toContain('not on the roster: Noor Vasquez');
    expect(keys(o)).toEqual([kim.email, noor.email]);
  });
  it('asks about similar names, and stops asking once the charter has decided', () => {
    const readings = files([dana, { email: at('kosei'), name: 'Kim Osei' }], staffOf(dana, kim));
    const o = run(seatsAreStaff, { readings });
    expect(o.state).toBe('cannot_read');
    expect(keys(o)).toEqual([at('kosei')]);
    expect(
      run(seatsAreStaff, { charter: { people: { same: [[at('kosei'), kim.email]] } }, readings }).state,
    ).toBe('pass');
    expect(
      run(seatsAreStaff, { charter: { people: { different: [[at('kosei'), kim.email]] } }, readings }).state,
    ).toBe('fail');
  });
  it('leaves guests and shared accounts to their own controls, and says so', () => {
    const readings = files(
      [dana, { email: 'aud@firm.example', name: 'Aud Itor' }, { email: at('info') }],
      staffOf(dana),
    );
    const charter = { people: { guests: ['aud@firm.example'], shared: [at('info')] } };
    const o = run(seatsAreStaff, { charter, readings });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain(
      '2 guest, shared or service accounts have controls of their own and are not counted',
    );
    const undecided = run(seatsAreStaff, { charter: { people: { guests: [] } }, readings });
    expect(undecided.state).toBe('cannot_read');
    expect(keys(undecided)).toEqual(['aud@firm.example', at('info')]);
  });
  const offboarding = (entry: object): Given => ({
    journal: { offboardings: [{ email: kim.email, lastDay: '2026-11-10', ...entry }] },
    readings: files([dana, kim], [...staffOf(dana), left]),
  });
  it('is pending while the journal gives a last day that is still to come', () => {
    const o = run(seatsAreStaff, offboarding({ lastDay: '2026-11-30' }));
    expect(o).toMatchObject({ state: 'pending', due: '2026-11-30' });
    expect(run(seatsAreStaff, offboarding({ lastDay: '2026-11-24' })).state).toBe('pending');
  });
  it('fails when the step is overdue, or the journal says removed and a later file disagrees', () => {
    expect(run(seatsAreStaff, offboarding({})).state).toBe('fail');
    expect(run(seatsAreStaff, offboarding({ claudeRemoved: '2026-11-19' })).state).toBe('fail');
  });
  it('needs a newer file when the removal is later than the file', () => {
    expect(run(seatsAreStaff, offboarding({ claudeRemoved: '2026-11-21' })).state).toBe('cannot_read');
    expect(run(seatsAreStaff, offboarding({ claudeRemoved: '2026-11-20' })).state).toBe('cannot_read');
  });
  it('never clears anyone from one file, an old one, or a roster of someone else', () => {
    expect(run(seatsAreStaff, { readings: { members: members([dana]) } }).state).toBe('cannot_read');
    expect(run(seatsAreStaff, { readings: { roster: roster(staffOf(dana)) } }).state).toBe('cannot_read');
    expect(
      run(seatsAreStaff, {
        readings: { members: members([dana]), roster: roster(staffOf(dana), '2026-09-01') },
      }).state,
    ).toBe('cannot_read');
    expect(run(seatsAreStaff, { readings: files([dana], []) }).state).toBe('cannot_read');
    expect(run(seatsAreStaff, { readings: files([], staffOf(dana)) }).state).toBe('cannot_read');
    const foreign = run(seatsAreStaff, {
      readings: files([dana, kim, noor], [{ emails: ['a@elm.example'], name: 'Ann Elm' }]),
    });
    expect(foreign.state).toBe('cannot_read');
    expect(foreign.reason).toContain('different organizations');
  });
});

describe('no shared seats', () => {
  const charter = { accountOwner: at('claude-admin') };
  it('passes when each account is one person', () => {
    expect(run(noSharedSeats, { charter, readings: files([dana, kim], staffOf(dana, kim)) }).state).toBe(
      'pass',
    );
  });
  it('allows the account owner of the charter', () => {
    const o = run(noSharedSeats, {
      charter: { accountOwner: at('admin') },
      readings: files([dana, { email: at('admin') }], staffOf(dana)),
    });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain(at('admin'));
  });
  it('fails for what charter or roster call shared or service', () => {
    const people = [dana, { email: at('events') }, { email: at('svc-sync') }];
    const o = run(noSharedSeats, {
      charter: { people: { shared: [at('events')], service: [at('svc-sync')] } },
      readings: files(people, staffOf(dana)),
    });
    expect(o.state).toBe('fail');
    expect(keys(o).sort()).toEqual([at('events'), at('svc-sync')]);
    const byRoster = run(noSharedSeats, {
      readings: files(
        [dana, { email: at('frontdoor') }],
        [...staffOf(dana), { emails: [at('frontdoor')], engagement: 'shared' }],
      ),
    });
    expect(keys(byRoster)).toEqual([at('frontdoor')]);
  });
  it('asks about what only looks shared', () => {
    const readings = files([dana, { email: at('events') }], staffOf(dana));
    expect(run(noSharedSeats, { charter: {}, readings }).state).toBe('cannot_read');
    expect(
      run(noSharedSeats, { charter: { people: { same: [[at('events'), dana.email]] } }, readings }).state,
    ).toBe('pass');
  });
  it('does not clear an account that belongs to nobody known', () => {
    expect(run(noSharedSeats, { readings: files([dana, noor], staffOf(dana)) }).state).toBe('cannot_read');
    expect(run(noSharedSeats, { readings: { members: members([dana]) } }).state).toBe('cannot_read');
  });
});

it.each([
  ['Dana & Kim', 'cannot_read'],
  ['Dana Whitlock / Kim Osei', 'cannot_read'],
  ['Dana and Kim', 'cannot_read'],
  ['Dana Whitlock-Osei', 'pass'],
])('reads a seat of %s as %s', (name, state) => {
  const seat = { ...dana, name };
  expect(run(noSharedSeats, { charter: {}, readings: files([seat, kim], staffOf(dana, kim)) }).state).toBe(
    state,
  );
});

describe('guests by decision', () => {
  const guest = { email: 'aud@firm.example', name: 'Aud Itor' };
  it('passes without outside accounts, and with decided ones', () => {
    expect(run(guestsByDecision, { readings: { members: members([dana]) } }).state).toBe('pass');
    const o = run(guestsByDecision, {
      charter: { people: { guests: [guest.email] } },
      readings: { members: members([dana, guest]) },
    });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('Aud Itor');
  });
  it('fails for a guest who is not on the list, and asks when there is no list', () => {
    const readings = { members: members([dana, guest]) };
    expect(keys(run(guestsByDecision, { charter: { people: { guests: [] } }, readings }))).toEqual([
      guest.email,
    ]);
    expect(run(guestsByDecision, { charter: { people: { guests: [] } }, readings }).state).toBe('fail');
    expect(run(guestsByDecision, { charter: {}, readings }).state).toBe('cannot_read');
    expect(run(guestsByDecision, { readings }).state).toBe('cannot_read');
  });
  it('believes Entra about a guest at our own domain', () => {
    const o = run(guestsByDecision, {
      charter: { people: { guests: [] } },
      readings: {
        members: members([kim]),
        entra_users: [reading('entra_users', [{ id: '1', upn: kim.email, userType: 'Guest' }])],
      },
    });
    expect(keys(o)).toEqual([kim.email]);
  });
  it('takes an account of another organization for a guest, whatever type Entra gives it', () => {
    const entra = (upn: string, userType: 'Member' | 'Guest' | null) =>
      run(guestsByDecision, {
        charter: { people: { guests: [] } },
        readings: {
          members: members([dana, kim]),
          entra_users: [
            reading('entra_users', [
              { id: '1', upn, mail: kim.email, userType },
              { id: '2', upn: dana.email, userType: 'Member' },
            ]),
          ],
        },
      });
    const external = `kim_sister.example#EXT#@alder.onmicrosoft.com`;
    for (const type of ['Member', 'Guest', null] as const)
      expect(keys(entra(external, type)), `${type}`).toEqual([kim.email]);
    expect(entra(external, 'Member').reason).toContain('1 of 1 outside account');
    expect(entra(kim.email, 'Member').state).toBe('pass');
    // A pass says what it is based on.
    expect(entra(kim.email, 'Member').reason).toContain('by address and by the Entra file');
    const untyped = run(guestsByDecision, {
      readings: {
        members: members([dana]),
        entra_users: [reading('entra_users', [{ id: '2', upn: dana.email }])],
      },
    });
    expect(untyped.reason).toContain('the Entra file does not say who is a guest');
  });
  it('does not clear an unreadable address', () => {
    expect(run(guestsByDecision, { readings: { members: members([dana, { email: 'n/a' }]) } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('each seat is one person', () => {
  it('passes and says how people were matched', () => {
    const o = run(seatsArePeople, {
      readings: files([dana, { ...kim, email: at('kim+claude') }], staffOf(dana, kim)),
    });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('1 by the same address and 1 by alias');
  });
  it('fails for one person with two seats', () => {
    const o = run(seatsArePeople, {
      readings: files(
        [dana, { ...dana, email: at('d.whitlock') }],
        [{ emails: [dana.email, at('d.whitlock')], name: dana.name }],
      ),
    });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('Dana Whitlock');
  });
  it('fails for strangers and undecided guests, not for decided ones', () => {
    const readings = files([dana, { email: 'aud@firm.example', name: 'Aud Itor' }], staffOf(dana));
    expect(run(seatsArePeople, { readings }).state).toBe('fail');
    expect(
      run(seatsArePeople, { charter: { people: { guests: ['aud@firm.example'] } }, readings }).state,
    ).toBe('pass');
  });
  it('cannot read similar names', () => {
    const readings = files([dana, { email: at('kosei'), name: 'Kim Osei' }], staffOf(dana, kim));
    expect(run(seatsArePeople, { readings }).state).toBe('cannot_read');
  });
});

describe('seats of disabled accounts, without a roster that says who works here', () => {
  const users = (observedOn: string, ...rows: readonly Partial<Rows['entra_users']>[]) =>
    reading(
      'entra_users',
      rows.map((row) => ({ userType: 'Member' as const, enabled: true, ...row })),
      { observedOn },
    );
  const seated = [
    { email: 'dana@alder.example.org', name: 'Dana', role: 'primary_owner' as const },
    { email: 'kim@alder.example.org', name: 'Kim' },
    { email: 'lee@alder.example.org', name: 'Lee' },
    ...['ann', 'bob', 'cy'].map((name) => ({ email: at(name), name })),
    { email: 'info@alder.example.org', name: 'Info' },
  ];
  it('fails for each with the days since, finds a renamed account by its id, and leaves shared mailboxes out', () => {
    const o = run(seatsAreStaff, {
      readings: {
        members: members(seated),
        entra_users: [
          users(
            '2026-11-01',
            { id: 'k', upn: 'kim@alder.example.org', enabled: false },
            { id: 'l', upn: 'lee@alder.example.org' },
          ),
          users(
            '2026-11-24',
            { id: 'd', upn: 'dana@alder.example.org' },
            { id: 'k', upn: 'kim@alder.example.org', enabled: false },
            { id: 'l', upn: 'lee.old@alder.example.org', enabled: false },
            { id: 'i', upn: 'info@alder.example.org', enabled: false },
          ),
        ],
      },
    });
    expect([o.state, o.code]).toEqual(['fail', 'accounts.seats_are_staff.entra_disabled']);
    expect(keys(o)).toEqual(['kim@alder.example.org']);
    // The members file is of Nov 20, 2026: the seat is known to have been held until then, not afterwards.
    expect(o.items[0]?.detail).toMatch(/since Nov 1, 2026.*kept for 19 days/);
    expect(o.reason).toContain('It is not known whether Lee still holds a seat');
  });
  it('does not fail with a members file from before the account was first seen disabled', () => {
    const disabled = (on: string) =>
      run(seatsAreStaff, {
        readings: {
          members: members(seated),
          entra_users: [users(on, { id: 'k', upn: 'kim@alder.example.org', enabled: false })],
        },
      });
    expect(disabled('2026-11-24')).toMatchObject({
      state: 'cannot_read',
      code: 'accounts.seats_are_staff.entra_disabled_since',
      reason: expect.stringContaining('Kim'),
    });
    expect(keys(disabled('2026-11-24'))).toEqual(['kim@alder.example.org']);
    expect(disabled('2026-11-20').state).toBe('fail');
    expect(disabled('2026-11-20').items[0]?.detail).toContain(
      'the members file of Nov 20, 2026 lists the seat',
    );
  });
  it('clears nobody: without a roster, enabled accounts show no one to be staff', () => {
    const o = run(seatsAreStaff, {
      readings: {
        members: members(seated),
        entra_users: [users('2026-11-24', { id: 'd', upn: 'dana@alder.example.org' })],
      },
    });
    expect(o.state).toBe('cannot_read');
  });
});
// Guide: G2.1-01 G2.1-02 G2.2-08 G2.2-09 G2.2-12 G5.5-05 G6.6-03 G7.1-02 GA-02

describe('a roster that lists a leaver again', () => {
  const earlier = roster(
    [...staffOf(dana), { ...staffOf(kim)[0], status: 'left', endsOn: '2026-10-20' }],
    '2026-11-01',
  );
  const newer = (back: Partial<Rows['roster']>, from: Partial<Reading<'roster'>> = {}) =>
    reading(
      'roster',
      [...staffOf(dana), { ...staffOf(kim)[0], ...back }].map((row) => ({
        status: 'active' as const,
        ...row,
      })),
      {
        observedOn: '2026-11-20',
        file: 'staff-new.csv',
        ...from,
      },
    );
  const decided = (again: ReturnType<typeof newer>) =>
    run(seatsAreStaff, { readings: { members: members([dana, kim]), roster: [...earlier, again] } });

  it('leaves open whether they came back if nothing gives the day', () => {
    const found = decided(newer({}));
    expect(found).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('Kim Osei') });
    expect(found.reason).toContain('had left according to roster.csv of Nov 1, 2026');
    expect(decided(newer({ endsOn: '2027-03-01' })).state).toBe('cannot_read');
    expect(
      run(seatsArePeople, { readings: { members: members([dana, kim]), roster: [...earlier, newer({})] } })
        .state,
    ).toBe('cannot_read');
  });

  it('believes a first day of work after the leaving, and a roster that gives its own day', () => {
    expect(decided(newer({ startsOn: '2026-11-10' })).state).toBe('pass');
    expect(decided(newer({ startsOn: '2020-01-01' })).state).toBe('cannot_read');
    for (const dateFrom of ['content', 'stated', 'name'] as const)
      expect(decided(newer({}, { dateFrom })).state).toBe('pass');
  });
});

describe('an account that may be one of two on the roster', () => {
  const lee = { email: at('lee'), name: 'Ann Lee', role: 'owner' as const };
  const decided = (...rows: Parameters<typeof roster>[0]) => {
    const parts = {
      charter: { accountOwner: dana.email },
      readings: files([{ ...dana, role: 'primary_owner' as const }, lee], [...staffOf(dana), ...rows]),
    };
    return [run(ownerAddresses, parts), run(noSharedSeats, parts)];
  };
  const one = { name: 'Ann Lee', emails: [] };

  it.each<readonly [string, Parameters<typeof roster>[0]]>([
    ['of one name, one of them left', [one, { ...one, status: 'left' }]],
    ['of one name, one of them a shared account', [one, { ...one, engagement: 'shared' }]],
    [
      'of one name with other addresses',
      [
        { ...one, emails: [at('lee1')] },
        { ...one, emails: [at('lee2')] },
      ],
    ],
    [
      'with one address',
      [
        { ...one, emails: [lee.email] },
        { name: 'Bob Ray', emails: [lee.email] },
      ],
    ],
    [
      'with one address, one of them a shared account',
      [
        { ...one, emails: [lee.email] },
        { name: 'Desk', emails: [lee.email], engagement: 'shared' },
      ],
    ],
  ])('is neither accused nor cleared: %s', (_, rows) => {
    for (const found of decided(...rows)) {
      expect(found.state).toBe('cannot_read');
      expect(keys(found)).toEqual([lee.email]);
    }
  });

  it('is not cleared by a row that names an office', () => {
    const desk = { ...lee, email: at('fdesk'), name: 'Front Desk' };
    const readings = files(
      [{ ...dana, role: 'primary_owner' as const }, desk],
      [...staffOf(dana), ...staffOf(desk)],
    );
    for (const rule of [ownerAddresses, noSharedSeats])
      expect(run(rule, { charter: { accountOwner: dana.email }, readings }).state).toBe('cannot_read');
  });

  it('is cleared by one row of its own', () => {
    expect(decided({ ...one, emails: [lee.email] }).map(({ state }) => state)).toEqual(['pass', 'pass']);
  });
});
