import { clientsOf, DOMAIN, staff } from '../client.ts';
import { charter, peopleFiles } from '../documents.ts';
import { counts, file, is, noPass, noPasses, nowhere, reported, says, silent } from '../model.ts';
import { at } from '../outside.ts';
import { workbook } from '../packed.ts';
import { cells, csv, graph, utf16, yaml } from '../text.ts';

/** A folder by nontechnical people: headings in their own words, and lists in every layout. */

const client = clientsOf('handmade');
const people = staff(12);
const base = peopleFiles(people);
const [first, second] = [at(people, 5), at(people, 6)];

/** An attestation by someone who no longer works here, as the roster says under an unknown heading. */
const signers = (['2026-10-10', '2026-11-20'] as const).map((lastShift) =>
  client(`statement-of-someone-whose-last-shift-was-${lastShift}`)(
    {
      ...base,
      'staff.csv': csv([
        ['Name', 'Email', 'Final shift'],
        ...people.map(({ name, email }) => [name, email, name === first.name ? lastShift : '']),
      ]),
      'attestations.yaml': yaml({
        attestations: [{ control: 'CLA-CON-17', holds: true, seen: '2026-11-02', by: first.name }],
      }),
    },
    lastShift === '2026-10-10'
      ? [
          noPass('CON-17', 'whoever looked may have left three weeks before'),
          says('CON-17', /whether .* worked here on that day is not known/i, 'the report says why'),
        ]
      : [is('CON-17', 'pass', 'whatever the day is of, whoever looked worked here then')],
  ),
);

const OPEN = [
  ...reported('SHA-03', 'fail', 'a personal account is open', new RegExp(first.email)),
  silent('SHA-03', second.email, 'an account of an organization is no personal one'),
];

/** Account type and plan in two columns, as a report has them. */
const kinds = [
  client('kind-of-account-beside-the-plan')(
    {
      ...base,
      'domain memberships 2026-11-20.csv': csv([
        ['Email', 'Account', 'Plan', 'Created'],
        cells`${first.email}|Personal|Max|2026-03-02`,
        cells`${second.email}|Organization|Team|2026-09-15`,
      ]),
    },
    OPEN,
  ),
  client('report-as-json-that-says-when-it-was-exported')(
    {
      ...base,
      'domain_memberships.json': JSON.stringify({
        exported_at: '2026-10-01T16:00:00Z',
        memberships: [
          { email: first.email, plan_type: 'max', in_organization: false, created_at: '2026-03-02' },
          { email: second.email, plan_type: 'team', in_organization: true, created_at: '2026-09-15' },
        ],
      }),
    },
    [
      noPass('SHA-02', 'the report was exported more than a month ago, whenever the file was saved'),
      says('SHA-02', /54 days old/, 'the day that the report states of itself is its day'),
    ],
  ),
];

const setTo = ['Needs approval', 'Always allow', 'Blocked'] as const;

/** Connectors in every layout that people use. */
const layouts = [
  client('sheet-for-each-connector-below-two-lines-of-title')(
    {
      ...base,
      'permissions.xlsx': workbook({
        Asana: [
          ['Asana, permissions in Claude'],
          ['Checked 11/20/2026 by D. Brenner'],
          [],
          ['Tool', 'Setting'],
          ['Read tasks', 'Always allow'],
          ['Create tasks', 'Needs approval'],
        ],
        Miro: [
          ['Miro, permissions in Claude'],
          ['Checked 11/20/2026 by D. Brenner'],
          [],
          ['Tool', 'Setting'],
          ['Read boards', 'Needs approval'],
        ],
      }),
    },
    reported('CON-04', 'fail', 'two connectors are on that nobody approved', /Asana/, /Miro/),
  ),
  client('connectors-across-and-actions-down')(
    {
      ...base,
      'matrix 2026-11-20.csv': csv([
        ['Action', 'Asana', 'Miro', 'Canva'],
        ['Read / search', ...setTo],
        ['Create / update', 'Blocked', 'Always allow', ''],
      ]),
    },
    [
      ...reported('CON-04', 'fail', 'none of the three is approved', /Asana/, /Miro/, /Canva/),
      ...reported('CON-06', 'fail', 'one action has no state', /Canva/),
      file(
        'matrix 2026-11-20.csv',
        'taken',
        'the report says how it was read',
        /Asana.*was read as a connector/,
      ),
    ],
  ),
  client('states-of-several-days-across')(
    {
      ...base,
      'states.csv': csv([
        ['Action', 'Q3', 'Q4'],
        ['Read tasks', 'Blocked', 'Always allow'],
        ['Create tasks', 'Blocked', 'Blocked'],
      ]),
    },
    [
      nowhere(/Q[34] is enabled|Q3 and Q4 are enabled/, 'a quarter is no connector'),
      ...noPasses('which column holds now is not known', 'CON-04 CON-09 CON-10 CON-12'),
    ],
  ),
  client('list-copied-from-a-document')(
    {
      ...base,
      'from word.csv': [
        '"Asana (added for the pilot)"',
        '"• Read tasks – Always allow"',
        '"• Create tasks – Needs approval"',
        '"• Delete tasks – Blocked"',
        '"As seen on the page Connectors, November 20, 2026"',
      ].join('\n'),
    },
    [
      ...reported('CON-04', 'fail', 'the connector is not approved', /Asana/),
      ...reported('CON-09', 'fail', 'its actions are open', /Create tasks/),
    ],
  ),
  client('list-with-a-remark-in-the-middle')(
    {
      ...base,
      'from word.txt': [
        'Asana',
        '- Read tasks: Always allow',
        '- Create tasks: Needs approval',
        'Only for the pilot',
        '- Delete tasks: Blocked',
        '- Read goals: Blocked',
      ].join('\n'),
    },
    [
      nowhere(/Only for the pilot (?:is|are) enabled/, 'a remark is no connector'),
      ...noPasses('of which connector the last lines are is not known', 'CON-04 CON-09 CON-10 CON-11 CON-12'),
    ],
  ),
  client('headings-in-the-words-of-the-office')(
    {
      ...base,
      'what claude may do.csv': csv([
        ['Program', 'What it wants to do', 'What we clicked', 'Date looked'],
        cells`Mailchimp|Read audience|Always allow|11/18/26`,
        cells`Gmail|Search threads|Needs approval|11/18/26`,
        cells`Gmail|Create draft|not sure|11/18/26`,
        cells`Gmail|Send|Blocked|11/18/26`,
      ]),
    },
    [
      ...reported('CON-04', 'cannot_read', 'which column holds is asked', /connectors\.state/),
      file('what claude may do.csv', 'malformed', 'the column is asked for', /What we clicked/),
    ],
  ),
  client('desired-states-in-the-words-of-the-office')(
    {
      ...base,
      'what claude may do.csv': csv([
        ['Program', 'What it wants to do', 'What the board wanted'],
        cells`Asana|Read tasks|Blocked`,
        cells`Asana|Create tasks|Blocked`,
      ]),
    },
    noPasses('what is wanted is not what is set', 'CON-04 CON-06 CON-09 CON-10 CON-11 CON-12'),
  ),
];

/** Someone on leave works here; someone whose contract ran out, in plain words, does not. */
const away = client('people-on-vacation-and-days-until-which-people-work')(
  {
    ...base,
    'staff.csv': csv([
      ['Name', 'Email', 'Status', 'Works until'],
      ...people.map(({ name, email }) => [
        name,
        email,
        name === second.name ? 'On vacation' : 'Active',
        name === first.name ? 'Oct 15, 2026' : '',
      ]),
    ]),
  },
  [
    ...reported('ACC-07', 'fail', 'one seat is held after the last day', first.name),
    silent('ACC-07', second.name, 'who is on vacation works here'),
    counts('staff', 11, 'all but one'),
  ],
);

const { 'members.csv': _, ...withoutMembers } = base;
const NO_MEMBERS = 'ACC-02 ACC-05 ACC-06 ACC-07 ACC-08 ACC-13 ACC-18';

/** An office manager's list of people with Claude, and a similar list of people who pay dues. */
const seats = [
  client('members-in-the-words-of-the-office')(
    {
      ...withoutMembers,
      'People with Claude.xlsx': workbook({
        Sheet1: [
          ['Who has Claude'],
          ['updated 11/19/26'],
          [],
          ['Who', 'E-mail', 'What they are', 'Which seat'],
          ...people.map(({ name, email, role }) => [
            name,
            email,
            role === 'User' ? 'member' : role.toLowerCase(),
            'regular',
          ]),
          ['Intern', `intern@${DOMAIN}`, 'member', 'regular'],
          ['Own address', 'someone@yahoo.com', 'member', 'premium'],
        ],
      }),
    },
    [
      file('People with Claude.xlsx', 'taken', 'only Claude has a Primary Owner', /What they are/),
      ...reported(
        'ACC-02',
        'cannot_read',
        'whether the column holds roles of today is asked',
        /What they are/,
      ),
    ],
  ),
  client('people-who-pay-dues-are-no-seats')(
    {
      ...withoutMembers,
      'Members 2026.csv': csv([
        ['Name', 'E-mail', 'What they are'],
        ...people.map(({ name, email }) => [name, email, 'member']),
      ]),
    },
    [
      ...noPasses('nobody knows who holds a seat', NO_MEMBERS),
      file('Members 2026.csv', ['not_placed', 'malformed'], 'the list is not taken for that of seats'),
    ],
  ),
  client('emergency-account-with-a-seat')(
    {
      ...base,
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Seat Tier', 'Status'],
        ...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
        ['Glass One', `glass1@${DOMAIN}`, 'User', 'Standard', 'Active'],
      ]),
      'charter.yaml': charter(people, { entra: { emergencyAccess: { users: [`glass1@${DOMAIN}`] } } }),
    },
    [
      ...reported('ACC-08', 'fail', 'an emergency account is nobody’s own', `glass1@${DOMAIN}`),
      silent('ACC-07', /glass one/i, 'and it is nobody who left'),
    ],
  ),
];

const accessPolicy = (
  displayName: string,
  state: string,
  controls: readonly string[],
  more: object = {},
) => ({
  id: `0f1a2b3c-0000-4000-8000-00000000${String(displayName.length).padStart(4, '0')}`,
  displayName,
  state,
  createdDateTime: '2026-10-01T15:00:00Z',
  modifiedDateTime: null,
  conditions: {
    clientAppTypes: ['all'],
    applications: { includeApplications: ['All'], excludeApplications: [] },
    users: { includeUsers: ['All'], excludeUsers: [] },
  },
  grantControls: { operator: 'OR', builtInControls: controls },
  sessionControls: null,
  ...more,
});
const policies = (...all: readonly object[]) => ({
  ...base,
  'policies.json': graph('identity/conditionalAccess/policies', all),
});
const LEGACY = accessPolicy('Block legacy sign-in', 'enabled', ['block'], {
  conditions: {
    clientAppTypes: ['exchangeActiveSync', 'other'],
    applications: { includeApplications: ['All'] },
    users: { includeUsers: ['All'] },
  },
});
const REPORTING = 'enabledForReportingButNotEnforced';

/** Policies without the list of applications: if none requires something anywhere, none requires it for Claude. */
const unasked = [
  client('no-policy-asks-for-mfa-of-anyone')(
    policies(LEGACY, accessPolicy('MFA for all', REPORTING, ['mfa'])),
    [
      ...reported('M365-09', 'fail', 'the one policy only reports', /MFA for all/),
      is('M365-10', 'fail', 'no policy asks for a device'),
    ],
  ),
  client('a-policy-that-may-reach-claude-asks-for-mfa')(
    policies(LEGACY, accessPolicy('MFA for all', 'enabled', ['mfa'])),
    [is('M365-09', 'cannot_read', 'whether it reaches an application of Claude is not known')],
  ),
  client('no-policy-is-on-and-security-defaults-may-be')(
    policies(accessPolicy('MFA for all', 'disabled', ['mfa'])),
    [is('M365-09', 'cannot_read', 'security defaults may ask for it')],
  ),
];

/** Files that no control reads are named correctly. */
const others = client('registry-of-a-computer-and-a-note')(
  {
    ...base,
    'claude.reg': utf16(
      [
        'Windows Registry Editor Version 5.00',
        '',
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Claude]',
        '"isLocalDevMcpEnabled"=dword:00000001',
      ].join('\r\n'),
    ),
    'note.txt': 'Hi, I did my best. The members are in MemberClicks, we only upload lists. Linda\n',
  },
  [
    file('claude.reg', 'not_placed', 'where to bring it is said', /Device lockdown/),
    file('note.txt', 'not_placed', 'a note is no table', /^(?!.*has a heading)/),
    noPass('CON-16', 'no control rests on it'),
  ],
);

export const outsideHandmade = [others, ...signers, ...kinds, ...layouts, away, ...seats, ...unasked];
