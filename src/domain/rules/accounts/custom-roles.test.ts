import { describe, expect, it } from 'vitest';
import type { ClaudeGroupRow, ClaudeRoleRow } from '../../model/kinds.ts';
import type { VendorSource } from '../../model/vendor-source.ts';
import { reading, runRule, TODAY } from '../../testing/build.ts';
import { connectorRoles } from '../connectors/connector-roles.ts';
import { approvedAdmins } from './approved-admins.ts';
import { dana, keys, kim, members, noor } from './fixtures.ts';

const vendorSources = [
  {
    roleActions: [
      { action: 'use', resources: ['connector', 'all_connectors'], administers: false, says: '' },
      { action: 'permission_*', resources: ['organization'], administers: true, says: '' },
    ],
  },
] as unknown as VendorSource[];
const role = (id: string, permission: ClaudeRoleRow['permission']) => ({
  organization: 'o1',
  id,
  name: id,
  permission,
});
const may = (resource: string, action: string) => ({ resource, resourceId: null, action });
const group = (role: string, people: readonly { email: string }[]): Partial<ClaudeGroupRow>[] =>
  people.map(({ email }) => ({
    id: `of ${role}`,
    name: `of ${role}`,
    roles: [role],
    member: { id: null, email },
  }));

const people = members([
  { ...dana, role: 'primary_owner' },
  { ...kim, role: 'custom' },
  { ...noor, role: 'custom' },
]);
const run = (
  rule: typeof approvedAdmins,
  roles: Partial<ClaudeRoleRow>[] | null,
  groups: Partial<ClaudeGroupRow>[] = [],
  complete = true,
) =>
  runRule(
    rule,
    {},
    {
      profile: { claudePlan: 'enterprise' },
      charter: { owners: [dana.email], admins: [] },
      catalogue: { vendorSources },
      readings: {
        members: people,
        ...(roles === null ? {} : { claude_roles: [reading('claude_roles', roles, { complete })] }),
        ...(groups.length === 0 ? {} : { claude_groups: [reading('claude_groups', groups)] }),
      },
    },
  );

describe('holders of custom roles', () => {
  const connectors = role('Staff', may('connector', 'use'));
  const manages = role('Help desk', may('organization', 'permission_members'));

  it('need no approval if no role manages anything', () => {
    expect(run(approvedAdmins, [connectors, role('Board', 'none')])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('No custom role manages the organization'),
    });
  });
  it('are asked about if the members file names a role that is not on the list', () => {
    const named = (roleText: string) =>
      runRule(
        approvedAdmins,
        {},
        {
          profile: { claudePlan: 'enterprise' },
          charter: { owners: [dana.email], admins: [] },
          catalogue: { vendorSources },
          readings: {
            members: members([
              { ...dana, role: 'primary_owner' },
              { ...kim, role: 'custom', roleText },
            ]),
            claude_roles: [reading('claude_roles', [connectors])],
          },
        },
      );
    for (const text of ['Custom role', 'Custom: Staff', 'custom role (staff)', 'Developer'])
      expect(named(text).state).toBe('pass');
    expect(named('Custom: Ops lead')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Kim Osei (Custom: Ops lead)'),
    });
  });
  it('fail if a group gives them a role that manages', () => {
    const found = run(approvedAdmins, [connectors, manages], group('Help desk', [kim]));
    expect(found.state).toBe('fail');
    expect(keys(found)).toEqual([kim.email]);
    expect(found.items[0]?.detail).toContain('Help desk');
  });
  it('cannot be judged if a role may be given individually or its permissions are unknown', () => {
    expect(run(approvedAdmins, null).state).toBe('cannot_read');
    expect(run(approvedAdmins, []).state).toBe('cannot_read');
    expect(run(approvedAdmins, [connectors, manages]).state).toBe('cannot_read');
    expect(run(approvedAdmins, [role('New', may('organization', 'something_new'))]).state).toBe(
      'cannot_read',
    );
    expect(run(approvedAdmins, [role('New', null)], [], false).state).toBe('cannot_read');
  });
});

describe('holders of a role without listed permissions', () => {
  const asked = (roles: Partial<ClaudeRoleRow>[] | null, complete = true, of = 'Gone') =>
    runRule(
      approvedAdmins,
      {},
      {
        profile: { claudePlan: 'enterprise' },
        charter: { owners: [dana.email], admins: [] },
        catalogue: { vendorSources },
        readings: {
          members: members([
            { ...dana, role: 'primary_owner' },
            { ...kim, role: 'user' },
          ]),
          ...(roles === null ? {} : { claude_roles: [reading('claude_roles', roles, { complete })] }),
          claude_groups: [reading('claude_groups', group(of, [kim]))],
        },
      },
    );
  const connectors = role('Staff', may('connector', 'use'));

  it('are not cleared, whoever the members file says they are', () => {
    expect(asked([connectors])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Kim Osei'),
    });
    expect(asked([connectors], false).state).toBe('cannot_read');
    expect(asked([connectors, role('Gone', null)]).state).toBe('cannot_read');
    expect(asked([connectors], true, 'Staff').state).toBe('pass');
    expect(asked(null)).toMatchObject({ state: 'cannot_read', ask: { field: 'claude_roles' } });
  });
});

describe('custom roles that changed after the members file', () => {
  const since = (type: string, roles: Partial<ClaudeRoleRow>[] | null = null, rolesOn = '2026-11-10') =>
    runRule(
      approvedAdmins,
      {},
      {
        profile: { claudePlan: 'enterprise' },
        charter: { owners: [dana.email], admins: [] },
        catalogue: { vendorSources },
        readings: {
          members: members([{ ...dana, role: 'primary_owner' }], '2026-11-10'),
          ...(roles === null
            ? {}
            : { claude_roles: [reading('claude_roles', roles, { observedOn: rolesOn })] }),
          activities: [
            reading(
              'activities',
              [{ type, at: '2026-11-12T10:00:00Z', detail: { role_id: 'r1', group_id: 'g1' } }],
              { covers: { from: '2026-09-01', to: '2026-11-24' } },
            ),
          ],
        },
      },
    ).state;

  it('keep the file from proving who administers', () => {
    const acts = ['rbac_role_assigned', 'rbac_role_permission_added', 'rbac_role_grant_updated'];
    expect(acts.map((type) => since(type))).toEqual(['cannot_read', 'cannot_read', 'cannot_read']);
    expect(since('group_member_added')).toBe('cannot_read');
    expect(since('rbac_role_unassigned')).toBe('pass');
  });
  it('do not matter if the roles were read since or none manages anything', () => {
    const harmless = [role('Staff', may('connector', 'use'))];
    expect(since('rbac_role_permission_added', harmless, '2026-11-20')).toBe('pass');
    expect(since('group_member_added', harmless)).toBe('pass');
    expect(since('rbac_role_assigned', harmless, '2026-11-20')).toBe('cannot_read');
  });
});

describe('connectors by role', () => {
  const everything = role('Everyone', may('all_connectors', 'use'));

  it('fail if one role gives everything to everyone, and never pass', () => {
    expect(run(connectorRoles, [everything], group('Everyone', [dana, kim, noor])).state).toBe('fail');
    expect(run(connectorRoles, [everything], group('Everyone', [dana, kim])).state).toBe('cannot_read');
    expect(
      run(connectorRoles, [role('Staff', may('connector', 'use'))], group('Staff', [dana, kim, noor])).state,
    ).toBe('cannot_read');
    expect(run(connectorRoles, [everything]).state).toBe('cannot_read');
  });

  it('end an earlier statement if no role gives a connector', () => {
    const manages = role('Billing', may('organization', 'permission_members'));
    expect(run(connectorRoles, [manages], group('Billing', [dana]))).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.connector_roles.none_gives',
      changedOn: TODAY,
    });
    expect(
      run(connectorRoles, [role('Staff', may('connector', 'use'))], group('Staff', [dana])).changedOn,
    ).toBeUndefined();
  });

  it('fail if everyone has a connector to sensitive data whose name only events give', () => {
    const outlook = role('Mail', { resource: 'connector', resourceId: 'srv_1', action: 'use' });
    const search = role('Mail', {
      resource: 'connector_tool',
      resourceId: 'srv_1/search',
      action: 'always_allow',
    });
    const decide = (sensitivity: string, holders: readonly { email: string }[], gives = outlook) =>
      runRule(
        connectorRoles,
        {},
        {
          profile: { claudePlan: 'enterprise' },
          charter: { connectors: [{ name: 'Mail archive', sensitivity, actions: { '*': 'blocked' } }] },
          readings: {
            members: people,
            claude_roles: [reading('claude_roles', [gives])],
            claude_groups: [reading('claude_groups', group('Mail', holders))],
            activities: [
              reading('activities', [
                {
                  type: 'mcp_server_created',
                  at: '2026-11-02T10:00:00Z',
                  detail: { mcp_server_id: 'srv_1', mcp_server_name: 'Mail archive' },
                },
              ]),
            ],
          },
        },
      );
    expect(decide('high', [dana, kim, noor])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('The role Mail gives Mail archive'),
    });
    expect(decide('high', [dana, kim, noor], search).state).toBe('fail');
    expect(decide('low', [dana, kim, noor], search).state).toBe('cannot_read');
    expect(decide('high', [dana, kim]).state).toBe('cannot_read');
    expect(decide('low', [dana, kim, noor]).state).toBe('cannot_read');
  });
});
// Guide: G1.1-09 G2.2-10
