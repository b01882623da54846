import {
  CONNECTOR_SERVER,
  conditionalAccess,
  groups,
  id,
  namedLocations,
  permissionGrants,
  SSO_APP,
  securityDefaults,
  servicePrincipals,
  signIns,
  subscribedSkus,
  users,
} from '../alder/microsoft.ts';
import { DOMAIN, mailOf, SEATED } from '../alder/people.ts';
import { roleHeld } from './roles.ts';
import { type SharedSite, sharingOfAlder } from './shared-sites.ts';
import { sitesOfAlder, siteUsed, teamGroup, teamGroups } from './site-usage.ts';

/** An object as stored in Graph. It may have members that the simulator does not know. */
export type Thing = Record<string, unknown> & { id: string };

/** Contents of a Microsoft 365 tenant. Tests modify it in place. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  skus: Thing[];
  users: Thing[];
  groups: Thing[];
  /** Entra role assignments. */
  roles: Thing[];
  policies: Thing[];
  locations: Thing[];
  apps: Thing[];
  /** Application templates in Microsoft's gallery. */
  gallery: Thing[];
  /** App role assignments to an application, by id of its service principal. */
  assignments: Record<string, Thing[]>;
  /** Application permissions granted to an application, by id of its service principal. */
  permissions: Record<string, Thing[]>;
  grants: Thing[];
  /** Interactive and non-interactive sign-ins, in any order. */
  signIns: Thing[];
  /** Entries of the directory's audit log. */
  audits: Thing[];
  domains: Thing[];
  riskyUsers: Thing[];
  riskDetections: Thing[];
  /** Registered authentication methods, by user id. */
  methods: Record<string, Thing[]>;
  /** Entra ID P1 and P2 licenses and how many people use them. */
  premium: Thing;
  devices: Thing[];
  alerts: Thing[];
  compliancePolicies: Thing[];
  /** Rows of the hunting table CloudAppEvents; read only if Defender for Cloud Apps is licensed. */
  cloudAppEvents: Record<string, unknown>[];
  securityDefaults: Thing;
  /** Agents and apps in the Microsoft Agent 365 catalog. */
  agents: Thing[];
  /** Rows of Microsoft's SharePoint site usage report. */
  siteUsage: Thing[];
  /** SharePoint sites with the permissions on their libraries. */
  sharing: SharedSite[];
}

const listed = (json: string): Thing[] => (JSON.parse(json) as { value: Thing[] }).value;

/** The tenant of the Alder Society: the objects in its saved files, and others that only Graph has. */
export function alderTenant(): Tenant {
  const { '@odata.context': _, ...defaults } = JSON.parse(securityDefaults()) as Thing;
  return {
    id: id(1),
    name: 'The Alder Society',
    skus: listed(subscribedSkus()).map((sku) => ({ ...sku, id: `${id(1)}_${String(sku.skuId)}` })),
    users: [
      ...listed(users()),
      guest(1, 'Odile Surveyor', true),
      // Left two years ago. A disabled guest must not produce a finding.
      guest(2, 'Past Auditor', false),
    ],
    groups: [
      ...listed(groups()).map((group) => ({
        ...group,
        securityEnabled: true,
        mailEnabled: false,
        groupTypes: [],
        visibility: null,
        mail: null,
      })),
      ...teamGroups(),
    ],
    roles: [roleHeld(id(8001)), roleHeld(id(8002))],
    siteUsage: sitesOfAlder(),
    sharing: sharingOfAlder(),
    policies: listed(conditionalAccess()),
    locations: listed(namedLocations()),
    apps: listed(servicePrincipals()).map((app) => ({
      ...app,
      servicePrincipalType: 'Application',
      tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
      createdDateTime: '2026-09-01T15:00:00Z',
      applicationTemplateId: app.appId === SSO_APP ? '8adf8e6e-67b2-4cf2-a259-e3dc5476c621' : null,
      ...(app.appId === GRAPH_APP ? { appRoles: APP_ROLES } : {}),
      replyUrls: app.appId === SSO_APP ? ['https://auth.workos.com/sso/saml/acs/alder'] : [],
    })),
    gallery: [
      {
        id: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
        displayName: 'Claude',
        publisher: 'Anthropic',
        homePageUrl: 'https://claude.ai',
        supportedSingleSignOnModes: ['saml'],
        supportedProvisioningTypes: ['sync'],
        categories: ['artificialIntelligence'],
        description: null,
        logoUrl: null,
      },
    ],
    assignments: {
      [id(5001)]: SEATED.slice(0, 3).map((staff, n) => assigned(n, 5001, staff.name)),
      [id(5002)]: SEATED.slice(0, 3).map((staff, n) => assigned(n, 5002, staff.name)),
      [id(5003)]: [],
    },
    permissions: {},
    grants: listed(permissionGrants()),
    signIns: [
      ...listed(signIns()).map((one) => ({ ...one, isInteractive: true })),
      // The connector refreshes its token in the background, from its own servers.
      {
        id: 'signin-background-1',
        createdDateTime: '2026-11-23T14:10:00Z',
        userPrincipalName: SEATED[3]?.mail,
        appId: CONNECTOR_SERVER,
        appDisplayName: 'M365 MCP Server for Claude',
        ipAddress: '160.79.104.10',
        isInteractive: false,
        conditionalAccessStatus: 'failure',
        status: {
          errorCode: 53003,
          failureReason: 'Access has been blocked by Conditional Access policies.',
        },
        appliedConditionalAccessPolicies: [],
      },
    ],
    audits: [
      audit(1, '2026-10-30T14:05:00Z', 'Consent to application', 5002, 'M365 MCP Server for Claude', [
        [
          'ConsentAction.Permissions',
          '"[[Id: grant-1, ClientId: a1de0000, Scope: Files.Read.All Mail.Send]]"',
        ],
      ]),
      audit(
        2,
        '2026-11-18T15:00:00Z',
        'Add conditional access policy',
        7001,
        'Require MFA for Claude AI',
        [],
      ),
    ],
    domains: [domain(DOMAIN, true), domain('aldersociety.onmicrosoft.com', false)],
    riskyUsers: [
      {
        id: id(4),
        userPrincipalName: SEATED[3]?.mail,
        userDisplayName: SEATED[3]?.name,
        riskLevel: 'medium',
        riskState: 'atRisk',
        riskDetail: 'none',
        riskLastUpdatedDateTime: '2026-11-22T09:00:00Z',
        isDeleted: false,
        isProcessing: false,
      },
    ],
    riskDetections: [
      {
        id: 'detection-1',
        userId: id(4),
        userPrincipalName: SEATED[3]?.mail,
        userDisplayName: SEATED[3]?.name,
        riskEventType: 'unfamiliarFeatures',
        riskLevel: 'medium',
        riskState: 'atRisk',
        riskDetail: 'none',
        ipAddress: '198.51.100.77',
        activityDateTime: '2026-11-22T08:58:00Z',
        detectedDateTime: '2026-11-22T09:00:00Z',
        lastUpdatedDateTime: '2026-11-22T09:00:00Z',
      },
    ],
    methods: {},
    premium: {
      id: id(1),
      entitledP1LicenseCount: 65,
      entitledP2LicenseCount: 0,
      entitledTotalLicenseCount: 65,
      p1FeatureUtilizations: {
        conditionalAccess: { userCount: 63 },
        conditionalAccessGuestUsers: { userCount: 1 },
      },
      p2FeatureUtilizations: {
        riskBasedConditionalAccess: { userCount: 0 },
        riskBasedConditionalAccessGuestUsers: { userCount: 0 },
      },
    },
    devices: SEATED.slice(0, 20).map((staff, n) => ({
      id: id(3001 + n),
      deviceName: `ALDER-${n + 1}`,
      userPrincipalName: staff.mail,
      azureADDeviceId: id(3501 + n),
      operatingSystem: n % 4 === 3 ? 'macOS' : 'Windows',
      complianceState: n === 5 ? 'noncompliant' : 'compliant',
      lastSyncDateTime: '2026-11-23T08:00:00Z',
    })),
    alerts: [
      {
        id: 'da-alert-1',
        title: 'Mass download from Claude by a single user',
        category: 'Exfiltration',
        classification: null,
        alertWebUrl: 'https://security.microsoft.com/alerts/da-alert-1',
        severity: 'medium',
        status: 'new',
        serviceSource: 'microsoftDefenderForCloudApps',
        createdDateTime: '2026-11-21T10:00:00Z',
        lastUpdateDateTime: '2026-11-21T10:05:00Z',
        evidence: [
          {
            '@odata.type': '#microsoft.graph.security.userEvidence',
            createdDateTime: '2026-11-21T10:00:00Z',
            userAccount: { userPrincipalName: SEATED[5]?.mail, displayName: SEATED[5]?.name },
          },
        ],
      },
    ],
    compliancePolicies: [
      {
        '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
        id: id(8801),
        displayName: 'Windows: encrypted, up to date, Defender on',
        description: null,
        createdDateTime: '2026-03-02T09:00:00Z',
        lastModifiedDateTime: '2026-09-14T09:00:00Z',
        version: 3,
      },
    ],
    cloudAppEvents: [],
    securityDefaults: defaults as Thing,
    agents: [grantsAgent()],
  };
}

/** An agent made and shared by someone at the association; its model is Claude. */
function grantsAgent(): Thing {
  return {
    id: 'P_a1de0000-0000-4000-8000-00000000c001',
    displayName: 'Grants desk with Claude',
    type: 'shared',
    shortDescription: 'Drafts answers to questions about grants',
    isBlocked: false,
    supportedHosts: ['Copilot', 'Teams'],
    lastModifiedDateTime: '2026-11-12T15:20:00Z',
    publisher: 'The Alder Society',
    availableTo: 'some',
    deployedTo: 'none',
    elementTypes: ['declarativeAgent'],
    platform: 'Microsoft 365 Copilot Agent Builder',
    version: '1.0.0',
    manifestVersion: '1.19',
    manifestId: 'grants-desk',
    appId: null,
    assetId: null,
  };
}

function audit(
  n: number,
  activityDateTime: string,
  activityDisplayName: string,
  target: number,
  displayName: string,
  changes: readonly (readonly [string, string])[],
): Thing {
  const policy = target >= 7000 && target < 8000;
  return {
    id: `Directory_${n}`,
    activityDateTime,
    activityDisplayName,
    category: policy ? 'Policy' : 'ApplicationManagement',
    correlationId: id(n),
    loggedByService: policy ? 'Conditional Access' : 'Core Directory',
    operationType: policy ? 'Add' : 'Assign',
    result: 'success',
    resultReason: '',
    additionalDetails: [],
    initiatedBy: {
      app: null,
      user: {
        id: id(1),
        displayName: null,
        userPrincipalName: mailOf('Ragnar Lindqvist'),
        ipAddress: '203.0.113.7',
      },
    },
    targetResources: [
      {
        id: id(target),
        displayName,
        type: policy ? 'Policy' : 'ServicePrincipal',
        userPrincipalName: null,
        groupType: null,
        modifiedProperties: changes.map(([name, newValue]) => ({
          displayName: name,
          oldValue: null,
          newValue,
        })),
      },
    ],
  };
}

function guest(n: number, displayName: string, accountEnabled: boolean): Thing {
  const mail = `guest${n}@partner.example`;
  return {
    id: id(8100 + n),
    displayName,
    userPrincipalName: `guest${n}_partner.example#EXT#@aldersociety.onmicrosoft.com`,
    mail,
    proxyAddresses: [`SMTP:${mail}`],
    otherMails: [mail],
    accountEnabled,
    userType: 'Guest',
    employeeId: null,
    assignedLicenses: [],
  };
}

const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
export const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
/** Some application permissions of Microsoft Graph (permissions reference, 2026-08-07). */
const APP_ROLES: readonly Thing[] = [
  [MAIL_READ, 'Mail.Read', 'Read mail in all mailboxes'],
  [
    '9492366f-7969-46a4-8d15-ed1a20078fff',
    'Sites.ReadWrite.All',
    'Read and write items in all site collections',
  ],
].map(([id = '', value, displayName]) => ({
  ...{ id, value, displayName, description: displayName, allowedMemberTypes: ['Application'] },
  isEnabled: true,
}));

/** An application permission (app role assignment) that `holder` has on `resource`. */
export function permission(n: number, holder: Thing, resource: Thing, appRoleId: string): Thing {
  return {
    id: `permission-${n}`,
    appRoleId,
    createdDateTime: '2026-11-20T15:00:00Z',
    principalDisplayName: holder.displayName,
    principalId: holder.id,
    principalType: 'ServicePrincipal',
    resourceDisplayName: resource.displayName,
    resourceId: resource.id,
  };
}

function assigned(n: number, app: number, principalDisplayName: string): Thing {
  return {
    id: `assigned-${app}-${n}`,
    appRoleId: '00000000-0000-0000-0000-000000000000',
    principalDisplayName,
    principalId: id(n + 1),
    principalType: 'User',
    resourceId: id(app),
  };
}

function domain(name: string, isDefault: boolean): Thing {
  return {
    id: name,
    authenticationType: 'Managed',
    isAdminManaged: true,
    isDefault,
    isInitial: !isDefault,
    isRoot: true,
    isVerified: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
  };
}

/** Generates a tenant of the given size, with a few sign-ins per person and day. */
export function largeTenant(size: {
  readonly users: number;
  readonly policies: number;
  readonly days: number;
  readonly signInsADay: number;
  readonly until: Date;
}): Tenant {
  const small = alderTenant();
  const [user] = small.users;
  const [policy] = small.policies;
  const begin = size.until.getTime() - size.days * 86_400_000;
  const count = size.days * size.signInsADay;
  return {
    ...small,
    users: Array.from({ length: size.users }, (_, n) => ({
      ...user,
      id: id(100_000 + n),
      userPrincipalName: `person${n}@${DOMAIN}`,
      mail: `person${n}@${DOMAIN}`,
      proxyAddresses: [`SMTP:person${n}@${DOMAIN}`],
      displayName: `Person ${n}`,
    })),
    groups: [
      ...small.groups,
      ...Array.from({ length: size.users / 10 }, (_, n) =>
        teamGroup(800_000 + n, `Team ${n}`, `team${n}`, n % 3 === 0 ? 'Public' : 'Private'),
      ),
    ],
    siteUsage: Array.from({ length: size.users / 5 }, (_, n) =>
      siteUsed(900_000 + n, { ownerPrincipalName: `team${n}@${DOMAIN}` }, n % 7 === 0 ? 3 : 0),
    ),
    policies: Array.from({ length: size.policies }, (_, n) => ({
      ...policy,
      id: id(700_000 + n),
      displayName: `Policy ${n}`,
    })),
    signIns: Array.from({ length: count }, (_, n) => ({
      ...small.signIns[0],
      id: `signin-${n}`,
      createdDateTime: new Date(begin + (n * size.days * 86_400_000) / count).toISOString(),
      userPrincipalName: `person${n % size.users}@${DOMAIN}`,
    })),
  };
}
