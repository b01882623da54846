import { describe, expect, it } from 'vitest';
import type { Kind } from '../../model/kinds.ts';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { leaversDisabled, leaversMfaRevoked } from './leavers.ts';

const staff = { name: 'Ada Stone', emails: ['ada@alder.example.org'], status: 'active' as const };
const gone = {
  name: 'Tobin Achterberg',
  emails: ['tobin@alder.example.org'],
  status: 'left' as const,
  endsOn: '2026-11-02',
  employeeId: '17',
};
const account = { id: 'u-t', upn: 'tobin@alder.example.org', name: 'Tobin Achterberg', enabled: true };
const other = { id: 'u-a', upn: 'ada@alder.example.org', name: 'Ada Stone', enabled: true };

describe('leavers-disabled-in-entra', () => {
  const run = (roster: readonly object[], users: readonly object[], parts: Partial<Given> = {}) =>
    runRule(
      leaversDisabled,
      {},
      {
        ...parts,
        readings: { roster: [reading('roster', roster)], entra_users: [reading('entra_users', users)] },
      },
    );

  it('fails for a leaver with an enabled account, with days since the last one', () => {
    expect(run([staff, gone], [other, account])).toMatchObject({
      state: 'fail',
      items: [
        { key: 'tobin@alder.example.org', detail: expect.stringContaining('22 days after the last day') },
      ],
    });
  });

  it('passes when accounts are disabled or gone, and says how many of each', () => {
    expect(
      run(
        [staff, gone, { ...gone, name: 'Ida Moss', emails: ['ida@alder.example.org'], employeeId: null }],
        [other, { ...account, enabled: false }],
      ),
    ).toMatchObject({
      state: 'pass',
      reason: 'Of 2 people who left, 1 has a disabled Entra account and 1 has none anymore.',
    });
  });

  it('does not take an account for gone from a list that lacks others of the tenant', () => {
    const lists = (principal: string, users: readonly object[], options = {}) =>
      runRule(
        leaversDisabled,
        {},
        {
          readings: {
            roster: [reading('roster', [staff, gone])],
            entra_users: [reading('entra_users', users)],
            entra_roles: [reading('entra_roles', [{ role: 'r', principal, principalType: 'user' }])],
          },
        },
        options,
      );
    expect(lists('U-A', [other]).state).toBe('pass');
    const filtered = lists('u-emergency', [other]);
    expect(filtered.state).toBe('cannot_read');
    expect(filtered.reason).toContain('may not list everyone');
    // What it does list is certain.
    expect(lists('u-emergency', [other, account], { fromParts: ['entra_users'] }).state).toBe('fail');
  });

  it('names a leaver whose account is open in one of two tenants', () => {
    const old = [account, { id: 'u-b', upn: 'bo@birch.example.org', name: 'Bo Rook', enabled: true }];
    const more = ['c', 'd', 'e'].map((one) => ({
      id: `u-${one}`,
      upn: `${one}@alder.example.org`,
      enabled: true,
    }));
    const lists = (first: object, second: object, fromParts: readonly Kind[] = []) =>
      runRule(
        leaversDisabled,
        {},
        {
          readings: {
            roster: [reading('roster', [staff, gone])],
            entra_users: [
              reading('entra_users', [...old, { ...old[1], id: 'u-f', upn: 'f@birch.example.org' }], {
                file: 'old tenant.json',
                ...first,
              }),
              reading('entra_users', [other, ...more], { file: 'new tenant.json', ...second }),
            ],
          },
        },
        { fromParts },
      );
    const earlier = { observedOn: '2026-11-10' };
    for (const first of [{}, earlier]) {
      expect(lists(first, {}).state).toBe('cannot_read');
      expect(lists(first, {}, ['entra_users'])).toMatchObject({
        state: 'fail',
        items: [{ key: account.upn }],
      });
      // Both are parts of the list, whoever imported them.
      const byHand = { mappedByHand: true };
      expect(lists({ ...first, ...byHand }, byHand).state).toBe('fail');
    }
    // An old list of another tenant leads to a question, not a failure.
    expect(lists({ observedOn: '2026-09-10' }, {}, ['entra_users']).state).not.toBe('fail');
    // A person stated that the newer one is complete.
    expect(lists(earlier, { mappedByHand: true }).state).toBe('pass');
  });

  it('does not pass with a namesake on another list until the charter says who it is', () => {
    const next = {
      name: 'Tobin Achterberg',
      emails: ['tachterberg@birch.example.org'],
      status: 'active' as const,
      startsOn: '2026-11-09',
    };
    const decided = (people?: object) =>
      run([staff, gone, next], [other, account], people === undefined ? {} : { charter: { people } });
    const pair = [account.upn, next.emails[0]];
    expect(decided()).toMatchObject({
      state: 'cannot_read',
      ask: { of: 'charter', field: 'people.same' },
      items: [{ key: account.upn, detail: expect.stringContaining('so whether they are one person') }],
    });
    expect(decided({ different: [pair] })).toMatchObject({ state: 'fail', items: [{ key: account.upn }] });
    // Then no one has left, and the rule asks for the list of leavers.
    expect(decided({ same: [pair] }).code).toBe('microsoft.leavers.nobody_left');
  });

  it('looks for another account of a leaver, by number and by name', () => {
    const closed = { ...account, enabled: false, employeeId: '17' };
    const admin = {
      id: 'u-adm',
      upn: 'adm-tobin@alder.example.org',
      name: 'Tobin A. (admin)',
      enabled: true,
    };
    const unnumbered = { ...gone, employeeId: null };
    expect(run([staff, unnumbered], [other, closed, { ...admin, employeeId: '17' }])).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('adm-tobin@alder.example.org') }],
    });
    const namesake = { ...admin, name: 'Tobin Achterberg' };
    expect(run([staff, gone], [other, closed, namesake])).toMatchObject({
      state: 'cannot_read',
      items: [{ detail: expect.stringContaining('has the same name and is enabled') }],
    });
    expect(run([staff, gone], [other, closed, { ...namesake, enabled: false }]).state).toBe('pass');
    // A person of that name who works here, or whom the charter declares to be different.
    const colleague = { name: 'Tobin Achterberg', emails: [admin.upn], status: 'active' as const };
    expect(run([staff, gone, colleague], [other, closed, namesake]).state).toBe('pass');
    expect(
      run([staff, gone], [other, closed, namesake], {
        charter: { people: { different: [['tobin@alder.example.org', admin.upn]] } },
      }).state,
    ).toBe('pass');
  });

  it.each(['Tobin Achterberg (Admin)', 'ADM Achterberg, Tobin', 'Tobin Achterberg - Cloud'])(
    'asks about an enabled account that bears the name as “%s”',
    (name) => {
      const second = { id: 'u-2', upn: 'a.tachter@alder.example.org', name, enabled: true };
      const closed = { ...account, enabled: false };
      const found = { state: 'cannot_read', items: [{ label: 'Tobin Achterberg' }] };
      expect(run([staff, gone], [other, closed, second])).toMatchObject(found);
      expect(run([staff, gone], [other, second])).toMatchObject(found);
      expect(run([staff, gone], [other, closed, { ...second, enabled: false }])).toMatchObject({
        state: 'pass',
      });
    },
  );

  it('does not treat absence as a closed account while current staff are absent too', () => {
    const profile = { domains: ['alder.example.org'] };
    const bert = { ...staff, name: 'Bert Lowe', emails: ['bert@alder.example.org'] };
    expect(run([staff, bert, gone], [other], { profile })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Bert Lowe'),
    });
    const found = {
      ...other,
      id: 'u-b',
      upn: 'b.lowe@alder.example.org',
      aliases: ['smtp:bert@alder.example.org'],
    };
    expect(run([staff, bert, gone], [other, found], { profile }).state).toBe('pass');
    // A volunteer without an address on our domains needs no account.
    const helper = { ...staff, name: 'Vi Poe', emails: ['vi@example.com'] };
    expect(run([staff, helper, gone], [other], { profile }).state).toBe('pass');
  });

  it('finds the account by alias or employee number', () => {
    expect(
      run([gone], [{ ...account, upn: 't.a@alder.example.org', aliases: ['SMTP:Tobin@alder.example.org'] }])
        .state,
    ).toBe('fail');
    expect(run([{ ...gone, emails: [] }], [{ ...account, employeeId: '17' }]).state).toBe('fail');
  });

  it('asks if only the name is similar, nothing identifies the person or the state is not given', () => {
    expect(run([gone], [other, { ...account, upn: 'ta2@alder.example.org' }]).state).toBe('cannot_read');
    expect(run([{ ...gone, name: 'T.', emails: [], employeeId: null }], [other]).state).toBe('cannot_read');
    expect(run([gone], [{ ...account, enabled: null }])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: 'tobin@alder.example.org' }],
    });
  });

  it('does not pass on a roster that lists only current staff', () => {
    expect(run([staff], [other]).state).toBe('cannot_read');
  });

  it('counts leavers of the journal, not the rehired, and nobody before the last day is over', () => {
    const journal = { offboardings: [{ email: 'tobin@alder.example.org', lastDay: '2026-11-02' }] };
    expect(run([staff], [other, account], { journal })).toMatchObject({ state: 'fail' });
    expect(run([gone, { ...gone, status: 'active', endsOn: null }], [account]).state).toBe('cannot_read');
    expect(run([{ ...gone, status: 'active', endsOn: TODAY }], [account]).state).toBe('cannot_read');
  });

  it('cannot read without roster or users, or with an empty users file', () => {
    expect(runRule(leaversDisabled, {}, {}).state).toBe('cannot_read');
    expect(runRule(leaversDisabled, {}, { readings: { roster: [reading('roster', [gone])] } }).state).toBe(
      'cannot_read',
    );
    expect(run([gone], []).state).toBe('cannot_read');
  });
});

describe('leavers-mfa-revoked', () => {
  const entry = { email: 'tobin@alder.example.org', lastDay: '2026-11-02' };
  const current = { roster: [reading('roster', [staff])] };
  const run = (offboardings: readonly object[] | undefined, readings: Given['readings'] = current) =>
    runRule(leaversMfaRevoked, {}, { journal: offboardings ? { offboardings } : {}, readings });

  it('passes when each is noted, and says which were late', () => {
    expect(run([{ ...entry, mfaRevoked: '2026-11-02' }])).toMatchObject({ state: 'pass' });
    expect(run([{ ...entry, mfaRevoked: '2026-11-05' }])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('after the last day'),
    });
  });

  it('does not rely on an entry if a later file shows another of its steps as not done', () => {
    const whole = {
      ...entry,
      entraDisabled: '2026-11-02',
      mfaRevoked: '2026-11-02',
      claudeRemoved: '2026-11-02',
    };
    const seat = { email: 'tobin@alder.example.org', name: 'Tobin Achterberg' };
    const roster = [reading('roster', [staff, gone])];
    const found = { state: 'cannot_read', reason: expect.stringContaining('cannot be relied on') };
    expect(run([whole], { roster, members: [reading('members', [seat])] })).toMatchObject(found);
    expect(run([whole], { roster, entra_users: [reading('entra_users', [other, account])] })).toMatchObject(
      found,
    );
    expect(run([whole], { roster, members: [reading('members', [])] }).state).toBe('pass');
  });

  it('fails when the last day has passed without it, and is pending on that day', () => {
    expect(run([entry])).toMatchObject({ state: 'fail', items: [{ key: 'tobin@alder.example.org' }] });
    expect(run([{ ...entry, mfaRevoked: '2026-12-01' }]).state).toBe('fail');
    expect(run([{ ...entry, lastDay: TODAY }])).toMatchObject({ state: 'pending', due: TODAY });
    expect(run([{ ...entry, lastDay: '2026-12-31' }]).state).toBe('not_applicable');
  });

  it('asks for leavers of the roster that the journal does not list, unless their account is gone', () => {
    const roster = [reading('roster', [staff, gone])];
    expect(run([], { roster })).toMatchObject({
      state: 'cannot_read',
      items: [{ key: 'tobin@alder.example.org' }],
    });
    expect(run([], { roster, entra_users: [reading('entra_users', [other])] }).state).toBe('not_applicable');
    expect(
      run([], { roster, entra_users: [reading('entra_users', [{ ...account, enabled: false }])] }).state,
    ).toBe('cannot_read');
  });

  it('cannot read without a journal or without the list in it', () => {
    expect(run(undefined).state).toBe('cannot_read');
    expect(runRule(leaversMfaRevoked, {}, {}).state).toBe('cannot_read');
    expect(run([]).state).toBe('not_applicable');
  });

  it('never passes without a roster, which alone shows who left, but can fail', () => {
    const done = { ...entry, mfaRevoked: '2026-11-02' };
    expect(run([done], {})).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('The staff roster has not been provided.'),
    });
    expect(run([], {}).state).toBe('cannot_read');
    expect(run([entry], {}).state).toBe('fail');
  });
});
// Guide: G6.6-00 G6.6-01 G6.6-02
