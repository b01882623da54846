import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { reportOnlyDated } from './report-only.ts';
import { policies, policy, principals, SSO_ID } from './testing.ts';

const waiting = (createdAt: string | null, changes: object = {}) =>
  policy({ name: 'Wait', id: 'w', state: 'enabledForReportingButNotEnforced', createdAt, ...changes });
const run = (rows: readonly object[], enableOn: Record<string, string> = {}) =>
  runRule(
    reportOnlyDated,
    {},
    { charter: { entra: { ssoAppId: SSO_ID, enableOn } }, readings: { ca_policies: policies(...rows) } },
  );

describe('report-only-dated', () => {
  it('passes when nothing waits, or each has a day to come in the charter', () => {
    expect(run([policy()])).toMatchObject({ state: 'pass' });
    expect(run([waiting('2026-01-01T00:00:00Z')], { WAIT: '2026-12-02' })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Dec 2, 2026'),
    });
    expect(run([waiting('2026-01-01T00:00:00Z')], { W: '2026-11-24' }).state).toBe('pass');
  });

  it('asks about a policy whose day has come and that is off or gone', () => {
    const dates = { 'Require MFA': '2026-11-01' };
    for (const rows of [[policy()], [policy(), policy({ id: 'm', name: 'Require MFA', state: 'disabled' })]])
      expect(run(rows, dates)).toMatchObject({
        state: 'cannot_read',
        code: 'microsoft.report_only.not_enabled',
        items: [{ key: 'require mfa' }],
      });
    expect(run([policy(), policy({ id: 'm', name: 'Require MFA' })], dates).state).toBe('pass');
    expect(run([policy()], { 'Require MFA': '2026-12-02' }).state).toBe('pass');
    expect(run([]).reason).toContain('holds no Conditional Access policy');
  });

  it('says that a list of enabled policies may be filtered, and asks where sign-ins name one that reports', () => {
    expect(run([policy()]).reason).toContain('filtered by state would look the same');
    const off = policy({ id: 'off', name: 'Off', state: 'disabled' });
    expect(run([policy(), off]).reason).not.toContain('filtered');
    const signedIn = (name: string, at: string, more: object = {}) =>
      runRule(
        reportOnlyDated,
        {},
        {
          charter: { entra: { ssoAppId: SSO_ID } },
          readings: {
            ca_policies: policies(policy(), off),
            sign_ins: [reading('sign_ins', [{ at, policies: [{ name, result: 'reportOnlySuccess' }] }])],
            ...more,
          },
        },
      );
    expect(signedIn('Devices', '2026-11-20T10:00:00Z')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('does not list: Devices'),
    });
    expect(signedIn('off', '2026-11-20T10:00:00Z').state).toBe('pass');
    expect(signedIn('Devices', '2026-10-20T10:00:00Z').state).toBe('pass');
    const deleted = {
      activity: 'Delete conditional access policy',
      at: '2026-11-21T10:00:00Z',
      targets: [{ id: 'd', type: 'Policy', name: 'Devices', changed: [] }],
    };
    const audits = { directory_audits: [reading('directory_audits', [deleted])] };
    expect(signedIn('Devices', '2026-11-20T10:00:00Z', audits).state).toBe('pass');
  });

  it('is pending in the first two weeks without a day, and fails after them', () => {
    expect(run([waiting('2026-11-20T00:00:00Z')])).toMatchObject({ state: 'pending', due: '2026-12-04' });
    // A day that has passed makes it overdue work, of which people are reminded.
    expect(run([waiting('2026-11-01T00:00:00Z')])).toMatchObject({
      state: 'fail',
      due: '2026-11-15',
      reason: expect.stringContaining('Report-only is not enforcement'),
    });
    expect(run([waiting('2026-11-20T00:00:00Z')], { wait: '2026-11-23' })).toMatchObject({
      state: 'fail',
      items: [{ key: 'w' }],
    });
  });

  it('cannot read without any day, or with a state that is not given', () => {
    expect(run([waiting(null)]).state).toBe('cannot_read');
    expect(run([waiting(null)], { Wiat: '2026-12-02' })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('The charter sets a day for “wiat”, and no policy in the file has'),
    });
    expect(run([policy({ state: null })]).state).toBe('cannot_read');
    expect(runRule(reportOnlyDated, {}, {}).state).toBe('cannot_read');
  });

  it('ignores policies that do not reach Claude', () => {
    expect(run([waiting('2020-01-01T00:00:00Z', { includeApplications: ['Office365'] })]).state).toBe('pass');
    expect(run([waiting('2020-01-01T00:00:00Z', { includeApplications: ['All'] })]).state).toBe('fail');
  });

  it('does not pass over a policy on a sign-in application that the charter does not name', () => {
    const late = waiting('2020-01-01T00:00:00Z', { includeApplications: [SSO_ID] });
    const unnamed = (rows: readonly object[], readings: object = {}) =>
      runRule(
        reportOnlyDated,
        {},
        { charter: { entra: {} }, readings: { ca_policies: policies(...rows), ...readings } },
      );
    for (const readings of [{}, { service_principals: principals() }])
      expect(unnamed([late, policy()], readings)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('“Wait” only reports'),
        ask: { text: expect.stringContaining('entra.ssoAppId') },
        items: [{ key: 'w' }],
      });
    expect(unnamed([policy({ includeApplications: [SSO_ID] })]).state).toBe('pass');
    const salesforce = { includeApplications: ['cccccccc-0000-4000-8000-0000000000c1'] };
    expect(
      unnamed([waiting('2020-01-01T00:00:00Z', salesforce)], { service_principals: principals() }).state,
    ).toBe('pass');
  });

  describe('of a policy that went back to report-only', () => {
    const OLD = { createdAt: '2026-06-01T00:00:00Z' };
    const on = (observedOn: string, parts: Partial<CaPolicyRow>) =>
      reading('ca_policies', [{ ...policy(), ...waiting(OLD.createdAt), ...parts }], {
        observedOn,
        file: `policies-${observedOn}.json`,
      });
    const was = (observedOn: string, modifiedAt: string) => on(observedOn, { state: 'enabled', modifiedAt });
    const back = (observedOn: string, modifiedAt: string | null, parts: Partial<CaPolicyRow> = {}) =>
      on(observedOn, { modifiedAt, ...parts });
    const turn = (at: string, from: string | null, to: string, id = 'W') => ({
      at,
      activity: 'Update conditional access policy',
      succeeded: true,
      targets: [
        {
          id,
          type: 'Policy',
          name: 'Wait',
          changed: [{ name: 'ConditionalAccessPolicy.state', ...(from === null ? {} : { from }), to }],
        },
      ],
    });
    const decided = (
      read: readonly ReturnType<typeof on>[],
      audits: readonly ReturnType<typeof turn>[] = [],
      enableOn: Record<string, string> = {},
    ) =>
      runRule(
        reportOnlyDated,
        {},
        {
          charter: { entra: { ssoAppId: SSO_ID, enableOn } },
          readings: {
            ca_policies: read,
            ...(audits.length === 0 ? {} : { directory_audits: [reading('directory_audits', audits)] }),
          },
        },
      );
    const REPORTS = 'enabledForReportingButNotEnforced';

    it('counts the two weeks from the last change, not from creation, without other evidence', () => {
      expect(decided([back('2026-11-24', '2026-11-20T10:00:00Z')])).toMatchObject({
        state: 'pending',
        due: '2026-12-04',
        items: [{ detail: expect.stringContaining('only reported since Nov 20, 2026 at the latest') }],
      });
      expect(decided([back('2026-11-24', '2026-11-10T10:00:00Z')]).state).toBe('pending');
      expect(decided([back('2026-11-24', '2026-11-09T10:00:00Z')]).state).toBe('fail');
      expect(decided([back('2026-11-24', null)]).state).toBe('fail');
    });

    it('starts from the earliest reading that shows it in report-only', () => {
      const later = back('2026-11-24', '2026-11-23T10:00:00Z', { excludeUsers: ['on-leave'] });
      expect(decided([back('2026-11-15', '2026-11-05T10:00:00Z'), later])).toMatchObject({
        state: 'fail',
        items: [{ detail: expect.stringContaining('Nov 19, 2026. It has only reported since Nov 5, 2026') }],
      });
      const returned = decided([
        back('2026-11-01', '2026-10-01T10:00:00Z'),
        was('2026-11-15', '2026-11-02T10:00:00Z'),
        back('2026-11-18', '2026-11-17T10:00:00Z'),
        later,
      ]);
      expect(returned).toMatchObject({
        state: 'pending',
        due: '2026-12-01',
        items: [{ detail: expect.stringContaining('It was on before, and has only reported since Nov 17') }],
      });
      // Entra shows a change late: it was after the last day on which the policy was seen on.
      expect(
        decided([was('2026-11-15', '2026-11-02T10:00:00Z'), back('2026-11-18', null), later]),
      ).toMatchObject({ state: 'pending', due: '2026-11-29' });
    });

    it('takes the day from the Entra audit log if it is there', () => {
      const now = back('2026-11-24', '2026-11-23T10:00:00Z');
      expect(decided([now], [turn('2026-11-12T09:00:00Z', 'enabled', REPORTS)])).toMatchObject({
        state: 'pending',
        due: '2026-11-26',
      });
      expect(decided([now], [turn('2026-11-08T09:00:00Z', 'enabled', REPORTS)]).state).toBe('fail');
      expect(decided([now], [turn('2026-11-08T09:00:00Z', REPORTS, REPORTS)]).state).toBe('fail');
      expect(decided([now], [turn('2026-11-08T09:00:00Z', 'enabled', REPORTS, 'other')]).state).toBe(
        'pending',
      );
      expect(
        decided(
          [now],
          [
            turn('2026-11-01T09:00:00Z', 'enabled', REPORTS),
            turn('2026-11-10T09:00:00Z', REPORTS, 'enabled'),
            turn('2026-11-20T09:00:00Z', 'enabled', REPORTS),
          ],
        ),
      ).toMatchObject({ state: 'pending', due: '2026-12-04' });
      // It was on between two readings that show it in report-only mode, and the log lacks its return.
      const between = [
        back('2026-10-20', '2026-10-01T10:00:00Z'),
        back('2026-11-24', '2026-11-20T10:00:00Z'),
      ];
      expect(decided(between, [turn('2026-11-05T09:00:00Z', REPORTS, 'enabled')])).toMatchObject({
        state: 'pending',
        due: '2026-12-04',
        items: [{ detail: expect.stringContaining('It was on before') }],
      });
    });

    it('counts a stated day as met if the policy was on by then', () => {
      const given = { wait: '2026-11-10' };
      const read = [was('2026-11-15', '2026-11-10T10:00:00Z'), back('2026-11-24', '2026-11-17T10:00:00Z')];
      expect(decided(read, [], given)).toMatchObject({ state: 'pending', due: '2026-12-01' });
      expect(decided(read, [], { wait: '2026-11-20' }).state).toBe('fail');
      expect(decided([back('2026-11-24', '2026-11-17T10:00:00Z')], [], given).state).toBe('fail');
    });
  });

  it('does not count a day in the charter that is more than a quarter ahead', () => {
    const on = (day: string) => run([waiting('2026-11-20T00:00:00Z')], { wait: day });
    expect(on('2027-02-24').state).toBe('pass');
    expect(on('2027-02-25')).toMatchObject({
      state: 'fail',
      code: 'microsoft.report_only.too_far',
      items: [{ detail: 'To be enabled on Feb 25, 2027.' }],
    });
  });

  it('ignores policies for legacy clients', () => {
    const legacy = { includeApplications: ['All'], clientAppTypes: ['other', 'exchangeActiveSync'] };
    expect(run([waiting('2020-01-01T00:00:00Z', legacy)]).state).toBe('pass');
  });
});
// Guide: G6.2-07 G6.3-07 GA-10 GA-11
