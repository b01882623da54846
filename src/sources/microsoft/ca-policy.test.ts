import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { readCaPolicy } from './ca-policy.ts';

function policy(
  parts: {
    conditions?: object;
    users?: object;
    applications?: object;
    grantControls?: unknown;
    sessionControls?: unknown;
    [key: string]: unknown;
  } = {},
): CaPolicyRow {
  const { conditions, users, applications, ...rest } = parts;
  return readCaPolicy(
    {
      id: 'p1',
      displayName: 'Policy',
      state: 'enabled',
      conditions: {
        clientAppTypes: ['all'],
        applications: { includeApplications: ['All'], ...applications },
        users: { includeUsers: ['All'], ...users },
        ...conditions,
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
      sessionControls: null,
      ...rest,
    },
    'ca.json',
    1,
  );
}

describe('a Conditional Access policy', () => {
  it('gives every member its place', () => {
    const row = policy({
      users: {
        excludeUsers: ['u'],
        includeGroups: ['g'],
        excludeGroups: ['h'],
        includeRoles: ['r'],
        excludeRoles: ['s'],
      },
      applications: { excludeApplications: ['a'] },
      conditions: {
        platforms: { includePlatforms: ['all'], excludePlatforms: ['macOS'] },
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
        signInRiskLevels: ['high'],
        userRiskLevels: ['medium'],
      },
    });
    expect(row).toMatchObject({
      excludeUsers: ['u'],
      includeGroups: ['g'],
      excludeGroups: ['h'],
      includeRoles: ['r'],
      excludeRoles: ['s'],
      excludeApplications: ['a'],
      includePlatforms: ['all'],
      excludePlatforms: ['macOS'],
      includeLocations: ['All'],
      excludeLocations: ['AllTrusted'],
      signInRiskLevels: ['high'],
      userRiskLevels: ['medium'],
      otherConditions: [],
    });
  });

  it.each([
    [
      { applications: { includeUserActions: ['urn:user:registerdevice'] } },
      'applications.includeUserActions',
    ],
    [
      { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
      'applications.includeAuthenticationContextClassReferences',
    ],
    [
      { applications: { applicationFilter: { mode: 'include', rule: 'x' } } },
      'applications.applicationFilter',
    ],
    [
      { users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } } },
      'users.includeGuestsOrExternalUsers',
    ],
    [
      { users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } } },
      'users.excludeGuestsOrExternalUsers',
    ],
    [{ conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'x' } } } }, 'devices'],
    [{ conditions: { deviceStates: { includeStates: ['All'] } } }, 'deviceStates'],
    [
      { conditions: { clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] } } },
      'clientApplications',
    ],
    [{ conditions: { servicePrincipalRiskLevels: ['high'] } }, 'servicePrincipalRiskLevels'],
    [{ conditions: { insiderRiskLevels: 'elevated' } }, 'insiderRiskLevels'],
    [{ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }, 'authenticationFlows'],
    [{ conditions: { times: { all: true } } }, 'times'],
    [{ conditions: { somethingOfNextYear: ['x'] } }, 'somethingOfNextYear'],
    [{ partialEnablementStrategy: 'percentage' }, 'partialEnablementStrategy'],
  ])('names a condition that it does not interpret: %j', (parts, name) => {
    expect(policy(parts).otherConditions).toEqual([name]);
  });

  it('reads flows, insider risk and session controls that Graph writes in forms of their own', () => {
    const conditions = {
      authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' },
      insiderRiskLevels: 'moderate, elevated',
    };
    expect(policy({ conditions })).toMatchObject({
      flows: ['deviceCodeFlow', 'authenticationTransfer'],
      insiderRisk: ['moderate', 'elevated'],
    });
    expect(
      policy({ conditions: { authenticationFlows: { transferMethods: 'none' } } }).flows,
    ).toBeUndefined();
  });

  it('does not count empty conditions and annotations', () => {
    const row = policy({
      users: {
        includeGuestsOrExternalUsers: {
          ExternalTenants: { membershipKind: null },
          guestOrExternalUserTypes: '',
        },
        'includeUsers@odata.type': '#x',
      },
      conditions: {
        devices: { includeDevices: [], deviceFilter: null },
        times: null,
        servicePrincipalRiskLevels: [],
        'x@odata.type': '#Collection(String)',
      },
    });
    expect(row.otherConditions).toEqual([]);
  });

  it('keeps terms of use and custom factors as controls, since with OR they are a way around MFA', () => {
    expect(
      policy({
        grantControls: {
          operator: 'OR',
          builtInControls: ['mfa'],
          termsOfUse: ['t1'],
          customAuthenticationFactors: ['f1'],
        },
      }).grant,
    ).toEqual({
      operator: 'OR',
      controls: ['mfa', 'customAuthenticationFactor:f1', 'termsOfUse:t1'],
      authenticationStrength: null,
    });
  });

  it('reads a strength, and no grant at all', () => {
    expect(
      policy({
        grantControls: {
          operator: 'OR',
          builtInControls: [],
          authenticationStrength: { id: '2', displayName: 'Multifactor authentication' },
        },
      }).grant,
    ).toEqual({
      operator: 'OR',
      controls: [],
      authenticationStrength: 'Multifactor authentication',
    });
    expect(policy({ grantControls: null }).grant).toBeNull();
    expect(
      policy({
        grantControls: {
          operator: null,
          builtInControls: [],
          authenticationStrength: { id: null, displayName: null },
        },
      }).grant,
    ).toBeNull();
    expect(
      policy({ grantControls: { operator: null, builtInControls: ['mfa', 'compliantDevice'] } }).grant
        ?.operator,
    ).toBe('OR');
  });

  it('reads a policy for workload identities, which names no one, and refuses any other without users', () => {
    const of = (clientApplications: unknown) =>
      readCaPolicy(
        {
          id: 'p',
          displayName: 'P',
          state: 'enabled',
          conditions: {
            clientAppTypes: ['all'],
            applications: { includeApplications: ['All'] },
            users: null,
            clientApplications,
          },
          grantControls: { operator: 'OR', builtInControls: ['block'] },
          sessionControls: null,
        },
        'ca.json',
        1,
      );
    expect(of({ includeServicePrincipals: ['ServicePrincipalsInMyTenant'] })).toMatchObject({
      includeUsers: [],
      otherConditions: ['clientApplications'],
    });
    expect(() => of({ 'includeServicePrincipals@odata.type': '#x', includeServicePrincipals: [] })).toThrow(
      /missing what it includes/,
    );
    expect(() => of(null)).toThrow(/missing what it includes/);
  });

  it('keeps a control that it does not know, since with OR it is a way around MFA', () => {
    const grantControls = {
      operator: 'OR',
      builtInControls: ['mfa'],
      verifiedIdControls: ['anyVerifiedId'],
      'verifiedIdControls@odata.type': '#Collection(String)',
      ofNextYear: { '@odata.type': '#x', id: null },
      andAfter: [],
    };
    expect(policy({ grantControls }).grant?.controls).toEqual(['mfa', 'verifiedIdControls']);
  });

  it('takes a strength with an id of its own and no methods for unknown, whatever it is named', () => {
    const accepts = (authenticationStrength: object) =>
      policy({ grantControls: { operator: 'OR', builtInControls: [], authenticationStrength } })
        .strengthAccepts;
    const named = { displayName: 'Multifactor authentication' };
    expect(accepts({ ...named, id: '5ea5e100-aaaa-4000-8000-00000000abcd' })).toBe('unknown');
    expect(accepts({ ...named, policyType: 'custom' })).toBe('unknown');
    expect(accepts({ ...named, id: '00000000-0000-0000-0000-000000000002' })).toBe('mfa');
    expect(accepts(named)).toBeUndefined();
  });

  it('reads session controls only where they are switched on', () => {
    const session = (isEnabled: boolean | null) => ({
      cloudAppSecurity: { isEnabled, cloudAppSecurityType: 'mcasConfigured' },
      signInFrequency: { isEnabled, frequencyInterval: 'timeBased', value: 12, type: 'hours' },
    });
    expect(policy({ sessionControls: session(true) }).session).toEqual({
      cloudAppSecurity: 'mcasConfigured',
      signInFrequency: '12 hours',
    });
    expect(policy({ sessionControls: session(false) }).session).toEqual({
      cloudAppSecurity: null,
      signInFrequency: null,
    });
    expect(
      policy({
        sessionControls: {
          signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime', value: null, type: null },
        },
      }).session.signInFrequency,
    ).toBe('everyTime');
  });

  it('refuses a draft without an id and an answer without its conditions', () => {
    expect(() => policy({ id: null })).toThrow(/draft or a template/);
    const cut = { id: 'p', displayName: 'P', state: 'enabled', grantControls: null, sessionControls: null };
    expect(() => readCaPolicy(cut, 'f', 4)).toThrow(ImportProblem);
    expect(() => readCaPolicy(cut, 'f', 4)).toThrow(/without \$select/);
  });

  it('does not guess a state that it does not know', () => {
    expect(policy({ state: 'somethingNew' }).state).toBeNull();
  });
});
