import { DOMAIN, profile, staff } from '../client.ts';
import { charter, excepted, journal, peopleFiles, probed, reviewed, rosterCsv } from '../documents.ts';
import { is, noPass, noPasses, reported } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { csv } from '../text.ts';

const OUTLOOK = {
  name: 'Microsoft 365 (Outlook)',
  sensitivity: 'high',
  actions: {
    'Search email': 'allow',
    'Read email': 'allow',
    'Send email': 'ask',
    Delete: 'blocked',
    '*': 'blocked',
  },
  actionsClassified: '2025-05-10',
  sourceReviewed: '2025-06-08',
};
const SHAREPOINT = {
  name: 'Microsoft 365 (SharePoint / OneDrive)',
  sensitivity: 'high',
  actions: { 'Search files': 'ask', '*': 'blocked' },
  actionsClassified: '2026-09-10',
  sourceReviewed: '2026-09-08',
};
const IMIS = {
  name: 'iMIS',
  kind: 'custom',
  url: `https://mcp.${DOMAIN}/imis`,
  sensitivity: 'high',
  holdsMemberData: true,
  isAms: true,
  actions: { 'Get member': 'ask', 'Search events': 'ask', '*': 'blocked' },
  actionsClassified: '2026-09-10',
  sourceReviewed: '2026-09-10',
  securityReview: { on: '2026-10-20', by: 'Bruno Brenner', vendorContact: 'security@ams.example' },
};

/** A membership system on the client's own server; a table that names each connector only once. */
function membershipSystem() {
  const people = staff(15);
  const by = at(people, 0).name;
  return outsideCase('membership-system-before-its-review')(
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, {
        connectors: [OUTLOOK, SHAREPOINT, IMIS],
        localMcpAllowed: undefined,
        claudeInChromeAllowed: undefined,
        cowork: { enabled: true },
        ams: {
          name: 'iMIS',
          methods: ['custom_mcp'],
          vendorConsulted: { on: '2026-12-05', contact: 'account@ams.example', outcome: 'Meeting is booked' },
          serviceAccount: { name: 'svc-claude', readOnly: true, admin: true, reviewed: '2026-09-01' },
          privateNetwork: true,
        },
        contentAccess: { allowed: true, approvers: [by] },
        auditRetentionDays: 3650,
        policy: {
          version: 'v3',
          published: '2026-09-18',
          approvedBy: by,
          contact: '',
          clauses: ['purpose'],
          noticeCovers: ['usage'],
        },
      }),
      'journal.yaml': journal(people, {
        lockdown: { on: '2026-09-20', by },
        approvedChanges: [{ on: '2026-10-01', connector: 'iMIS', action: '*', to: 'added', approvedBy: by }],
        connectorRequests: [{ on: '2026-10-20', by: at(people, 6).name, connector: 'Salesforce' }],
        sharePointAudit: { on: '2026-09-20', by },
        connectorConsent: { on: '2026-09-14', by: at(people, 9).email },
        siemTest: undefined,
      }),
      'connectors 2026-11-20.csv': csv([
        ['Connector', 'Action', 'Permission', 'Notes'],
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow', ''],
        ['', 'Read email', 'Always allow', ''],
        ['', 'Send email', 'Always allow', 'asked for by Events'],
        ['', 'All other actions', 'Blocked', ''],
        ['iMIS', 'Get member', 'Needs approval', ''],
        ['', 'Update member', 'Needs approval', 'address changes'],
        ['', 'All other actions', 'Blocked', ''],
        ['Zoom', 'Search recordings', 'Always allow', ''],
        ['Reviewed 11/20 by Carla Corelli', '', '', ''],
      ]),
    },
    [
      is('CON-01', 'pass', 'the inventory was taken on 9 September'),
      noPass('CON-02', 'the actions of Outlook were classified 18 months ago'),
      is('CON-03', 'fail', 'lockdown came five days after the first invitation'),
      ...reported('CON-04', 'fail', 'Zoom is not in the charter', 'Zoom'),
      noPass('CON-08', 'sending mail asks in the charter, the guide blocks it, and no reason is given'),
      noPass('CON-09', 'sending and updating are wider than the charter'),
      noPass('CON-10', 'sending is always allowed'),
      noPass('CON-12', 'Zoom and reading mail are always allowed without a reason'),
      noPass('CON-13', 'members can be updated'),
      noPass('CON-14', 'one table shows no changes'),
      noPass('CON-16', 'nobody decided on local servers'),
      noPass('CON-19', 'of four decisions one was made'),
      ...reported('CON-21', 'fail', 'the review came 19 days after the connector', 'iMIS'),
      is('CON-22', 'fail', 'the service account is an administrator'),
      noPass('CON-23', 'the vendor is to be asked in December'),
      noPass('CON-24', 'nobody wrote that the range was let in'),
      ...reported('CON-25', 'fail', 'a request has waited for 35 days', 'Salesforce'),
      noPass('CON-28', 'nobody decided on Chrome'),
      noPass('CON-29', 'rights in Outlook were reviewed 17 months ago'),
      noPass('CON-31', 'nobody told leadership'),
      is('M365-07', 'fail', 'someone else consented'),
      is('M365-08', 'fail', 'the audit came after the consent'),
      is('POL-01', ['fail', 'cannot_read'], 'the policy came three days after the first invitation'),
      noPass('POL-02', 'the policy has one clause'),
      noPass('POL-04', 'the policy names no contact'),
      noPass('POL-05', 'the notice leaves out connectors and sign-ins'),
      noPass('VIS-13', 'one person alone may open conversations'),
      noPass('VIS-15', 'Business Premium keeps no records for ten years'),
      noPass('OPS-13', 'two steps came after the first invitation'),
    ],
    { profile: profile({ staffCount: 15 }) },
  );
}

/** Work done in spring by a deputy who has since left, and by no one after. */
function fallenBehind() {
  const people = staff(16);
  const by = at(people, 0).name;
  const gone = at(people, 1);
  return outsideCase('operations-fallen-behind')(
    {
      ...peopleFiles(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-08-14' }),
      'charter.yaml': charter(people, {
        network: {
          tenantRestriction: true,
          blockClaude: true,
          allowlistForManagedDevices: 'Managed laptops',
        },
        incidentPlan: { types: ['data_upload'], contacts: [`help@${DOMAIN}`], reviewed: '2025-08-01' },
        offboardingTemplate: { includesClaude: true, reviewed: '2025-01-10' },
        telemetry: { endpoint: `https://otlp.${DOMAIN}`, since: '2026-09-15' },
        exceptions: [
          excepted('CLA-ACC-19', 'Until the new identity provider', by, '2026-11-01', {
            approvedBy: at(people, 2).name,
          }),
        ],
      }),
      'journal.yaml': journal(people, {
        reviews: [reviewed('quarterly', '2026-07-01', gone.name), reviewed('monthly', '2026-09-30', by)],
        nextReview: '2026-10-30',
        explainedToLeadership: { on: '2025-10-01', by },
        dlpTest: { on: '2026-02-10', by, blocked: true },
        tenantRestrictionProbe: probed('2026-06-10', by, 'refused', 'allowed'),
        networkBlockProbe: { on: '2026-06-10', by, guestNetwork: 'blocked', managedDevice: 'allowed' },
        siemTest: { on: '2026-06-10', by, arrived: true },
        discoveryReview: { on: '2026-05-10', by },
        announcements: [{ on: '2026-09-12', by, about: 'organization_accounts', recipients: 6 }],
        trainings: [{ on: '2025-10-01', topic: 'Claude', everyone: true }],
        incidents: [
          { id: 'INC-7', type: 'data_upload', opened: '2026-08-20' },
          {
            id: 'INC-9',
            type: 'credential_exposed',
            opened: '2026-09-02',
            closed: '2026-09-30',
            stepsDone: false,
            membersNotified: 'open',
          },
        ],
      }),
    },
    [
      noPass('OPS-01', 'the last quarterly review was 146 days ago'),
      noPass('OPS-03', 'the last monthly review was 55 days ago'),
      noPass('OPS-04', 'connectors were reviewed in July'),
      noPass('VIS-02', 'use was reviewed in September'),
      noPass('OPS-07', 'the day of the next review has passed'),
      ...reported('OPS-09', 'fail', 'an incident has been open for 96 days', 'INC-7', 'INC-9'),
      ...reported('OPS-14', 'fail', 'an exception ran out on 1 November', 'ACC-19'),
      noPass('ACC-19', 'the exception ran out'),
      noPass('OPS-02', 'the deputy left in August'),
      noPass('OPS-06', 'the template was reviewed in January 2025'),
      noPass('OPS-08', 'the plan was reviewed in August 2025'),
      noPass('OPS-12', 'the training was more than a year ago'),
      noPass('M365-20', 'the test was more than half a year ago'),
      is('M365-22', 'pending', 'the review of July was before the consent of 14 September'),
      ...noPasses('the probe was 167 days ago', 'SHA-06 SHA-10'),
      noPass('SHA-11', 'six of fifteen were told'),
      noPass('SHA-12', 'the review was in May'),
      noPass('VIS-06', 'nothing shows that telemetry arrives'),
      noPass('VIS-07', 'the test was 167 days ago'),
      noPass('CON-31', 'leadership was told more than a year ago'),
      noPass('ACC-03', 'the second owner left in August'),
      ...reported(
        'ACC-07',
        'fail',
        'the second owner left in August',
        new RegExp(`${gone.name}|${gone.email}`),
      ),
      is('OPS-05', 'fail', 'nothing was done for the leaver'),
      noPass('M365-18', 'nothing was done for the leaver'),
      is('CON-07', 'pass', 'the charter is in force'),
      is('POL-04', 'pass', 'the policy names a contact'),
    ],
    { profile: profile({ m365: 'e5', swg: 'netskope', siem: 'sentinel', staffCount: 15 }) },
  );
}

export const outsideMembership = [membershipSystem(), fallenBehind()];
