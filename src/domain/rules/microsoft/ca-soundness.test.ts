import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { cases } from '../../testing/cases.ts';
import { GROUP, groups, is, mfa, policy, SSO, STAFF } from './testing-ca.ts';

describe('soundness', () => {
  const arbitrary = fc.record({
    state: fc.constantFrom(
      'enabled' as const,
      'disabled' as const,
      'enabledForReportingButNotEnforced' as const,
      null,
    ),
    includeApplications: fc.constantFrom([SSO], ['All'], ['Office365']),
    excludeApplications: fc.constantFrom([], [SSO]),
    includeUsers: fc.constantFrom(['All'], [], ['user-1'], ['None']),
    includeGroups: fc.constantFrom([], [STAFF], [GROUP]),
    excludeUsers: fc.constantFrom([], ['user-2']),
    excludeGroups: fc.constantFrom([], [GROUP], [STAFF]),
    includePlatforms: fc.constantFrom([], ['windows'], ['all']),
    excludePlatforms: fc.constantFrom([], ['macOS']),
    clientAppTypes: fc.constantFrom(['all'], ['browser'], ['mobileAppsAndDesktopClients']),
    otherConditions: fc.constantFrom([], ['devices']),
    grant: fc.constantFrom(mfa, null, {
      operator: 'OR' as const,
      controls: ['mfa', 'compliantDevice'],
      authenticationStrength: null,
    }),
  });
  const directory = groups([
    { id: STAFF, name: 'Claude users', members: ['user-1', 'user-2'] },
    { id: GROUP, name: 'Break glass', members: ['user-9'] },
  ]);
  const approved = {
    emergencyStated: true,
    emergency: new Set([GROUP]),
    unresolved: [],
    inForce: new Set<string>(),
    ended: new Map<string, string>(),
  };

  it('never passes unless each member meets an enabled MFA policy on each platform and client', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 5 }), (parts) => {
        const policies = parts.map((p) => policy(p));
        if (is(policies, { directory, approved }) !== 'covered') return;
        for (const person of ['user-1', 'user-2'])
          for (const platform of ['windows', 'macOS', 'linux'])
            for (const client of ['browser', 'mobileAppsAndDesktopClients'])
              expect(policies.some((p) => applies(p, person, platform, client))).toBe(true);
      }),
      { numRuns: cases(2000) },
    );
  });

  it('never loses a pass by one more enabled policy', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 4 }), arbitrary, (parts, extra) => {
        const policies = parts.map((p) => policy(p));
        if (is(policies, { directory, approved }) === 'covered')
          expect(is([...policies, policy(extra)], { directory, approved })).toBe('covered');
      }),
      { numRuns: cases(1000) },
    );
  });

  /** Independent of the evaluator: does this enabled policy ask this person for MFA here? */
  function applies(p: CaPolicyRow, person: string, platform: string, client: string): boolean {
    const members: Record<string, string[]> = { [STAFF]: ['user-1', 'user-2'], [GROUP]: ['user-9'] };
    const inGroups = (ids: readonly string[]) => ids.some((id) => members[id]?.includes(person));
    return (
      p.state === 'enabled' &&
      p.grant?.controls.length === 1 &&
      p.includeApplications[0] !== 'Office365' &&
      p.excludeApplications.length === 0 &&
      p.otherConditions.length === 0 &&
      (p.includeUsers.includes('All') || p.includeUsers.includes(person) || inGroups(p.includeGroups)) &&
      !p.excludeUsers.includes(person) &&
      !inGroups(p.excludeGroups) &&
      (p.includePlatforms.length === 0 ||
        p.includePlatforms.includes('all') ||
        p.includePlatforms.includes(platform)) &&
      !p.excludePlatforms.includes(platform) &&
      (p.clientAppTypes.includes('all') || p.clientAppTypes.includes(client))
    );
  }
});
// Guide: G6.2-03
