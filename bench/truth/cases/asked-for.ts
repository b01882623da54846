import { BUSINESS_PREMIUM, clientsOf, DOMAIN, EMERGENCY_GROUP, SIGN_IN_APP, staff } from '../client.ts';
import {
  charter,
  entraGroups,
  excepted,
  journal,
  membersCsv,
  memberships,
  offboarded,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { applications, locations, policies, policy, sku } from '../microsoft.ts';
import { file, is, noPass, noPasses, reported, says, silent } from '../model.ts';
import { at } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { csv, graph } from '../text.ts';

const client = clientsOf('asked-for');
const people = staff(20);
const base = peopleFiles(people);
const gone = at(people, 10);

const EXCLUDED = '5ea5e100-0000-4000-8000-000000009777';
const outside = at(people, 6);
const member = (id: string, userPrincipalName: string) => ({
  '@odata.type': '#microsoft.graph.user',
  id,
  userPrincipalName,
});
const tenant = {
  ...base,
  'apps.json': applications(),
  'locations.json': locations(),
  'groups.json': entraGroups([
    { id: EXCLUDED, displayName: 'Excluded', members: [member(outside.id, outside.email)] },
  ]),
};
const withoutGroup = policy({ users: { excludeGroups: [EMERGENCY_GROUP, EXCLUDED] } });
const forAdmins = policy({
  name: 'Require MFA for administrators',
  users: { includeUsers: [], includeRoles: ['62e90394-69f5-4237-9190-012177145e10'] },
});

const skus = (consumedUnits: number) =>
  graph('subscribedSkus', [
    sku('SPB', BUSINESS_PREMIUM, [['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d']], {
      consumedUnits,
    }),
  ]);

const EMERGENCY = ['1', '2'].map((n) => `5ea5e100-0000-4000-8000-00000000800${n}`);
const emergency = (name: string, ids: readonly string[]) => ({
  ...tenant,
  'charter.yaml': charter(people, {
    entra: { ssoAppId: SIGN_IN_APP, emergencyAccess: { users: ids } },
  }),
  'policies.json': policies([policy({ name, users: { excludeGroups: [], excludeUsers: ids } })]),
});

const device = ({ id, name, email }: (typeof people)[number]) => ({
  id: `device-${id}`,
  deviceName: `PC ${name}`,
  userPrincipalName: email,
  complianceState: 'compliant',
  lastSyncDateTime: '2026-11-20T10:00:00Z',
  operatingSystem: 'Windows',
});

const sister = staff(15, 'sister.example.com').map((one) => ({ ...one, name: `${one.name} S` }));
const ofOurs = staff(40)
  .slice(22)
  .map((one, n) => ({ ...one, role: n === 0 ? ('Primary Owner' as const) : ('User' as const) }));
const SEATS = 'ACC-02 ACC-03 ACC-04 ACC-06 ACC-07 ACC-08 ACC-13 ACC-18';

const table = (read: string) =>
  connectorTable([
    ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
    ['Microsoft 365 (Outlook)', 'Read email', read],
    ['Microsoft 365 (Outlook)', '*', 'Blocked'],
  ]);
const coded = (legend: readonly (readonly string[])[]) =>
  csv([
    ['Connector', 'Action', 'Permission'],
    ['Microsoft 365 (Outlook)', 'Search email', 'A'],
    ['Microsoft 365 (Outlook)', 'Send email', 'A'],
    ['Microsoft 365 (Outlook)', '*', 'B'],
    ...legend,
  ]);

const ALIAS = `a.abbott@${DOMAIN}`;
const owner = at(people, 0);
const byAlias = charter(people, {
  governanceOwner: { name: 'Addie A.', email: ALIAS },
  people: { same: [[ALIAS, owner.email]] },
});

/** Questions that remain open, and files that answer them. */
export const askedForCases = [
  client('one-emergency-account')(emergency('MFA', EMERGENCY.slice(0, 1)), [
    ...reported('M365-13', 'fail', 'one account may be lost', 'Emergency 1'),
  ]),
  client('two-emergency-accounts')(emergency('MFA', EMERGENCY), [is('M365-13', 'pass', 'both are left out')]),
  client('an-excluded-group-beside-a-policy-for-roles')(
    { ...tenant, 'policies.json': policies([withoutGroup, forAdmins]) },
    [
      ...reported('M365-09', 'cannot_read', 'the one left out may hold the role', outside.name),
      says('M365-09', /role assignments/, 'what would tell'),
    ],
  ),
  client('an-excluded-group-beside-a-policy-for-roles-that-it-does-not-hold')(
    {
      ...tenant,
      'policies.json': policies([withoutGroup, forAdmins]),
      'roles.json': graph('roleManagement/directory/roleAssignments', [
        {
          id: 'assignment-1',
          principalId: at(people, 1).id,
          roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
          directoryScopeId: '/',
        },
      ]),
    },
    [...reported('M365-09', 'fail', 'the one left out holds no role', outside.name)],
  ),
  client('license-files-of-one-day-that-count-differently')(
    { ...base, 'skus a.json': skus(25), 'skus b.json': skus(5) },
    [...reported('M365-01', 'cannot_read', 'it depends on which file counts', /to 5 people .*to 30 if each/)],
  ),
  client('a-report-of-the-domain-without-the-members')(
    {
      'memberships.json': memberships([], people.slice(0, 2)),
      'staff.csv': base['staff.csv'] ?? '',
      'charter.yaml': base['charter.yaml'] ?? '',
      'journal.yaml': base['journal.yaml'] ?? '',
    },
    noPasses('the report may have been filtered to two people', 'SHA-02 SHA-03'),
  ),
  client('a-part-of-the-members-that-lists-a-leaver')(
    {
      ...base,
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-10-01' }),
      'members.csv': `${membersCsv(people.slice(0, 12))}Showing 12 of 20,,,,\n`,
      'journal.yaml': journal(people, { offboardings: [offboarded(gone.email, '2026-10-01')] }),
    },
    [...reported('OPS-05', 'fail', 'the part lists the seat that the journal calls removed', gone.name)],
  ),
  client('devices-of-someone-whom-an-old-roster-has-as-gone')(
    {
      ...base,
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-07-15' }),
      'devices.json': graph(
        'deviceManagement/managedDevices',
        people.filter((one) => one !== gone).map(device),
      ),
    },
    [
      ...reported('M365-19', 'cannot_read', 'nobody can tell whether a device is needed', gone.email),
      says('M365-19', /had left/, 'what the old roster shows'),
    ],
    { saved: { 'staff.csv': '2026-08-01' } },
  ),
  client('members-of-a-sister-organization-on-one-day')(
    { ...base, 'members of the sister.csv': membersCsv(sister) },
    [
      ...SEATS.split(' ').map((control) => is(control, 'pass', 'the account owner tells whose the list is')),
      says('ACC-02', 'members of the sister.csv', 'what was not counted'),
    ],
  ),
  client('members-of-another-organization-with-our-people')(
    { ...base, 'members b.csv': membersCsv(ofOurs) },
    noPasses('people of ours hold seats in it', SEATS),
  ),
  client('members-of-a-sister-organization-without-an-account-owner')(
    {
      ...base,
      'members of the sister.csv': membersCsv(sister),
      'charter.yaml': charter(people, { accountOwner: undefined }),
    },
    noPasses('nobody says whose list counts', SEATS),
  ),
  client('a-plan-of-connectors-beside-the-table')(
    { ...base, 'connectors.csv': table('Always allow'), 'connectors target state.csv': table('Blocked') },
    [
      is('CON-04', 'pass', 'the table shows the one connector'),
      silent('CON-04', /target state/, 'a plan is no newer table'),
      file('connectors target state.csv', 'not_placed', 'it says that it is a plan', /planned/),
    ],
    { saved: { 'connectors.csv': '2026-11-10' } },
  ),
  client('only-a-plan-of-connectors')({ ...base, 'connectors target state.csv': table('Blocked') }, [
    noPass('CON-04', 'a plan shows nothing'),
    says('CON-04', 'connectors target state.csv', 'what was there'),
  ]),
  ...[
    [
      ['Legend', '', ''],
      ['A', 'Always allow', ''],
      ['B', 'Blocked', ''],
    ],
    [['A = Always allow, B = Blocked', '', '']],
  ].map((legend, n) =>
    client(`connector-states-as-codes-with-a-legend-${n + 1}`)({ ...base, 'connectors.csv': coded(legend) }, [
      ...reported('CON-10', 'fail', 'sending is always allowed', 'Send email'),
    ]),
  ),
  client('connector-states-as-codes-without-a-legend')({ ...base, 'connectors.csv': coded([]) }, [
    ...noPasses('nobody says what the codes mean', 'CON-06 CON-09 CON-10'),
    is('CON-10', 'cannot_read', 'nobody says what the codes mean'),
  ]),
  ...[true, false].map((current) =>
    client(`a-shared-seat-by-an-exception-${current ? 'until' : 'that-has-ended'}`)(
      {
        ...base,
        'members.csv': membersCsv([
          ...people,
          { id: '', name: 'Events Desk', email: `events@${DOMAIN}`, role: 'User', department: '' },
        ]),
        'charter.yaml': charter(people, {
          exceptions: [
            excepted('CLA-ACC-08', 'Two desks share it', owner.name, current ? '2027-01-31' : '2026-10-31', {
              items: [`events@${DOMAIN}`],
              approvedBy: at(people, 1).name,
            }),
          ],
        }),
      },
      [
        ...reported(
          'ACC-08',
          current ? 'accepted' : 'fail',
          'whoever accepts that it is shared says so',
          `events@${DOMAIN}`,
        ),
      ],
    ),
  ),
  client('a-governance-owner-by-another-address')({ ...base, 'charter.yaml': byAlias }, [
    is('OPS-02', 'pass', 'both work here'),
    silent('OPS-02', /not found/, 'the charter gives the other address'),
  ]),
  client('a-governance-owner-by-another-address-who-left')(
    {
      ...base,
      'charter.yaml': byAlias,
      'staff.csv': rosterCsv(people, { [owner.email]: '2026-10-30' }),
    },
    [...reported('OPS-02', 'fail', 'the person with both addresses has left', 'Addie A.')],
  ),
];
