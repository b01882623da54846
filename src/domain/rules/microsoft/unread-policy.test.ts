import { describe, expect, it } from 'vitest';
import type { UnreadPolicyRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { egressLocation } from './egress-location.ts';
import { emergencyAccess } from './emergency-access.ts';
import { policyRequires } from './policy-requires.ts';
import { reportOnlyDated } from './report-only.ts';
import { CHARTER, emergencyGroup, entraUsers, policies, policy, principals, SSO_ID } from './testing.ts';

const params = policyRequires.params.parse({ require: ['mfa'] });
const odd = (state: UnreadPolicyRow['state'] = 'enabled') => ({
  id: 'odd',
  name: 'Odd one',
  state,
  unread: 'It came without “sessionControls”.',
});
const block = { operator: 'OR', controls: ['block'], authenticationStrength: null } as const;
const given = (rows: readonly object[]) => ({
  charter: CHARTER,
  readings: {
    ca_policies: policies(...rows),
    service_principals: principals(),
    entra_groups: emergencyGroup(),
    entra_users: entraUsers(),
    members: [reading('members', [{ email: 'ada@alder.example.org', name: 'Ada' }])],
  },
});
const requires = (...rows: object[]) => runRule(policyRequires, params, given(rows));
const emergency = (...rows: object[]) => runRule(emergencyAccess, {}, given(rows));
const dated = (...rows: object[]) => runRule(reportOnlyDated, {}, given(rows));
const egress = (...rows: object[]) => runRule(egressLocation, {}, given(rows));
const waiting = (createdAt: string) =>
  policy({ name: 'Wait', id: 'w', state: 'enabledForReportingButNotEnforced', createdAt });

describe('a policy that cannot be read among others', () => {
  it('does not change the result of the others', () => {
    expect(requires(policy(), odd()).state).toBe('pass');
    // If a policy blocks everyone, no additional policy lets anyone in.
    expect(requires(policy({ name: 'Block', grant: block }), odd()).state).toBe('fail');
    expect(emergency(policy({ excludeGroups: [] }), odd()).state).toBe('fail');
    expect(dated(waiting('2026-01-01T00:00:00Z'), odd(null)).state).toBe('fail');
    expect(dated(policy(), odd('enabled')).state).toBe('pass');
  });

  it.each([
    ['a gap that it may close', () => requires(policy({ includeApplications: [SSO_ID] }), odd())],
    ['none that asks', () => requires(policy({ state: 'disabled' }), odd(null))],
    ['one that waits', () => requires(waiting('2026-11-20T00:00:00Z'), odd())],
    ['emergency access', () => emergency(policy(), odd())],
    ['nothing that reaches Claude', () => emergency(odd('enabledForReportingButNotEnforced'), policy())],
    ['report-only', () => dated(policy(), odd('enabledForReportingButNotEnforced'))],
    ['the connector’s range', () => egress(policy(), odd())],
  ])('is named if it could change the answer: %s', (_, decide) => {
    const found = decide();
    expect(found.state).toBe('cannot_read');
    expect(found.reason).toContain('“Odd one” (row');
    expect(found.reason).toContain('sessionControls');
    expect(found.items[0]).toMatchObject({ key: 'odd' });
  });

  it('is ignored if it is known to be off', () => {
    expect(requires(policy({ includeApplications: [SSO_ID] }), odd('disabled')).state).toBe('fail');
    expect(emergency(policy(), odd('disabled')).state).toBe('pass');
  });
});

it('names a policy that blocks everyone in addition to one that requires MFA', () => {
  const found = requires(policy(), policy({ name: 'Block Claude', id: 'b', grant: block }));
  expect(found.state).toBe('pass');
  expect(found.reason).toContain('“Block Claude” blocks everyone at Claude');
  expect(found.reason).toContain('so no one gets in there');
  expect(requires(policy()).reason).not.toContain('blocks');
});
