import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { alderTenant, type Thing } from '../../../../sandbox/microsoft/tenant.ts';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { reachTo } from '../graph/testing.ts';
import { microsoft } from '../index.ts';

/** Changes of groups and roles: those on which something rests, those of a group inside them, and no others. */
const NOW = new Date('2026-11-24T15:00:00Z');
const ROLE = '62e90394-69f5-4237-9190-012177145e10';
let simulator: MicrosoftSimulator;
let way: ReturnType<typeof reachTo>;

beforeEach(async () => {
  way = reachTo(() => simulator.url, NOW);
  simulator = await startMicrosoft({ tenant: alderTenant(), now: way.clock, throttles: false });
});
afterEach(() => simulator.close());

async function read(charter: object = {}) {
  const { tenant, application, secret } = APPLICATION;
  const source = microsoft.live?.open({ cloud: 'global', tenant, application, secret }, way.reach);
  const context = {
    place: null,
    granted: new Set<string>(),
    catalogue: sharedCatalogue(),
    clock: way.clock,
    charter,
    content: null,
  };
  const ids: string[] = [];
  let says: string | undefined;
  for await (const batch of source?.read('group_changes', context) ?? []) {
    ({ says } = batch);
    for (const { bytes } of batch.files ?? [])
      for (const { id } of JSON.parse(Buffer.from(bytes).toString()).value) ids.push(id);
  }
  return { ids: ids.sort(), says };
}

const changed = (id: string, category: string, targetResources: readonly object[]): Thing => ({
  ...simulator.tenant.audits[0],
  id,
  category,
  activityDateTime: '2026-11-20T10:00:00Z',
  targetResources,
});
const group = (id: unknown) => ({ id, type: 'Group', displayName: null, modifiedProperties: [] });
/** As Entra writes it: which role shows in what was changed of the person, and after a removal as the old value. */
const role = (template: string, key: 'newValue' | 'oldValue') => ({
  id: 'u-1',
  type: 'User',
  modifiedProperties: [
    { displayName: 'Role.TemplateId', oldValue: null, newValue: null, [key]: `"${template}"` },
  ],
});

it('reads the groups that are named, those in them, and roles that a policy names', async () => {
  const { tenant } = simulator;
  const { users } = (tenant.policies[0] as Thing).conditions as {
    users: { excludeGroups: string[]; excludeRoles: string[] };
  };
  const named = tenant.groups.find(({ id }) => id === users.excludeGroups[0]) as Thing;
  tenant.groups.push(
    { id: 'g-inner', displayName: 'Inner', members: [] },
    { id: 'g-other', displayName: 'Board', members: [] },
    { id: 'g-chartered', displayName: 'Hardware keys', members: [] },
  );
  (named.members as object[]).push({ id: 'g-inner', '@odata.type': '#microsoft.graph.group' });
  tenant.audits.push(
    changed('named', 'GroupManagement', [{ id: 'u-1', type: 'User' }, group(named.id)]),
    changed('inner', 'GroupManagement', [{ id: 'u-1', type: 'User' }, group('g-inner')]),
    changed('chartered', 'GroupManagement', [group('g-chartered')]),
    changed('other', 'GroupManagement', [{ id: 'u-1', type: 'User' }, group('g-other')]),
    changed('role', 'RoleManagement', [role(ROLE, 'newValue')]),
    changed('role-removed', 'RoleManagement', [role(ROLE, 'oldValue')]),
    changed('other-role', 'RoleManagement', [role('fe930be7-5e62-47db-91af-98c3a49a38b1', 'newValue')]),
  );
  const charter = { entra: { emergencyAccess: { groups: ['Hardware keys'] } } };
  // No policy names a role yet, so that the changes of roles are not even asked for.
  expect((await read(charter)).ids).toEqual(['chartered', 'inner', 'named']);
  const asked = () =>
    simulator.exchanges.flatMap(({ path, query }) =>
      path === '/auditLogs/directoryAudits' ? [String(query.$filter)] : [],
    );
  expect(asked().some((filter) => filter.includes('RoleManagement'))).toBe(false);
  expect(asked().every((filter) => !filter.includes('g-other'))).toBe(true);
  users.excludeRoles.push(ROLE);
  expect((await read(charter)).ids).toEqual(['chartered', 'inner', 'named', 'role', 'role-removed']);
  // A policy names a group for as long as nobody changes it, though the group was deleted.
  users.excludeGroups.push('g-deleted');
  tenant.audits.push(changed('deleted', 'GroupManagement', [group('g-deleted')]));
  expect((await read(charter)).ids).toContain('deleted');
});

it('asks nothing where nothing names a group or a role, and says so', async () => {
  const { tenant } = simulator;
  tenant.policies = [];
  tenant.groups = [{ id: 'g-other', displayName: 'Board', members: [] }];
  tenant.assignments = {};
  expect(await read()).toEqual({
    ids: [],
    says: 'No policy, assignment or charter names a group or a role.',
  });
});
// Guide: G6.4-00 G6.5-00
