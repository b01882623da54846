import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphClient } from '../../src/sources/microsoft/graph/client.ts';
import { putIntoSite } from '../../src/sources/microsoft/graph/site-files.ts';
import { reachTo } from '../../src/sources/microsoft/graph/testing.ts';
import { CLOUD_APPS, ROUTES } from './permissions.ts';
import { APPLICATION, type Exchange, type MicrosoftSimulator, startMicrosoft } from './simulator.ts';

/** Microsoft's contract, where a copy is beside the repository. */
const contracts = fileURLToPath(new URL('../../../shared/contracts/microsoft-graph', import.meta.url));

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-ms-permissions'?: {
    readonly application?: { readonly least: readonly string[]; readonly higher: readonly string[] };
  };
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What the simulator answers and the contract does not describe. */
const BEYOND =
  /^\/(groups(\/[^/]+\/transitiveMembers)?|reports\/azureADPremiumLicenseInsight|sites\/[^/]+\/drive\/root:\/.+)$/;

describe.skipIf(!existsSync(contracts))('the simulator and the contract of Graph', () => {
  const files = existsSync(contracts)
    ? readdirSync(contracts).filter((name) => name.endsWith('.openapi.json'))
    : [];
  const all = files.map((name) => {
    const contract: Contract = JSON.parse(readFileSync(`${contracts}/${name}`, 'utf8'));
    return { name, contract };
  });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const { name, contract } of all) ajv.addSchema(contract, name);

  /** The operation that a request is of, and where its parts are in the contract. */
  function operationOf(method: string, path: string) {
    for (const { name, contract } of all)
      for (const [template, operations] of Object.entries(contract.paths)) {
        const pattern = template
          .replace(/\(\)$/, '')
          .replaceAll(/[.()'$]/g, '\\$&')
          .replace('{relative-path}', '.+')
          .replaceAll(/\{[^}]*\}/g, '[^/]+');
        const operation = operations[method.toLowerCase()];
        if (operation === undefined || !new RegExp(`^${pattern}(\\(\\))?$`).test(path)) continue;
        const at = `${name}#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`;
        return { operation, at };
      }
    return null;
  }

  function wrongWith({ method, path, query, sent, status, body }: Exchange): string[] {
    const found = operationOf(method, path);
    if (found === null) return BEYOND.test(path) ? [] : [`${method} ${path} is in no contract`];
    const { operation, at } = found;
    const wrong = Object.keys(query).flatMap((name) =>
      operation.parameters?.some((one) => one.in === 'query' && one.name === name) ||
      name === '$skiptoken' ||
      name === '$deltatoken'
        ? []
        : [`${method} ${path}: ${name} is no parameter`],
    );
    const validate = (part: string, value: unknown) => {
      const schema = encodeURI(`${at}/${part}/content/application~1json/schema`)
        .replaceAll('%7B', '{')
        .replaceAll('%7D', '}');
      const check = ajv.compile({ $ref: schema });
      if (!check(value)) wrong.push(`${method} ${path} ${part}: ${ajv.errorsText(check.errors)}`);
    };
    if (operation.requestBody !== undefined && sent !== null) validate('requestBody', sent);
    if (operation.responses[String(status)] === undefined)
      wrong.push(`${method} ${path}: no answer ${status}`);
    else if (body !== undefined) validate(`responses/${status}`, body);
    return wrong;
  }

  let microsoft: MicrosoftSimulator;
  beforeAll(async () => {
    microsoft = await startMicrosoft({ throttles: false });
  });
  afterAll(() => microsoft.close());

  it('agree on every list, object, write and refusal, asked for as the client asks', async () => {
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
      '/groups/a1de0000-0000-4000-8000-000000009001/members',
      '/domains',
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
