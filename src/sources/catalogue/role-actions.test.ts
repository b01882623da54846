import { describe, expect, it } from 'vitest';
import { approvedAdmins } from '#domain/rules/accounts/approved-admins.ts';
import { dana, kim, members, noor } from '#domain/rules/accounts/fixtures.ts';
import { reading, runRule } from '#domain/testing/build.ts';
import { sharedCatalogue } from './testing/shared.ts';

/** What a custom role may do, by the words that the vendor's own types define. */

const { vendorSources } = sharedCatalogue();
const people = members([
  { ...dana, role: 'primary_owner' },
  { ...kim, role: 'custom' },
  { ...noor, role: 'custom' },
]);

/** Whether Kim, who holds the role through a group, is taken for an admin whom nobody approved. */
function stateWith(resource: string, action: string) {
  const permission = { resource, resourceId: null, action };
  const role = { organization: 'o1', id: 'rbac_role_1', name: 'Role', permission };
  const member = { id: null, email: kim.email };
  return runRule(
    approvedAdmins,
    {},
    {
      profile: { claudePlan: 'enterprise' },
      charter: { owners: [dana.email], admins: [] },
      catalogue: { vendorSources },
      readings: {
        members: people,
        claude_roles: [reading('claude_roles', [role], { complete: true })],
        claude_groups: [
          reading('claude_groups', [{ id: 'g', name: 'Group', roles: ['rbac_role_1'], member }]),
        ],
      },
    },
  ).state;
}

describe('a custom role', () => {
  it.each([
    ['connector', 'grant'],
    ['connector_scope', 'grant'],
    ['all_connectors', 'grant'],
    ['connector', 'managed'],
    ['all_connectors', 'interactive'],
    ['organization', 'chat'],
    ['organization', 'capability_access_all'],
    ['organization', 'capability_access_all_ga'],
  ])('that uses what the organization allows administers nothing: %s, %s', (resource, action) =>
    expect(stateWith(resource, action)).toBe('pass'),
  );
  it('that may manage an area of the organization administers it', () =>
    expect(stateWith('organization', 'permission_members')).toBe('fail'));
  it.each([
    ['organization', 'grant'],
    ['organization', 'something_new'],
    ['workspace', 'use'],
  ])('with a word that the vendor does not define is never taken for harmless: %s, %s', (resource, action) =>
    expect(stateWith(resource, action)).toBe('cannot_read'),
  );
});
