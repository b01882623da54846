import { describe, expect, it } from 'vitest';
import { runRule } from '../../testing/build.ts';
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
      reason: expect.stringContaining('2 Dec 2026'),
    });
    expect(run([waiting('2026-01-01T00:00:00Z')], { W: '2026-11-24' }).state).toBe('pass');
  });

  it('is pending in the first two weeks without a day, and fails after them', () => {
    expect(run([waiting('2026-11-20T00:00:00Z')])).toMatchObject({ state: 'pending', due: '2026-12-04' });
    expect(run([waiting('2026-11-01T00:00:00Z')])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Report-only is not enforcement'),
    });
    expect(run([waiting('2026-11-20T00:00:00Z')], { wait: '2026-11-23' })).toMatchObject({
      state: 'fail',
      items: [{ key: 'w' }],
    });
  });

  it('cannot read without any day, or with a state that is not given', () => {
    expect(run([waiting(null)]).state).toBe('cannot_read');
    expect(run([policy({ state: null })]).state).toBe('cannot_read');
    expect(runRule(reportOnlyDated, {}, {}).state).toBe('cannot_read');
  });

  it('leaves policies aside that do not reach Claude', () => {
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
        reason: expect.stringContaining('"Wait" only reports'),
        ask: { text: expect.stringContaining('entra.ssoAppId') },
        items: [{ key: 'w' }],
      });
    expect(unnamed([policy({ includeApplications: [SSO_ID] })]).state).toBe('pass');
    const salesforce = { includeApplications: ['cccccccc-0000-4000-8000-0000000000c1'] };
    expect(
      unnamed([waiting('2020-01-01T00:00:00Z', salesforce)], { service_principals: principals() }).state,
    ).toBe('pass');
  });

  it('leaves policies for legacy clients aside', () => {
    const legacy = { includeApplications: ['All'], clientAppTypes: ['other', 'exchangeActiveSync'] };
    expect(run([waiting('2020-01-01T00:00:00Z', legacy)]).state).toBe('pass');
  });
});
// Guide: G6.2-07 G6.3-07 GA-10 GA-11
