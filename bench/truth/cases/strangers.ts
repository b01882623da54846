import { clientsOf, type Person, SIGN_IN_APP, staff } from '../client.ts';
import { acknowledgementsCsv, entraUsers, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { counts, is, lists, noPass, noPasses, reported, says, type TruthCase, unlisted } from '../model.ts';
import { cells, csv, graph } from '../text.ts';

const client = clientsOf('strangers');
const people = staff(20);
const base = peopleFiles(people);
const OTHER = 'sorrel.example.net';
/** The same names as ours, so that names do not distinguish them. */
const others = staff(22, OTHER);
const [, , , , fifth, sixth, seventh] = people as [Person, Person, Person, Person, Person, Person, Person];

const spend = (of: readonly Person[]) =>
  csv([
    ['user_email', 'product', 'model', 'total_requests', 'total_net_spend_usd', 'total_gross_spend_usd'],
    ...of.map(({ email }) => [email, 'Chat', 'claude_opus_4_6', '12', '1.20', '1.20']),
  ]);

const signIns = graph(
  'auditLogs/signIns',
  others.map(({ id, name, email }) => ({
    id: `sign-in ${id}`,
    createdDateTime: '2026-11-20T15:00:00Z',
    userPrincipalName: email,
    userDisplayName: name,
    userId: id,
    appId: SIGN_IN_APP,
    appDisplayName: 'Claude',
    ipAddress: '203.0.113.5',
    clientAppUsed: 'Browser',
    isInteractive: true,
    status: { errorCode: 0 },
    conditionalAccessStatus: 'success',
    authenticationRequirement: 'multiFactorAuthentication',
  })),
);

const acknowledged = (rows: readonly (readonly string[])[], heading: readonly string[]) => ({
  ...base,
  'acknowledgements.csv': csv([heading, ...rows]),
});

const OUTLOOK = 'Microsoft 365 (Outlook)';
const STATES = [
  ['Search email', 'Always allow'],
  ['Read email', 'Always allow'],
  ['Send email', 'Blocked'],
  ['Create rules', 'Blocked'],
  ['Delete', 'Blocked'],
  ['All other actions', 'Blocked'],
] as const;
const table = (heading: readonly string[], further: (action: string, state: string) => readonly string[]) =>
  csv([heading, ...STATES.map(([action, state]) => [OUTLOOK, action, ...further(action, state)])]);

const members = membersCsv(people);
const withMembers = (name: string, file: string, content: string) => {
  const { 'members.csv': _, ...rest } = base;
  return client(name)({ ...rest, [file]: content }, [
    ...noPasses('the list of members is of March', 'ACC-07 ACC-02'),
  ]);
};

const status = (name: string, words: string, statements: (email: string) => TruthCase['statements']) =>
  client(name)(
    {
      ...base,
      'staff.csv': csv([
        ['Name', 'Email', 'Employment status', 'Department'],
        ...people.map(
          (one) =>
            cells`${one.name}|${one.email}|${one === fifth ? words : one === sixth ? 'Terminated' : 'Active'}|${one.department}`,
        ),
      ]),
    },
    statements(fifth.email),
  );
const unknown = (email: string) => [
  is('ACC-07', ['fail', 'cannot_read'], 'one has left'),
  lists('leavers', [sixth.email], 'only one is known to have left'),
  unlisted('leavers', email, 'whether this person has left is not told'),
  counts('staff', 18, 'eighteen are known to work here'),
];

/** Files of another client, of another policy, of another day, and phrases that mean the opposite of their parts. */
export const strangerCases = [
  client('members-of-another-client')({ ...base, 'members.csv': membersCsv(others) }, [
    noPass('ACC-18', 'whose seats these are is not known'),
    noPass('ACC-02', 'the owners are of another organization'),
    noPass('CON-26', 'nobody of ours is in the file'),
    says('ACC-18', OTHER, 'the other domain is named'),
  ]),
  client('roster-of-another-client')({ ...base, 'staff.csv': rosterCsv(others) }, [
    ...noPasses('who has left is not known', 'CON-26 OPS-05'),
    counts('staff', null, 'nobody of ours is on it'),
  ]),
  client('use-of-another-client')({ ...base, 'spend-report-2026-11-01-to-2026-11-23.csv': spend(others) }, [
    ...noPasses('the use is of another organization', 'VIS-01 VIS-03'),
    noPass('VIS-08', 'the spend is of another organization'),
    is('ACC-07', 'pass', 'the members are whole all the same'),
  ]),
  client('sign-ins-of-another-client')({ ...base, 'sign-ins.json': signIns }, [
    ...noPasses('nobody of ours is among them', 'M365-16 VIS-10'),
  ]),
  client('users-of-another-client')(
    {
      ...base,
      'users.json': entraUsers(others),
      'staff.csv': rosterCsv(people, { [sixth.email]: '2026-10-31' }),
    },
    [noPass('M365-17', 'the account of who left is in another directory')],
  ),
  client('acknowledgements-of-another-client')(
    { ...base, 'acknowledgements.csv': acknowledgementsCsv(others) },
    [noPass('POL-03', 'people of the same names acknowledged it elsewhere')],
  ),
  client('roster-with-private-addresses-is-ours')(
    {
      ...base,
      'staff.csv': csv([
        ['Full name', 'Personal email', 'Department', 'Status', 'Last day'],
        ...people.map(({ name, department }, n) => [name, `p${n}@gmail.com`, department, 'Active', '']),
      ]),
    },
    [counts('staff', 20, 'private addresses say nothing about whose staff it is')],
  ),
  client('acknowledged-another-policy')(
    acknowledged(
      people.map(({ name, email }) => [name, email, 'Travel policy v3', '2026-09-20']),
      ['Full name', 'Work email', 'Document', 'Acknowledged on'],
    ),
    [
      noPass('POL-03', 'what was acknowledged is a policy on travel'),
      says('POL-03', 'Travel policy v3', 'the other document is named'),
    ],
  ),
  client('acknowledged-among-other-policies')(
    acknowledged(
      people.flatMap(({ name, email }) => [
        [name, email, 'Travel policy v3', '2026-09-20'],
        ...(email === fifth.email ? [] : [[name, email, 'Claude policy v3', '2026-09-20']]),
      ]),
      ['Full name', 'Work email', 'Document', 'Acknowledged on'],
    ),
    [
      ...reported(
        'POL-03',
        'fail',
        'one has acknowledged only the policy on travel',
        /\b1 of 20\b/,
        fifth.name,
      ),
    ],
  ),
  client('acknowledgement-taken-back')(
    acknowledged(
      people.map(({ name, email }) => [
        name,
        email,
        'Claude policy v3',
        '2026-09-20',
        email === fifth.email ? '2026-10-20' : '',
      ]),
      ['Full name', 'Work email', 'Document', 'Acknowledged on', 'Revoked on'],
    ),
    [noPass('POL-03', 'one has taken it back'), says('POL-03', fifth.name, 'who took it back is named')],
  ),
  client('courses-of-a-learning-system')(
    acknowledged(
      people.map(({ name, email }) => [name, email, 'Acceptable use of AI v3', 'Completed', '2026-09-21']),
      ['Employee', 'Email', 'Course', 'Status', 'Completed date'],
    ),
    [
      is('POL-03', 'pass', 'everyone has completed the course on the policy'),
      counts('staff', 20, 'a list of courses is no second roster'),
    ],
  ),
  client('connectors-as-wanted-and-as-they-are')(
    {
      ...base,
      'connectors.csv': table(['Connector', 'Action', 'Permission', 'Actual'], (action, state) => [
        state,
        action === 'Send email' ? 'Always allow' : state,
      ]),
    },
    [
      noPass('CON-10', 'sending is open by one of the two columns'),
      noPass('CON-06', 'which column says how it is now is not known'),
    ],
  ),
  client('connectors-with-a-target-beside-the-state')(
    {
      ...base,
      'connectors.csv': table(
        ['Connector', 'Action', 'Permission (target)', 'Permission (today)'],
        (action, state) => [state, action === 'Send email' ? 'Always allow' : state],
      ),
    },
    [is('CON-10', 'fail', 'sending is open today')],
  ),
  client('connector-state-as-a-question')(
    {
      ...base,
      'connectors.csv': table(['Connector', 'Action', 'Permission'], (action, state) => [
        action === 'Send email' ? 'Blocked?' : state,
      ]),
    },
    [noPass('CON-10', 'someone was not sure whether sending is blocked')],
  ),
  client('connectors-looked-at-in-march')(
    {
      ...base,
      'connectors.csv': table(['Connector', 'Action', 'Permission', 'Checked on'], (_, state) => [
        state,
        '2026-03-01',
      ]),
    },
    [...noPasses('the states are of March', 'CON-06 CON-10')],
  ),
  withMembers('members-with-the-day-below', 'members.csv', `${members}\nGenerated 03/01/2026 by Adele\n`),
  withMembers(
    'members-with-the-day-in-a-column',
    'members.csv',
    members
      .trim()
      .split('\n')
      .map((line, n) => `${line},${n === 0 ? 'Exported at' : '2026-03-01T10:00:00Z'}`)
      .join('\n'),
  ),
  withMembers('members-named-after-a-day', 'members_03-01-2026.csv', members),
  withMembers('members-named-after-a-month', 'members March 2026.csv', members),
  withMembers('members-in-a-folder-of-a-month', '2026-03/members.csv', members),
  status('resigned-and-still-here', 'Resigned (eff. 12/15/2026)', unknown),
  status('non-active', 'Non-active', (email) => [
    lists('leavers', [email, sixth.email], 'non-active is not active'),
  ]),
  status('not-currently-employed', 'Not currently employed', (email) => [
    lists('leavers', [email, sixth.email], 'who is not currently employed does not work here'),
  ]),
  status('previously-active', 'Previously active', unknown),
  status('active-until-a-day', 'Active until 10/31/2026', unknown),
  status('status-as-a-question', 'Active?', unknown),
  client('came-back-and-no-end')(
    {
      ...base,
      'staff.csv': csv([
        ['Employee', 'Work email', 'Status', 'Hire date', 'Rehire date', 'Termination date'],
        ...people.map((one) => [
          one.name,
          one.email,
          one === sixth ? 'Terminated' : 'Active',
          '03/01/2018',
          one === fifth ? '02/01/2025' : '',
          one === fifth
            ? '01/15/2024'
            : one === sixth
              ? '10/31/2026'
              : one === seventh
                ? '01/01/1900'
                : '12/31/9999',
        ]),
        ['Summe', '20 Mitarbeiter', '', '', '', ''],
      ]),
    },
    [
      lists('leavers', [sixth.email], 'who came back has not left, and 9999 and 1900 stand for no day'),
      counts('staff', 19, 'nineteen work here'),
    ],
  ),
];
