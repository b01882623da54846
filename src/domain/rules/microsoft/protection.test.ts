import { describe, expect, it } from 'vitest';
import { closedAs } from '../../microsoft/alert-closing.ts';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { leastCpu } from '../../testing/cpu.ts';
import { alertKind, defenderAlerts } from './defender-alerts.ts';
import { devicesEnrolled } from './devices-enrolled.ts';
import { leaversMethods } from './leavers-methods.ts';
import { riskySignIns } from './risky-sign-ins.ts';
import { CHARTER, SSO_ID } from './testing.ts';
import { uploadBlockSeen } from './upload-block-seen.ts';
import { uploadRuleTested } from './upload-rule-tested.ts';

const ada = 'ada@alder.example.org';
const bo = 'bo@alder.example.org';
const blankAlert = (title: string) => {
  const [row] = reading('security_alerts', [{ id: 'a', at: `${TODAY}T09:00:00Z`, title }]).rows;
  if (row === undefined) throw new Error('no row');
  return row;
};

describe('upload-block-seen', () => {
  const block = {
    id: 'e1',
    at: `${TODAY}T09:00:00Z`,
    action: 'FileUploadBlocked',
    app: 'Claude',
    source: 'Defender for Cloud Apps session control',
  };
  const alert = {
    id: 'a1',
    at: `${TODAY}T09:05:00Z`,
    title: 'Upload of member data to Claude blocked',
    source: 'microsoftDefenderForCloudApps',
  };
  const run = (events: readonly object[], alerts: readonly object[]) =>
    runRule(
      uploadBlockSeen,
      { days: 183 },
      {
        readings: {
          cloud_app_events: [reading('cloud_app_events', events)],
          security_alerts: [reading('security_alerts', alerts)],
        },
      },
    ).state;

  it('passes only with a block in a routed session and Defender’s alert on it', () => {
    expect(run([block], [alert])).toBe('pass');
    expect(run([block], [])).toBe('cannot_read');
    expect(run([{ ...block, source: 'Defender for Cloud Apps app connector' }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, action: 'FileUploaded' }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, action: 'FileDownloadBlocked' }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, action: 'FileUploadUnblocked' }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, app: 'Dropbox' }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, app: null }], [alert])).toBe('cannot_read');
    expect(run([{ ...block, at: '2026-04-01T09:00:00Z' }], [{ ...alert, at: '2026-04-01T09:05:00Z' }])).toBe(
      'cannot_read',
    );
    expect(run([block], [{ ...alert, at: '2026-06-01T09:00:00Z' }])).toBe('cannot_read');
    expect(run([block], [{ ...alert, source: 'microsoftDefenderForEndpoint' }])).toBe('cannot_read');
    expect(run([{ ...block, app: 'my-claude.ai' }], [alert])).toBe('cannot_read');
  });

  it('does not pass with a block if Defender later reports that something got through', () => {
    const through = {
      id: 'a2',
      at: `${TODAY}T10:00:00Z`,
      title: 'DLP policy (Member data) matched for document (members.xlsx) in a device',
      source: 'microsoftDataLossPrevention',
      hosts: ['claude.ai'],
      stopped: false,
    };
    const states = (row: object) => [
      run([block], [alert, row]),
      runRule(
        uploadRuleTested,
        { days: 183 },
        {
          journal: { dlpTest: { on: TODAY, by: 'Dana', blocked: true } },
          readings: { security_alerts: [reading('security_alerts', [row])] },
        },
      ).state,
    ];
    expect(states(through)).toEqual(['cannot_read', 'cannot_read']);
    for (const other of [
      { stopped: true },
      { stopped: null },
      { at: '2026-09-01T10:00:00Z' },
      { hosts: ['dropbox.com'] },
      { hosts: ['my-claude.ai'] },
      { source: 'microsoftDefenderForEndpoint', title: 'Suspicious process at Claude' },
    ])
      expect(states({ ...through, ...other }), JSON.stringify(other)).toEqual(['pass', 'pass']);
  });
});

it('distinguishes the alerts of both activity policies, and picks neither if the title is unclear', () => {
  const kind = (title: string) => alertKind(blankAlert(title));
  expect(kind('Claude: many files in a short time')).toBe('bulk_files');
  expect(kind('Mass download from Claude by a single user')).toBe('bulk_files');
  expect(kind('Claude: upload volume')).toBe('upload_volume');
  expect(kind('More than 500 MB uploaded to Claude')).toBe('upload_volume');
  expect(kind('Upload of a file to Claude blocked')).toBe('bulk');
  expect(kind('DLP policy match: upload volume of member data')).toBe('dlp');
  expect(kind('Impossible travel')).toBe('access');
});

it('reads a title of any length at once', async () => {
  for (const word of ['upload', 'mass files ', 'files in bulk ', 'bytes ', 'many '])
    expect(await leastCpu(2_000, () => alertKind(blankAlert(word.repeat(30_000)))), word).toBeLessThan(2_000);
});

describe('staff-devices-enrolled', () => {
  const run = (devices: readonly object[], users?: readonly object[], more: Given = {}) =>
    runRule(
      devicesEnrolled,
      {},
      {
        ...more,
        readings: {
          ...more.readings,
          managed_devices: [reading('managed_devices', devices)],
          members: [
            reading('members', [
              { email: ada, seat: 'Standard' },
              { email: bo, seat: 'Standard' },
              { email: 'none@alder.example.org', seat: 'No seat' },
            ]),
          ],
          ...(users === undefined ? {} : { entra_users: [reading('entra_users', users)] }),
        },
      },
    );
  const device = (upn: string, compliance: string | null) => ({
    id: `${upn} ${compliance}`,
    upn,
    compliance,
    lastSync: `${TODAY}T08:00:00Z`,
  });

  it('passes when everyone with a seat has a device and all of them comply', () => {
    const two = [device(ada, 'compliant'), device(bo, 'compliant')];
    expect(run(two)).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('filtered by compliance would look the same'),
    });
    expect(run([...two, device('x@alder.example.org', 'noncompliant')]).reason).not.toContain('filtered');
  });

  it('does not believe a report of days to come', () => {
    const ahead = { ...device(bo, 'compliant'), lastSync: '2027-12-20T08:00:00Z' };
    expect(run([device(ada, 'compliant'), ahead]).state).toBe('cannot_read');
  });

  it('fails for one that does not comply, and for a known person without any', () => {
    const bad = [device(ada, 'compliant'), device(ada, 'inGracePeriod'), device(bo, 'compliant')];
    expect(run(bad)).toMatchObject({ state: 'fail', items: [{ key: ada }] });
    expect(run([device(ada, 'compliant')], [{ id: 'u2', upn: bo }])).toMatchObject({
      state: 'fail',
      items: [{ key: bo }],
    });
  });

  it('leaves someone out who has left and still has a seat, and says so', () => {
    const known = [ada, bo].map((upn, at) => ({ id: `u${at}`, upn }));
    const row = (name: string, email: string, endsOn: string | null) => ({
      name,
      emails: [email],
      endsOn,
      unsure: null,
    });
    const roster = {
      readings: {
        roster: [reading('roster', [row('Ada Quist', ada, null), row('Bo Rook', bo, '2026-10-31')])],
      },
    };
    const journal = { journal: { offboardings: [{ email: bo, lastDay: '2026-10-31' }] } };
    for (const more of [roster, journal]) {
      expect(run([device(ada, 'compliant')], known, more)).toMatchObject({
        state: 'pass',
        params: { left: [bo] },
        reason: expect.stringContaining(`Each of 1 person with a seat in Claude has a device in Intune`),
      });
      expect(run([device(ada, 'noncompliant')], known, more)).toMatchObject({
        state: 'fail',
        items: [{ key: ada }],
        reason: expect.stringContaining(`${bo} has left and still has a seat, which is a finding of its own`),
      });
    }
  });

  it('asks about someone whose last day an old roster announced', () => {
    const known = [ada, bo].map((upn, at) => ({ id: `u${at}`, upn }));
    const announced = (endsOn: string) => ({
      readings: {
        roster: [reading('roster', [{ emails: [bo], endsOn, unsure: null }], { observedOn: '2026-06-10' })],
      },
    });
    expect(run([device(ada, 'compliant')], known, announced('2026-11-15'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(`${bo} would have left by now, and still holds a seat`),
    });
    expect(run([device(ada, 'compliant')], known, announced('2026-12-31')).state).toBe('fail');
  });

  it('asks for no device of a mailbox that the charter states to be shared', () => {
    const known = [ada, bo].map((upn, at) => ({ id: `u${at}`, upn }));
    expect(run([device(ada, 'compliant')], known).state).toBe('fail');
    expect(run([device(ada, 'compliant')], known, { charter: { people: { shared: [bo] } } })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining(`${bo} is a shared or service account and is not counted`),
    });
  });

  it('cannot tell of someone under another name in Entra, nor without a result', () => {
    expect(run([device(ada, 'compliant')]).state).toBe('cannot_read');
    expect(run([device(ada, 'compliant'), device(bo, 'unknown')]).state).toBe('cannot_read');
    const unheard = { ...device(bo, 'compliant'), lastSync: null };
    expect(run([device(ada, 'compliant'), unheard]).state).toBe('cannot_read');
    const renamed = [{ id: 'u2', upn: 'b.roe@alder.example.org', mail: bo }];
    expect(
      run([device(ada, 'compliant'), device('b.roe@alder.example.org', 'compliant')], renamed).state,
    ).toBe('pass');
  });
});

describe('leavers-methods-removed', () => {
  const gone = { name: 'Bo Rook', emails: [bo], status: 'left' as const, endsOn: '2026-10-01' };
  const cy = { ...gone, name: 'Cy', emails: ['cy@alder.example.org'] };
  const staffUser = { id: 'u1', upn: ada, mail: ada, name: 'Ada', enabled: true };
  const user = { id: 'u2', upn: bo, mail: bo, name: 'Bo Rook', enabled: false, employeeId: '7' };
  const run = (
    methods: readonly object[],
    {
      left = [gone],
      users = [staffUser, user],
      on = TODAY,
    }: { left?: object[]; users?: object[]; on?: string } = {},
  ) =>
    runRule(
      leaversMethods,
      {},
      {
        readings: {
          roster: [reading('roster', [{ name: 'Ada', emails: [ada], status: 'active' }, ...left])],
          entra_users: [reading('entra_users', users)],
          auth_methods: [reading('auth_methods', methods, { observedOn: on })],
        },
      },
    );

  it('passes by no list that may lack the account, a second one of it, or what came after', () => {
    const none = [{ id: 'u2', methods: [] }];
    expect(run(none, { left: [gone, cy] }).state).toBe('pass');
    // Without current staff, the list of users may be filtered and Cy may still have an account.
    expect(run(none, { left: [gone, cy], users: [user] })).toMatchObject({
      state: 'cannot_read',
      items: [{ label: 'Cy' }],
    });
    expect(run(none, { left: [{ ...gone, endsOn: '2026-11-20' }], on: '2026-11-18' }).state).toBe(
      'cannot_read',
    );
    const admin = { id: 'u3', upn: 'adm-bo@alder.example.org', name: 'Bo Rook (admin)', enabled: true };
    const also = (more: object) =>
      run([...none, { id: 'u3', methods: ['phone'] }], { users: [staffUser, user, { ...admin, ...more }] })
        .state;
    expect(also({ employeeId: '7' })).toBe('fail');
    expect(also({})).toBe('cannot_read');
  });

  it('passes only with an empty list for the account, and names what is left', () => {
    expect(run([{ id: 'u2', methods: [] }]).state).toBe('pass');
    expect(run([{ id: 'u2', methods: ['phone'] }])).toMatchObject({
      state: 'fail',
      items: [{ label: 'Bo Rook', detail: 'Still registered: phone.' }],
    });
    expect(run([{ id: 'u1', methods: [] }]).state).toBe('cannot_read');
  });
});

describe('risky-sign-ins-stepped-up', () => {
  it('fails for a risky one without MFA, and never passes', () => {
    const run = (row: object) =>
      runRule(
        riskySignIns,
        { days: 30 },
        {
          charter: CHARTER,
          readings: {
            sign_ins: [
              reading('sign_ins', [
                { at: `${TODAY}T10:00:00Z`, appId: SSO_ID, upn: ada, errorCode: 0, ...row },
              ]),
            ],
          },
        },
      ).state;
    expect(run({ riskLevel: 'high', mfa: false })).toBe('fail');
    expect(run({ riskLevel: 'high', mfa: false, interactive: false })).toBe('cannot_read');
    expect(run({ riskLevel: 'high', mfa: true })).toBe('cannot_read');
    expect(run({ riskLevel: 'low', mfa: false })).toBe('cannot_read');
  });
});

describe('defender-alerts-classified', () => {
  const alert = { id: 'a', title: 'Mass download from Claude', at: '2026-10-01T10:00:00Z' };
  const closed = { ...alert, status: 'resolved', classification: 'falsePositive' };
  const run = (rows: readonly object[]) =>
    runRule(
      defenderAlerts,
      { days: 31, monitoredDays: 90 },
      { readings: { security_alerts: [reading('security_alerts', rows)] } },
    );

  it('uses the latest state of an alert, and distinguishes late from open', () => {
    expect(run([closed])).toMatchObject({
      state: 'pass',
      reason: expect.stringMatching(
        /lists alerts of Oct 1, 2026, all of them resolved; .* would look the same/,
      ),
    });
    const other = { id: 'b', title: 'Other', at: '2026-11-03T10:00:00Z', status: 'new' };
    expect(run([closed, other]).reason).toMatch(/from Oct 1, 2026 to Nov 3, 2026\.$/);
    expect(run([{ ...closed, classification: null }]).state).toBe('fail');
    expect(
      run([
        { ...alert, status: 'new', updatedAt: '2026-10-01T10:00:00Z' },
        { ...closed, updatedAt: '2026-10-05T10:00:00Z' },
      ]).state,
    ).toBe('pass');
    expect(run([{ ...alert, at: `${TODAY}T09:00:00Z`, status: 'new' }]).state).toBe('pending');
  });

  it('counts the day of an alert in the client’s time zone', () => {
    // Still the evening of 23 Oct in New York, 32 days ago.
    const evening = { ...alert, at: '2026-10-24T02:00:00Z', status: 'new' };
    expect(run([evening])).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('Oct 23, 2026') }],
    });
  });

  it('cannot tell from closed alerts of long ago whether Defender still monitors Claude', () => {
    expect(run([{ ...closed, at: '2026-08-26T12:00:00Z' }]).state).toBe('pass');
    expect(run([{ ...closed, at: '2026-08-25T12:00:00Z' }])).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.defender_alerts.old',
      reason: expect.stringContaining('Aug 25, 2026, 91 days ago'),
    });
  });

  it('cannot tell if no alert names Claude', () => {
    expect(run([{ ...closed, title: 'Mass download' }]).state).toBe('cannot_read');
    expect(run([{ ...closed, title: 'Mass download', apps: ['Claude'] }]).state).toBe('pass');
  });
});

describe('an alert that is closed in Defender as it was here', () => {
  const meant = { classification: 'falsePositive', determination: 'notMalicious' };
  const as = (status: string, classification: string | null, determination: string | null) =>
    closedAs({ status, classification, determination }, meant);

  it('keeps a different classification made there, closed or not', () => {
    expect(as('new', null, null)).toBe('open');
    expect(as('resolved', 'unknown', 'unknown')).toBe('open');
    expect(as('inProgress', 'falsePositive', null)).toBe('open');
    expect(as('inProgress', 'truePositive', 'malware')).toBe('otherwise');
    expect(as('inProgress', 'falsePositive', 'other')).toBe('otherwise');
    expect(as('resolved', 'truePositive', 'malware')).toBe('otherwise');
    expect(as('resolved', 'falsePositive', 'notMalicious')).toBe('as_meant');
  });
});
// Guide: G5.3-06
