import { clientsOf, type Person, staff } from '../client.ts';
import { charter, journal, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { connectorUse, ENTERPRISE, event, feed } from '../enterprise.ts';
import { is, noPass, noPasses, says, type TruthCase } from '../model.ts';
import { csv } from '../text.ts';

const client = clientsOf('windows');
const people = staff(20);
const base = peopleFiles(people);
const [owner, deputy, , , , sixth] = people as [Person, Person, Person, Person, Person, Person];
const roster = rosterCsv(people, { [sixth.email]: '2026-11-02' });

/** The audit log as Claude exports it, with events of each type on each of the days. */
function auditLog(days: readonly string[], types: readonly string[], by: readonly Person[] = people): string {
  const rows = days.flatMap((day, d) =>
    types.map((type, n) => {
      const who = by[(d + n) % by.length] as Person;
      return [
        `${day}T1${n % 9}:04:05.000000+00:00`,
        type,
        `{'name': '${who.name}', 'uuid': 'user_${who.id}', 'metadata': {'email_address': '${who.email}'}}`,
        '{}',
        '{}',
        '192.0.2.34',
      ];
    }),
  );
  return csv([['created_at', 'event', 'actor_info', 'event_info', 'entity_info', 'ip_address'], ...rows]);
}

const ORDINARY = ['user_signed_in_sso', 'conversation_created', 'project_created', 'user_logout'];
const month = Array.from({ length: 40 }, (_, n) =>
  new Date(Date.parse('2026-11-23') - (39 - n) * 86_400_000).toISOString().slice(0, 10),
);

const signIns = (rows: readonly (readonly [Person, string])[]) =>
  JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/signIns',
    value: rows.map(([who, day], n) => ({
      id: `5ea5e100-0000-4000-8000-${String(n).padStart(12, '0')}`,
      createdDateTime: `${day}T15:10:00Z`,
      userPrincipalName: who.email,
      userDisplayName: who.name,
      appId: '5ea5e100-2222-4333-8444-0123456789ab',
      appDisplayName: 'Claude',
      ipAddress: '198.51.100.7',
      status: { errorCode: 0 },
      authenticationRequirement: 'multiFactorAuthentication',
      deviceDetail: { isCompliant: true, isManaged: true },
      conditionalAccessStatus: 'success',
    })),
  });

const { 'charter.yaml': _, 'journal.yaml': __, ...withoutWords } = base;

const announced = (name: string, policy: object, announcement: object, statement: TruthCase['statements']) =>
  client(name)(
    {
      ...withoutWords,
      'charter.yaml': charter(people, {
        policy: { published: '2026-10-20', approvedBy: owner.name, contact: owner.email, ...policy },
      }),
      'journal.yaml': journal(people, {
        announcements: [
          { on: '2026-09-12', by: owner.name, about: 'policy', recipients: people.length, ...announcement },
        ],
      }),
    },
    statement,
  );

/** Files that cover part of the period, or of the people, that a control asks about. */
export const windowCases = [
  client('audit-log-of-two-days')(
    { ...base, 'audit_log.csv': auditLog(['2026-11-22', '2026-11-23'], ORDINARY) },
    [
      noPass('VIS-16', 'who exported what on the other days is not told'),
      says('VIS-16', /Nov 22, 2026/, 'which days the log speaks for is said'),
      noPass('VIS-05', 'the days before these two are not shown to be kept'),
    ],
    ENTERPRISE,
  ),
  client('audit-log-of-a-month')(
    { ...base, 'audit_log.csv': auditLog(month, ORDINARY) },
    [is('VIS-16', 'pass', 'the log speaks for the month and holds no export')],
    ENTERPRISE,
  ),
  client('audit-log-of-one-kind-of-event')(
    { ...base, 'audit_log.csv': auditLog(month, ['user_signed_in_sso']) },
    [noPass('VIS-16', 'only sign-ins were exported')],
    ENTERPRISE,
  ),
  client('audit-log-of-one-person')(
    { ...base, 'audit_log.csv': auditLog(month, ORDINARY, [owner]) },
    [noPass('VIS-16', 'only what one person did was exported')],
    ENTERPRISE,
  ),
  client('feed-of-a-day')(
    {
      ...base,
      'feed.json': feed([
        event('B', '2026-11-23T18:04:05Z', 'claude_chat_viewed', {}),
        event('A', '2026-11-23T11:04:05Z', 'sso_login_succeeded', {}),
      ]),
    },
    [noPass('VIS-16', 'one day of thirty-one is told')],
    ENTERPRISE,
  ),
  client('connector-use-of-one-day')(
    {
      ...base,
      'connector-use-2026-11-20.json': JSON.stringify({
        data: [connectorUse('microsoft_365', 20, 0, 0)],
        has_more: false,
        next_page: null,
      }),
    },
    [
      noPass('VIS-09', 'what was written on the other days is not told'),
      says('VIS-09', /Nov 20, 2026|1 day/, 'which days are told is said'),
    ],
    ENTERPRISE,
  ),
  client('sign-ins-of-one-day')(
    { ...base, 'signins.json': signIns(people.map((one) => [one, '2026-11-23'] as const)) },
    [...noPasses('the sign-ins of the other days are not told', 'M365-16 VIS-10')],
    ENTERPRISE,
  ),
  client('sign-ins-of-one-person')(
    { ...base, 'signins.json': signIns(month.slice(8).map((day) => [owner, day] as const)) },
    [...noPasses('the sign-ins of the others are not told', 'M365-16 VIS-10')],
    ENTERPRISE,
  ),
  client('members-of-the-administration')(
    { ...base, 'members.csv': membersCsv(people.slice(0, 3)), 'staff.csv': roster },
    [
      noPass('ACC-07', 'who has left may be among those who were filtered out'),
      noPass('ACC-20', 'whether staff hold a seat is not told by a list of Owners and Admins'),
      noPass('ACC-09', 'an outsider may be among those who were filtered out'),
      says('ACC-07', /owner/i, 'what the list looks like is said'),
    ],
  ),
  client('members-of-the-administration-before-anyone-was-invited')(
    {
      ...base,
      'members.csv': membersCsv(people.slice(0, 3)),
      'journal.yaml': journal(people, { firstInvitation: undefined, announcements: [] }),
    },
    [is('ACC-07', 'pass', 'nobody else has a seat yet')],
  ),
  client('members-without-an-owner')(
    { ...base, 'members.csv': membersCsv(people.slice(3)), 'staff.csv': rosterCsv(people) },
    [
      noPass('ACC-07', 'every organization has a Primary Owner, who is not in the list'),
      noPass('ACC-04', 'the owners are not in the list'),
    ],
  ),
  client('roster-of-one-department')(
    {
      ...base,
      'staff.csv': rosterCsv(people.slice(0, 6)),
      'charter.yaml': charter(people, { seatsFor: 'everyone' }),
      'members.csv': membersCsv(people.slice(0, 6)),
    },
    [
      noPass('ACC-20', 'the profile counts twenty people of staff and the roster lists six'),
      noPass('ACC-21', 'whether the other fourteen have an address is not told'),
      noPass('POL-03', 'whether the other fourteen acknowledged is not told'),
    ],
  ),
  client('odd-heading-beside-a-proven-fail')(
    {
      ...base,
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Seat Tier', 'Status', 'Zorgle'],
        ...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active', '2026-09-16']),
      ]),
      'charter.yaml': charter(people, { policy: { version: '1', published: '2026-10-20' } }),
      'staff.csv': csv([
        ['Zorgle', 'Work email', 'Status'],
        ...people.map(({ name, email }, n) => [name, n === 4 ? 'gwen@mail.example' : email, 'Active']),
      ]),
    },
    [
      is(
        'POL-01',
        'fail',
        'the first invitation of the journal was before the policy, whoever was added when',
      ),
      says('POL-01', 'Zorgle', 'the column that nobody knows is named'),
      is('ACC-21', 'fail', 'one address is foreign, whatever the person is called'),
    ],
  ),
  announced('policy-announced-before-it-was-published', { version: '1' }, {}, [
    noPass('POL-01', 'what was announced on 12 Sep was not the policy of 20 Oct'),
  ]),
  announced('policy-announced-before-a-later-version', { version: 'v3' }, {}, [
    noPass('POL-01', 'which version was announced is not told'),
    says('POL-01', /version/, 'what is missing is said'),
  ]),
  announced('policy-announced-in-an-earlier-version', { version: 'v3' }, { version: '2' }, [
    is('POL-01', 'pass', 'version 2 went to staff before anyone was invited'),
  ]),
  announced('policy-announced-in-a-later-version', { version: 'v3' }, { version: '4' }, [
    noPass('POL-01', 'version 4 comes after the one in force'),
  ]),
  client('content-opened-by-an-approver-who-left')(
    {
      ...base,
      'staff.csv': roster,
      'charter.yaml': charter(people, {
        contentAccess: { allowed: true, approvers: [deputy.name, sixth.name] },
      }),
    },
    [noPass('VIS-13', 'one of the two approvers has left')],
    ENTERPRISE,
  ),
];
