import { SIGN_IN_APP } from './client.ts';
import { cells, csv, plus, yaml } from './text.ts';

export const D = 'borealwild.example.org';
export const CA = 'faune-boreale.example.ca';
export const ORG_A = 'aaaa1111-2222-4333-8444-555566667777';
export const ORG_B = 'bbbb1111-2222-4333-8444-555566667777';
export const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

/** given|family|mail|country|status|last day|role A|role B */
export const PEOPLE = `Harriet|Osgood|harriet.osgood@${D}|US|Actif||primary_owner|owner
Luc|Gagnon-Roy|luc.gagnon-roy@${CA}|CA|Actif||owner|
Priya|Nair|priya.nair@${D}|US|Actif||user|user
Étienne|Saint-Pierre|etienne.saint-pierre@${CA}|CA|Actif||user|
Maude|Ouellet|maude.ouellet@${CA}|CA|En congé de maternité||user|
Tomas|Reyes|tomas.reyes@${D}|US|Actif||user|primary_owner
Geneviève|Lachance|genevieve.lachance@${CA}|CA|Fin d'emploi|2026-11-06|user|
Doug|Pelletier|doug.pelletier@${D}|US|Actif||admin|
Sasha|Wren|sasha.wren@${D}|US|Actif||user|
Amélie|Fortier|amelie.fortier@${CA}|CA|Actif||user|user
Jin|Park|jin.park@${D}|US|Fin d'emploi|2026-10-16||user
Noor|Siddiqui|noor.siddiqui@${D}|US|Actif||user|
Olivier|Tremblay|olivier.tremblay@${CA}|CA|Actif|2026-12-18|user|
Beth|Corrigan|beth.corrigan@${D}|US|Actif||user|`
  .split('\n')
  .map((line, n) => {
    const [given = '', family = '', email = '', country = '', status = '', left = '', a = '', b = ''] =
      line.split('|');
    return {
      id: `b0ea1000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
      given,
      family,
      name: `${given} ${family}`,
      email,
      country,
      status,
      left,
      a,
      b,
    };
  });

const user = (one: (typeof PEOPLE)[number], role: string, org: string) => ({
  type: 'user',
  id: `user_01${org}${one.id.slice(-4)}`,
  email: one.email,
  name: one.name,
  role,
  added_at: '2026-09-21T13:00:00Z',
});
const users = (org: 'a' | 'b', more: object) =>
  JSON.stringify({
    data: PEOPLE.filter((one) => one[org] !== '').map((one) => user(one, one[org], org)),
    first_id: 'user_1',
    last_id: 'user_2',
    ...more,
  });

const settings = (id: string, rows: Record<string, unknown>, keys: object[]) =>
  JSON.stringify({
    type: 'effective_organization_settings',
    organization_id: id,
    settings: Object.entries(rows).map(([name, value]) => ({
      name,
      type:
        name === 'sso_provisioning_mode'
          ? 'provisioning_mode'
          : name === 'data_retention_periods'
            ? 'data_retention'
            : Array.isArray(value)
              ? 'string_list'
              : typeof value,
      value,
    })),
    api_keys: keys,
  });
const key = (id: string, name: string, scopes: string[], more: object = {}) => ({
  type: 'compliance_api_key',
  id,
  name,
  scopes,
  is_active: true,
  created_at: '2026-09-20T10:00:00Z',
  created_by_id: 'user_01a0001',
  expires_at: null,
  ...more,
});

const event = (at: string, type: string, more: object, email = `harriet.osgood@${D}`) => ({
  id: `activity_01${at.replaceAll(/\D/g, '')}`,
  created_at: at,
  organization_id: 'org_01A',
  organization_uuid: ORG_A,
  actor: {
    type: 'user_actor',
    email_address: email,
    user_id: 'user_01a0001',
    ip_address: '192.0.2.1',
    user_agent: 'x',
  },
  type,
  ...more,
});

/** Responses of the two organizations, and documents by people at the trust. */
export const claudeFiles = {
  'api/organizations.json': JSON.stringify({
    data: [
      { uuid: ORG_A, name: 'Boreal Wildlife Trust', created_at: '2026-09-14T00:00:00Z' },
      { uuid: ORG_B, name: 'Boreal Science Lab', created_at: '2026-09-18T00:00:00Z' },
    ],
    has_more: false,
    next_page: null,
  }),
  'api/users-trust.json': users('a', { has_more: false }),
  'api/users-lab.json': users('b', { has_more: true }),
  'api/settings-trust.json': settings(
    ORG_A,
    {
      sso_enabled: true,
      sso_claude_ai_enforced: true,
      sso_provisioning_mode: 'scim_advanced',
      directory_sync_enabled: true,
      allowed_invite_domains: [D, CA],
      connector_tools_default_always_allow: false,
      desktop_extension_allowlist_enabled: true,
      data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 180 } },
    },
    [
      key('apikey_01A', 'SIEM reader', ['read:compliance_activities']),
      key('apikey_01B', 'AWS billing sync', ['delete:compliance_user_data', 'read:org_audit']),
    ],
  ),
  'api/settings-lab.json': settings(
    ORG_B,
    {
      sso_enabled: true,
      sso_claude_ai_enforced: false,
      sso_provisioning_mode: 'jit_permissive',
      directory_sync_enabled: false,
      allowed_invite_domains: [D, CA, 'gmail.com'],
      connector_tools_default_always_allow: true,
      desktop_extension_allowlist_enabled: false,
      data_retention_periods: { all: { type: 'indefinite' } },
    },
    [],
  ),
  'api/activities.json': JSON.stringify({
    data: [
      event('2026-11-20T15:00:00Z', 'claude_chat_created', { claude_chat_id: 'c1' }, `priya.nair@${D}`),
      event('2026-11-18T15:00:00Z', 'org_cowork_mcp_always_allow_enabled', {}),
      event(
        '2026-11-12T15:00:00Z',
        'org_data_export_started',
        { export_type: 'conversations' },
        `doug.pelletier@${D}`,
      ),
      event('2026-11-10T15:00:00Z', 'mcp_tool_policy_updated', {
        mcp_server_id: 'mcpsrv_1',
        mcp_server_name: 'Microsoft 365',
        tool_name: 'send_mail',
        max_permission: 'ask',
      }),
      event('2026-10-20T15:00:00Z', 'primary_owner_transferred', {
        new_owner_id: 'user_01a0001',
        previous_owner_id: 'user_01a0008',
      }),
      event('2026-09-21T13:00:00Z', 'org_user_invite_sent', {
        invited_email: `priya.nair@${D}`,
        invited_role: 'user',
        invited_seat_tier: 'standard',
        invited_rbac_group_ids: [],
      }),
      event('2026-09-22T13:00:00Z', 'mcp_server_created', {
        mcp_server_id: 'mcpsrv_1',
        mcp_server_name: 'Microsoft 365',
      }),
    ],
    has_more: false,
    first_id: 'activity_01000001',
    last_id: 'activity_01000007',
  }),
  'api/groups.json': JSON.stringify({ data: [], next_page: null }),
  'RH/Employés.csv': csv(
    [
      cells`Nom de famille|Prénom|Courriel professionnel|Pays|Statut d'emploi|Date de fin d'emploi|Date d'embauche`,
      ...PEOPLE.map((one) => [
        one.family,
        one.given,
        one.email,
        one.country === 'CA' ? 'Canada' : 'États-Unis',
        one.status,
        one.left,
        '2021-05-03',
      ]),
    ],
    { separator: ';' },
  ),
  'DocuSign envelope report.csv': csv([
    cells`Envelope Subject|Recipient Name|Recipient Email|Recipient Status|Sent On|Completed On`,
    ...PEOPLE.filter((one) => one.left === '' || one.left > '2026-11-24').map((one) => [
      'Please DocuSign: Claude Acceptable Use Policy v1.3',
      one.name,
      one.email,
      one.family === 'Wren'
        ? 'Delivered'
        : one.family === 'Corrigan'
          ? 'Declined'
          : one.family === 'Siddiqui'
            ? 'Voided'
            : 'Completed',
      '9/18/2026 9:00:00 AM',
      ['Wren', 'Corrigan', 'Siddiqui'].includes(one.family) ? '' : '9/19/2026 10:00:00 AM',
    ]),
  ]),
  'AWS/consolidated-billing-2026-10.csv': csv([
    cells`InvoiceID|PayerAccountId|LinkedAccountId|ProductCode|UsageType|UsageStartDate|UsageEndDate|UsageQuantity|TotalCost`,
    cells`9911|111122223333|444455556666|ClaudeEnterprise|Seats|2026-10-01|2026-10-31|20|1200.00`,
    cells`9911|111122223333|777788889999|ClaudeEnterprise|Usage-opus|2026-10-01|2026-10-31|91234|318.77`,
  ]),
  'charter.yaml': yaml({
    version: 1,
    inForceSince: '2026-09-16',
    approvedBy: ['Harriet Osgood', 'Board chair'],
    claudeOrganization: ORG_A,
    accountOwner: `harriet.osgood@${D}`,
    recoveryPlan: 'Luc Gagnon-Roy is second owner; break-glass envelope in the safe.',
    owners: [`harriet.osgood@${D}`, `luc.gagnon-roy@${CA}`],
    admins: [`doug.pelletier@${D}`],
    inviteDomains: [D, CA],
    seatsFor: 'on_request',
    provisioning: 'scim',
    ssoRequired: true,
    governanceOwner: { name: 'Harriet Osgood', email: `harriet.osgood@${D}` },
    governanceDeputy: { name: 'Luc Gagnon-Roy', email: `luc.gagnon-roy@${CA}` },
    connectors: [
      {
        name: 'Microsoft 365',
        sensitivity: 'high',
        holdsMemberData: true,
        actions: { 'Read email': 'ask', send_mail: 'blocked', '*': 'blocked' },
        effects: { send_mail: 'send' },
        actionsClassified: '2026-09-15',
        sourceReviewed: '2026-09-15',
      },
    ],
    desktopExtensions: [],
    localMcpAllowed: false,
    claudeInChromeAllowed: false,
    cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false },
    entra: {
      ssoAppId: SIGN_IN_APP,
      connectorScopes: cells`User.Read|Mail.Read|offline_access`,
      consentBy: `harriet.osgood@${D}`,
      emergencyAccess: { groups: ['Break glass'] },
    },
    auditRetentionDays: 365,
    chatRetentionDays: 180,
    contentAccess: { allowed: false },
    approvedApiKeys: ['SIEM reader'],
    ams: { name: 'none', methods: ['none'] },
    exceptions: [],
    policy: {
      version: '1.3',
      published: '2026-09-17',
      approvedBy: 'Board',
      contact: `it@${D}`,
      clauses: ['purpose'],
      noticeCovers: cells`usage|connectors|sign-ins`,
    },
  }),
  'journal.yaml': yaml({
    lockdown: { on: '2026-09-18', by: 'Harriet Osgood' },
    firstInvitation: '2026-09-21',
    connectorConsent: { on: '2026-09-22', by: `doug.pelletier@${D}` },
    sharePointAudit: { on: '2026-10-02', by: 'Doug Pelletier' },
    approvedExports: [],
    incidents: [],
    offboardings: [
      {
        email: `jin.park@${D}`,
        lastDay: '2026-10-16',
        entraDisabled: '2026-10-20',
        claudeRemoved: '2026-10-16',
      },
    ],
    reviews: [{ kind: 'monthly', on: '2026-11-04', by: 'Harriet Osgood', areas: ['usage', 'connectors'] }],
    nextReview: plus('2026-11-24', 20),
  }),
};
