import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { json, readerOf } from '../exports/kinds/json-testing.ts';
import { graphKinds } from './kinds.ts';
import { kindOfContext } from './recognize.ts';

const ENV = { file: 'x.json', timezone: 'UTC', domains: [], today: '2026-11-24' };
const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const { recognized, parseAs, parse } = readerOf(graphKinds, 'UTC');
const read = <K extends Kind>(kind: K, value: unknown) => parse(kind, json(value));

const user = (id: string) => ({
  id,
  displayName: 'A',
  userPrincipalName: `${id}@alder.example.org`,
  mail: null,
  accountEnabled: true,
});
const policy = (parts: object = {}) => ({
  id: 'p1',
  displayName: 'Require MFA',
  state: 'enabled',
  createdDateTime: '2026-09-01T10:00:00Z',
  modifiedDateTime: null,
  conditions: {
    clientAppTypes: ['all'],
    applications: { includeApplications: ['All'] },
    users: { includeUsers: ['All'], excludeGroups: ['g1'] },
  },
  grantControls: {
    operator: 'OR',
    builtInControls: ['mfa'],
    customAuthenticationFactors: [],
    termsOfUse: [],
  },
  sessionControls: null,
  ...parts,
});

describe('which answer a file holds', () => {
  it.each([
    ['users(id,displayName,assignedLicenses)', 'entra_users'],
    ['users/$entity', 'entra_users'],
    ['groups(id,displayName,members())', 'entra_groups'],
    ['conditionalAccess/policies', 'ca_policies'],
    ['identity/conditionalAccess/policies/$entity', 'ca_policies'],
    ['conditionalAccess/namedLocations', 'named_locations'],
    ["servicePrincipals('0b1c')/appRoleAssignedTo", 'app_assignments'],
    ["servicePrincipals('0b1c')/oauth2PermissionGrants", 'permission_grants'],
    ['oauth2PermissionGrants', 'permission_grants'],
    ['auditLogs/signIns', 'sign_ins'],
    ['policies/identitySecurityDefaultsEnforcementPolicy/$entity', 'security_defaults'],
    ['directoryObjects', null],
    ['Collection(microsoft.graph.whatIfAnalysisResult)', null],
    ['identityProtection/riskyUsers', 'risky_users'],
    ['identityGovernance/accessReviews', null],
    ['directory/deletedItems/microsoft.graph.user', null],
  ])('context %s', (context, kind) => {
    expect(kindOfContext(context)).toBe(kind);
  });

  it('without a context by the members of the items', () => {
    expect(
      recognized(json([{ skuId: 's', skuPartNumber: 'SPB', capabilityStatus: 'Enabled', servicePlans: [] }])),
    ).toBe('subscribed_skus');
    expect(recognized(json([user('u1')]))).toBe('entra_users');
    expect(recognized(json({ value: [policy()] }))).toBe('ca_policies');
    expect(recognized(json([{ clientId: 'c', consentType: 'AllPrincipals', scope: 'User.Read' }]))).toBe(
      'permission_grants',
    );
    expect(recognized(json([{ appId: 'a', displayName: 'X', appRoleAssignmentRequired: true }]))).toBe(
      'service_principals',
    );
    expect(
      recognized(
        json([
          {
            createdDateTime: '2026-11-01T00:00:00Z',
            conditionalAccessStatus: 'success',
            userPrincipalName: 'a@b',
          },
        ]),
      ),
    ).toBe('sign_ins');
    expect(
      recognized(
        json([{ '@odata.type': '#microsoft.graph.ipNamedLocation', displayName: 'Office', ipRanges: [] }]),
      ),
    ).toBe('named_locations');
    expect(
      recognized(
        json({
          id: '00000000-0000-0000-0000-000000000005',
          displayName: 'Security Defaults',
          isEnabled: true,
        }),
      ),
    ).toBe('security_defaults');
  });

  it('rejects what merely looks alike: members of a group, risky users, devices, What If', () => {
    expect(
      recognized(json({ '@odata.context': `${GRAPH}directoryObjects`, value: [user('u1')] })),
    ).toBeNull();
    expect(recognized(json([{ ...user('u1'), riskLevel: 'high', riskState: 'atRisk' }]))).toBeNull();
    expect(
      recognized(
        json([{ userPrincipalName: 'a@b', trustType: 'AzureAd', deviceName: 'L1', displayName: 'x' }]),
      ),
    ).toBeNull();
    expect(recognized(json([{ ...policy(), policyApplies: true, analysisReasons: 'notSet' }]))).toBeNull();
    expect(recognized(json({ data: [1, 2] }))).toBeNull();
    expect(recognized(json([1, 'x', null]))).toBeNull();
  });
});

describe('how an answer was saved', () => {
  const one = {
    '@odata.context': `${GRAPH}users`,
    '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=x',
    value: [user('u1')],
  };
  const two = { '@odata.context': `${GRAPH}users`, value: [user('u2')] };

  it('a page that names a further one is only a part', () => {
    const parsed = read('entra_users', one);
    expect(parsed.complete).toBe(false);
    expect(parsed.notes.map((note) => note.says).join()).toContain('further page');
  });

  it('all pages in one file, in any order, as a list or one after the other', () => {
    for (const content of [
      json([one, two]),
      json([two, one]),
      { form: 'text', text: `${JSON.stringify(one, null, 2)}\n${JSON.stringify(two, null, 2)}` } as const,
    ]) {
      expect(recognized(content)).toBe('entra_users');
      const parsed = parseAs('entra_users', content);
      expect(parsed.complete).toBe(true);
      expect(parsed.rows.map((row) => row.id).sort()).toEqual(['u1', 'u2']);
      expect(parsed.rows.map((row) => row.row)).toEqual([1, 2]);
    }
  });

  it('one object by itself is not the list', () => {
    expect(read('entra_users', { '@odata.context': `${GRAPH}users/$entity`, ...user('u1') }).complete).toBe(
      false,
    );
    expect(read('ca_policies', policy()).complete).toBe(false);
    expect(
      read('security_defaults', {
        '@odata.context': `${GRAPH}policies/identitySecurityDefaultsEnforcementPolicy/$entity`,
        isEnabled: false,
      }).complete,
    ).toBe(true);
  });

  it('a list of applications without Microsoft Graph was filtered', () => {
    const app = (appId: string, displayName: string) => ({
      id: appId,
      appId,
      displayName,
      servicePrincipalType: 'Application',
    });
    const list = (...apps: object[]) => ({ '@odata.context': `${GRAPH}servicePrincipals`, value: apps });
    const claude = app('aaaaaaaa-0000-4000-8000-0000000000a1', 'Claude');
    const graph = app('00000003-0000-0000-c000-000000000000', 'Microsoft Graph');
    const filtered = read('service_principals', list(claude));
    expect(filtered).toMatchObject({ complete: false, rows: [{ name: 'Claude' }] });
    expect(filtered.notes.map((note) => note.says).join()).toContain('filtered');
    expect(read('service_principals', list(claude, graph)).complete).toBe(true);
  });

  it('the catalog of Microsoft Agent 365, with members that nobody here knows', () => {
    // As documented by Microsoft for copilotPackage (v1.0, page of 2026-06-30).
    const agent = {
      id: 'P_19ae1zz1-56bc-505a-3d42-156df75a4xxy',
      displayName: 'Contoso HR Agent',
      type: 'custom',
      shortDescription: 'Agent that can answer HR questions',
      isBlocked: false,
      supportedHosts: ['Copilot'],
      lastModifiedDateTime: '2026-01-06T00:07:20.1467852Z',
      publisher: 'Contoso',
      availableTo: 'all',
      deployedTo: 'none',
      appId: '00000000-0000-0000-0000-000000000000',
      activeUsers: 4,
    };
    const context = { '@odata.context': `${GRAPH}copilot/admin/catalog/packages` };
    expect(recognized(json({ value: [agent] }))).toBe('agent_packages');
    const found = read('agent_packages', { ...context, value: [agent] });
    expect(found).toMatchObject({
      complete: true,
      rows: [
        { id: agent.id, appId: null, name: agent.displayName, about: agent.shortDescription, blocked: false },
      ],
    });
    expect(read('agent_packages', { ...context, value: [] })).toMatchObject({ complete: true, rows: [] });
    const changed = { id: 'P_2', title: 'Claude' };
    expect(read('agent_packages', { ...context, value: [agent, changed] })).toMatchObject({
      complete: false,
      rows: [{ id: agent.id }],
    });
    expect(() => read('agent_packages', { ...context, value: [changed] })).toThrow(ImportProblem);
  });

  it('role assignments, and a list without a Global Administrator was filtered', () => {
    const holds = (roleDefinitionId: string, more: object = {}) => ({
      id: `${roleDefinitionId}-1`,
      principalId: 'ACE08EC9-aa11-4ada-9145-addf0398233e',
      resourceScope: '/',
      directoryScopeId: '/',
      roleDefinitionId,
      ...more,
    });
    const context = { '@odata.context': `${GRAPH}roleManagement/directory/roleAssignments(principal())` };
    const user = { '@odata.type': '#microsoft.graph.user', id: 'ace08ec9-aa11-4ada-9145-addf0398233e' };
    const admin = holds('62E90394-69f5-4237-9190-012177145e10', { principal: user });
    const program = { '@odata.type': '#microsoft.graph.servicePrincipal' };
    const reader = holds('f2ef992c-3afb-46b9-b7cf-a126ee74c451', { principal: program });
    expect(recognized(json({ value: [holds('f2ef992c-3afb-46b9-b7cf-a126ee74c451')] }))).toBe('entra_roles');
    expect(read('entra_roles', { ...context, value: [admin, reader] })).toMatchObject({
      complete: true,
      rows: [
        {
          role: '62e90394-69f5-4237-9190-012177145e10',
          principal: 'ace08ec9-aa11-4ada-9145-addf0398233e',
          principalType: 'user',
          scope: '/',
        },
        { principalType: 'other' },
      ],
    });
    // Without $expand, the type of the principal is unknown.
    const bare = { ...admin, principal: undefined };
    expect(read('entra_roles', { ...context, value: [bare] }).rows).toMatchObject([{ principalType: null }]);
    expect(read('entra_roles', { ...context, value: [reader] }).complete).toBe(false);
    expect(() => read('entra_roles', { ...context, value: [{ id: '1' }] })).toThrow(ImportProblem);
  });

  it('agents, which have no application id, are in the list of applications', () => {
    // As documented by Microsoft for agentIdentity (v1.0).
    const agent = {
      '@odata.type': '#microsoft.graph.agentIdentity',
      id: '1b7313c4-05d0-4a08-88e3-7b76c003a0a2',
      displayName: 'Claude research agent',
      createdDateTime: '2026-09-17T19:10:35.2742618Z',
      createdByAppId: '00001111-aaaa-2222-bbbb-3333cccc4444',
      agentIdentityBlueprintId: '00001111-aaaa-2222-bbbb-3333cccc4444',
      accountEnabled: true,
      disabledByMicrosoftStatus: null,
      servicePrincipalType: 'ServiceIdentity',
      tags: [],
    };
    const graph = { id: 'g', appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' };
    const found = read('service_principals', {
      '@odata.context': `${GRAPH}servicePrincipals`,
      value: [graph, agent, { ...agent, '@odata.type': undefined, id: 'b', appId: 'b' }],
    });
    expect(found.complete).toBe(true);
    expect(found.rows.map(({ appId, name, agent: is }) => [appId, name, is])).toEqual([
      [graph.appId, 'Microsoft Graph', undefined],
      [agent.id, 'Claude research agent', true],
      ['b', 'Claude research agent', true],
    ]);
  });

  it('a count larger than what is there, and a bare list of one page length, are parts', () => {
    expect(
      read('entra_users', { '@odata.context': `${GRAPH}users`, '@odata.count': 3, value: [user('u1')] })
        .complete,
    ).toBe(false);
    expect(
      read(
        'entra_users',
        Array.from({ length: 100 }, (_, i) => user(`u${i}`)),
      ).complete,
    ).toBe(false);
    expect(
      read(
        'entra_users',
        Array.from({ length: 99 }, (_, i) => user(`u${i}`)),
      ).complete,
    ).toBe(true);
  });

  it('ConvertTo-Json with upper-case names, AdditionalProperties and a value wrapper', () => {
    const parsed = read('named_locations', {
      value: [
        {
          Id: 'n1',
          DisplayName: 'Egress',
          AdditionalProperties: {
            '@odata.type': '#microsoft.graph.ipNamedLocation',
            isTrusted: false,
            ipRanges: [{ cidrAddress: '160.79.104.0/21' }],
          },
        },
      ],
      Count: 1,
    });
    expect(parsed.rows).toEqual([
      { file: 'x.json', row: 1, id: 'n1', name: 'Egress', trusted: false, ranges: ['160.79.104.0/21'] },
    ]);
    expect(parsed.complete).toBe(true);
  });

  it('ConvertTo-Json that cut deep members off is refused, not read as empty', () => {
    const cut = [
      {
        Id: 'p1',
        DisplayName: 'MFA',
        State: 'enabled',
        Conditions: { Users: 'Microsoft.Graph.PowerShell.Models.X' },
        GrantControls: { BuiltInControls: 'mfa' },
        SessionControls: null,
      },
    ];
    expect(() => read('ca_policies', cut)).toThrow(/-Depth 20/);
  });

  it('a batch holds several kinds and is recognized once', () => {
    const batch = {
      responses: [
        { id: '1', status: 200, body: { '@odata.context': `${GRAPH}users`, value: [user('u1')] } },
        {
          id: '2',
          status: 200,
          body: {
            '@odata.context': `${GRAPH}subscribedSkus`,
            value: [{ skuPartNumber: 'SPB', skuId: 's', prepaidUnits: { enabled: 61 }, servicePlans: [] }],
          },
        },
        { id: '3', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } },
      ],
    };
    expect(recognized(json(batch))).toBe('entra_users');
    const all = graphKinds.find((kind) => kind.kind === 'entra_users')?.parse(json(batch), ENV) ?? [];
    expect(all.map((parsed) => parsed.kind)).toEqual(['entra_users', 'subscribed_skus']);
    expect(all[0]?.notes[0]?.says).toContain('lacks a permission');
  });

  it.each([
    ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', /neither Entra ID P1 nor P2/],
    ['Authorization_RequestDenied', /lacks a permission/],
    ['AccessDenied', /lacks a permission/],
    ['InvalidAuthenticationToken', /sign-in had expired/],
    ['TooManyRequests', /Wait a few minutes/],
    ['somethingElse', /“somethingElse”/],
  ])('an error body %s is explained', (code, words) => {
    const content = json({ error: { code, message: 'text of the vendor', innerError: {} } });
    expect(recognized(content, 'signins.json')).toBe('sign_ins');
    expect(() => parseAs('sign_ins', content)).toThrow(ImportProblem);
    expect(() => parseAs('sign_ins', content)).toThrow(words);
  });

  it('an empty list counts for the kind that a person named', () => {
    expect(parseAs('app_assignments', json({ value: [] })).rows).toEqual([]);
    expect(() => parseAs('app_assignments', json([user('u1')]))).toThrow(
      /holds no .*application assignments/,
    );
  });

  it('removed entries of a delta are left out', () => {
    const parsed = read('entra_users', {
      '@odata.context': `${GRAPH}users/$delta`,
      '@odata.deltaLink': 'https://x',
      value: [user('u1'), { id: 'u2', '@removed': { reason: 'deleted' } }],
    });
    expect(parsed.rows.map((row) => row.id)).toEqual(['u1']);
    expect(parsed.complete).toBe(false);
  });
});

describe('entries that were deleted', () => {
  const deleted = { deletedDateTime: '2026-11-20T10:00:00Z' };

  it('are left out of a list, with a note, and the list is whole', () => {
    const parsed = read('ca_policies', {
      '@odata.context': `${GRAPH}identity/conditionalAccess/policies`,
      value: [policy({ deletedDateTime: null }), policy({ id: 'p2', ...deleted })],
    });
    expect(parsed.rows.map((row) => row.id)).toEqual(['p1']);
    expect(parsed.notes.map(({ says }) => says)).toEqual([expect.stringContaining('removed in Entra')]);
    expect(parsed.complete).toBe(true);
  });

  it('alone are no list of what is there', () => {
    const parsed = read('ca_policies', {
      '@odata.context': `${GRAPH}identity/conditionalAccess/policies`,
      value: [policy(deleted)],
    });
    expect(parsed.rows).toEqual([]);
    expect(parsed.complete).toBe(false);
  });

  it('are not those to which a tool gave the first day of the calendar', () => {
    const parsed = read('entra_users', [{ ...user('u1'), DeletedDateTime: '0001-01-01T00:00:00Z' }]);
    expect(parsed.rows.map((row) => row.id)).toEqual(['u1']);
  });
});

describe('two entries of one id that differ', () => {
  it('both stay in a log, since either may be what happened, and it is not whole', () => {
    const signIn = (errorCode: number) => ({
      id: 's1',
      createdDateTime: '2026-11-20T10:00:00Z',
      userPrincipalName: 'a@alder.example.org',
      appDisplayName: 'Claude',
      status: { errorCode },
    });
    const read = parse(
      'sign_ins',
      json({ '@odata.context': `${GRAPH}auditLogs/signIns`, value: [signIn(0), signIn(53003)] }),
    );
    expect(read.rows).toHaveLength(2);
    expect(read.complete).toBe(false);
    expect(read.notes.map(({ says }) => says).join()).toContain('Both were kept');
    const same = parse(
      'sign_ins',
      json({ '@odata.context': `${GRAPH}auditLogs/signIns`, value: [signIn(0), signIn(0)] }),
    );
    expect(same).toMatchObject({ complete: true, rows: [{ errorCode: 0 }] });
  });
});
