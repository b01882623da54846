import {
  CONNECTOR_CLIENT,
  CONNECTOR_SERVER,
  context,
  GRAPH_EXPLORER,
  GRAPH_EXPLORER_CONSENT,
  id,
  json,
  policy,
  SSO_APP,
  subscribedSkus,
} from './microsoft.ts';
import { DOMAIN, FORMER, mailOf, SEATED, UNSEATED } from './people.ts';
import { rosterXlsx } from './roster.ts';

/**
 * The Alder Society while it deploys Claude, before any of the faults planted in the other files: what its people
 * export or write down at each step of the deployment, in order. The files are consistent with each other. The journal
 * is kept in the console.
 */
export const STEPS = [
  'charter',
  'owners',
  'policy',
  'domain',
  'connectors',
  'tenant',
  'people',
  'consented',
  'mfa_on',
] as const;
export type Step = (typeof STEPS)[number];

/** What a person reads in Claude and Entra without a file: the value of the DNS record, and the days. */
export const DEPLOYED = {
  txt: 'anthropic-domain-verification-q8Zk3tVw1xYb7mNc',
  inventory: '2026-11-16',
  audited: '2026-11-19',
  announced: '2026-11-20',
  lockedDown: '2026-11-23',
  invited: '2026-11-24',
  consented: '2026-11-24',
  nextReview: '2027-02-15',
  consentBy: mailOf('Ragnar Lindqvist'),
  staff: SEATED.length + UNSEATED.length,
} as const;

const OWNERS = [
  ['Mara Ellingsworth', 'Primary Owner'],
  ['Ragnar Lindqvist', 'Owner'],
  ['Dana Whitlock', 'Admin'],
] as const;

/** The files of a step, with typical names. */
export async function deploymentFiles(step: Step): Promise<ReadonlyMap<string, string | Uint8Array>> {
  return new Map<string, string | Uint8Array>(await FILES[step]());
}

type Files = readonly (readonly [string, string | Uint8Array])[];

const FILES: Readonly<Record<Step, () => Files | Promise<Files>>> = {
  charter: () => [['charter.yaml', charter('recovery')]],
  owners: async () => [
    ['members before.csv', membersCsv(false)],
    ['Staff list.xlsx', await rosterXlsx(0, [...SEATED, ...UNSEATED, ...FORMER])],
  ],
  policy: () => [['charter with policy.yaml', charter('policy')]],
  domain: () => [['memberships.json', domainMembershipsJson(false)]],
  connectors: () => [['connectors as of today.csv', connectorsCsv()]],
  tenant: () => [
    ['skus.json', subscribedSkus()],
    ['apps before.json', servicePrincipals(false)],
    ['users.json', users()],
    ['groups.json', emergencyGroup()],
    ['ca.json', conditionalAccess('report_only')],
    ['locations.json', noLocations()],
  ],
  people: () => [
    ['members after.csv', membersCsv(true)],
    ['memberships after.json', domainMembershipsJson(true)],
    ['policy form answers.csv', acknowledgementsCsv()],
    ['usage 2026-10-25 to 2026-11-24.csv', usageCsv()],
  ],
  consented: () => [
    ['apps.json', servicePrincipals(true)],
    ['grants.json', grants()],
  ],
  mfa_on: () => [['ca later.json', conditionalAccess('enabled')]],
};

/** The charter at a step; it contains the policy only from the step `policy` on. */
function charter(upTo: 'recovery' | 'policy'): string {
  const policyText = `policy:
  version: v1
  published: ${DEPLOYED.announced}
  approvedBy: Mara Ellingsworth
  contact: help@${DOMAIN}
  clauses: [purpose, no_personal_accounts, no_member_data, no_credentials, no_unapproved_connectors, no_unreviewed_output, outputs_reviewed, account_address, account_monitoring, account_content_access, contact, acceptance]
  noticeCovers: [usage, connectors, sign-ins]
offboardingTemplate: { includesClaude: true, reviewed: 2026-11-18 }
incidentPlan: { types: [unauthorized_access, prompt_injection, data_upload, credential_exposed, agent_action], contacts: ["Ragnar Lindqvist, +1 555 0100"], reviewed: 2026-11-18 }
governanceOwner: { name: Mara Ellingsworth, email: ${mailOf('Mara Ellingsworth')} }
governanceDeputy: { name: Ragnar Lindqvist, email: ${mailOf('Ragnar Lindqvist')} }
`;
  return `version: ${upTo === 'recovery' ? 1 : 2}
inForceSince: 2026-11-20
approvedBy: [Mara Ellingsworth, Ragnar Lindqvist]

accountOwner: ${mailOf('Mara Ellingsworth')}
recoveryPlan: Ragnar Lindqvist resets the mailbox; the recovery codes lie in the safe
owners: [${mailOf('Mara Ellingsworth')}, ${mailOf('Ragnar Lindqvist')}]
admins: [${mailOf('Dana Whitlock')}]
inviteDomains: [${DOMAIN}]
seatsFor: everyone
provisioning: invite
ssoRequired: true

connectors:
  - name: Microsoft 365 (SharePoint / OneDrive)
    sensitivity: medium
    actions: { Search content: allow, Read files: allow, Upload file: ask, Update file: ask, Delete item: blocked, "*": blocked }
    justifications: { Search content: "Drawings and guidance are public to all staff", Read files: "Drawings and guidance are public to all staff" }
    actionsClassified: 2026-11-17
    sourceReviewed: 2026-11-17
  - name: Asana
    sensitivity: low
    actions: { Read tasks: allow, View status: allow, Create tasks: ask, Delete tasks: blocked, "*": blocked }
    actionsClassified: 2026-11-17
    sourceReviewed: 2026-11-17
desktopExtensions: []
localMcpAllowed: false
claudeInChromeAllowed: false
cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false }

ams: { name: iMIS, methods: [none] }

entra:
  ssoAppId: ${SSO_APP}
  consentBy: ${DEPLOYED.consentBy}
  emergencyAccess: { groups: [Emergency access accounts] }
  enableOn: { Require MFA for Claude AI: 2026-11-26 }
telemetry: { endpoint: "https://collector.${DOMAIN}:4318" }
${upTo === 'policy' ? policyText : ''}`;
}

/** The table that an Owner writes down: the connectors of the charter, with each action set as the charter says. */
function connectorsCsv(): string {
  return `${[
    'Connector;Action;Permission;Enabled',
    '"Microsoft 365 SharePoint / OneDrive";Search content;Always allow;yes',
    ';Read files;Always allow;yes',
    ';Upload file;Needs approval;yes',
    ';Update file;Needs approval;yes',
    ';Delete item;Blocked;yes',
    ';All other actions;Blocked;yes',
    'Asana;Read tasks;Always allow;yes',
    ';View status;Always allow;yes',
    ';Create tasks;Needs approval;yes',
    ';Delete tasks;Blocked;yes',
    ';All other actions;Blocked;yes',
  ].join('\r\n')}\r\n`;
}

/** The members: before the invitations the two owners; then everyone, with the day on which they were added. */
function membersCsv(invited: boolean): string {
  // The Admin is invited with everyone else: until connectors are locked down, only owners are members.
  const people = (invited ? [...SEATED, ...UNSEATED] : SEATED.slice(0, 2)).map(({ name }) => name);
  const rows = people.map((name) => {
    const role = OWNERS.find(([owner]) => owner === name)?.[1] ?? 'User';
    const added = role.endsWith('Owner') ? '2026-11-16' : DEPLOYED.invited;
    return [name, mailOf(name), role, 'Standard', 'Active', added].join(',');
  });
  return `\uFEFF${['Name,Email,Role,Seat Tier,Status,Date added', ...rows].join('\r\n')}\r\n`;
}

/**
 * No one has an account outside the organization: all moved before the report. Before the invitations, it lists only
 * the two owners.
 */
function domainMembershipsJson(invited: boolean): string {
  const memberships = (invited ? OWNERS : OWNERS.slice(0, 2)).map(([name]) => ({
    email_address: mailOf(name),
    name,
    organization: 'Alder Society of Landscape Surveyors',
    plan_type: 'team',
    in_organization: true,
    created_at: '2026-11-16T13:00:00Z',
  }));
  return `${JSON.stringify({ domain: DOMAIN, memberships }, null, 1)}\n`;
}

function acknowledgementsCsv(): string {
  const rows = [...SEATED, ...UNSEATED].map(({ name, mail }) =>
    [`"${name}"`, mail, 'Claude policy v1', '11/23/2026', 'I have read and agree'].join(','),
  );
  return `${['Full name,Work email,Document,Acknowledged on,Statement', ...rows].join('\n')}\n`;
}

/**
 * Figures of the activity page, copied into a table: on a Team plan, the spend report covers only usage above the
 * seats' allotment.
 */
function usageCsv(): string {
  const rows = OWNERS.map(([name], index) =>
    [mailOf(name), 40 + index, '2026-10-25', '2026-11-24'].join(','),
  );
  return `${['User email,Messages,Start date,End date', ...rows].join('\n')}\n`;
}

function users(): string {
  const people = [...SEATED, ...UNSEATED].map((staff, index) => ({
    id: id(index + 1),
    displayName: staff.name,
    userPrincipalName: staff.mail,
    mail: staff.mail,
    proxyAddresses: [`SMTP:${staff.mail}`],
    otherMails: [],
    accountEnabled: true,
    userType: 'Member',
    employeeId: staff.number,
    assignedLicenses: [{ disabledPlans: [], skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46' }],
  }));
  const emergency = [1, 2].map((n) => ({
    id: id(8000 + n),
    displayName: `Emergency access ${n}`,
    userPrincipalName: `breakglass${n}@${DOMAIN}`,
    mail: null,
    proxyAddresses: [],
    otherMails: [],
    accountEnabled: true,
    userType: 'Member',
    employeeId: null,
    assignedLicenses: [],
  }));
  return json({
    '@odata.context': context(
      'users(id,displayName,userPrincipalName,mail,proxyAddresses,otherMails,accountEnabled,userType,employeeId,assignedLicenses)',
    ),
    value: [...people, ...emergency],
  });
}

function emergencyGroup(): string {
  return json({
    '@odata.context': context('groups(id,displayName,members())'),
    value: [
      {
        id: id(9001),
        displayName: 'Emergency access accounts',
        members: [1, 2].map((n) => ({
          '@odata.type': '#microsoft.graph.user',
          id: id(8000 + n),
          userPrincipalName: `breakglass${n}@${DOMAIN}`,
        })),
      },
    ],
  });
}

/** The MFA policy is report-only for two weeks, as the guide asks; the device policy is already enabled. */
function conditionalAccess(mfa: 'report_only' | 'enabled'): string {
  const grant = (control: string) => ({
    operator: 'OR',
    builtInControls: [control],
    customAuthenticationFactors: [],
    termsOfUse: [],
    authenticationStrength: null,
  });
  const applications = [SSO_APP, CONNECTOR_SERVER, CONNECTOR_CLIENT];
  return json({
    '@odata.context': context('identity/conditionalAccess/policies'),
    value: [
      policy({
        n: 1,
        name: 'Require MFA for Claude AI',
        state: mfa === 'enabled' ? 'enabled' : 'enabledForReportingButNotEnforced',
        applications,
        grant: grant('mfa'),
        created: '2026-11-12T15:00:00Z',
      }),
      policy({
        n: 2,
        name: 'Require Compliant Device for Claude AI',
        state: 'enabled',
        applications,
        grant: grant('compliantDevice'),
        created: '2026-11-20T15:00:00Z',
      }),
    ],
  });
}

function noLocations(): string {
  return json({ '@odata.context': context('identity/conditionalAccess/namedLocations'), value: [] });
}

/** Before consent, only the sign-in application exists. */
function servicePrincipals(consented: boolean): string {
  const app = (n: number, appId: string, displayName: string) => ({
    id: id(5000 + n),
    appId,
    displayName,
    accountEnabled: true,
    appRoleAssignmentRequired: true,
    appOwnerOrganizationId: appId === SSO_APP ? id(1) : '00000000-0000-4000-8000-0000000000aa',
    verifiedPublisher: { displayName: appId === SSO_APP ? null : 'Anthropic, PBC' },
  });
  return json({
    '@odata.context': context('servicePrincipals'),
    value: [
      app(3, SSO_APP, 'Claude'),
      app(4, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph'),
      app(5, GRAPH_EXPLORER, 'Graph Explorer'),
      ...(consented
        ? [
            app(1, CONNECTOR_CLIENT, 'M365 MCP Client for Claude'),
            app(2, CONNECTOR_SERVER, 'M365 MCP Server for Claude'),
          ]
        : []),
    ],
  });
}

/** The scopes that only writing tools need were removed, since no approved tool uses them. */
function grants(): string {
  return json({
    '@odata.context': context('oauth2PermissionGrants'),
    value: [
      {
        id: 'grant-1',
        clientId: id(5002),
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: id(5004),
        scope:
          'User.Read openid offline_access email profile Files.Read Files.Read.All Sites.Read.All Files.ReadWrite.All',
      },
      {
        id: 'grant-2',
        clientId: id(5001),
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: id(5002),
        scope: 'access_as_user',
      },
      GRAPH_EXPLORER_CONSENT,
    ],
  });
}
