import { profile, SIGN_IN_APP } from '../client.ts';
import {
  counts,
  file,
  is,
  lists,
  noPass,
  noPasses,
  nowhere,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { outsideCase } from '../outside.ts';
import { cells, csv, plus, yaml } from '../text.ts';

const H = 'harborline.example.com';
const OPT = 'optometrynow.example.org';
const CRANE = 'craneoperators.example.org';
const BAKE = 'bakersguild.example.org';

/** Who works for whom: one line per assignment, as an association management company keeps it. */
const ASSIGNMENTS = `Renee Castaldo|renee@${H}|HQ|CEO|100%|2009-01-05|
Marcus Oyelaran|marcus@${H}|HQ|IT Manager|100%|2018-04-02|
Wendy Tsai|wendy@${H}|HQ|HR Director|100%|2012-07-09|
Ana Belmonte|ana@${H}|Optometry Now|Executive Director|60%|2019-02-11|
Ana Belmonte|ana@${OPT}|Crane Operators|Interim Director|40%|2026-03-02|2026-09-30
Felix Drummond|felix@${H}|Crane Operators|Meetings|50%|2020-09-01|2026-10-31
Felix Drummond|felix@${H}|Bakers Guild|Meetings|50%|2021-01-04|
Gita Rao|gita@${H}|Bakers Guild|Membership|100%|2022-05-16|
Hugh Lindqvist|hugh@${H}|Optometry Now|Communications|100%|2023-03-06|2026-10-30
Iris Nakamura|iris@${H}|Optometry Now|Membership|50%|2021-06-21|
Iris Nakamura|iris@${H}|Crane Operators|Membership|50%|2021-06-21|
Jonah Petrov|jonah@${H}|Crane Operators|Certification|100%|2024-01-08|
Kelly Ames|kelly@${H}|HQ|Accounting|100%|2017-10-02|
Leon Abara|leon@${H}|Bakers Guild|Events|50%|2020-02-03|2026-08-31
Leon Abara|leon@${H}|Optometry Now|Events|50%|2020-02-03|2026-11-13`
  .split('\n')
  .map((line) => line.split('|'));

const staffSheet = csv([
  cells`Harborline Association Management - staff by client||||||`,
  cells`Employee|Work e-mail|Client|Position|FTE|Assigned since|Assignment end`,
  ...ASSIGNMENTS,
]);

const members = csv([
  cells`Name|Email|Role|Seat type`,
  cells`Renee Castaldo|renee@${H}|Primary Owner|Standard`,
  cells`Marcus Oyelaran|marcus@${H}|Owner|Premium`,
  cells`Wendy Tsai|wendy@${H}|Admin|Standard`,
  cells`Ana Belmonte|ana@${OPT}|User|Standard`,
  cells`Felix Drummond|felix@${H}|User|Standard`,
  cells`Gita Rao|gita@${H}|User|Standard`,
  cells`Hugh Lindqvist|hugh@${H}|User|Standard`,
  cells`Iris Nakamura|iris@${H}|User|Standard`,
  cells`Jonah Petrov|jonah@${H}|User|Standard`,
  cells`Leon Abara|leon@${H}|User|Standard`,
  cells`Membership|membership@${CRANE}|User|Standard`,
  cells`Info|info@${BAKE}|User|Standard`,
  cells`Optometry Now|hello@${OPT}|User|Standard`,
  cells`Sol Whitfield|sol@whitfieldcreative.example.net|User|Standard`,
  cells`Dr. Edna Moreau|president@${OPT}|User|Standard`,
]);

/** Connector permissions of all client associations, with a column for the client. */
const connectors = csv([
  cells`Connector|Client|Action|Permission|Checked on`,
  cells`iMIS (Optometry Now)|Optometry Now|get_contact|Needs approval|11/16/2026`,
  cells`iMIS (Optometry Now)|Optometry Now|All other actions|Blocked|11/16/2026`,
  cells`YourMembership (Crane Operators)|Crane Operators|search_members|Always allow|11/16/2026`,
  cells`YourMembership (Crane Operators)|Crane Operators|update_profile|Needs approval|11/16/2026`,
  cells`QuickBooks|HQ|List invoices|Needs approval|11/16/2026`,
  cells`QuickBooks|HQ|Create invoice|Always allow|11/16/2026`,
  cells`Microsoft 365|All|Read email|Needs approval|11/16/2026`,
  cells`Microsoft 365|All|Send email|Blocked|11/16/2026`,
]);

/** A matrix with a row per person and a column per document. */
const signed = csv([
  cells`Employee|Work e-mail|Employee handbook 2026|Claude acceptable use policy v2|Expense policy`,
  cells`Renee Castaldo|renee@${H}|1/12/2026|9/14/2026|1/12/2026`,
  cells`Marcus Oyelaran|marcus@${H}|1/12/2026|9/14/2026|1/12/2026`,
  cells`Wendy Tsai|wendy@${H}|1/12/2026|9/15/2026|`,
  cells`Ana Belmonte|ana@${H}|1/13/2026|9/15/2026|1/12/2026`,
  cells`Felix Drummond|felix@${H}|1/13/2026||1/12/2026`,
  cells`Gita Rao|gita@${H}|1/13/2026|pending|1/12/2026`,
  cells`Iris Nakamura|iris@${H}||9/16/2026|1/12/2026`,
  cells`Jonah Petrov|jonah@${H}|1/13/2026|9/16/2026|1/12/2026`,
]);

const memberships = JSON.stringify({
  domain: H,
  memberships: [
    {
      email_address: `kelly@${H}`,
      name: 'Kelly Ames',
      organization: 'Personal',
      plan_type: 'pro',
      in_organization: false,
      created_at: '2025-12-01T09:00:00Z',
    },
    {
      email_address: `gita@${H}`,
      name: 'Gita Rao',
      organization: 'Harborline',
      plan_type: 'team',
      in_organization: true,
      created_at: '2026-09-15T09:00:00Z',
    },
  ],
});

const nslookup = `Server:  dc1.${H}
Address:  10.0.0.5

Non-authoritative answer:
${H}	text =

	"anthropic-domain-verification-a1b2=Zz9"
${OPT}	text =

	"v=spf1 include:spf.protection.outlook.com -all"
`;

function amc() {
  return outsideCase('association-management-company')(
    {
      'Staff by client.csv': staffSheet,
      'members_20261120.csv': members,
      'connectors by client.csv': connectors,
      'signed documents 2026.csv': signed,
      'domain memberships harborline 2026-11-17.json': memberships,
      'nslookup.txt': nslookup,
      'charter.yaml': yaml({
        version: 1,
        inForceSince: '2026-09-11',
        approvedBy: ['Renee Castaldo', 'Wendy Tsai'],
        accountOwner: `renee@${H}`,
        recoveryPlan: 'Marcus is second owner and holds the recovery codes.',
        owners: [`renee@${H}`, `marcus@${H}`],
        admins: [`wendy@${H}`],
        inviteDomains: [H, OPT, CRANE, BAKE],
        seatsFor: 'on_request',
        provisioning: 'invite',
        ssoRequired: false,
        governanceOwner: { name: 'Marcus Oyelaran', email: `marcus@${H}` },
        governanceDeputy: { name: 'Hugh Lindqvist', email: `hugh@${H}` },
        connectors: [
          {
            name: 'iMIS (Optometry Now)',
            kind: 'custom',
            url: 'https://mcp.optometrynow.example.org',
            sensitivity: 'high',
            holdsMemberData: true,
            isAms: true,
            actions: { get_contact: 'ask', '*': 'blocked' },
            effects: { get_contact: 'read' },
            actionsClassified: '2026-09-10',
            sourceReviewed: '2026-09-10',
            securityReview: { on: '2026-09-09', by: 'Marcus Oyelaran', vendorContact: 'sec@asi.example.com' },
          },
          {
            name: 'Microsoft 365',
            sensitivity: 'high',
            actions: { 'Read email': 'ask', 'Send email': 'blocked', '*': 'blocked' },
            actionsClassified: '2026-09-10',
            sourceReviewed: '2026-09-10',
          },
          {
            name: 'QuickBooks',
            sensitivity: 'medium',
            actions: { 'List invoices': 'ask', 'Create invoice': 'ask', '*': 'blocked' },
            actionsClassified: '2026-09-10',
            sourceReviewed: '2026-09-10',
          },
        ],
        ams: {
          name: 'iMIS',
          methods: ['custom_mcp'],
          vendorConsulted: { on: '2026-08-12', contact: 'ASI support', outcome: 'Read only' },
          serviceAccount: { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2026-09-09' },
          privateNetwork: false,
        },
        entra: { ssoAppId: SIGN_IN_APP },
        desktopExtensions: [],
        localMcpAllowed: false,
        claudeInChromeAllowed: false,
        people: { shared: [`hello@${OPT}`], guests: ['sol@whitfieldcreative.example.net'] },
        exceptions: [
          {
            control: 'CLA-ACC-08',
            items: [`hello@${OPT}`],
            reason: 'One front desk',
            owner: 'Marcus Oyelaran',
            from: '2026-09-15',
            until: '2026-11-15',
            approvedBy: 'Renee Castaldo',
          },
        ],
        policy: {
          version: 'v2',
          published: '2026-09-14',
          approvedBy: 'Renee Castaldo',
          contact: `it@${H}`,
          clauses: ['purpose'],
          noticeCovers: ['usage', 'connectors'],
        },
      }),
      'journal.yaml': yaml({
        connectorInventory: { on: '2026-09-08', by: 'Marcus Oyelaran' },
        lockdown: { on: '2026-09-12', by: 'Marcus Oyelaran' },
        firstInvitation: '2026-09-15',
        announcements: [{ on: '2026-09-14', by: 'Renee Castaldo', about: 'policy', recipients: 13 }],
        reviews: [
          {
            kind: 'quarterly',
            on: '2026-11-02',
            by: 'Marcus Oyelaran',
            areas: [
              'connectors',
              'user_access',
              'personal_accounts',
              'usage',
              'permission_changes',
              'm365_permissions',
            ],
          },
        ],
        nextReview: plus('2026-11-02', 85),
        offboardings: [],
        incidents: [
          {
            id: 'INC-1',
            type: 'data_upload',
            opened: '2026-10-20',
            stepsDone: false,
            membersNotified: 'open',
          },
        ],
      }),
    },
    [
      counts('staff', 9, 'eleven people on fifteen lines, of whom Hugh and Leon have no assignment any more'),
      ...reported('ACC-07', 'fail', 'two have no assignment any more', /hugh/i, /leon/i),
      lists('leavers', [`hugh@${H}`, `leon@${H}`], 'every one of their assignments has ended'),
      silent('ACC-07', /felix/i, 'one of his two assignments goes on'),
      silent('ACC-07', /ana belmonte/i, 'one of her two assignments goes on'),
      silent('OPS-05', /felix/i, 'he works here'),
      silent('CON-26', /felix|belmonte/i, 'they work here'),
      unlisted('notOnRoster', `ana@${OPT}`, 'her second address'),
      unlisted('withoutSeat', `ana@${H}`, 'she holds one under her second address'),
      ...reported(
        'ACC-08',
        'fail',
        'mailboxes of client associations hold seats',
        /membership@craneoperators/,
        /info@bakersguild/,
      ),
      says('ACC-09', /by address/, 'a volunteer at an address of ours cannot be told from staff by it'),
      ...reported('ACC-13', 'fail', 'seats that are nobody’s', /moreau|president@/i),
      ...reported('OPS-14', 'fail', 'the exception for the front desk ran out', /hello@|CLA-ACC-08/),
      ...reported(
        'ACC-10',
        ['fail', 'cannot_read'],
        'one domain has no record and two were not looked up',
        /optometrynow/,
        /craneoperators/,
        /bakersguild/,
      ),
      noPass('SHA-01', 'four domains'),
      noPass('SHA-02', 'the report is of one domain of four'),
      ...reported('SHA-03', ['fail', 'cannot_read'], 'an open personal account', /kelly/i),
      // connectors
      ...reported('CON-04', 'fail', 'not in the charter', /YourMembership/),
      ...reported('CON-09', 'fail', 'wider', /Create invoice/, /update_profile/),
      ...reported(
        'CON-13',
        ['fail', 'cannot_read'],
        'a second membership system may be written to',
        /YourMembership/,
      ),
      says('CON-11', /Create invoice/, 'a write that asks nobody'),
      ...reported('CON-21', 'cannot_read', 'nobody says whether it is a custom server', /YourMembership/),
      silent('CON-21', /iMIS \(Optometry/, 'reviewed'),
      // policy
      ...reported(
        'POL-03',
        'fail',
        'some did not sign this document',
        /felix/i,
        /gita/i,
        /leon|moreau|whitfield/i,
      ),
      silent('POL-03', /nakamura/i, 'she signed this one'),
      silent('POL-03', /belmonte/i, 'signed under her other address'),
      silent('POL-03', /wendy/i, 'what she did not sign is another document'),
      noPass('POL-02', 'clauses'),
      // people in charge
      ...reported('OPS-02', 'fail', 'the deputy left', /hugh/i),
      ...reported('OPS-09', 'fail', 'an incident is open', /INC-1/),
      noPass('OPS-05', 'two leavers and no entry'),
      noPass('OPS-08', 'no plan'),
      is('OPS-01', 'pass', 'a full review this quarter'),
      // Microsoft: no files
      ...noPasses(
        'nothing of Microsoft was given',
        'M365-02 M365-03 M365-04 M365-05 M365-06 M365-09 M365-10 M365-13 M365-16 M365-17 M365-19',
      ),
      ...noPasses('no use was given', 'VIS-01 VIS-03 VIS-08 CON-30'),
      is('VIS-04', 'not_licensed', 'Team'),
      is('ACC-02', 'pass', 'two owners'),
      is('ACC-04', 'pass', 'all three are approved'),
      is('ACC-01', 'pass', 'as the charter says'),
      nowhere(/15 people on the roster|15 staff/, 'lines are no people'),
      nowhere(/15 (people|of staff) work/, 'lines are no people'),
      file('Staff by client.csv', 'taken', 'the roster'),
      file('signed documents 2026.csv', 'taken', 'who signed what'),
    ],
    {
      profile: profile({
        name: 'Harborline Association Management',
        domains: [H, OPT, CRANE, BAKE],
        claudeSeats: 20,
        staffCount: 9,
        timezone: 'America/Chicago',
      }),
    },
  );
}

export const outsideManagementCompany = [amc()];
