import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectEntries, graphClient } from '../../src/sources/microsoft/graph/client.ts';
import { putIntoSite } from '../../src/sources/microsoft/graph/site-files.ts';
import { reachTo } from '../../src/sources/microsoft/graph/testing.ts';
import { contracts, operationOf, wrongWith } from './contract.ts';
import { CLOUD_APPS, ROUTES } from './permissions.ts';
import { APPLICATION, type MicrosoftSimulator, startMicrosoft } from './simulator.ts';

describe.skipIf(!existsSync(contracts))('the simulator and the contract of Graph', () => {
  let microsoft: MicrosoftSimulator;
  beforeAll(async () => {
    microsoft = await startMicrosoft({ throttles: false });
  });
  afterAll(() => microsoft.close());

  it('agree on every list, object, write and refusal that the client requests', async () => {
    const way = reachTo(() => microsoft.url, new Date());
    const graph = graphClient({ cloud: 'global', ...APPLICATION }, way.reach);
    microsoft.consented = [...new Set(ROUTES.flatMap(({ needs }) => needs.join(' ').split(' ')))];
    const policies = '/identity/conditionalAccess/policies';
    const reads = [
      '/organization',
      '/subscribedSkus',
      '/users',
      '/users/delta()',
      '/servicePrincipals',
      '/servicePrincipals/a1de0000-0000-4000-8000-000000005001/appRoleAssignedTo',
      '/oauth2PermissionGrants',
      '/oauth2PermissionGrants/delta()',
      '/applicationTemplates',
      '/groups',
      '/groups/a1de0000-0000-4000-8000-000000009001/members',
      '/domains',
      '/roleManagement/directory/roleAssignments',
      policies,
      '/identity/conditionalAccess/namedLocations',
      '/groups/a1de0000-0000-4000-8000-000000009001/transitiveMembers',
      '/auditLogs/signIns',
      '/auditLogs/directoryAudits',
      '/identityProtection/riskDetections',
      '/reports/authenticationMethods/userRegistrationDetails',
      '/deviceManagement/managedDevices',
      '/security/alerts_v2',
      '/deviceManagement/deviceCompliancePolicies',
      '/copilot/admin/catalog/packages',
    ];
    for (const path of reads) for await (const _ of graph.list(path));
    await graph
      .post('/security/runHuntingQuery', { Query: 'CloudAppEvents | take 1', Timespan: 'P1D' })
      .catch(() => undefined);
    const plans = microsoft.tenant.skus.flatMap(({ servicePlans }) => [servicePlans as object[]]);
    plans[0]?.push({
      servicePlanName: 'ADALLOM_S_STANDALONE',
      servicePlanId: CLOUD_APPS,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    });
    microsoft.tenant.cloudAppEvents.push({ Timestamp: '2026-11-20T10:00:00Z', ActionType: 'FileUploaded' });
    await graph.post('/security/runHuntingQuery', {
      Query:
        'CloudAppEvents | where Timestamp between (datetime(2026-11-01T00:00:00Z) .. datetime(2026-11-24T00:00:00Z)) | project Timestamp, ActionType',
    });
    const [asked] = microsoft.tenant.users;
    await graph.post('/identity/conditionalAccess/evaluate', {
      signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: asked?.id },
      signInContext: {
        '@odata.type': '#microsoft.graph.applicationContext',
        includeApplications: ['08ad6f98-a4f8-4635-bb8d-f1a3044760f0'],
      },
      signInConditions: { clientAppType: 'browser', deviceInfo: { isCompliant: false } },
    });
    const example = (name: string) => JSON.parse(readFileSync(`${contracts}/examples/${name}`, 'utf8'));
    for (const name of ['ca-require-mfa', 'ca-session-defender-for-cloud-apps', 'ca-sign-in-risk']) {
      const made = await graph.post(policies, example(`${name}.request.json`));
      await graph.get(`${policies}/${made?.id}`);
      await graph.patch(`${policies}/${made?.id}`, { state: 'disabled' });
      await graph.delete(`${policies}/${made?.id}`);
    }
    await graph.post(
      '/identity/conditionalAccess/namedLocations',
      example('named-location-anthropic.request.json'),
    );
    await graph.get('/beta/reports/azureADPremiumLicenseInsight');
    for await (const _ of graph.list("/beta/reports/getSharePointSiteUsageDetail(period='D180')", {
      $format: 'application/json',
    }));
    await graph.get(`/users/${microsoft.tenant.users[0]?.id}/authentication/methods`);
    await graph.get('/policies/identitySecurityDefaultsEnforcementPolicy');
    await graph.batch([{ id: '1', method: 'GET', path: '/subscribedSkus' }]);
    await graph.post(`/users/${microsoft.tenant.users[0]?.id}/revokeSignInSessions`, {});
    await graph.patch(`/users/${microsoft.tenant.users[0]?.id}`, { accountEnabled: false });
    await graph.get(`/security/alerts_v2/${microsoft.tenant.alerts[0]?.id}`);
    await graph.patch(`/security/alerts_v2/${microsoft.tenant.alerts[0]?.id}`, {
      status: 'resolved',
      classification: 'falsePositive',
      determination: 'notMalicious',
    });
    for (const path of [
      '/sites/getAllSites',
      ...microsoft.tenant.sharing.flatMap(({ id, libraries }) => [
        `/sites/${id}/drives`,
        ...libraries.map((one) => `/drives/${one.id}/items/root/permissions`),
      ]),
    ])
      await collectEntries(graph.list(path)).catch(() => undefined);
    microsoft.site.granted.push(APPLICATION.application);
    await putIntoSite(graph, microsoft.site, APPLICATION.application, [
      { name: 'a week.csv', mediaType: 'text/csv', bytes: new Uint8Array([1, 2]) },
    ]);
    expect([...microsoft.site.files.values()]).toEqual([
      { bytes: Buffer.from([1, 2]), by: APPLICATION.application },
    ]);
    const [app] = microsoft.tenant.apps;
    const [grant] = microsoft.tenant.grants;
    microsoft.tenant.apps.splice(1, 1);
    await graph.post('/servicePrincipals', { appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17' });
    await graph.get(`/servicePrincipals/${app?.id}`);
    await graph.patch(`/servicePrincipals/${app?.id}`, { appRoleAssignmentRequired: true });
    await graph.patch(`/oauth2PermissionGrants/${grant?.id}`, { scope: 'User.Read' });
    await graph.delete(`/oauth2PermissionGrants/${grant?.id}`);
    microsoft.consented = [];
    microsoft.revoke();
    await graph.get('/users').catch(() => undefined);
    for (const status of [400, 404, 429, 503]) {
      microsoft.failNext({ status, headers: { 'retry-after': '1' } });
      await graph.get('/domains').catch(() => undefined);
    }
    expect(microsoft.exchanges.length).toBeGreaterThan(40);
    expect(microsoft.exchanges.flatMap(wrongWith)).toEqual([]);
  });

  it('agree on who may read what', () => {
    for (const { method, path, needs } of ROUTES) {
      if (method !== 'GET') continue;
      const [name = ''] = path.source.replaceAll('\\', '').replace(/^\^/, '').split(/[($]/);
      const found = operationOf(method, name === '/identity/conditionalAccess/' ? `${name}policies` : name);
      if (found === null) continue;
      const { least = [], higher = [] } = found.operation['x-ms-permissions']?.application ?? {};
      const known = [...least, ...higher].flatMap((one) => one.split(' + '));
      expect(known, name).toEqual(expect.arrayContaining(needs.flatMap((one) => one.split(' '))));
    }
  });
});
