import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { reading } from '../../testing/build.ts';
import { evaluate } from './ca.ts';
import { REQUIREMENTS } from './ca-policy.ts';
import { ADMINS, APP, grant, input, OFFICE, SYNC } from './testing-tenant.ts';

describe('policies that add up', () => {
  const policy = (parts: Partial<CaPolicyRow>): CaPolicyRow =>
    reading('ca_policies', [
      {
        id: JSON.stringify(parts),
        name: 'P',
        state: 'enabled',
        includeApplications: [APP],
        includeUsers: ['All'],
        grant: grant('OR', 'mfa'),
        ...parts,
      },
    ]).rows[0] as CaPolicyRow;
  const is = (requirement: keyof typeof REQUIREMENTS, ...policies: CaPolicyRow[]) =>
    evaluate(APP, REQUIREMENTS[requirement], input(policies)).is;
  const filter = (mode: 'include' | 'exclude', rule: string) => ({
    otherConditions: ['devices'],
    deviceFilter: { mode, rule },
  });

  it('inside and outside trusted locations', () => {
    const outside = policy({ includeLocations: ['All'], excludeLocations: ['AllTrusted'] });
    expect(is('mfa', outside)).toBe('gap');
    expect(is('mfa', outside, policy({ includeLocations: ['AllTrusted'] }))).toBe('covered');
    // The office is a trusted location, but not the only one.
    expect(is('mfa', outside, policy({ includeLocations: [OFFICE] }))).toBe('gap');
    expect(
      is('mfa', policy({ excludeLocations: [OFFICE] }), policy({ includeLocations: ['AllTrusted'] })),
    ).toBe('covered');
  });

  it('on devices that a filter includes and on those that it excludes', () => {
    const rule = 'device.isCompliant -eq True -and device.deviceOwnership -eq "Company"';
    const rest = policy(filter('exclude', rule));
    expect(is('mfa', rest)).toBe('gap');
    expect(is('mfa', rest, policy(filter('include', rule)))).toBe('covered');
    expect(is('mfa', rest, policy(filter('include', 'device.isCompliant -eq True')))).toBe('covered');
    expect(is('mfa', rest, policy(filter('include', 'device.deviceOwnership -eq "Personal"')))).toBe('gap');
  });

  it('a block on all noncompliant devices requires compliance, not MFA', () => {
    const block = policy({
      grant: grant('OR', 'block'),
      ...filter('exclude', 'device.isCompliant -eq True'),
    });
    expect(is('compliant_device', block)).toBe('covered');
    expect(is('mfa', block)).toBe('gap');
    expect(
      is(
        'compliant_device',
        policy({ grant: grant('OR', 'block'), ...filter('exclude', 'device.model -eq "X"') }),
      ),
    ).toBe('gap');
  });

  it('a block of everyone does not require MFA of anybody', () => {
    expect(is('mfa', policy({ grant: grant('OR', 'block') }))).toBe('blocked');
    expect(is('mfa', policy({ grant: grant('OR', 'block') }), policy({}))).toBe('covered');
    expect(
      is(
        'mfa',
        policy({ grant: grant('OR', 'block'), includePlatforms: ['linux'] }),
        policy({ excludePlatforms: ['linux'], includePlatforms: ['all'] }),
      ),
    ).toBe('covered');
  });

  it('cannot tell if applications are selected by an attribute', () => {
    const filtered = { otherConditions: ['applications.applicationFilter'] };
    expect(is('mfa', policy({ ...filtered, includeApplications: [] }))).toBe('unknown');
    expect(is('mfa', policy({ ...filtered, includeApplications: ['All'] }))).toBe('unknown');
    expect(is('mfa', policy({ ...filtered, includeApplications: [] }), policy({}))).toBe('covered');
  });

  it('may exclude directory synchronization accounts, but no other role', () => {
    expect(is('mfa', policy({ excludeRoles: [SYNC] }))).toBe('covered');
    expect(is('mfa', policy({ excludeRoles: [ADMINS] }))).toBe('unknown');
  });

  it('reads which guests are meant', () => {
    const out = (...types: string[]) => ({
      otherConditions: ['users.excludeGuestsOrExternalUsers'],
      excludeGuests: { types, allTenants: true },
    });
    // One seat holder is a guest.
    expect(is('mfa', policy(out('internalguest', 'b2bcollaborationguest')))).toBe('gap');
    expect(is('mfa', policy(out('internalguest')))).toBe('unknown');
    const guests = policy({
      includeUsers: [],
      otherConditions: ['users.includeGuestsOrExternalUsers'],
      includeGuests: { types: ['internalguest', 'b2bcollaborationguest'], allTenants: true },
    });
    expect(is('mfa', policy(out('internalguest', 'b2bcollaborationguest')), guests)).toBe('covered');
    expect(is('mfa', guests)).toBe('gap');
  });

  it('does not count a custom strength as MFA by its name', () => {
    const strength = { operator: 'OR' as const, controls: [], authenticationStrength: 'Passwordless MFA' };
    expect(is('mfa', policy({ grant: strength, strengthAccepts: 'single_factor' }))).toBe('gap');
    expect(is('mfa', policy({ grant: strength, strengthAccepts: 'unknown' }))).toBe('unknown');
    expect(
      is('mfa', policy({ grant: { ...strength, authenticationStrength: 'Ours' }, strengthAccepts: 'mfa' })),
    ).toBe('covered');
  });
});
