import type { CaPolicyRow, ServicePrincipalRow } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import { reading, TODAY } from '../../testing/build.ts';
import { CONNECTOR_CLIENT, CONNECTOR_SERVER, GRAPH_APP_ID } from './apps.ts';

/** Small Entra tenants for tests of the rules in this folder. */

export const SSO_ID = 'aaaaaaaa-0000-4000-8000-0000000000a1';
export const BREAK_GLASS = 'bbbbbbbb-0000-4000-8000-0000000000e1';

type Row<T> = Partial<T> & object;

const SIGN_IN: Row<ServicePrincipalRow> = {
  id: 'sp-sso',
  appId: SSO_ID,
  name: 'Claude',
  enabled: true,
  assignmentRequired: true,
};
const SERVER: Row<ServicePrincipalRow> = {
  id: 'sp-server',
  appId: CONNECTOR_SERVER.appId,
  name: CONNECTOR_SERVER.name,
  enabled: true,
  assignmentRequired: true,
};
const CLIENT: Row<ServicePrincipalRow> = {
  id: 'sp-client',
  appId: CONNECTOR_CLIENT.appId,
  name: CONNECTOR_CLIENT.name,
  enabled: true,
  assignmentRequired: true,
};
const GRAPH: Row<ServicePrincipalRow> = {
  id: 'sp-graph',
  appId: GRAPH_APP_ID,
  name: 'Microsoft Graph',
  enabled: true,
  assignmentRequired: false,
};

/** An unrelated application; without one, a list looks as if it was filtered by name. */
export const PAYROLL: Row<ServicePrincipalRow> = {
  id: 'sp-pay',
  appId: 'cccccccc-0000-4000-8000-000000000003',
  name: 'Payroll',
};

/** The sign-in application, both connector applications and Graph, with changes by application. */
export function principals(
  changes: {
    without?: readonly ('sign_in' | 'server' | 'client' | 'graph')[];
    sign_in?: Row<ServicePrincipalRow>;
    server?: Row<ServicePrincipalRow>;
    client?: Row<ServicePrincipalRow>;
    more?: readonly Row<ServicePrincipalRow>[];
  } = {},
): readonly Reading<'service_principals'>[] {
  const out = new Set<string>(changes.without ?? []);
  const rows = [
    ...(out.has('sign_in') ? [] : [{ ...SIGN_IN, ...changes.sign_in }]),
    ...(out.has('server') ? [] : [{ ...SERVER, ...changes.server }]),
    ...(out.has('client') ? [] : [{ ...CLIENT, ...changes.client }]),
    ...(out.has('graph') ? [] : [GRAPH]),
    ...(changes.more ?? []),
  ];
  return [reading('service_principals', rows)];
}

/** A policy that asks for MFA for all users and all Claude applications, with changes. */
export function policy(changes: Row<CaPolicyRow> = {}): Row<CaPolicyRow> {
  return {
    id: (changes.name ?? 'mfa').toLowerCase(),
    name: 'Require MFA for Claude',
    state: 'enabled',
    createdAt: `${TODAY}T00:00:00Z`,
    includeApplications: [SSO_ID, CONNECTOR_SERVER.appId, CONNECTOR_CLIENT.appId],
    includeUsers: ['All'],
    excludeGroups: [BREAK_GLASS],
    grant: { operator: 'OR', controls: ['mfa'], authenticationStrength: null },
    ...changes,
  };
}

export function policies(...rows: readonly Row<CaPolicyRow>[]): readonly Reading<'ca_policies'>[] {
  return [reading('ca_policies', rows)];
}

/** The emergency access group that CHARTER names, with two accounts. */
export function emergencyGroup(): readonly Reading<'entra_groups'>[] {
  return [reading('entra_groups', [{ id: BREAK_GLASS, name: 'Break glass', members: ['root-1', 'root-2'] }])];
}

/** The Entra users file with the accounts of the emergency access group, and additional ones. */
export function entraUsers(...more: readonly object[]): readonly Reading<'entra_users'>[] {
  return [
    reading('entra_users', [
      { id: 'root-1', upn: 'root@alder.example.org', name: 'Root', enabled: true },
      { id: 'root-2', upn: 'root2@alder.example.org', name: 'Root 2', enabled: true },
      ...more,
    ]),
  ];
}

export const CHARTER = {
  ssoRequired: true,
  entra: { ssoAppId: SSO_ID, emergencyAccess: { groups: [BREAK_GLASS] } },
};
