import { describe, expect, it } from 'vitest';
import type { DomainMembershipRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { at, dana, keys, kim, members, noor } from '../accounts/fixtures.ts';
import { accountsClosed } from './accounts-closed.ts';
import { accountsContacted } from './accounts-contacted.ts';
import { newAccounts } from './new-accounts.ts';
import { reportMonthly } from './report-monthly.ts';

const report = (rows: readonly Partial<DomainMembershipRow>[], observedOn = '2026-11-20') =>
  reading('domain_memberships', rows, { observedOn, file: `report-${observedOn}.csv` });
const inside = { email: dana.email, inWorkspace: true, plan: 'team' as const };
const outside = { email: kim.email, name: 'Kim Osei', inWorkspace: false, plan: 'free' as const };
const good = {
  dns: [
    reading('dns', [{ domain: 'alder.example.org', txt: ['anthropic-domain-verification-a=b'] }], {
      observedOn: '2026-11-01',
    }),
  ],
};
const seats = members([{ email: dana.email, name: dana.name, role: 'primary_owner' }]);
/** A person elsewhere, for whom a report of our domains has no line. */
const seatElsewhere = members([
  { email: 'kay@partner.example.net', name: 'Kay Moss', role: 'primary_owner' },
]);
const said = (...entries: readonly object[]) => ({ journal: { personalAccounts: entries } });

describe('report every month', () => {
  const run = (parts: Given) =>
    runRule(
      reportMonthly,
      { days: 31 },
      { ...parts, readings: { members: seats, ...parts.readings } },
      { freshDays: 31 },
    );
  it('passes for a report of this month and counts', () => {
    const o = run({ readings: { domain_memberships: [report([inside, outside])] } });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('2 accounts on our domains, 1 outside');
    expect(o.reason).toContain('Dec 21, 2026');
  });
  it('cannot read a missing report or one of 32 days, and passes at 31', () => {
    expect(run({}).state).toBe('cannot_read');
    expect(run({ readings: { domain_memberships: [report([inside], '2026-10-23')] } }).state).toBe(
      'cannot_read',
    );
    expect(run({ readings: { domain_memberships: [report([inside], '2026-10-24')] } }).state).toBe('pass');
  });
  it('cannot tell a filtered report from a whole one without the members', () => {
    const readings = { members: [], domain_memberships: [report([inside])] };
    expect(run({ readings })).toMatchObject({
      state: 'cannot_read',
      code: 'personal_accounts.report.members_unread',
    });
    expect(runRule(accountsClosed, {}, { readings }, { freshDays: 31 }).state).toBe('cannot_read');
    const open = { members: [], domain_memberships: [report([inside, outside])] };
    expect(runRule(accountsClosed, {}, { readings: open }, { freshDays: 31 }).state).toBe('fail');
  });
  it('asks about an account at a look-alike domain, and does not offer to make it ours', () => {
    const alike = { ...outside, email: 'ann@alder-example.org', name: 'Ann Elder' };
    const o = run({ readings: { domain_memberships: [report([inside, outside, alike])] } });
    expect(o).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(
        '1 account of the report is at a domain that the profile does not list',
      ),
      ask: { text: expect.stringContaining('One that merely looks like ours is not') },
    });
  });
  it('says since when the next one is due', () => {
    const o = run({ readings: { domain_memberships: [report([inside], '2026-10-14')] } });
    expect(o).toMatchObject({
      state: 'cannot_read',
      code: 'personal_accounts.report_monthly.overdue',
      reason: expect.stringContaining('The next was due by Nov 14, 2026, 10 days ago.'),
    });
  });
  it('is incomplete if it leaves out many people with a seat', () => {
    const names = ['ann', 'bo', 'cy', 'di', 'ed', 'flo', 'gus', 'hal'];
    const seats = members(
      names.map((name, place) => ({
        email: at(name),
        name,
        role: place === 0 ? ('primary_owner' as const) : ('user' as const),
      })),
    );
    const of = (listed: readonly string[]) =>
      run({
        readings: {
          members: seats,
          domain_memberships: [
            report(
              listed.map((name) => ({ ...inside, email: at(name) })),
              '2026-11-22',
            ),
          ],
        },
      });
    expect(of(names).state).toBe('pass');
    expect(of(names.slice(2)).state).toBe('pass');
    expect(of(names.slice(3))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('leaves out 3 of 8 people with a seat at alder.example.org'),
    });
  });
  it('must be later than the verification', () => {
    const verified = (day: string, time = '10:00') => ({
      activities: [
        reading('activities', [
          { type: 'org_domain_verified', at: `${day}T${time}:00Z`, detail: { domain: 'alder.example.org' } },
        ]),
      ],
    });
    const o = run({ readings: { domain_memberships: [report([inside])], ...verified('2026-11-22') } });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('before verification');
    expect(
      run({ readings: { domain_memberships: [report([inside])], ...verified('2026-11-20') } }).state,
    ).toBe('pass');
    // Still the evening of the report's day in New York.
    expect(
      run({ readings: { domain_memberships: [report([inside])], ...verified('2026-11-21', '02:00') } }).state,
    ).toBe('pass');
  });
  it('does not cover a domain that it does not list and nothing shows verified', () => {
    const profile = { domains: ['alder.example.org', 'alder.example.com'] };
    const o = run({ profile, readings: { domain_memberships: [report([inside])] } });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('alder.example.com');
    const dns = [
      reading('dns', [{ domain: 'alder.example.com', txt: ['anthropic-domain-verification-a=b'] }], {
        observedOn: '2026-11-19',
      }),
    ];
    const record = { profile, readings: { domain_memberships: [report([inside])], dns } };
    expect(run(record)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('a record in DNS alone does not'),
    });
    const saw = (seen: string, more: object = {}) => ({
      ...record,
      attestations: [{ control: 'CLA-ACC-10', holds: true, seen, ...more }],
    });
    expect(run(saw('2026-11-10')).state).toBe('pass');
    expect(run(saw('2026-11-10')).evidence.map(({ kind }) => kind)).toContain('attestations');
    for (const [seen, more] of [
      ['2026-11-21', {}], // after the report
      ['2026-08-01', {}],
      ['2026-11-10', { expires: '2026-11-15' }],
      ['2026-11-10', { holds: false }],
      ['2026-11-10', { doubt: 'No one of that name works here.' }],
      ['2026-11-10', { file: 'seen.png', fileFound: false }],
    ] as const)
      expect(run(saw(seen, more)).state, `${seen} ${JSON.stringify(more)}`).toBe('cannot_read');
    const saying = (holds: boolean) => ({ control: 'CLA-ACC-10', holds, seen: '2026-11-10' });
    for (const both of [
      [saying(true), saying(false)],
      [saying(false), saying(true)],
    ])
      expect(run({ ...record, attestations: both }).state).toBe('cannot_read');
    const before = report([inside, { ...inside, email: 'old@alder.example.com' }], '2026-10-15');
    expect(run({ profile, readings: { domain_memberships: [before, report([inside])], dns } }).state).toBe(
      'pass',
    );
    const later = [
      reading('dns', [{ domain: 'alder.example.com', txt: ['anthropic-domain-verification-a=b'] }], {
        observedOn: '2026-11-22',
      }),
    ];
    expect(run({ profile, readings: { domain_memberships: [report([inside])], dns: later } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('personal accounts are closed', () => {
  const run = (rows: readonly Partial<DomainMembershipRow>[], more: Given = {}) =>
    runRule(
      accountsClosed,
      {},
      {
        ...more,
        readings: {
          members: rows.length === 0 ? seatElsewhere : seats,
          domain_memberships: [report(rows)],
          ...more.readings,
        },
      },
      { freshDays: 31 },
    );
  it('passes when everyone is in the workspace', () => {
    expect(run([inside]).state).toBe('pass');
  });
  it('fails for each account outside, with or without a journal', () => {
    const o = run([inside, outside]);
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('Kim Osei (personal Free account)');
    expect(o.items[0]?.evidence[0]?.row).toBe(3);
    expect(
      run([inside, outside], said({ email: kim.email, state: 'contacted', on: '2026-11-21' })).state,
    ).toBe('fail');
  });
  it('waits for a later report if the journal calls an account closed', () => {
    const closed = (on: string) => run([inside, outside], said({ email: kim.email, state: 'closed', on }));
    expect(closed('2026-11-21').state).toBe('pending');
    expect(closed('2026-11-21').reason).toContain('which only the next report can confirm');
    expect(closed('2026-11-20').state).toBe('fail');
    expect(closed('2026-11-19').reason).toContain('still lists it');
    expect(closed('2026-11-30').state).toBe('fail'); // not yet
  });
  it('uses the newest entry of the journal, and the less finished of one day', () => {
    const done = { email: kim.email, state: 'closed', on: '2026-11-21' };
    expect(run([inside, outside], said(done, { ...done, state: 'found', on: '2026-11-22' })).state).toBe(
      'fail',
    );
    expect(run([inside, outside], said(done, { ...done, state: 'found' })).state).toBe('fail');
    expect(run([inside, outside], said({ ...done, state: 'found' }, done)).state).toBe('fail');
  });
  it('accepts exempt accounts and says so', () => {
    const o = run([inside, outside], said({ email: kim.email, state: 'exempt', on: '2026-01-01' }));
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('1 account is exempt');
  });
  it('calls a personal plan personal although the same address is a member or marked inside', () => {
    const row = { email: dana.email, plan: 'pro' as const };
    expect(run([row], { readings: { members: members([dana]) } }).state).toBe('fail');
    expect(run([{ ...row, inWorkspace: true }]).state).toBe('fail');
    expect(run([row], { readings: { members: members([dana]) } }).reason).toContain('in addition to a seat');
  });
  it('calls another organization by its name', () => {
    expect(run([{ ...outside, plan: 'team', organization: 'Elm Guild' }]).reason).toContain('Elm Guild');
  });
  it('uses the members file if the report does not say, once per address', () => {
    const vague = { email: dana.email };
    expect(run([vague], { readings: { members: members([dana]) } }).state).toBe('pass');
    expect(run([vague], { readings: { members: [] } }).state).toBe('cannot_read');
    expect(run([vague, vague], { readings: { members: members([dana]) } }).state).toBe('cannot_read');
    const o = run([vague, { email: noor.email, name: noor.name }], {
      readings: { members: members([dana]) },
    });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('For 1 of 2 accounts');
    expect(keys(o)).toEqual([noor.email]);
  });
  it('counts what the journal found after the report, on our domain only', () => {
    const found = (email: string, on: string) => said({ email, state: 'found', on });
    expect(run([inside], found(noor.email, '2026-11-22')).state).toBe('fail');
    expect(run([inside], found(noor.email, '2026-11-01')).state).toBe('pass');
    expect(run([inside], found('noor@gmail.com', '2026-11-22')).state).toBe('pass');
  });
  it('cannot read while an earlier report lists an account with an unreadable address', () => {
    const after = (earlier: Partial<DomainMembershipRow>, now: readonly Partial<DomainMembershipRow>[]) =>
      run([], {
        readings: {
          members: seats,
          domain_memberships: [report([inside, earlier], '2026-11-10'), report(now)],
        },
      });
    const nameless = { ...outside, email: 'kim@' };
    expect(after(outside, [inside]).state).toBe('pass');
    expect(after(nameless, [inside])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Kim Osei'),
    });
    // Another address of this kind says nothing about this one.
    expect(after(nameless, [inside, { email: 'lee@', inWorkspace: true }]).state).toBe('cannot_read');
    const gone = { ...outside, email: '' };
    expect(after(gone, [inside, { ...gone, inWorkspace: true, plan: 'team' }]).state).toBe('cannot_read');
  });
  it('does not pass with an account in the journal if the report lists nobody at its domain', () => {
    const attestations = [{ control: 'CLA-ACC-10', holds: true, seen: '2026-11-02' }];
    const found = said({ email: noor.email, state: 'found', on: '2026-11-05' });
    expect(run([], { readings: good, attestations, ...found })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(noor.email),
    });
  });
  it('does not pass on an empty report unless the domain was verified by then', () => {
    expect(run([]).state).toBe('cannot_read');
    expect(run([], { readings: good }).state).toBe('cannot_read');
    const attestations = [{ control: 'CLA-ACC-10', holds: true, seen: '2026-11-02' }];
    expect(run([], { readings: good, attestations }).state).toBe('pass');
    const recorded = (domains: string[]) =>
      run([], { readings: good, attestations: attestations.map((one) => ({ ...one, domains })) }).state;
    expect(recorded(['alder.example.org'])).toBe('pass');
    expect(recorded(['elm.example.org'])).toBe('cannot_read');
  });
  it('does not pass if the record was not in DNS on the day of the report, whatever it lists', () => {
    const lost = [
      reading('dns', [{ domain: 'alder.example.org', txt: ['v=spf1 -all'] }], { observedOn: '2026-11-19' }),
    ];
    const o = run([inside], { readings: { dns: lost } });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('not verified on the day of the report');
  });
  it('cannot read an old or missing report', () => {
    expect(
      runRule(accountsClosed, {}, { readings: { domain_memberships: [report([inside], '2026-10-01')] } })
        .state,
    ).toBe('cannot_read');
    expect(runRule(accountsClosed, {}, {}).state).toBe('cannot_read');
  });
});

describe('people were contacted', () => {
  const run = (rows: readonly Partial<DomainMembershipRow>[], more: Given = {}) =>
    runRule(
      accountsContacted,
      { days: 90 },
      { ...more, readings: { domain_memberships: [report(rows)], ...more.readings } },
    );
  it.each(['contacted', 'migrating', 'exempt'])('passes when the journal says %s', (state) => {
    expect(run([inside, outside], said({ email: kim.email, state, on: '2026-11-15' })).state).toBe('pass');
  });
  it.each(['contacted', 'migrating'])('does not count %s of years ago while the account is open', (state) => {
    const of = (on: string) => run([inside, outside], said({ email: kim.email, state, on }));
    expect(of('2026-08-26').state).toBe('pass');
    const old = of('2022-08-25');
    expect(old).toMatchObject({ state: 'fail', code: 'personal_accounts.accounts_contacted.long_ago' });
    expect(old.items[0]?.detail).toContain('last contacted on Aug 25, 2022, 1,552 days ago');
  });
  it('passes when the journal says closed since the report', () => {
    const closed = { email: kim.email, state: 'closed', on: '2026-11-21' };
    expect(run([inside, outside], said(closed)).state).toBe('pass');
  });
  it('fails for people who are not in the journal, or only found', () => {
    expect(keys(run([inside, outside], said()))).toEqual([kim.email]);
    expect(run([inside, outside], said({ email: kim.email, state: 'found', on: '2026-11-15' })).state).toBe(
      'fail',
    );
    expect(
      run([inside, outside], said({ email: kim.email, state: 'contacted', on: '2026-12-15' })).state,
    ).toBe('fail');
  });
  it('does not count an account called closed that a later report still lists', () => {
    const closed = { email: kim.email, state: 'closed', on: '2026-10-15' };
    const still = run([inside, outside], said(closed));
    expect(keys(still)).toEqual([kim.email]);
    expect(still.items[0]?.detail).toContain('still lists it, and no message to its holder is on record');
    const asked = { email: kim.email, state: 'contacted', on: '2026-10-01' };
    expect(run([inside, outside], said(asked, closed)).state).toBe('pass');
  });
  it('asks for the journal', () => {
    expect(run([inside, outside]).state).toBe('cannot_read');
    expect(run([inside, outside], { journal: {} }).ask?.text).toContain('personalAccounts');
  });
  it('does not apply when nobody is outside, and cannot tell when that is unknown', () => {
    expect(run([inside], said()).state).toBe('not_applicable');
    expect(run([{ email: noor.email }], said()).state).toBe('cannot_read');
    expect(run([], said()).state).toBe('cannot_read');
  });
});

describe('an account opened after the restriction', () => {
  const on = (...days: string[]) => days.map((seen) => ({ control: 'CLA-SHA-01', holds: true, seen }));
  const run = (reports: readonly ReturnType<typeof report>[], more: Given) =>
    runRule(
      newAccounts,
      {},
      { ...more, readings: { ...more.readings, domain_memberships: reports } },
      { control: { id: 'CLA-SHA-01' } },
    );
  const opened = (day: string | null) => ({ ...outside, createdOn: day });
  it('proves a failure', () => {
    const o = run([report([inside, opened('2026-11-12')])], { attestations: on('2026-11-01') });
    expect(o.state).toBe('fail');
    expect(keys(o)).toEqual([kim.email]);
    expect(o.reason).toContain('Nov 12, 2026');
  });
  it('never passes by itself', () => {
    expect(run([report([inside])], { attestations: on('2026-11-01') }).state).toBe('cannot_read');
    expect(run([report([opened('2026-10-01')])], { attestations: on('2026-11-01') }).state).toBe(
      'cannot_read',
    );
    expect(run([report([opened('2026-11-01')])], { attestations: on('2026-11-01') }).state).toBe(
      'cannot_read',
    );
    expect(run([report([opened('2026-11-12')])], {}).state).toBe('cannot_read');
    expect(run([], { attestations: on('2026-11-01') }).state).toBe('cannot_read');
  });
  it('counts from the first of an unbroken run of statements', () => {
    expect(
      run([report([opened('2026-09-01')])], { attestations: on('2026-11-01', '2026-08-01') }).state,
    ).toBe('fail');
    const broken = [
      ...on('2026-11-01', '2026-08-01'),
      { control: 'CLA-SHA-01', holds: false, seen: '2026-10-01' },
    ];
    expect(run([report([opened('2026-09-01')])], { attestations: broken }).state).toBe('cannot_read');
  });
  it('ignores an account that was closed before the restriction was checked again', () => {
    const row = opened('2026-09-01');
    const attestations = on('2026-11-01', '2026-08-01');
    expect(
      run([report([row])], { attestations, ...said({ email: kim.email, state: 'closed', on: '2026-10-15' }) })
        .state,
    ).toBe('cannot_read');
    expect(
      run([report([row])], { attestations, ...said({ email: kim.email, state: 'closed', on: '2026-11-15' }) })
        .state,
    ).toBe('fail');
  });
  it('uses an earlier report if the newest gives no day', () => {
    const attestations = on('2026-11-01');
    expect(
      run([report([inside], '2026-11-05'), report([inside, opened(null)])], { attestations }).state,
    ).toBe('fail');
    expect(
      run([report([inside, outside], '2026-11-05'), report([inside, opened(null)])], { attestations }).state,
    ).toBe('cannot_read');
    expect(
      run([report([inside], '2026-10-05'), report([inside, opened(null)])], { attestations }).state,
    ).toBe('cannot_read');
  });
  it('uses what an earlier report shows, even if it is old by now or the newest lists the account no longer', () => {
    const earlier = report([inside, opened('2026-09-10')], '2026-10-10');
    const attestations = on('2026-09-01');
    expect(run([earlier], { attestations }).state).toBe('fail');
    expect(run([earlier, report([inside])], { attestations }).state).toBe('fail');
    expect(run([report([inside, opened('2026-08-10')], '2026-10-10')], { attestations }).state).toBe(
      'cannot_read',
    );
  });
  it('asks about an account that was opened if the report does not say where it belongs', () => {
    const row = { email: kim.email, name: 'Kim Osei', createdOn: '2026-11-12' };
    expect(run([report([inside, row])], { attestations: on('2026-11-01') })).toMatchObject({
      state: 'cannot_read',
      code: 'personal_accounts.new_accounts.unclear',
      changedOn: '2026-11-20',
    });
  });
  it('mentions an attempt that was stopped', () => {
    const readings = {
      activities: [reading('activities', [{ type: 'org_creation_blocked', at: '2026-11-15T10:00:00Z' }])],
    };
    expect(run([report([inside])], { attestations: on('2026-11-01'), readings }).reason).toContain(
      'stopped on Nov 15, 2026',
    );
  });
  it('uses addresses as written in any case', () => {
    expect(
      keys(
        run([report([{ ...opened('2026-11-12'), email: at('KIM').toUpperCase() }])], {
          attestations: on('2026-11-01'),
        }),
      ),
    ).toEqual([kim.email]);
  });
});
// Guide: G1.1-05 G1.1-14 G2.2-05 G2.2-06 G2.2-07 G4-00 G4.1-01 G4.1-02 G4.2-01 G4.2-02 G4.2-03 G4.2-05
// Guide: G5.5-04 G7.1-03 GA-04 GB-02
