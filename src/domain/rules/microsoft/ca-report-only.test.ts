import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { evaluate } from './ca.ts';
import { REQUIREMENTS } from './ca-policy.ts';
import { input, is, policy, SSO } from './testing-ca.ts';

describe('report-only', () => {
  const ro = (parts: Partial<CaPolicyRow> = {}) =>
    policy({ state: 'enabledForReportingButNotEnforced', ...parts });

  it('is pending until its day and overdue after it', () => {
    expect(is([ro()])).toBe('pending');
    expect(is([ro({ createdAt: '2026-11-09T10:00:00Z' })])).toBe('overdue');
    expect(is([ro({ createdAt: '2026-11-10T10:00:00Z' })])).toBe('pending');
    expect(is([ro({ createdAt: null, modifiedAt: null })])).toBe('overdue');
    expect(
      is([ro({ createdAt: '2026-01-01T00:00:00Z', name: 'Late' })], {
        enableOn: new Map([['late', '2026-12-02']]),
      }),
    ).toBe('pending');
    expect(is([ro({ name: 'Late' })], { enableOn: new Map([['late', '2026-11-23']]) })).toBe('overdue');
  });

  it('does not count alone if it falls short, and does not hide enabled policies', () => {
    expect(is([ro({ includePlatforms: ['windows'] })])).toBe('gap');
    expect(is([policy(), ro({ createdAt: '2020-01-01T00:00:00Z' })])).toBe('covered');
  });

  it('names the people that the enabled policies leave out until then', () => {
    const found = (...policies: CaPolicyRow[]) => evaluate(SSO, REQUIREMENTS.mfa, input(policies));
    expect(found(policy({ name: 'On', excludeUsers: ['user-2'] }), ro())).toMatchObject({
      is: 'pending',
      holes: [{ key: 'user-2', detail: expect.stringContaining('Member 2') }],
    });
    expect(found(ro())).toMatchObject({ is: 'pending', holes: [] });
  });

  it('waits only for the policies that it needs', () => {
    const found = evaluate(
      SSO,
      REQUIREMENTS.mfa,
      input([
        ro({ name: 'A' }),
        ro({ name: 'Idle', createdAt: '2020-01-01T00:00:00Z', includePlatforms: ['windows'] }),
      ]),
    );
    expect(found).toMatchObject({ is: 'pending', due: '2026-12-08' });
  });

  it('may leave out macOS, iOS and Android for devices while it only reports', () => {
    const grant = { operator: 'OR', controls: ['compliantDevice'], authenticationStrength: null } as const;
    const parts = { grant, includePlatforms: ['all'], excludePlatforms: ['macOS', 'iOS', 'android'] };
    expect(is([ro(parts)], {}, 'compliant_device')).toBe('pending');
    expect(is([policy(parts)], {}, 'compliant_device')).toBe('gap');
  });

  it('cannot tell with a state that is not given', () => {
    expect(is([policy({ state: null })])).toBe('unknown');
  });
});
// Guide: G6.3-06 G6.4-05
