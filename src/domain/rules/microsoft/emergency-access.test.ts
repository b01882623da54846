import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { CONNECTOR_SERVER } from './apps.ts';
import { emergencyAccess } from './emergency-access.ts';
import { BREAK_GLASS, CHARTER, emergencyGroup, policies, policy, principals, SSO_ID } from './testing.ts';

const run = (rows: readonly object[], parts: Partial<Given> = {}) =>
  runRule(
    emergencyAccess,
    {},
    {
      charter: CHARTER,
      ...parts,
      readings: { ca_policies: policies(...rows), entra_groups: emergencyGroup(), ...parts.readings },
    },
  );
const groups = (...rows: readonly object[]) => ({
  readings: { entra_groups: [reading('entra_groups', rows)] },
});

const NO_GROUPS = { readings: { entra_groups: [] } };

describe('emergency-access-excluded', () => {
  it('passes when every policy that reaches Claude leaves the group out', () => {
    expect(
      run([
        policy(),
        policy({ name: 'All', includeApplications: ['All'], state: 'enabledForReportingButNotEnforced' }),
      ]),
    ).toMatchObject({ state: 'pass', reason: expect.stringContaining('All 2 policies') });
  });

  it('fails for a policy on all resources or in report-only that does not', () => {
    const found = run([
      policy(),
      policy({
        name: 'Block countries',
        includeApplications: ['All'],
        excludeGroups: [],
        state: 'enabledForReportingButNotEnforced',
      }),
    ]);
    expect(found).toMatchObject({ state: 'fail', items: [{ key: 'block countries' }] });
    expect(found.reason).toContain('1 of 2 policies');
  });

  it('does not take accounts that the charter names by id for existing without the Entra users', () => {
    const ids = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
    const of = (users?: readonly object[]) =>
      run([policy({ excludeUsers: ids, excludeGroups: [] })], {
        charter: { entra: { ...CHARTER.entra, emergencyAccess: { users: ids } } },
        readings: users === undefined ? {} : { entra_users: [reading('entra_users', users)] },
      });
    expect(of()).toMatchObject({ state: 'cannot_read', ask: { field: 'entra_users' } });
    expect(of([{ id: 'x', upn: 'x@alder.example.org', enabled: true }]).state).toBe('cannot_read');
    expect(of(ids.map((id, n) => ({ id, upn: `e${n}@alder.example.org`, enabled: true }))).state).toBe(
      'pass',
    );
  });

  it('ignores disabled policies, other applications and agents', () => {
    const rest = [
      policy({ state: 'disabled', excludeGroups: [] }),
      policy({ includeApplications: ['Office365'], excludeGroups: [] }),
      policy({
        includeApplications: ['All'],
        includeUsers: ['None'],
        excludeGroups: [],
        otherConditions: ['agents'],
      }),
      policy({ includeApplications: ['All'], includeUsers: ['GuestsOrExternalUsers'], excludeGroups: [] }),
    ];
    expect(run([policy(), ...rest]).state).toBe('pass');
    expect(run(rest.slice(0, 3)).state).toBe('not_applicable');
  });

  it('accepts individual exclusions for the group if the members are known', () => {
    const single = policy({ excludeGroups: [], excludeUsers: ['root-1', 'root-2'] });
    const of = (...members: string[]) => groups({ id: BREAK_GLASS, name: 'Break glass', members });
    expect(run([single], of('root-1', 'root-2')).state).toBe('pass');
    expect(run([single], of('root-1', 'root-2', 'root-3')).state).toBe('fail');
    expect(run([single], NO_GROUPS).state).toBe('fail');
  });

  it('fails for one account alone, which may be lost', () => {
    expect(
      run([policy()], groups({ id: BREAK_GLASS, name: 'Break glass', members: ['root-1'] })),
    ).toMatchObject({
      state: 'fail',
      code: 'microsoft.emergency_access.one_account',
      items: [{ key: 'root-1' }],
    });
    // Named through a group and directly, it is still one account.
    const charter = { entra: { emergencyAccess: { groups: [BREAK_GLASS], users: ['root-1'] } } };
    const readings = groups({ id: BREAK_GLASS, name: 'Break glass', members: ['root-1'] }).readings;
    expect(run([policy({ excludeUsers: ['root-1'] })], { charter, readings }).state).not.toBe('pass');
  });

  it('cannot tell whether anyone has emergency access if the groups file has no members', () => {
    expect(run([policy()], groups({ id: BREAK_GLASS, name: 'Break glass', members: null }))).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.emergency_access.members_unknown',
    });
  });

  it('cannot tell whether anyone has emergency access without a list of groups', () => {
    expect(run([policy()], NO_GROUPS)).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.emergency_access.groups_not_read',
      reason: expect.stringContaining(`who is in ${BREAK_GLASS}`),
      ask: { text: expect.stringContaining('Add the Entra groups file') },
    });
    const old = [reading('entra_groups', emergencyGroup()[0]?.rows ?? [], { observedOn: '2025-01-01' })];
    expect(run([policy()], { readings: { entra_groups: old } }).state).toBe('cannot_read');
    // Accounts that the charter names require no list of groups, but a list of users.
    const users = ['aaaaaaaa-0000-4000-8000-0000000000b1', 'aaaaaaaa-0000-4000-8000-0000000000b2'];
    const charter = { entra: { ssoAppId: SSO_ID, emergencyAccess: { users } } };
    const out = policy({ excludeUsers: users, excludeGroups: [] });
    const entra_users = [
      reading(
        'entra_users',
        users.map((id, n) => ({ id, upn: `e${n}@alder.example.org`, enabled: true })),
      ),
    ];
    const readings = { ...NO_GROUPS.readings, entra_users };
    expect(run([out], { readings, charter }).state).toBe('pass');
    // Nor does it hide a certain failure.
    expect(run([policy({ excludeGroups: [] })], NO_GROUPS).state).toBe('fail');
  });

  it('judges a policy for one group by its members', () => {
    const scoped = policy({ includeUsers: [], includeGroups: ['g-staff'], excludeGroups: [] });
    const own = { id: BREAK_GLASS, name: 'Break glass', members: ['root-1', 'root-2'] };
    expect(run([scoped], groups(own, { id: 'g-staff', name: 'Staff', members: ['u-1'] })).state).toBe('pass');
    expect(
      run([scoped], groups(own, { id: 'g-staff', name: 'Staff', members: ['u-1', 'root-1'] })).state,
    ).toBe('fail');
    expect(run([scoped], groups(own, { id: 'g-staff', name: 'Staff', members: null })).state).toBe(
      'cannot_read',
    );
    expect(
      run([policy({ includeUsers: [], includeRoles: ['r'], excludeGroups: [] })], groups(own)).state,
    ).toBe('cannot_read');
  });

  it('judges a policy for a role by who holds it, and asks for the list of role assignments', () => {
    const own = { id: BREAK_GLASS, name: 'Break glass', members: ['root-1', 'root-2'] };
    const admins = policy({ name: 'Admins', includeUsers: [], includeRoles: ['r-admin'], excludeGroups: [] });
    const given = (...principals: readonly string[]) => ({
      readings: {
        entra_groups: [reading('entra_groups', [own])],
        entra_users: [
          reading('entra_users', [
            { id: 'root-1', upn: 'root@alder.example.org', enabled: true },
            { id: 'root-2', upn: 'root2@alder.example.org', enabled: true },
            { id: 'u-1', upn: 'ann@alder.example.org', enabled: true },
          ]),
        ],
        ...(principals.length === 0
          ? {}
          : {
              entra_roles: [
                reading(
                  'entra_roles',
                  principals.map((principal) => ({
                    role: 'r-admin',
                    principal,
                    principalType: 'user' as const,
                    scope: '/',
                  })),
                ),
              ],
            }),
      },
    });
    const unknown = run([policy(), admins], given());
    expect(unknown.state).toBe('cannot_read');
    expect(JSON.stringify(unknown.ask)).toContain('Add the list of role assignments');
    expect(run([policy(), admins], given('root-1'))).toMatchObject({
      state: 'fail',
      items: [{ label: 'Admins', detail: 'Does not leave out Break glass.' }],
    });
    expect(run([policy(), admins], given('u-1'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining(
        '“Admins” takes in holders of roles; only active role assignments are read, so whether one of the accounts is eligible for such a role is not known.',
      ),
    });
    const named = { ...admins, excludeGroups: [BREAK_GLASS] };
    expect(run([policy(), named], given('u-1')).reason).not.toContain('eligible');
    const leftOut = policy({ name: 'Everyone but', excludeGroups: [], excludeRoles: ['r-admin'] });
    expect(run([leftOut], given('root-1', 'root-2')).state).toBe('pass');
    expect(run([leftOut], given('root-1')).state).toBe('fail');
    expect(run([leftOut], given('u-1')).state).toBe('fail');
    expect(run([leftOut], given()).state).toBe('cannot_read');
  });

  it('fails emergency access that would not work', () => {
    expect(run([policy()], groups({ id: BREAK_GLASS, name: 'Break glass', members: [] })).state).toBe('fail');
    expect(run([policy()], groups({ id: 'other', name: 'Other', members: ['x'] }))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('not in Entra'),
    });
    const charter = {
      entra: { emergencyAccess: { users: ['root@alder.example.org', 'root2@alder.example.org'] } },
    };
    const user = (enabled: boolean) => ({
      charter,
      readings: {
        entra_users: [
          reading('entra_users', [
            { id: 'root-1', upn: 'root@alder.example.org', enabled },
            { id: 'root-2', upn: 'root2@alder.example.org', enabled: true },
          ]),
        ],
      },
    });
    const excludeUsers = ['root-1', 'root-2'];
    expect(run([policy({ excludeUsers })], user(true)).state).toBe('pass');
    expect(run([policy({ excludeUsers })], user(false))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('disabled'),
    });
  });

  it('asks of an emergency group whether an account of it can sign in', () => {
    const own = { id: BREAK_GLASS, name: 'Break glass', members: ['root-1', 'root-2', 'root-3'] };
    const users = (...enabled: (boolean | null)[]) => ({
      readings: {
        ...groups(own).readings,
        entra_users: [
          reading(
            'entra_users',
            enabled.map((is, at) => ({
              id: `root-${at + 1}`,
              upn: `root${at + 1}@alder.example.org`,
              enabled: is,
            })),
          ),
        ],
      },
    });
    expect(run([policy()], users(true, true, false)).state).toBe('pass');
    expect(run([policy()], users(true, false, false))).toMatchObject({
      state: 'fail',
      code: 'microsoft.emergency_access.one_account',
    });
    expect(run([policy()], users(true, null, false)).state).toBe('cannot_read');
    expect(run([policy()], users(false, false, false))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Every account in this emergency access group is disabled'),
    });
    expect(run([policy()], users(null, false, false)).state).toBe('cannot_read');
    // A list that lacks a member of the group may be filtered, so it does not show that anyone is gone.
    expect(run([policy()], users()).state).toBe('cannot_read');
    expect(run([policy()], users(false))).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('without a filter') },
    });
  });

  it('asks about an account id that is not in the users file, which may be filtered', () => {
    const id = 'aaaaaaaa-0000-4000-8000-0000000000a1';
    const ids = [id, 'aaaaaaaa-0000-4000-8000-0000000000a2', 'aaaaaaaa-0000-4000-8000-0000000000a3'];
    const charter = { entra: { emergencyAccess: { users: ids } } };
    const users = (...rows: readonly object[]) => ({
      charter,
      readings: {
        entra_users: [
          reading('entra_users', [
            ...ids
              .slice(1)
              .map((one, at) => ({ id: one, upn: `spare${at}@alder.example.org`, enabled: true })),
            ...rows,
          ]),
        ],
      },
    });
    const other = { id: 'dana-1', upn: 'dana@alder.example.org', enabled: true };
    const own = { id, upn: 'root@alder.example.org' };
    const out = policy({ excludeUsers: ids });
    expect(run([out], users(other))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(`whether ${id} is enabled`),
      ask: { text: expect.stringContaining('without a filter') },
    });
    expect(run([out], users(other, { ...own, enabled: true })).state).toBe('pass');
    expect(run([out], users(other, { ...own, enabled: false })).state).toBe('fail');
  });

  it('names excluded groups that no longer exist', () => {
    expect(
      run(
        [policy({ excludeGroups: [BREAK_GLASS, 'g-gone'] })],
        groups({ id: BREAK_GLASS, name: 'Break glass', members: ['root-1', 'root-2'] }),
      ).reason,
    ).toContain('no longer exists: g-gone');
  });

  it('cannot read without charter, without names in it, or with names that no file resolves', () => {
    expect(runRule(emergencyAccess, {}, { readings: { ca_policies: policies(policy()) } }).state).toBe(
      'cannot_read',
    );
    expect(run([policy()], { charter: { entra: { emergencyAccess: {} } } })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('entra.emergencyAccess') },
    });
    const byName = { entra: { emergencyAccess: { groups: ['Break glass'] } } };
    expect(run([policy()], { ...NO_GROUPS, charter: byName })).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.emergency_access.unresolved',
    });
    expect(runRule(emergencyAccess, {}, { charter: CHARTER }).state).toBe('cannot_read');
  });

  it('does not pass with a policy on a sign-in application that the charter does not name', () => {
    const charter = { entra: { emergencyAccess: { groups: [BREAK_GLASS] } } };
    const onSignIn = policy({ includeApplications: [SSO_ID], excludeGroups: [] });
    const connector = policy({ name: 'Connector', includeApplications: [CONNECTOR_SERVER.appId] });
    for (const readings of [{}, { service_principals: principals() }])
      expect(run([onSignIn, connector], { charter, readings })).toMatchObject({
        state: 'cannot_read',
        ask: { text: expect.stringContaining('entra.ssoAppId') },
        items: [{ label: 'Require MFA for Claude', detail: expect.stringContaining(SSO_ID) }],
      });
    // Whichever application it is for, it excludes the accounts.
    expect(run([policy({ includeApplications: [SSO_ID] })], { charter }).state).toBe('pass');
    // An application with another name is not Claude's.
    const other = policy({
      includeApplications: ['cccccccc-0000-4000-8000-0000000000c1'],
      excludeGroups: [],
    });
    expect(run([other, connector], { charter, readings: { service_principals: principals() } }).state).toBe(
      'pass',
    );
  });

  it('ignores policies for legacy clients, and asks about application filters', () => {
    const legacy = policy({
      includeApplications: ['All'],
      clientAppTypes: ['exchangeActiveSync', 'other'],
      excludeGroups: [],
    });
    expect(run([legacy, policy()]).state).toBe('pass');
    const filtered = policy({
      includeApplications: [],
      otherConditions: ['applications.applicationFilter'],
      excludeGroups: [],
    });
    expect(run([filtered, policy()]).state).toBe('cannot_read');
  });

  it('accepts a policy for the emergency accounts alone, unless it blocks them', () => {
    const own = { includeUsers: [], includeGroups: [BREAK_GLASS], excludeGroups: [] };
    const grant = (control: string) => ({
      operator: 'OR' as const,
      controls: [control],
      authenticationStrength: null,
    });
    expect(run([policy(), policy({ ...own, name: 'Keys', grant: grant('mfa') })]).state).toBe('pass');
    expect(run([policy(), policy({ ...own, name: 'Shut', grant: grant('block') })]).state).toBe('fail');
  });

  it('cannot tell if an excluded role may be held by the accounts', () => {
    expect(run([policy({ excludeGroups: [], excludeRoles: ['r-global-admin'] })]).state).toBe('cannot_read');
  });
});
// Guide: G6.2-03 G6.3-04
