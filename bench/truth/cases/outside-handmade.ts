import { clientsOf, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { counts, file, is, noPass, noPasses, nowhere, reported, says, silent } from '../model.ts';
import { at } from '../outside.ts';
import { workbook } from '../packed.ts';
import { cells, csv, yaml } from '../text.ts';

/** What people who are no technicians leave in a folder: headings in their own words, and lists in every layout. */

const client = clientsOf('handmade');
const people = staff(12);
const base = peopleFiles(people);
const [first, second] = [at(people, 5), at(people, 6)];

/** Someone who had stopped working looks at a setting; the roster says so in words that no list of headings has. */
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

/** The kind of an account and its plan in two columns, as a report writes them. */
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

/** Connectors in every layout in which people write them down. */
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
      ...reported('CON-04', 'fail', 'neither is approved', /Mailchimp/, /Gmail/),
      ...reported('CON-06', ['fail', 'cannot_read'], 'one state is not known', /Create draft/),
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

/** Someone who is away works here; someone whose contract ran out by words that everyone understands does not. */
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

export const outsideHandmade = [...signers, ...kinds, ...layouts, away];
