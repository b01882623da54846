import { CONNECTOR_CLIENT, CONNECTOR_SERVER, EMERGENCY_GROUP, SIGN_IN_APP } from './client.ts';
import { graphUser } from './documents.ts';
import { application, applications, grants, policies, policy, sku } from './microsoft.ts';
import { graph } from './text.ts';
import { CA, D, E5, PEOPLE } from './two-parents-claude.ts';

const MFA_OUTSIDE_CANADA = policy({
  name: 'Require MFA - Claude',
  applications: { includeApplications: [SIGN_IN_APP, CONNECTOR_CLIENT, CONNECTOR_SERVER] },
  conditions: {
    locations: { includeLocations: ['All'], excludeLocations: ['b0ea1000-0000-4000-8000-00000000ca01'] },
  },
});
const COMPLIANT_WINDOWS = policy({
  name: 'Compliant device - Claude',
  grant: { builtInControls: ['compliantDevice'] },
  conditions: { platforms: { includePlatforms: ['windows'], excludePlatforms: [] } },
});
const RISK = policy({
  name: 'Risky sign-ins',
  applications: { includeApplications: ['All'] },
  conditions: { signInRiskLevels: ['high'] },
});

/** The Microsoft tenant, with half of the staff in Canada. */
export const entraFiles = {
  'graph/users 1.json': JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=x',
    value: PEOPLE.slice(0, 7).map((one) =>
      graphUser(one, { assignedLicenses: [{ disabledPlans: [], skuId: E5 }] }),
    ),
  }),
  'graph/users 2.json': JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    value: [
      ...PEOPLE.slice(7).map((one) =>
        graphUser(one, {
          accountEnabled: one.family !== 'Park',
          assignedLicenses: [{ disabledPlans: [], skuId: E5 }],
        }),
      ),
      graphUser({
        id: 'b0ea1000-0000-4000-8000-000000009999',
        name: 'Break Glass',
        email: `breakglass@borealwild.onmicrosoft.com`,
      }),
    ],
  }),
  'graph/groups.json': graph('groups', [
    {
      id: EMERGENCY_GROUP,
      displayName: 'Break glass',
      members: [
        {
          '@odata.type': '#microsoft.graph.user',
          id: 'b0ea1000-0000-4000-8000-000000009999',
          userPrincipalName: 'breakglass@borealwild.onmicrosoft.com',
        },
      ],
    },
  ]),
  'graph/ca.json': policies([MFA_OUTSIDE_CANADA, COMPLIANT_WINDOWS, RISK]),
  'graph/locations.json': graph('identity/conditionalAccess/namedLocations', [
    {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'b0ea1000-0000-4000-8000-00000000ca01',
      displayName: 'Canada',
      countriesAndRegions: ['CA'],
      includeUnknownCountriesAndRegions: true,
      countryLookupMethod: 'clientIpAddress',
    },
  ]),
  'graph/apps.json': applications({
    assignment: false,
    more: [
      application(
        'b0ea1000-0000-4000-8000-00000000f001',
        'b0ea1000-0000-4000-8000-00000000f002',
        'Claude for Outlook (free)',
        {
          verifiedPublisher: { displayName: null },
          appOwnerOrganizationId: 'b0ea1000-0000-4000-8000-00000000f003',
        },
      ),
    ],
  }),
  'graph/grants.json': grants('User.Read Mail.Read Mail.Send Files.Read.All offline_access'),
  'graph/skus.json': graph('subscribedSkus', [
    sku('SPE_E5', E5, [
      ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
      ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
      ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
      ['ADALLOM_S_STANDALONE', '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2'],
    ]),
  ]),
  'graph/defaults.json': JSON.stringify({
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
    id: '00000000-0000-0000-0000-000000000005',
    displayName: 'Security Defaults',
    isEnabled: false,
  }),
  'graph/devices.json': graph('deviceManagement/managedDevices', [
    {
      id: 'd1',
      deviceName: 'BW-101',
      userPrincipalName: `priya.nair@${D}`,
      operatingSystem: 'Windows',
      complianceState: 'compliant',
      lastSyncDateTime: '2026-11-22T10:00:00Z',
      managedDeviceOwnerType: 'company',
    },
    {
      id: 'd2',
      deviceName: 'BW-102',
      userPrincipalName: `etienne.saint-pierre@${CA}`,
      operatingSystem: 'macOS',
      complianceState: 'noncompliant',
      lastSyncDateTime: '2026-11-22T10:00:00Z',
      managedDeviceOwnerType: 'company',
    },
    {
      id: 'd3',
      deviceName: 'BW-103',
      userPrincipalName: `sasha.wren@${D}`,
      operatingSystem: 'Windows',
      complianceState: 'inGracePeriod',
      lastSyncDateTime: '2026-08-02T10:00:00Z',
      managedDeviceOwnerType: 'company',
    },
  ]),
};
