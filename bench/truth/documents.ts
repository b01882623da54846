import { AS_OF, BUSINESS_PREMIUM, DOMAIN, EMERGENCY_GROUP, type Person, SIGN_IN_APP } from './client.ts';
import { acknowledgementTable, memberTable, staffTable } from './tables.ts';
import { graph, plus, yaml } from './text.ts';

/** Files and documents of a client with everything in order. */

export function membersCsv(people: readonly Person[]): string {
  return memberTable([...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active'])]);
}

/** The roster; `left` has the last day of leavers. */
export function rosterCsv(people: readonly Person[], left: Readonly<Record<string, string>> = {}): string {
  return staffTable([
    ...people.map(({ name, email, department }) => {
      const day = left[email];
      return [name, email, department, day !== undefined && day < AS_OF ? 'Left' : 'Active', day ?? ''];
    }),
  ]);
}

/** A user as Graph returns it. */
export const graphUser = ({ id, name, email }: Pick<Person, 'id' | 'name' | 'email'>, more: object = {}) => ({
  id,
  displayName: name,
  userPrincipalName: email,
  mail: email,
  proxyAddresses: [`SMTP:${email}`],
  otherMails: [],
  accountEnabled: true,
  userType: 'Member',
  employeeId: null,
  assignedLicenses: [{ disabledPlans: [], skuId: BUSINESS_PREMIUM }],
  ...more,
});

/** Entra's users; those in `disabled` cannot sign in. */
export function entraUsers(people: readonly Person[], disabled: readonly string[] = []): string {
  return graph(
    'users',
    [
      ...people.map(({ id, name, email }) => ({ id, name, email })),
      { id: '5ea5e100-0000-4000-8000-000000008001', name: 'Emergency 1', email: `emergency1@${DOMAIN}` },
      { id: '5ea5e100-0000-4000-8000-000000008002', name: 'Emergency 2', email: `emergency2@${DOMAIN}` },
    ].map((one) => graphUser(one, { accountEnabled: !disabled.includes(one.email) })),
  );
}

export function entraGroups(more: readonly object[] = []): string {
  return graph('groups', [
    {
      id: EMERGENCY_GROUP,
      displayName: 'Emergency access',
      members: ['1', '2'].map((n) => ({
        '@odata.type': '#microsoft.graph.user',
        id: `5ea5e100-0000-4000-8000-00000000800${n}`,
        userPrincipalName: `emergency${n}@${DOMAIN}`,
      })),
    },
    ...more,
  ]);
}

export function acknowledgementsCsv(people: readonly Person[]): string {
  return acknowledgementTable([
    ...people.map(({ name, email }) => [name, email, 'Claude policy v3', '2026-09-20']),
  ]);
}

export function memberships(rows: readonly object[], people: readonly Person[] = []): string {
  return JSON.stringify(
    {
      domain: DOMAIN,
      memberships: [
        ...people.map(({ name, email }) => ({
          email_address: email,
          name,
          organization: 'Teasel Guild',
          plan_type: 'team',
          in_organization: true,
          created_at: '2026-09-15T13:00:00Z',
        })),
        ...rows,
      ],
    },
    null,
    1,
  );
}

/** The charter of a client with everything in order. */
export function charter(people: readonly Person[], more: object = {}): string {
  const [owner, deputy, admin] = people;
  return yaml({
    version: 2,
    inForceSince: '2026-09-14',
    approvedBy: [owner?.name, deputy?.name],
    accountOwner: owner?.email,
    recoveryPlan: 'The IT lead resets the mailbox of the account owner',
    owners: [owner?.email, deputy?.email],
    admins: [admin?.email],
    inviteDomains: [DOMAIN],
    seatsFor: 'on_request',
    provisioning: 'invite',
    ssoRequired: true,
    governanceOwner: { name: owner?.name, email: owner?.email },
    governanceDeputy: { name: deputy?.name, email: deputy?.email },
    connectors: [
      {
        name: 'Microsoft 365 (Outlook)',
        sensitivity: 'high',
        actions: {
          'Search email': 'allow',
          'Read email': 'allow',
          'Send email': 'blocked',
          'Create rules': 'blocked',
          Delete: 'blocked',
          '*': 'blocked',
        },
        justifications: { 'Search email': 'Approved by the board', 'Read email': 'Approved by the board' },
        actionsClassified: '2026-09-10',
        sourceReviewed: '2026-09-08',
      },
    ],
    desktopExtensions: [],
    localMcpAllowed: false,
    claudeInChromeAllowed: false,
    cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false },
    ams: { name: 'iMIS', methods: ['none'] },
    entra: {
      ssoAppId: SIGN_IN_APP,
      consentBy: deputy?.email,
      emergencyAccess: { groups: ['Emergency access'] },
    },
    approvedApiKeys: [],
    auditRetentionDays: 180,
    contentAccess: { allowed: false },
    policy: {
      version: 'v3',
      published: '2026-09-12',
      approvedBy: owner?.name,
      contact: `help@${DOMAIN}`,
      clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
      noticeCovers: ['usage', 'connectors', 'sign-ins'],
    },
    ...more,
  });
}

/** A journal in which everything was done in time. */
export function journal(people: readonly Person[], more: object = {}): string {
  const by = people[0]?.name;
  return yaml({
    connectorInventory: { on: '2026-09-09', by },
    lockdown: { on: '2026-09-14', by },
    defaultConnectorsRemoved: { on: '2026-09-14', by },
    firstInvitation: '2026-09-15',
    announcements: [
      { on: '2026-09-12', by, about: 'organization_accounts', recipients: people.length },
      { on: '2026-09-12', by, about: 'policy', recipients: people.length },
    ],
    sharePointAudit: { on: '2026-09-08', by },
    connectorConsent: { on: '2026-09-14', by: people[1]?.email },
    reviews: [
      {
        kind: 'quarterly',
        on: '2026-10-28',
        by,
        areas: [
          'connectors',
          'user_access',
          'personal_accounts',
          'usage',
          'permission_changes',
          'm365_permissions',
        ],
      },
      {
        kind: 'monthly',
        on: '2026-11-10',
        by,
        areas: ['usage', 'connectors', 'personal_accounts', 'user_access'],
      },
    ],
    nextReview: plus('2026-10-28', 90),
    offboardings: [],
    approvedExports: [],
    incidents: [],
    ...more,
  });
}

/** The files about people of a client with everything in order, to which cases add their own. */
export function peopleFiles(people: readonly Person[]): Record<string, string> {
  return {
    'members.csv': membersCsv(people),
    'staff.csv': rosterCsv(people),
    'users.json': entraUsers(people),
    'charter.yaml': charter(people),
    'journal.yaml': journal(people),
  };
}

const AREAS = {
  monthly: ['usage', 'connectors', 'personal_accounts', 'user_access'],
  quarterly: [
    'connectors',
    'user_access',
    'personal_accounts',
    'usage',
    'permission_changes',
    'm365_permissions',
  ],
};

/** A complete review. */
export const reviewed = (kind: keyof typeof AREAS, on: string, by: string | undefined) => ({
  kind,
  on,
  by,
  areas: AREAS[kind],
});

export const excepted = (
  control: string,
  reason: string,
  owner: string | undefined,
  until: string,
  more: object = {},
) => ({
  control,
  items: undefined,
  reason,
  owner,
  from: undefined,
  until,
  approvedBy: undefined,
  ...more,
});

/** Result of trying to sign in to a foreign organization and to our own from the office network. */
export const probed = (
  on: string,
  by: string | undefined,
  foreignOrganization: string,
  ownOrganization: string,
) => ({ on, by, foreignOrganization, ownOrganization });

/** A personal account on a domain, as in the domain report. */
export const account = (email_address: string, name: string, more: object = {}) => ({
  email_address,
  name,
  organization: 'Personal',
  plan_type: 'free',
  in_organization: false,
  created_at: '2026-02-02T09:00:00Z',
  ...more,
});

/** A departure with all steps done on one day, by default the last day of work. */
export const offboarded = (email: string, lastDay: string, on = lastDay) => ({
  email,
  lastDay,
  entraDisabled: on,
  mfaRevoked: on,
  claudeRemoved: on,
  connectorsRevoked: on,
  projectsHandedOver: on,
});
