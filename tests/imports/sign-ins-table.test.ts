import { describe, expect, it } from 'vitest';
import { csv, importOne } from './support.ts';

const HEAD =
  'Date (UTC),Request ID,User,Username,Application,Application ID ,Resource ID ,IP address,Status,Sign-in error code,Compliant,Managed,Multifactor authentication result,Authentication requirement,Conditional Access';
const APP = '5ea5e100-2222-4333-8444-0123456789ab';
const row = (at: string, rest: string) =>
  `${at},r,Ann Lee,Ann@alder.example.org,Claude,${APP},${APP},198.51.100.7,${rest}`;
const read = (...rows: readonly string[]) => importOne('InteractiveSignIns.csv', csv(HEAD, ...rows));

describe('sign-ins as the Entra admin center downloads them', () => {
  it('are read with what they say of device and second factor, and with the days that they cover', async () => {
    const { readings, report } = await read(
      row('2026-11-20T15:10:00Z', 'Success,0,Yes,No,,Multifactor authentication,Success'),
      row('2026-10-25T02:10:00Z', 'Success,None,,,,Single-factor authentication,Not Applied'),
      row('2026-11-02T15:10:00Z', 'Failure,53003,No,,,Single-factor authentication,Failure'),
      row(
        '2026-11-03T15:10:00Z',
        'Success,0,,,MFA requirement satisfied by claim in the token,Single-factor authentication,Success',
      ),
    );
    expect(report.outcome).toBe('taken');
    const [reading] = readings.sign_ins ?? [];
    expect(reading?.covers).toEqual({ from: '2026-10-24', to: '2026-11-20' });
    expect(
      reading?.rows.map(({ upn, errorCode, compliantDevice, managedDevice, mfa, caStatus }) => [
        upn,
        errorCode,
        compliantDevice,
        managedDevice,
        mfa,
        caStatus,
      ]),
    ).toEqual([
      ['ann@alder.example.org', 0, true, false, true, 'success'],
      ['ann@alder.example.org', 0, null, null, false, 'notApplied'],
      ['ann@alder.example.org', 53003, false, null, null, 'failure'],
      ['ann@alder.example.org', 0, null, null, true, 'success'],
    ]);
  });

  it('tell nothing where status and error code contradict each other', async () => {
    const { readings } = await read(
      row('2026-11-20T15:10:00Z', 'Success,53003,Yes,Yes,,Multifactor authentication,Success'),
      row('2026-11-20T15:11:00Z', 'Failure,0,Yes,Yes,,Multifactor authentication,Success'),
    );
    expect(readings.sign_ins?.[0]?.rows.map(({ errorCode, mfa }) => [errorCode, mfa])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('are refused where a time cannot be read, and none is left out in silence', async () => {
    const { readings, report } = await read(
      row('2026-11-20T15:10:00Z', 'Success,0,Yes,Yes,,Multifactor authentication,Success'),
      row('11/20/26 3:10 PM', 'Success,0,Yes,Yes,,Single-factor authentication,Success'),
    );
    expect(report.outcome).toBe('malformed');
    expect(report.problem).toMatch(/Row 3, column “Date \(UTC\)”: .*cannot be read.* Download the CSV again/);
    expect(readings).toEqual({});
  });

  it('is read in the zone of the client where its times are local', async () => {
    const { readings, report } = await importOne(
      'InteractiveSignIns.csv',
      csv(
        'Date (Local),Username,Application,Application ID,IP address,Status,Sign-in error code,Authentication requirement',
        '2026-11-19T23:02:11,ada@alder.example.org,Claude,5a3b1e00-1111-4222-8333-0123456789ab,192.0.2.10,Success,0,Multifactor authentication',
      ),
    );
    expect(readings.sign_ins?.[0]?.rows).toMatchObject([{ at: '2026-11-20T04:02:11Z' }]);
    expect(report.notes.map(({ says }) => says).join(' ')).toContain('America/New_York');
  });
});
