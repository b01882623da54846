import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNormalHours, localTime } from '../../model/local-time.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { signInsLookedAt } from './sign-ins.ts';

const OFFICE = {
  start: '08:00',
  end: '18:00',
  days: ['mon' as const, 'tue' as const, 'wed' as const, 'thu' as const, 'fri' as const],
};
const normal = (
  instant: string,
  zone: string,
  hours: Parameters<typeof inNormalHours>[1] = OFFICE,
  holidays: string[] = [],
) => {
  const local = localTime(instant, zone);
  if (!local) throw new Error('not an instant');
  return inNormalHours(local, hours, holidays);
};

describe('local time', () => {
  it('follows daylight saving in New York', () => {
    // Daylight saving time ends on Nov 1, 2026: 12:30Z is 08:30 before and 07:30 after.
    expect(normal('2026-10-30T12:30:00Z', 'America/New_York')).toBe(true);
    expect(normal('2026-11-02T12:30:00Z', 'America/New_York')).toBe(false);
    expect(localTime('2026-03-08T06:59:00Z', 'America/New_York')).toEqual({
      day: '2026-03-08',
      weekday: 'sun',
      minute: 119,
    });
    expect(localTime('2026-03-08T07:00:00Z', 'America/New_York')).toEqual({
      day: '2026-03-08',
      weekday: 'sun',
      minute: 180,
    });
  });
  it('takes the day of a zone east of UTC', () => {
    // Sunday evening in UTC is Monday morning in Auckland.
    expect(normal('2026-11-22T20:30:00Z', 'Pacific/Auckland')).toBe(true);
    expect(localTime('2026-11-22T20:30:00Z', 'Pacific/Auckland')?.day).toBe('2026-11-23');
    expect(localTime('2026-11-22T18:45:00Z', 'Asia/Kathmandu')).toEqual({
      day: '2026-11-23',
      weekday: 'mon',
      minute: 30,
    });
  });
  it('counts the start as inside, the end as outside, and a holiday as no working day', () => {
    expect(normal('2026-11-24T08:00:00Z', 'UTC')).toBe(true);
    expect(normal('2026-11-24T17:59:59Z', 'UTC')).toBe(true);
    expect(normal('2026-11-24T18:00:00Z', 'UTC')).toBe(false);
    expect(normal('2026-11-24T12:00:00Z', 'UTC', OFFICE, ['2026-11-24'])).toBe(false);
    expect(normal('2026-11-22T12:00:00Z', 'UTC')).toBe(false);
  });
  it('counts hours past midnight to the day on which they began', () => {
    const night = { start: '22:00', end: '06:00', days: ['fri' as const] };
    expect(normal('2026-11-20T23:00:00Z', 'UTC', night)).toBe(true);
    expect(normal('2026-11-21T05:59:00Z', 'UTC', night)).toBe(true);
    expect(normal('2026-11-20T05:00:00Z', 'UTC', night)).toBe(false);
    expect(normal('2026-11-21T05:59:00Z', 'UTC', night, ['2026-11-20'])).toBe(false);
  });
  it('agrees with the offset written into the instant', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('2020-01-01T00:00:00Z'),
          max: new Date('2030-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const shifted = new Date(date.getTime() + 5.5 * 3_600_000).toISOString();
          const local = localTime(date.toISOString(), 'Asia/Kolkata');
          expect([local?.day, local?.minute]).toEqual([
            shifted.slice(0, 10),
            Number(shifted.slice(11, 13)) * 60 + Number(shifted.slice(14, 16)),
          ]);
        },
      ),
    );
  });
  it('refuses what is no instant', () => {
    expect(localTime('yesterday', 'UTC')).toBeNull();
  });
});

const APP = '11111111-2222-3333-4444-555555555555';
const signIn = (more: object = {}) => ({
  at: '2026-11-20T15:00:00Z',
  upn: 'ana@alder.example.org',
  appId: APP,
  appName: 'Claude SSO',
  ip: '203.0.113.9',
  errorCode: 0,
  managedDevice: true,
  compliantDevice: true,
  ...more,
});
const NIGHT = { at: '2026-11-20T07:14:00Z' }; // 02:14 in New York
const decide = (rows: readonly object[], parts: Given = {}) =>
  runRule(
    signInsLookedAt,
    { days: 7 },
    {
      charter: { entra: { ssoAppId: APP } },
      journal: { reviews: [] },
      readings: { sign_ins: [reading('sign_ins', rows)] },
      ...parts,
      profile: { timezone: 'America/New_York', normalHours: OFFICE, ...parts.profile },
    },
    { freshDays: 31 },
  );

describe('sign-ins-looked-at', () => {
  it('passes when all are in hours and from managed devices', () => {
    expect(decide([signIn()])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('1 sign-in to Claude was read'),
    });
  });
  it('finds odd hours, unmanaged and non-compliant devices', () => {
    const outcome = decide([
      signIn(NIGHT),
      signIn({ managedDevice: false, upn: 'b@x.org' }),
      signIn({ compliantDevice: false, upn: 'c@x.org' }),
    ]);
    expect(outcome.state).toBe('fail');
    expect(outcome.items.map((item) => item.detail)).toEqual([
      'Nov 20, 2026, 2:14 AM: outside normal hours.',
      'Nov 20, 2026, 10:00 AM: device not managed.',
      'Nov 20, 2026, 10:00 AM: device not compliant.',
    ]);
    expect(outcome.reason).toContain('have not been looked at yet');
  });
  it('does not clear the sign-in of somebody after the last day who may have moved', () => {
    const ana = { name: 'Ana Ruiz', emails: ['ana@alder.example.org'], endsOn: '2026-11-19' };
    const next = { name: 'Ana Ruiz', emails: ['ana@birch.example.org'], startsOn: '2026-11-20' };
    const rows = [
      { ...ana, status: 'left' as const },
      { ...next, status: 'active' as const },
    ];
    const readings = {
      sign_ins: [reading('sign_ins', [signIn()])],
      roster: [reading('roster', rows)],
    };
    expect(decide([signIn()], { readings })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('1 sign-in of ana@alder.example.org is after the last day of work'),
      ask: { field: 'people.same' },
    });
  });
  it('finds the sign-in of somebody after the last day of work, in hours and from a managed device', () => {
    const by = (endsOn: string, more: Given = {}) =>
      decide([signIn()], {
        ...more,
        readings: {
          sign_ins: [reading('sign_ins', [signIn()])],
          roster: [
            reading('roster', [{ name: 'Ana', emails: ['ana@alder.example.org'], status: 'left', endsOn }]),
          ],
        },
      });
    expect(by('2026-11-19')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 sign-in after the last day of work: ana@alder.example.org'),
      items: [
        {
          detail: 'Nov 20, 2026, 10:00 AM: after the last day of work.',
          evidence: [{ kind: 'sign_ins' }, { kind: 'roster', says: 'last day Nov 19, 2026' }],
        },
      ],
    });
    expect(by('2026-11-20').state).toBe('pass');
    // It is found even without normal hours, but nothing passes then.
    const hoursUnknown = { profile: { normalHours: undefined } };
    expect(by('2026-11-19', hoursUnknown)).toMatchObject({ state: 'fail', items: [{}] });
    expect(by('2026-11-20', hoursUnknown)).toMatchObject({
      state: 'cannot_read',
      code: 'visibility.sign_ins.hours_not_stated',
    });
    const reviewed = { reviews: [{ kind: 'monthly' as const, on: '2026-11-23', by: 'Dana' }] };
    expect(by('2026-11-19', { ...hoursUnknown, journal: reviewed }).state).toBe('cannot_read');
  });
  it('is settled by a review on a later day, and by no earlier one', () => {
    const reviewed = (on: string) =>
      decide([signIn(NIGHT)], { journal: { reviews: [{ kind: 'monthly', on, by: 'Dana' }] } });
    expect(reviewed('2026-11-21')).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('older than the review of Nov 21, 2026 by Dana'),
    });
    expect(reviewed('2026-11-20').state).toBe('fail');
    expect(reviewed('2026-12-01').state).toBe('fail');
    expect(decide([signIn(NIGHT)], { journal: {} }).state).toBe('fail');
  });
  it('leaves out the range of the connector and nothing else', () => {
    expect(
      decide([signIn(), signIn({ ...NIGHT, ip: '160.79.104.7' }), signIn({ ...NIGHT, ip: '160.79.111.255' })])
        .state,
    ).toBe('pass');
    expect(decide([signIn(), signIn({ ...NIGHT, ip: '160.79.112.0' })]).state).toBe('fail');
    expect(decide([signIn(), signIn({ ...NIGHT, ip: null })]).state).toBe('fail');
  });
  it('ignores failed sign-ins and other applications', () => {
    expect(
      decide([
        signIn(),
        signIn({ ...NIGHT, errorCode: 53003 }),
        signIn({ ...NIGHT, appId: 'x', appName: 'Outlook' }),
      ]).state,
    ).toBe('pass');
  });
  it('does not treat an unknown device or application as compliant', () => {
    expect(decide([signIn({ managedDevice: null, compliantDevice: null })]).state).toBe('cannot_read');
    expect(decide([signIn(), signIn({ ...NIGHT, appId: null, appName: null })]).state).toBe('cannot_read');
    expect(decide([signIn({ managedDevice: null })]).state).toBe('pass');
  });
  it('counts sign-ins without an application, and does not pass if one could be a finding', () => {
    const nameless = { appId: null, appName: null };
    const inOrder = decide([signIn(), signIn(nameless), signIn({ ...nameless, upn: 'b@x.org' })]);
    expect(inOrder).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('2 sign-ins whose application is not known are not counted'),
    });
    const reviewed = { journal: { reviews: [{ kind: 'monthly', on: '2026-11-21', by: 'Dana' }] } };
    for (const [own, rest] of [
      [{ ...nameless, ...NIGHT }, {}],
      [{ ...nameless, managedDevice: false }, {}],
      [{ ...nameless, managedDevice: null, compliantDevice: null }, {}],
      [{ appId: null, appName: 'ClaudeSSO', ...NIGHT }, {}],
      // The name that the charter's application has in other rows.
      [{ appId: null, appName: 'alder chat ', ...NIGHT }, { appName: 'Alder Chat' }],
      [{ ...nameless, at: '2026-11-21T07:14:00Z' }, NIGHT],
    ] as const)
      expect(decide([signIn(rest), signIn(own)], reviewed)).toMatchObject({
        state: 'cannot_read',
        code: 'visibility.sign_ins.app_unknown',
        reason: expect.stringContaining('may have been to Claude'),
        ask: { text: expect.stringContaining('appId') },
      });
    // Whichever application it was, it would not count.
    expect(decide([signIn(), signIn({ ...nameless, ...NIGHT, ip: '160.79.104.7' })])).toMatchObject({
      state: 'pass',
      reason: expect.not.stringContaining('not known'),
    });
    expect(decide([signIn(), signIn({ appId: null, appName: 'Outlook', ...NIGHT })]).state).toBe('pass');
    // By its name alone, the connector is not Claude itself.
    const connector = decide([signIn({ appId: null, appName: 'M365 MCP Client for Claude' })]);
    expect(connector).toMatchObject({
      state: 'cannot_read',
      code: 'visibility.sign_ins.connector_only',
    });
  });
  it('does not assume that an application of that name is Claude', () => {
    const other = signIn({ appId: 'x', appName: 'Claude' });
    const reviewed = { journal: { reviews: [{ kind: 'monthly', on: '2026-11-21', by: 'Dana' }] } };
    expect(decide([other])).toMatchObject({
      state: 'cannot_read',
      code: 'visibility.sign_ins.by_name_only',
      ask: { field: 'sign_ins' },
    });
    for (const charter of [{}, { entra: {} }])
      for (const rows of [
        [other],
        [signIn({ appId: null, appName: 'Claude' })],
        [signIn({ ...other, ...NIGHT })],
      ])
        expect(decide(rows, { ...reviewed, charter })).toMatchObject({
          state: 'cannot_read',
          ask: { field: 'entra.ssoAppId' },
        });
    expect(decide([signIn({ appId: null, appName: 'Claude' })]).ask?.text).toContain('with appId');
    // A suspicious sign-in that may have been to Claude is still a finding.
    expect(decide([signIn({ ...other, ...NIGHT })], { charter: {} }).state).toBe('fail');
    expect(decide([signIn(), other]).state).toBe('pass');
  });
  it('does not pass by sign-ins of a year ago, whenever the file was saved', () => {
    const old = (day: string, more: object = {}) => signIn({ at: `2025-11-${day}T15:00:00Z`, ...more });
    const journal = { reviews: [{ kind: 'monthly' as const, on: '2026-11-21', by: 'Dana' }] };
    for (const rows of [[old('10')], [old('10'), old('11', { managedDevice: false })]])
      expect(decide(rows, { journal })).toMatchObject({
        state: 'cannot_read',
        code: 'visibility.sign_ins.part_of_sign_ins',
        reason: expect.stringContaining('no sign-in to Claude since Nov 17, 2026'),
      });
  });
  it('does not treat a lack of sign-ins as a pass', () => {
    expect(decide([])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('no sign-in of a person to Claude'),
    });
    expect(decide([signIn({ appId: 'x', appName: 'Outlook' })], { charter: {} }).ask?.text).toContain(
      'entra.ssoAppId',
    );
    expect(decide([signIn({ ip: '160.79.105.1' })]).state).toBe('cannot_read');
  });
  it('asks for hours and for the file, and does not read a stale one', () => {
    const noHours = runRule(
      signInsLookedAt,
      { days: 7 },
      { readings: { sign_ins: [reading('sign_ins', [signIn()])] } },
    );
    expect(noHours).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('normalHours') },
    });
    expect(decide([], { readings: {} }).state).toBe('cannot_read');
    expect(
      decide([], { readings: { sign_ins: [reading('sign_ins', [signIn()], { observedOn: '2026-10-20' })] } })
        .state,
    ).toBe('cannot_read');
  });
});
// Guide: G5.4-01 G5.4-04 G5.5-03
