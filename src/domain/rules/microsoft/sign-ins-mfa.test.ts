import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { CONNECTOR_CLIENT } from './apps.ts';
import { devicesReady, signInsMfa } from './sign-ins-mfa.ts';
import { CHARTER, SSO_ID } from './testing.ts';

const ok = {
  appId: SSO_ID,
  upn: 'ada@alder.example.org',
  errorCode: 0,
  mfa: true,
  ip: '198.51.100.7',
  at: `${TODAY}T10:00:00Z`,
};
const earlier = { ...ok, at: '2026-10-28T10:00:00Z' };
const run = (rows: readonly object[], parts: Partial<Given> = {}) =>
  runRule(
    signInsMfa,
    { days: 30 },
    { charter: CHARTER, ...parts, readings: { sign_ins: [reading('sign_ins', rows)] } },
  );

describe('sign-ins-carry-mfa', () => {
  it('passes when each successful sign-in records MFA, counting people', () => {
    expect(run([earlier, ok, { ...ok, at: `${TODAY}T11:00:00Z` }])).toMatchObject({
      state: 'pass',
      reason: expect.stringMatching(/All 3 successful sign-ins.*filtered for it would look the same/),
    });
  });

  it('does not generalize from sign-ins of a few days or of one person', () => {
    expect(run([ok])).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('1 day') });
    const month = Array.from({ length: 28 }, (_, n) => ({
      ...ok,
      at: new Date(Date.UTC(2026, 9, 26 + n, 10)).toISOString(),
    }));
    const gap = [earlier, ...month.slice(0, 4), ...month.slice(14)];
    expect(run(gap)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('10 days between'),
    });
    const seats = [1, 2, 3].map((n) => ({ email: `p${n}@alder.example.org`, role: 'owner' as const }));
    const given = { sign_ins: [reading('sign_ins', [earlier, ...month])] };
    expect(runRule(signInsMfa, { days: 30 }, { charter: CHARTER, readings: given }).state).toBe('pass');
    expect(
      runRule(
        signInsMfa,
        { days: 30 },
        { charter: CHARTER, readings: { ...given, members: [reading('members', seats)] } },
      ),
    ).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('of one person') });
  });

  it('fails for one without, naming the person once', () => {
    const bad = { ...ok, upn: 'Bo@alder.example.org', mfa: false };
    const found = run([ok, bad, { ...bad, at: `${TODAY}T12:00:00Z` }]);
    expect(found).toMatchObject({ state: 'fail', items: [{ key: 'bo@alder.example.org' }] });
    expect(found.reason).toContain('2 of 3 successful sign-ins');
  });

  it('treats unrecorded MFA as neither missing nor present', () => {
    expect(run([ok, { ...ok, mfa: null, at: `${TODAY}T11:00:00Z` }])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('For 1 of 2'),
    });
    expect(run([ok, { ...ok, errorCode: null, mfa: null, at: `${TODAY}T11:00:00Z` }]).state).toBe(
      'cannot_read',
    );
  });

  it('ignores failures, other applications, other days and duplicates', () => {
    const noise = [
      { ...ok, errorCode: 50076, mfa: false },
      { ...ok, appId: 'else', mfa: false },
      { ...ok, at: '2026-09-01T10:00:00Z', mfa: false },
      { ...ok, appId: null, appName: 'Outlook', mfa: false },
      { ...ok, appId: null, mfa: true },
    ];
    expect(run([ok, ok, ...noise])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('The one successful sign-in to Claude'),
    });
    expect(run(noise).state).toBe('cannot_read');
  });

  it('cannot tell for a sign-in without MFA to an unnamed application', () => {
    const nameless = { ...ok, appId: null, appName: null, mfa: false };
    expect(run([earlier, ok, nameless])).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.sign_ins_mfa.app_not_given',
    });
    expect(run([earlier, ok, { ...nameless, appName: 'Claude' }]).state).toBe('cannot_read');
    // The name that the sign-in application has in other rows.
    const called = { ...ok, appName: 'Alder Chat' };
    expect(run([earlier, called, { ...nameless, appName: 'Alder chat' }]).state).toBe('cannot_read');
    expect(run([earlier, ok, { ...nameless, errorCode: 50076 }]).state).toBe('pass');
  });

  it('keeps two sign-ins of one moment apart when they differ', () => {
    expect(run([{ ...ok, mfa: false }, ok]).state).toBe('fail');
    expect(run([ok, { ...ok, mfa: false }]).state).toBe('fail');
  });

  it('sets the connector’s servers apart, but not their range at the sign-in application', () => {
    const traffic = { ...ok, appId: CONNECTOR_CLIENT.appId, ip: '160.79.106.4', mfa: null };
    expect(run([earlier, ok, traffic])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('1 request of the connector’s servers'),
    });
    expect(run([traffic]).state).toBe('cannot_read');
    expect(run([{ ...ok, ip: '160.79.106.4', mfa: false }]).state).toBe('fail');
    expect(run([{ ...traffic, ip: '198.51.100.9', mfa: false }]).state).toBe('fail');
  });

  it('cannot pass while the charter does not name the application, or without the file', () => {
    expect(run([{ ...ok, appId: CONNECTOR_CLIENT.appId }], { charter: {} }).state).toBe('cannot_read');
    expect(runRule(signInsMfa, { days: 30 }, { charter: CHARTER }).state).toBe('cannot_read');
    expect(run([])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('proves nothing'),
    });
  });
});

describe('staff-devices-ready', () => {
  const devices = (rows: readonly object[], attestations: Given['attestations'] = []) =>
    runRule(
      devicesReady,
      { days: 30 },
      { charter: CHARTER, attestations, readings: { sign_ins: [reading('sign_ins', rows)] } },
      { control: { id: 'CLA-M365-19' } },
    );
  const bad = { ...ok, compliantDevice: false, at: '2026-11-20T10:00:00Z' };

  it('names people on devices that are not compliant', () => {
    expect(devices([bad, { ...ok, compliantDevice: true }])).toMatchObject({
      state: 'fail',
      items: [{ key: 'ada@alder.example.org' }],
    });
  });

  it('never passes, since unused devices do not appear', () => {
    expect(devices([{ ...ok, compliantDevice: true }]).state).toBe('cannot_read');
    expect(devices([{ ...ok, compliantDevice: null }]).state).toBe('cannot_read');
    expect(runRule(devicesReady, { days: 30 }, {}).state).toBe('cannot_read');
  });

  it('lets only later sign-ins contradict a statement', () => {
    expect(devices([bad], [{ control: 'CLA-M365-19', holds: true, seen: '2026-11-21' }]).state).toBe(
      'cannot_read',
    );
    expect(devices([bad], [{ control: 'CLA-M365-19', holds: true, seen: '2026-11-19' }]).state).toBe('fail');
    // Still the evening of 21 Nov in New York.
    const evening = { ...bad, at: '2026-11-22T02:00:00Z' };
    expect(devices([evening], [{ control: 'CLA-M365-19', holds: true, seen: '2026-11-21' }]).state).toBe(
      'cannot_read',
    );
    expect(devices([evening]).items[0]?.detail).toContain('Nov 21, 2026');
  });
});
// Guide: G5.4-01 G6.2-09 G6.3-01 G6.3-08 G6.3-09
