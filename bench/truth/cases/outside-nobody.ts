import { profile } from '../client.ts';
import { entraUsers, excepted, journal, membersCsv, reviewed, rosterCsv } from '../documents.ts';
import { counts, is, lists, never, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { cells, csv, yaml } from '../text.ts';

const signed = association('Bistort Guild', 'bistort.example.org', 9);
const history = association('Clary Society', 'clary.example.org', 10);
const open = association('Dill Institute', 'dill.example.org', 8);
const elder = association('Elder Council', 'elder.example.org', 8);

export const outsideNobody = [nobodySigned(), employments(), nobodyDecided(), otherMoney()];

/** Names are placeholders or names of programs. */
function nobodySigned() {
  const { people } = signed;
  const left = at(people, 8);
  const on = '2026-11-10';
  const seen = (control: string, by: string) => ({ control, holds: true, seen: '2026-11-20', by });
  return outsideCase('nobody-signed-anything')(
    signed.files({
      'staff.csv': rosterCsv(people, { [left.email]: '2026-10-30' }),
      'charter.yaml': signed.charter({
        approvedBy: ['TBD', 'n/a'],
        recoveryPlan: 'To be determined',
        governanceOwner: { name: 'TBD' },
        governanceDeputy: { name: 'Vacant' },
        domainCapture: { capture: false, on, by: 'IT', approvedBy: 'Approval bot' },
        incidentPlan: { types: ['unauthorized_access'], contacts: ['TBD', 'n/a'], reviewed: on },
        offboardingTemplate: { includesClaude: true, reviewed: on },
        ams: {
          name: 'iMIS',
          methods: ['custom_mcp'],
          vendorConsulted: { on, contact: 'TBD', outcome: 'pending' },
          serviceAccount: { name: 'TBD', readOnly: true, admin: false, reviewed: on },
        },
        policy: {
          version: 'v3',
          published: '2026-09-12',
          approvedBy: 'N/A',
          contact: 'TBD',
          clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
          noticeCovers: ['usage', 'connectors', 'sign-ins'],
        },
        contentAccess: { allowed: true, approvers: ['TBD', 'Approval bot'] },
        exceptions: [
          excepted('CLA-OPS-05', 'Later', 'vacant', '2026-12-31', { approvedBy: 'Workflow' }),
          excepted('CLA-ACC-07', 'TBD', at(people, 1).name, '2026-12-31', { approvedBy: at(people, 0).name }),
          { control: 'CLA-CON-26', reason: 'Later', owner: 'Ticket automation', until: '2026-12-31' },
        ],
      }),
      'journal.yaml': yaml({
        connectorInventory: { on: '2026-09-09', by: 'TBD' },
        lockdown: { on: '2026-09-14', by: 'n/a' },
        defaultConnectorsRemoved: { on: '2026-09-14', by: 'Cleanup script' },
        explainedToLeadership: { on, by: 'none' },
        firstInvitation: '2026-09-15',
        sharePointAudit: { on: '2026-09-08', by: 'pending' },
        connectorConsent: { on: '2026-09-14', by: 'unknown' },
        dlpTest: { on, by: 'Test bot', blocked: true },
        tenantRestrictionProbe: { on, by: 'TBD', foreignOrganization: 'refused', ownOrganization: 'allowed' },
        networkBlockProbe: { on, by: 'n/a', guestNetwork: 'blocked', managedDevice: 'allowed' },
        siemTest: { on, by: 'Heartbeat cron', arrived: true },
        discoveryReview: { on, by: '-' },
        announcements: [{ on: '2026-09-12', by: 'TBD', about: 'organization_accounts', recipients: 9 }],
        reviews: [
          reviewed('quarterly', '2026-10-28', 'TBD'),
          reviewed('monthly', on, 'Review bot'),
          { kind: 'scopes', on, by: 'system' },
        ],
        nextReview: '2027-01-26',
      }),
      'attestations.yaml': yaml({
        attestations: [
          seen('CLA-ACC-11', 'TBD'),
          seen('CLA-ACC-12', 'Audit script'),
          seen('CLA-ACC-14', '[name]'),
          seen('CLA-ACC-19', 'me'),
          seen('CLA-CON-17', 'Your name'),
          seen('CLA-SHA-01', 'none'),
          seen('CLA-SHA-08', 'Intune automation'),
          seen('CLA-SHA-09', 'DLP workflow'),
          seen('CLA-VIS-11', 'Jane Doe'),
          seen('CLA-VIS-12', 'various'),
          seen('CLA-POL-09', 'HR bot'),
          seen('CLA-CON-24', 'pending'),
        ],
      }),
    }),
    [
      is('CON-07', ['fail', 'cannot_read'], 'approved by nobody'),
      is('OPS-02', ['fail', 'cannot_read'], 'neither is a person'),
      is('OPS-05', 'fail', 'nobody owns the exception'),
      is('ACC-07', 'fail', 'the exception gives no reason'),
      is('OPS-06', 'pass', 'the process needs no name'),
      is('ACC-02', 'pass', 'the members show it'),
      is('ACC-06', 'pass', 'the members show it'),
      says('OPS-05', left.name, 'who'),
      noPasses(
        'no person is named',
        'CON-01 CON-03 CON-05 CON-07 CON-22 CON-23 CON-24 CON-31 ACC-03 ACC-11 ACC-12 ACC-14 ACC-17 ACC-19 CON-17 OPS-01 OPS-02 OPS-03 OPS-04 OPS-08 POL-04 POL-09 VIS-02 VIS-07 VIS-11 VIS-12 VIS-13 SHA-01 SHA-06 SHA-08 SHA-09 SHA-10 SHA-11 SHA-12 M365-07 M365-08 M365-20 M365-22',
      ),
      never('OPS-05', ['accepted', 'pass'], 'nobody owns the exception'),
      never('ACC-07', ['accepted', 'pass'], 'the exception gives no reason'),
      never('CON-26', ['accepted', 'pass'], 'a program owns the exception'),
      onlyGiven('members', 'settings', 'journal', 'charter', 'statements'),
    ].flat(),
    { profile: signed.profile({ siem: 'sentinel', swg: 'zscaler', m365: 'e5' }) },
  );
}

/** An employment history with unusual headings, words in other languages, and a departure that was reversed. */
function employments() {
  const { people } = history;
  const row = (n: number, on: string, event: string, status: string, more: readonly string[] = []) => [
    more[0] ?? String(2001 + n),
    at(people, n).name,
    at(people, n).email,
    on,
    event,
    status,
    more[1] ?? '',
  ];
  const rows = [
    row(0, '01/07/2019', 'Hire', 'Active'),
    row(1, '06/15/2020', 'Hire', 'Active'),
    row(1, '09/01/2026', 'Leave', 'Elternzeit'),
    row(2, '03/14/2021', 'Hire', 'Active'),
    row(2, '10/05/2026', 'Leave', 'Congé maternité'),
    row(3, '03/14/2021', 'Hire', 'Active'),
    row(3, '10/15/2026', 'Termination', 'Terminated', ['2004', '11/13/2026']),
    row(3, '10/28/2026', 'Termination rescinded', 'Active'),
    row(4, '04/18/2022', 'Hire', 'Active'),
    row(4, '11/13/2026', 'Termination', 'Terminated', ['2005', '11/13/2026']),
    row(5, '05/19/2016', 'Hire', 'Active', ['1187']),
    row(5, '08/31/2020', 'Termination', 'Terminated', ['1187', '08/31/2020']),
    row(5, '02/20/2023', 'Hire', 'Active', ['2006']),
    row(6, '12/14/2026', 'Hire', 'Active'),
    row(7, '07/22/2024', 'Hire', 'Active'),
    row(7, '11/30/2026', 'Retirement', 'Retired', ['2008', '11/30/2026']),
    row(8, '07/22/2024', 'Hire', 'Active'),
    row(8, '11/02/2026', 'Leave', 'Baja por maternidad'),
    row(9, '01/15/2025', 'Hire', 'Active'),
    row(9, '11/16/2026', 'Leave', 'Zwangerschapsverlof'),
  ];
  const gone = at(people, 4);
  return outsideCase('a-history-of-employment-in-other-words')(
    history.files({
      'members.csv': membersCsv(people.filter((_, n) => n !== 6)),
      'staff.csv': csv([
        ['Emp ID', 'Employee Name', 'Work Email', 'Eff Date', 'Event', 'Empl Status', 'Term Date'],
        ...rows,
      ]),
    }),
    [
      counts('members', 9, 'all but the one who is yet to begin'),
      lists('leavers', [gone.email], 'left on 13 November with a seat'),
      ...reported('ACC-07', 'fail', 'one who left holds a seat', gone.name),
      ...reported('OPS-05', 'fail', 'overdue since 13 November', gone.name),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      noPasses('one who left holds a seat', 'ACC-07 OPS-05 OPS-10'),
      never('ACC-03', ['fail'], 'both owners work here, one on leave'),
      never('ACC-20', ['fail'], 'seats are given on request'),
      people
        .filter((one) => one !== gone)
        .flatMap(({ email, name }) => [
          unlisted('leavers', email, 'works here'),
          unlisted('notOnRoster', email, 'on the roster'),
          silent('OPS-05', name, 'works here'),
          silent('ACC-07', name, 'works here'),
        ]),
      onlyGiven('members', 'users', 'use', 'journal', 'charter'),
    ].flat(),
    { profile: history.profile() },
  );
}

/** An Owner, an Admin, a mailbox and a guest that no roster and no decision covers. */
function nobodyDecided() {
  const { people } = open;
  const unknown = (name: string, email: string, role: 'Owner' | 'Admin' | 'User') => ({
    id: `5ea5e100-0000-4000-8000-0000000c${email.length.toString().padStart(4, '0')}`,
    name,
    email,
    role,
    department: '',
  });
  const owner = unknown('Vern Quade', 'vern.quade@dill.example.org', 'Owner');
  const admin = unknown('Ola Brandt', 'ola.brandt@dill.example.org', 'Admin');
  const mailbox = unknown('Education', 'education@dill.example.org', 'User');
  const guest = unknown('Ines Prado', 'ines.prado@dill.example.org', 'User');
  const seats = [at(people, 0), ...people.slice(3), owner, admin, mailbox, guest];
  return outsideCase('nobody-decided-who-they-are')(
    open.files({
      'members.csv': membersCsv(seats),
      'staff.csv': rosterCsv([at(people, 0), ...people.slice(3)]),
      'users.json': entraUsers([...people, guest]).replace(
        new RegExp(`("mail": "${guest.email}"[^}]*?"userType": )"Member"`),
        '$1"Guest"',
      ),
      'charter.yaml': open.charter({
        owners: [at(people, 0).email],
        admins: [],
        governanceDeputy: undefined,
      }),
    }),
    [
      counts('members', 10, 'ten seats'),
      counts('staff', 6, 'six'),
      ...reported(
        'ACC-04',
        'fail',
        'neither the Owner nor the Admin is approved',
        'Vern Quade',
        'Ola Brandt',
      ),
      ...reported('ACC-07', 'fail', 'Vern Quade and Ola Brandt are on no roster', 'Vern Quade'),
      is('ACC-08', ['cannot_read', 'fail'], 'the address is that of a team'),
      is('ACC-03', ['cannot_read', 'fail'], 'that the second owner works here is not shown'),
      is('OPS-02', ['cannot_read', 'fail'], 'there is no deputy'),
      noPasses('nobody decided who they are', 'ACC-03 ACC-04 ACC-07 ACC-08 ACC-09 ACC-13'),
      noPass('OPS-02', 'there is no deputy'),
      silent('ACC-04', at(people, 0).name, 'approved'),
      never('ACC-06', ['fail'], 'all at our domain'),
      never('OPS-05', ['fail'], 'nothing says that anybody left'),
      [owner, admin, mailbox, guest].map(({ email }) => unlisted('leavers', email, 'nothing says so')),
      onlyGiven('members', 'users', 'journal', 'charter'),
    ].flat(),
    { profile: open.profile({ staffCount: 6 }) },
  );
}

/**
 * Euros in cells under a heading without a currency, an explanation by the person concerned, and a list of a Console
 * organization.
 */
function otherMoney() {
  const { people } = elder;
  const heavy = at(people, 5);
  return outsideCase('euros-in-cells-and-an-explanation-by-herself')(
    elder.files({
      'spend.csv': csv([
        ['User email', 'Product', 'Model', 'total_requests', 'Spend', 'Start date', 'End date'],
        ...people.map(
          ({ email }) =>
            cells`${email}|Chat|claude-sonnet-5|${email === heavy.email ? 5200 : 70}|${email === heavy.email ? '€ 310,20' : '€ 2,10'}|2026-10-20|2026-11-18`,
        ),
      ]),
      'journal.yaml': journal(people, {
        explainedUsage: [
          { email: heavy.email, on: '2026-09-01', by: at(people, 0).name, reason: 'Summer campaign' },
          { email: heavy.email, on: '2026-11-20', by: 'TBD', reason: 'n/a' },
        ],
      }),
      'organization users.json': JSON.stringify({
        data: [
          {
            id: 'user_01c1',
            type: 'user',
            email: 'pipeline@elder.example.org',
            name: 'Pipeline',
            role: 'developer',
            added_at: '2026-02-03T10:00:00Z',
          },
          {
            id: 'user_01c2',
            type: 'user',
            email: 'books@elder.example.org',
            name: 'Books',
            role: 'billing',
            added_at: '2026-02-03T10:00:00Z',
          },
          {
            id: 'user_01c3',
            type: 'user',
            email: 'web@elder.example.org',
            name: 'Web',
            role: 'admin',
            added_at: '2026-02-03T10:00:00Z',
          },
        ],
        has_more: false,
        first_id: 'user_01c1',
        last_id: 'user_01c3',
      }),
    }),
    [
      counts('members', 8, 'eight seats of the Team organization'),
      is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
      ...reported('VIS-03', 'fail', 'one with seventy times the others, explained by nobody', heavy.email),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-07', 'pass', 'all work here'),
      noPass('VIS-03', 'explained before the use, and by nobody'),
      silent('VIS-08', /\$|USD/, 'euros are no dollars'),
      never('ACC-04', ['fail'], 'an administrator of the Console is none here'),
      never('ACC-07', ['fail'], 'accounts of the Console are no seats'),
      never('ACC-08', ['fail'], 'accounts of the Console are no seats'),
      ['pipeline', 'books', 'web'].flatMap((one) => [
        unlisted('notOnRoster', `${one}@elder.example.org`, 'no seat'),
        unlisted('owners', `${one}@elder.example.org`, 'no seat'),
        unlisted('shared', `${one}@elder.example.org`, 'no seat'),
      ]),
      people
        .filter((one) => one !== heavy)
        .map(({ name }) => silent('VIS-03', name, 'as much as the others')),
      onlyGiven('members', 'use', 'journal', 'charter'),
    ].flat(),
    { profile: profile({ name: 'Elder Council', domains: ['elder.example.org'], staffCount: 8 }) },
  );
}
