import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/**
 * A single page of the enterprise applications: what its entries prove is reported, and everything else asks for the
 * remaining pages.
 */

const SSO = 'bbbbbbbb-0000-4000-8000-0000000000a1';
const SERVER = '07c030f6-5743-41b7-ba00-0a6e85f37c17';
const CLIENT = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
const GRAPH = '00000003-0000-0000-c000-000000000000';
const app = (appId: string, displayName: string) => ({
  id: `0b-${appId}`,
  appId,
  displayName,
  accountEnabled: true,
  appRoleAssignmentRequired: true,
  servicePrincipalType: 'Application',
});
const CLAUDE = app(SSO, 'Claude');
const OTHERS = [app(GRAPH, 'Microsoft Graph'), app('cccccccc-0000-4000-8000-0000000000c1', 'Payroll')];
const CONNECTOR = [app(SERVER, 'M365 MCP Server for Claude'), app(CLIENT, 'M365 MCP Client for Claude')];
const page = (apps: readonly object[], more = true) =>
  JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals',
    ...(more ? { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/servicePrincipals?$skiptoken=x' } : {}),
    value: apps,
  });
const policies = (apps: readonly string[]) =>
  JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies',
    value: [
      {
        id: '7f1c0000-0000-4000-8000-000000000001',
        displayName: 'MFA',
        state: 'enabled',
        conditions: {
          applications: { includeApplications: apps },
          users: { includeUsers: ['All'] },
          clientAppTypes: ['all'],
        },
        grantControls: { operator: 'OR', builtInControls: ['mfa'] },
        sessionControls: null,
      },
    ],
  });
const MEMBERS = csv(
  'Name,Email,Role,Status',
  'Ada Quist,ada@alder.example.org,Primary Owner,Active',
  'Bo Roe,bo@alder.example.org,User,Active',
);
const USERS = JSON.stringify({
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
  value: ['ada', 'bo', 'cy'].map((one) => ({
    id: `u-${one}`,
    displayName: `${one} Quist`,
    userPrincipalName: `${one}@alder.example.org`,
    mail: `${one}@alder.example.org`,
    accountEnabled: true,
    userType: 'Member',
  })),
});
const grants = (people: readonly string[]) =>
  JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#oauth2PermissionGrants',
    value: people.map((one) => ({
      id: `g-${one}`,
      clientId: `0b-${SERVER}`,
      consentType: 'Principal',
      principalId: `u-${one}`,
      resourceId: `0b-${GRAPH}`,
      scope: 'Mail.Read',
    })),
  });

async function found(
  control: string,
  files: Readonly<Record<string, string>>,
  ssoAppId: string | null = SSO,
) {
  const { verdict } = await assessing({
    files: { 'members.csv': MEMBERS, 'users.json': USERS, ...files },
    charter: { version: 1, ssoRequired: true, ...(ssoAppId === null ? {} : { entra: { ssoAppId } }) },
    profile: { m365: 'business_premium' },
  });
  return verdict(control);
}
const ASKS = {
  state: 'cannot_read',
  reason: expect.stringContaining('has been provided: page1.json is not the whole answer'),
  question: expect.stringContaining('Save the pages that follow page1.json'),
};

describe('CLA-M365-02 of one page of the applications', () => {
  it('knows an application that is on it, and asks where it is not', async () => {
    expect((await found('CLA-M365-02', { 'page1.json': page([CLAUDE, ...OTHERS]) })).state).toBe('pass');
    const off = page([{ ...CLAUDE, accountEnabled: false }, ...OTHERS]);
    expect((await found('CLA-M365-02', { 'page1.json': off })).state).toBe('fail');
    expect(await found('CLA-M365-02', { 'page1.json': page(OTHERS) })).toMatchObject(ASKS);
    expect(await found('CLA-M365-02', { 'page1.json': page(OTHERS) }, null)).toMatchObject(ASKS);
    expect((await found('CLA-M365-02', { 'page1.json': page(OTHERS, false) })).state).toBe('fail');
    const named = await found('CLA-M365-02', { 'page1.json': page([CLAUDE, ...OTHERS]) }, null);
    expect(named).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining(`Claude (${SSO})`) });
  });

  it('asks where it holds exactly as many as a page and does not say that it ends', async () => {
    const hundred = Array.from({ length: 99 }, (_, n) =>
      app(`dddddddd-0000-4000-8000-${String(n).padStart(12, '0')}`, `App ${n}`),
    );
    const bare = JSON.stringify([OTHERS[0], ...hundred]);
    expect(await found('CLA-M365-02', { 'page1.json': bare })).toMatchObject(ASKS);
  });
});

describe('CLA-M365-09 of one page of the applications', () => {
  it('fails for one that no policy reaches, and asks for the rest where policies reach all that are there', async () => {
    const gap = await found('CLA-M365-09', {
      'page1.json': page([CLAUDE, ...OTHERS]),
      'policies.json': policies(['cccccccc-0000-4000-8000-0000000000c1']),
    });
    expect(gap).toMatchObject({ state: 'fail', reason: expect.stringContaining('page1.json') });
    const half = await found('CLA-M365-09', {
      'page1.json': page([CONNECTOR[0] as object, ...OTHERS]),
      'policies.json': policies([SSO]),
    });
    expect(half.state).toBe('fail');
    const reached = await found('CLA-M365-09', {
      'page1.json': page([CLAUDE, ...OTHERS]),
      'policies.json': policies(['All']),
    });
    expect(reached).toMatchObject(ASKS);
    const none = await found('CLA-M365-09', {
      'page1.json': page(OTHERS),
      'policies.json': policies(['All']),
    });
    expect(none).toMatchObject(ASKS);
  });
});

describe('CLA-SHA-05 of one page of the applications', () => {
  const first = page([CONNECTOR[0] as object, ...OTHERS]);

  it('fails for someone without a seat, and asks for the rest where all who linked hold one', async () => {
    expect(
      await found('CLA-SHA-05', { 'page1.json': first, 'grants.json': grants(['ada', 'cy']) }),
    ).toMatchObject({
      state: 'fail',
      items: [{ key: 'cy@alder.example.org' }],
      reason: expect.stringContaining('page1.json'),
    });
    expect(await found('CLA-SHA-05', { 'page1.json': first, 'grants.json': grants(['ada']) })).toMatchObject(
      ASKS,
    );
    const without = { 'page1.json': page(OTHERS), 'grants.json': grants(['ada', 'cy']) };
    expect((await found('CLA-SHA-05', without)).state).toBe('cannot_read');
  });
});
