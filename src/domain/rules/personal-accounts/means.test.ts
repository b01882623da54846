import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { dana, kim, members, noor, roster, staffOf } from '../accounts/fixtures.ts';
import { desktopOrgLock, personalDevices } from './devices.ts';
import { discoveryReviewed, networkBlockProbe, tenantRestrictionProbe } from './probes.ts';
import { staffNotified } from './staff-notified.ts';

describe('tenant restriction probe', () => {
  const probe = {
    on: '2026-11-01',
    by: 'Kim Osei',
    foreignOrganization: 'refused',
    ownOrganization: 'allowed',
  };
  const run = (change: object = {}) =>
    runRule(
      tenantRestrictionProbe,
      { days: 90 },
      { journal: { tenantRestrictionProbe: { ...probe, ...change } } },
    );
  it('passes only when foreign is refused and ours allowed', () => {
    expect(run().state).toBe('pass');
    expect(run({ foreignOrganization: 'allowed' }).state).toBe('fail');
    expect(run({ foreignOrganization: 'misconfigured' }).state).toBe('fail');
    expect(run({ ownOrganization: 'refused' }).state).toBe('fail');
  });
  it('expires after 90 days and does not count from the future', () => {
    expect(run({ on: '2026-08-26' }).state).toBe('pass');
    expect(run({ on: '2026-08-25' }).state).toBe('cannot_read');
    expect(run({ on: '2026-11-25' }).state).toBe('cannot_read');
  });
  it('does not count for another organization than the charter named at that time', () => {
    const [ours, theirs] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    const only = (claudeOrganization = ours) => ({ claudeOrganization });
    const state = (versions: readonly (readonly [string, object])[], more: object = {}) =>
      runRule(
        tenantRestrictionProbe,
        { days: 90 },
        {
          charter: only(),
          charterVersions: versions.map(([storedOn, value]) => ({ storedOn, value: { ...value } })),
          journal: { tenantRestrictionProbe: { ...probe, ...more } },
        },
      ).state;
    const now = ['2026-11-10', only()] as const;
    const after = (value: object) => state([now, ['2026-01-01', value]]);
    expect(after(only(theirs))).toBe('cannot_read');
    expect(after({ ...only(), network: { otherOrganizations: [theirs] } })).toBe('cannot_read');
    expect(after(only())).toBe('pass');
    expect(after({ accountOwner: 'kim@alder.example.org' })).toBe('pass');
    expect(state([now])).toBe('pass');
    // Tested on the day of the change, or later.
    expect(
      state([
        ['2026-11-01', only()],
        ['2026-01-01', only(theirs)],
      ]),
    ).toBe('pass');
    expect(state([now], { organizations: [theirs] })).toBe('cannot_read');
  });
  it('does not count from before the organization that the charter names was in use', () => {
    const claudeOrganization = '11111111-1111-4111-8111-111111111111';
    const state = (firstInvitation: string, inForceSince: string, more: object = {}) =>
      runRule(
        tenantRestrictionProbe,
        { days: 90 },
        {
          charter: { claudeOrganization, inForceSince },
          journal: { firstInvitation, tenantRestrictionProbe: { ...probe, ...more } },
        },
      ).state;
    expect(state('2026-11-02', '2026-11-02')).toBe('cannot_read');
    expect(state('2026-11-01', '2026-11-02')).toBe('pass');
    expect(state('2026-11-02', '2026-11-01')).toBe('pass');
    expect(state('2026-11-02', '2026-11-02', { organizations: [claudeOrganization] })).toBe('pass');
    expect(state('2026-11-02', '2026-11-02', { foreignOrganization: 'allowed' })).toBe('fail');
    // The journal need not state the day if the list of members shows it.
    const added = (addedOn: string) =>
      runRule(
        tenantRestrictionProbe,
        { days: 90 },
        {
          charter: { claudeOrganization, inForceSince: '2026-11-02' },
          journal: { tenantRestrictionProbe: probe },
          readings: { members: [reading('members', [{ email: dana.email, addedOn }])] },
        },
      ).state;
    expect([added('2026-11-02'), added('2026-11-01')]).toEqual(['cannot_read', 'pass']);
  });
  it('asks for the probe', () => {
    expect(runRule(tenantRestrictionProbe, { days: 90 }, {}).state).toBe('cannot_read');
    expect(runRule(tenantRestrictionProbe, { days: 90 }, { journal: {} }).ask?.text).toContain(
      'tenantRestrictionProbe',
    );
  });
});

describe('network block probe', () => {
  const charter = { network: { blockClaude: true, allowlistForManagedDevices: 'VLAN 20' } };
  const probe = { on: '2026-11-01', by: 'Kim Osei', guestNetwork: 'blocked', managedDevice: 'allowed' };
  const run = (change: object = {}, given: Given = { charter }) =>
    runRule(
      networkBlockProbe,
      { days: 90 },
      { journal: { networkBlockProbe: { ...probe, ...change } }, ...given },
    );
  it('passes with allowlist and both results', () => {
    expect(run().state).toBe('pass');
    expect(run({ guestNetwork: 'allowed' }).state).toBe('fail');
    expect(run({ managedDevice: 'blocked' }).state).toBe('fail');
  });
  it('needs the allowlist, the probe and a recent one', () => {
    expect(run({}, { charter: { network: { blockClaude: true } } }).ask?.text).toContain(
      'allowlistForManagedDevices',
    );
    expect(run({}, { charter, journal: {} }).state).toBe('cannot_read');
    expect(run({ on: '2026-06-01' })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the next was due by Aug 30, 2026'),
    });
    expect(run({ on: '2026-06-01', guestNetwork: 'allowed' }).state).toBe('cannot_read');
  });
});

describe('discovery review', () => {
  const run = (journal: Given['journal']) =>
    runRule(discoveryReviewed, { days: 90 }, journal ? { journal } : {});
  const on = (day: string) => ({ discoveryReview: { on: day, by: 'Kim Osei' } });
  it('passes within 90 days, is overdue after', () => {
    expect(run(on('2026-08-26')).state).toBe('pass');
    expect(run(on('2026-08-25')).state).toBe('fail');
    expect(run(on('2026-12-01')).state).toBe('cannot_read');
    expect(run({}).state).toBe('cannot_read');
    expect(run(undefined).state).toBe('cannot_read');
  });
});

describe('personal devices', () => {
  const acks = [
    reading('acknowledgements', [
      { email: dana.email, version: '3', acknowledged: true },
      { email: kim.email, version: '2', acknowledged: true },
      { email: noor.email, version: '3', acknowledged: false },
    ]),
  ];
  it('is always policy only, and shows the share of the version in force', () => {
    const o = runRule(
      personalDevices,
      {},
      {
        charter: {
          policy: { version: '3', published: '2026-01-01', employmentAgreementClause: '2026-02-01' },
        },
        journal: {
          trainings: [
            { on: '2026-09-01', topic: 'Claude' },
            { on: '2026-12-24', topic: 'Later' },
          ],
        },
        readings: { acknowledgements: acks, members: members([dana, kim, noor]) },
      },
    );
    expect(o.state).toBe('policy_only');
    expect(o.reason).toContain('1 of 3 members');
    expect(o.reason).toContain('Feb 1, 2026');
    expect(o.reason).toContain('last training was on Sep 1, 2026');
    // Attendance is not recorded, so no one counts as trained.
    expect(o.reason).toContain('How many have been trained is not known.');
    const trained = runRule(
      personalDevices,
      {},
      {
        journal: { trainings: [{ on: '2026-09-01', topic: 'Claude', attended: [kim.email] }] },
        readings: { members: members([dana, kim, noor]) },
      },
    );
    expect(trained.state).toBe('policy_only');
    expect(trained.reason).toContain('1 of 3 members are known to have been trained in the last 365 days.');
  });
  it('does not invent a share', () => {
    const bare = runRule(personalDevices, {}, {});
    expect(bare.state).toBe('policy_only');
    expect(bare.reason).toContain('not known');
    expect(
      runRule(personalDevices, {}, { readings: { acknowledgements: acks, members: members([dana]) } }).reason,
    ).toContain('is not known');
  });
});

describe('desktop lock', () => {
  const run = (charter?: Given['charter']) => runRule(desktopOrgLock, {}, charter ? { charter } : {});
  it('fails for a decision against it, and never passes on the charter alone', () => {
    expect(run({ desktopOrgLock: false }).state).toBe('fail');
    expect(run({ desktopOrgLock: true }).state).toBe('cannot_read');
    expect(run({}).ask?.text).toContain('desktopOrgLock');
    expect(run().state).toBe('cannot_read');
  });
});

describe('staff were told', () => {
  const announced = (recipients?: number, on = '2026-09-01') => ({
    announcements: [
      {
        on,
        by: 'Dana Whitlock',
        about: 'organization_accounts',
        ...(recipients === undefined ? {} : { recipients }),
      },
    ],
  });
  const three = { roster: roster(staffOf(dana, kim, noor)) };
  const run = (parts: Given) => runRule(staffNotified, {}, parts);
  it('passes when it reached the whole staff, by roster or profile', () => {
    expect(run({ journal: announced(3), readings: three }).state).toBe('pass');
    // The profile's number is today's.
    expect(run({ journal: announced(61), profile: { staffCount: 61 } })).toMatchObject({
      state: 'cannot_read',
      ask: { field: 'roster' },
    });
    // A number that fits another audience says nothing about the staff.
    expect(run({ journal: announced(23), readings: three })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('reaching 23 people, but there were 3 people on staff'),
    });
    expect(run({ journal: announced(22), readings: three }).state).toBe('pass');
  });
  it('does not take the roster of one department for the whole staff', () => {
    const reach = (recipients: number, staffCount: number) =>
      run({ journal: announced(recipients), readings: three, profile: { staffCount } });
    expect(reach(3, 20)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringMatching(/reaching 3 people.* lists 3 people .* counts 20/),
    });
    expect([reach(20, 20).state, reach(3, 3).state]).toEqual(['pass', 'pass']);
  });
  it('does not take a roster without first days for the staff of years ago', () => {
    const [one] = announced(3).announcements;
    const of = (on: string, recipients = 3) =>
      run({ journal: { announcements: [{ ...one, on, recipients }] }, readings: three });
    expect(of('2024-05-01')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('for 3 the roster does not say whether they worked here then'),
    });
    expect(of('2024-05-01', 2).state).toBe('fail');
    expect(of('2026-09-01').state).toBe('pass');
  });
  it('says what an outdated roster lists beside the number of the profile', () => {
    const old = { roster: roster(staffOf(dana, kim, noor), '2026-08-01') };
    const of = (recipients: number, readings: Given['readings'] = old) =>
      run({ journal: announced(recipients), profile: { staffCount: 2 }, ...(readings ? { readings } : {}) });
    expect(of(2)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('roster of Aug 1, 2026, which is too old to count, lists 3'),
      ask: { field: 'roster' },
    });
    expect(of(2, {}).reason).not.toContain('too old');
    expect(of(1).state).toBe('fail');
  });
  it('fails when it reached too few', () => {
    expect(run({ journal: announced(2), readings: three }).state).toBe('fail');
    expect(run({ journal: announced(60), profile: { staffCount: 61 } }).reason).toContain('60 of 61');
  });
  it('counts people who have left since, and does not pass if no current staff were told', () => {
    const people = (rest: object[]) => ({
      roster: roster([...staffOf(dana, kim).map((row) => ({ ...row, startsOn: '2020-01-01' })), ...rest]),
    });
    const left = { emails: [noor.email], startsOn: '2020-01-01', endsOn: '2026-11-15', status: 'left' };
    expect(run({ journal: announced(2), readings: people([left]) }).state).toBe('fail');
    expect(run({ journal: announced(3), readings: people([left]) }).state).toBe('pass');
    const joined = staffOf(dana, kim).map((row) => ({ ...row, startsOn: '2026-11-20' }));
    const agency = { announcements: [{ ...announced(9).announcements[0], by: 'Ingrid Solheim' }] };
    expect(run({ journal: agency, readings: { roster: roster(joined) } })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('no one who works here today worked here then'),
    });
    // That a leaver was told too does not change this.
    const gone: object[] = [left];
    expect(run({ journal: agency, readings: { roster: roster([...joined, ...gone]) } }).state).toBe('fail');
  });
  it('does not count people who came later, nor shared records', () => {
    const readings = {
      roster: roster([
        ...staffOf(dana, kim).map((row) => ({ ...row, startsOn: '2020-01-01' })),
        { emails: [noor.email], startsOn: '2026-10-01' },
        { emails: ['info@alder.example.org'], engagement: 'shared' },
      ]),
    };
    expect(run({ journal: announced(2), readings })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('1 person starts after that day'),
    });
  });
  it('cannot tell if the missing start days could matter', () => {
    const readings = { roster: roster([{ emails: [dana.email], startsOn: '2020-01-01' }, ...staffOf(kim)]) };
    expect(run({ journal: announced(1), readings }).state).toBe('cannot_read');
  });
  it('fails without such an announcement, and asks if the journal does not say', () => {
    expect(run({ journal: { announcements: [] }, readings: three }).state).toBe('fail');
    expect(run({ journal: announced(3, '2026-12-01'), readings: three }).state).toBe('fail');
    expect(run({ journal: {}, readings: three }).state).toBe('cannot_read');
    expect(run({ readings: three }).state).toBe('cannot_read');
    expect(run({ journal: announced(), readings: three }).ask?.text).toContain('recipients');
    expect(run({ journal: announced(3) }).ask?.text).toContain('staffCount');
  });
  it('says when it came after the first invitation', () => {
    expect(
      run({ journal: { ...announced(3), firstInvitation: '2026-08-01' }, readings: three }).reason,
    ).toContain('after the first invitation');
  });
});
// Guide: G1.1-13 G2.1-06 G4-00 G4.1-03 G4.1-04 G4.1-07 G4.1-08 G4.4-00 G4.4-01 G4.4-02 G4.4-04 G4.4-05
// Guide: G4.4-06 G4.4-07 GB-06
