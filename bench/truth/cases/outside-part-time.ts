import { DOMAIN, profile, SIGN_IN_APP, staff } from '../client.ts';
import {
  account,
  acknowledgementsCsv,
  charter,
  entraGroups,
  entraUsers,
  journal,
  membersCsv,
  probed,
  reviewed,
  rosterCsv,
} from '../documents.ts';
import { apiKey, ENTERPRISE, event, settings } from '../enterprise.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import { is, noPass, noPasses, reported } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { accountTable, connectorTable, memberTable, usageTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const CONNECTORS = connectorTable([
  ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
  ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
  ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
]);

/** A quarterly provider last came in July; since then, someone opened the portal and saved nothing. */
function comesQuarterly() {
  const people = staff(14);
  const by = 'Technician of the provider';
  const files = {
    'members.csv': membersCsv(people),
    'staff.csv': rosterCsv(people),
    'users.json': entraUsers(people),
    'groups.json': entraGroups(),
    'apps.json': applications(),
    'grants.json': grants('User.Read Mail.Read'),
    'ca.json': policies([
      policy(),
      policy({ name: 'Devices', grant: { builtInControls: ['compliantDevice'] } }),
    ]),
    'connectors.csv': CONNECTORS,
    'acknowledgements.csv': acknowledgementsCsv(people),
    'domain-memberships.csv': accountTable([
      ...people.map(({ email }) => [email, 'Team', 'Yes', '2026-05-15']),
    ]),
    'usage.csv': usageTable([
      ...people.map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 90, '2026-06-01', '2026-06-30']),
    ]),
    'sign-ins.csv': csv([
      ['Date (UTC)', 'Username', 'Application', 'Application ID', 'Status', 'Authentication requirement'],
      ...people.map(
        ({ email }, n) =>
          cells`2026-07-0${1 + (n % 9)}T14:02:11Z|${email}|Claude|${SIGN_IN_APP}|Success|Multifactor authentication`,
      ),
    ]),
  };
  return outsideCase('provider-was-here-in-july')(
    {
      ...files,
      'members 2026-11-23.csv': memberTable([]),
      'connectors 2026-11-23.csv': connectorTable([]),
      'charter.yaml': charter(people, {
        incidentPlan: { types: ['data_upload'], contacts: [`help@${DOMAIN}`], reviewed: '2025-09-30' },
        offboardingTemplate: { includesClaude: true, reviewed: '2025-10-01' },
        network: { tenantRestriction: true, blockClaude: true, allowlistForManagedDevices: 'Laptops' },
      }),
      'journal.yaml': journal(people, {
        reviews: [
          { kind: 'quarterly', on: '2026-07-10', by, areas: ['connectors', 'user_access'] },
          reviewed('monthly', '2026-07-10', by),
          { kind: 'scopes', on: '2026-02-10', by },
        ],
        nextReview: '2026-10-10',
        explainedToLeadership: { on: '2025-10-10', by },
        dlpTest: { on: '2026-04-10', by, blocked: true },
        siemTest: { on: '2026-07-10', by, arrived: true },
        tenantRestrictionProbe: probed('2026-07-10', by, 'refused', 'allowed'),
        networkBlockProbe: { on: '2026-07-10', by, guestNetwork: 'blocked', managedDevice: 'allowed' },
        discoveryReview: { on: '2026-07-10', by },
        trainings: [{ on: '2025-09-18', topic: 'Claude', everyone: true }],
        connectorRequests: [{ on: '2026-07-20', by: at(people, 6).name, connector: 'Airtable' }],
      }),
    },
    [
      ...noPasses(
        'the members are of July',
        'ACC-02 ACC-04 ACC-05 ACC-06 ACC-07 ACC-08 ACC-09 ACC-13 ACC-18 ACC-20',
      ),
      ...noPasses('the connectors are of July', 'CON-04 CON-06 CON-09 CON-10 CON-11 CON-12 CON-13 CON-14'),
      ...noPasses(
        'the tenant was read in July',
        'M365-02 M365-03 M365-04 M365-05 M365-06 M365-09 M365-10 M365-13 M365-14 M365-16 M365-17 M365-21',
      ),
      ...noPasses(
        'the reports are of July',
        'SHA-02 SHA-03 SHA-04 SHA-05 VIS-01 VIS-03 VIS-08 VIS-10 POL-03',
      ),
      ...noPasses('it was tried or reviewed in July', 'SHA-06 SHA-10 SHA-12 VIS-02 VIS-07 OPS-04'),
      noPass('M365-20', 'the test was in April'),
      noPass('M365-22', 'the scopes were reviewed in February'),
      is('OPS-01', 'fail', 'the last quarterly review was 137 days ago'),
      is('OPS-03', 'fail', 'the last monthly review was 137 days ago'),
      is('OPS-07', 'fail', 'the day of the next review has passed'),
      ...reported('CON-25', 'fail', 'a request has waited since July', 'Airtable'),
      ...noPasses('it was more than a year ago', 'OPS-06 OPS-08 OPS-12 CON-31'),
      is('OPS-14', 'cannot_read', 'nobody wrote whether there are exceptions'),
      is(
        'CON-01',
        'cannot_read',
        'the inventory was taken by someone who may have left since the old roster',
      ),
      is('CON-07', 'cannot_read', 'those who approved the charter may have left since the old roster'),
      is('POL-04', 'pass', 'the policy names a contact'),
    ],
    {
      profile: profile({ m365: 'e5', swg: 'zscaler', siem: 'sentinel', staffCount: 14 }),
      saved: Object.fromEntries(Object.keys(files).map((name) => [name, '2026-07-10'])),
    },
  );
}

/** Every file is the first of several pages, was truncated, or says that it is partial. */
function firstPages() {
  const people = staff(20);
  const part = people.slice(0, 12);
  const next = (text: string) => {
    const page = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({
      ...page,
      '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?$skiptoken=RFNwdAIAAQ',
    });
  };
  const cut = membersCsv(part);
  return outsideCase('first-pages-only')(
    {
      'members.csv': cut.slice(0, cut.lastIndexOf('@')),
      'staff.csv': rosterCsv(people),
      'users.json': next(entraUsers(part)),
      'groups.json': next(entraGroups()),
      'apps.json': next(applications()),
      'grants.json': next(grants('User.Read Mail.Read')),
      'ca.json': next(
        policies([policy(), policy({ name: 'Devices', grant: { builtInControls: ['compliantDevice'] } })]),
      ),
      'connectors (page 1 of 2).csv': `${CONNECTORS}Showing 3 of 11,,\n`,
      'acknowledgements.csv': `${acknowledgementsCsv(part)}Rows 1-12 of 20,,,\n`,
      'domain-memberships.json': JSON.stringify({
        domain: DOMAIN,
        memberships: part.map(({ email, name }) =>
          account(email, name, {
            organization: 'Teasel Guild',
            plan_type: 'enterprise',
            in_organization: true,
            created_at: '2026-09-15T13:00:00Z',
          }),
        ),
        has_more: true,
        next_page: 'page_MjA',
      }),
      'feed.json': JSON.stringify({
        data: [
          event('Late', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' }),
          event('Early', '2026-11-21', 'claude_chat_created', { claude_chat_id: 'c2' }),
        ],
        has_more: true,
        first_id: 'activity_01Late',
        last_id: 'activity_01Early',
      }),
      'keys.json': JSON.stringify({
        data: [apiKey('apikey_01Old', 'Pilot', { is_active: false })],
        has_more: true,
      }),
      'settings.json': settings({ sso_enabled: true }).replace(/,\s*"api_keys": \[\]/, ''),
      'usage.csv': usageTable([
        ...people
          .slice(0, 1)
          .map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 90, '2026-10-25', '2026-11-22']),
      ]),
      'charter.yaml': charter(people, { seatsFor: 'everyone' }),
      'journal.yaml': journal(people),
    },
    [
      ...noPasses(
        'the members file was cut off',
        'ACC-04 ACC-05 ACC-06 ACC-07 ACC-08 ACC-09 ACC-13 ACC-18 ACC-20',
      ),
      ...noPasses('the table shows 3 of 11', 'CON-04 CON-06 CON-09 CON-10 CON-11 CON-12 CON-13'),
      ...noPasses('more pages follow', 'M365-05 M365-06 M365-13 M365-14 M365-17 M365-21 SHA-05'),
      ...noPasses('the report has more pages', 'SHA-03 SHA-04'),
      noPass('POL-03', 'rows 1 to 12 of 20'),
      ...noPasses('the feed goes back two days', 'VIS-16 CON-14 ACC-12 CON-20 CON-18'),
      noPass('VIS-17', 'the list of keys has more pages'),
      noPass('VIS-03', 'the use of one person is no average'),
      noPass('VIS-05', 'no audit log was given'),
      noPass('ACC-14', 'single sign-on is set up, nothing shows that it is required'),
      noPass('ACC-15', 'nothing shows directory sync'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      is('CON-07', 'pass', 'the charter is in force'),
      is('OPS-14', 'cannot_read', 'nobody wrote whether there are exceptions'),
    ],
    ENTERPRISE,
  );
}

export const outsidePartTime = [comesQuarterly(), firstPages()];
