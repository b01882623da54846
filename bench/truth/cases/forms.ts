import { AS_OF, clientsOf, type Person, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { ENTERPRISE } from '../enterprise.ts';
import { anywhere, file, is, lists, noPass, noPasses, type Statement, says } from '../model.ts';
import { workbook, zip } from '../packed.ts';
import { accountTable } from '../tables.ts';
import { cells, csv, latin, serial, utf16 } from '../text.ts';

const client = clientsOf('files');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const gone = people[9] as Person;
const LEFT = '2026-11-06';
const { 'staff.csv': _, ...withoutRoster } = base;
const { 'members.csv': __, ...withoutMembers } = base;

const ENGLISH = ['Full name', 'Work email', 'Department', 'Status', 'Last day'];
type Row = readonly (string | number)[];

function roster(heading: Row = ENGLISH, words: readonly [string, string] = ['Active', 'Left']): Row[] {
  return [
    heading,
    ...people.map(({ name, email, department }) =>
      email === gone.email
        ? [name, email, department, words[1], LEFT]
        : [name, email, department, words[0], ''],
    ),
  ];
}

const seats = (heading: Row = ['Name', 'Email', 'Role', 'Seat Tier', 'Status']): Row[] => [
  heading,
  ...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
];

/** A leaver with a seat is found in a file of any form. */
const FOUND: readonly Statement[] = [
  is('ACC-07', 'fail', 'someone who left holds a seat'),
  lists('leavers', [gone.email], 'the person is on the list of leavers'),
];

const withRoster = (name: string, roll: string | Uint8Array, statements = FOUND, as = 'staff.csv') =>
  client(name)({ ...withoutRoster, [as]: roll }, statements);

const account = (n: number, plan: string, inside: string): Row => [
  people[n]?.email ?? '',
  plan,
  inside,
  '2026-10-02',
];
const report = (rows: readonly Row[]) => accountTable([...rows]);
const inside = people.map((_person, n) => account(n, 'Team', 'Yes'));
const stranger = (name: string): Row => [`${name}@teasel.example.org`, 'Free', 'No', '2026-10-20'];

const line = (person: Person, requests: number, ...days: string[]): Row => [
  person.email,
  'Chat',
  'claude-sonnet-5',
  requests,
  ...days,
];
const USE = ['User email', 'Product', 'Model', 'total_requests', 'Start date', 'End date'];
const even = people.map((person) => line(person, 100, '2026-10-25', '2026-11-22'));

const login =
  '<!doctype html><html lang="en"><head><title>Log in</title></head><body><form><input type="password"></form></body></html>';

const settingsOf = (rows: readonly object[]) =>
  JSON.stringify({ type: 'effective_organization_settings', organization_id: 'org_1', settings: rows });
const sso = { name: 'sso_claude_ai_enforced', type: 'boolean', value: true };

export const formCases = [
  withRoster('roster-as-workbook', workbook({ Staff: roster() }), FOUND, 'staff.xlsx'),
  withRoster(
    'workbook-with-title-block',
    workbook({ Staff: [['Teasel Guild'], ['Staff list for the auditor'], [''], ...roster()] }),
    FOUND,
    'staff.xlsx',
  ),
  withRoster(
    'workbook-with-several-sheets',
    workbook({
      'Read me': [['Ask Olive before you change this.']],
      Staff: roster(),
      Printers: [
        ['Room', 'Model'],
        ['12', 'Laser'],
      ],
    }),
    FOUND,
    'staff.xlsx',
  ),
  withRoster(
    'workbook-with-day-numbers',
    workbook({
      Staff: roster().map((row, n) =>
        n === 0 ? row : [...row.slice(0, 4), row[4] === LEFT ? serial(LEFT) : ''],
      ),
    }),
    FOUND,
    'staff.xlsx',
  ),
  client('everything-in-one-archive')(
    { 'from the client.zip': zip({ ...withoutRoster, 'hr/people.csv': csv(roster()) }) },
    FOUND,
  ),
  client('archive-with-a-workbook-and-a-picture')(
    {
      ...withoutRoster,
      'hr.zip': zip({
        'logo.png': Buffer.from('89504e470d0a1a0a', 'hex'),
        'staff.xlsx': workbook({ Staff: roster() }),
      }),
    },
    FOUND,
  ),
  withRoster(
    'german-headings-in-utf16',
    utf16(
      csv(
        roster(
          ['Mitarbeiter', 'Dienstliche E-Mail', 'Abteilung', 'Beschäftigungsstatus', 'Austrittsdatum'],
          ['Aktiv', 'Ausgeschieden'],
        ),
        { separator: ';', end: '\r\n' },
      ),
    ),
  ),
  withRoster(
    'french-headings-in-windows-1252',
    latin(
      csv(
        roster(cells`Nom du salarié|Adresse e-mail professionnelle|Service|Statut d'emploi|Date de sortie`, [
          'En poste',
          'Parti',
        ]),
        { separator: ';' },
      ),
    ),
  ),
  withRoster(
    'spanish-headings-with-tabs',
    csv(
      roster(
        ['Nombre completo', 'Correo corporativo', 'Departamento', 'Situación laboral', 'Fecha de baja'],
        ['En activo', 'De baja'],
      ),
      { separator: '\t' },
    ),
  ),
  withRoster(
    'roster-whose-name-column-has-an-odd-heading',
    csv([
      ['Wibble', 'Work email', 'Department', 'Status', 'Last day'],
      ...roster()
        .slice(1)
        .map((row, n) => (n === 12 ? [row[0] ?? '', '', ...row.slice(2)] : row)),
    ]),
    [
      noPass('ACC-21', 'someone of staff has no address, and only the odd column names them'),
      noPass('ACC-07', 'someone who left holds a seat'),
      anywhere(/Wibble/, 'the column is named'),
    ],
  ),
  client('members-whose-role-column-has-an-odd-heading')(
    { ...withoutMembers, 'members.csv': csv(seats(['Name', 'Email', 'Wibble', 'Seat Tier', 'Status'])) },
    [
      is('ACC-02', 'cannot_read', 'who owns the organization is in a column that is not known'),
      says('ACC-02', /Wibble/, 'the column is named'),
    ],
  ),
  client('members-whose-status-column-has-an-odd-heading')(
    {
      ...withoutMembers,
      'members.csv': csv(
        seats(['Name', 'Email', 'Role', 'Seat Tier', 'Wibble']).map((row, n) =>
          n === 6 ? [...row.slice(0, 4), 'Suspended'] : row,
        ),
      ),
    },
    [
      noPass('ACC-07', 'whether a seat is held is in a column that is not known'),
      says('ACC-07', /Wibble/, 'the column is named'),
    ],
  ),
  client('use-with-a-first-day-only')(
    { ...base, 'spend.csv': csv([USE.slice(0, 5), ...even.map((row) => row.slice(0, 5))]) },
    [
      noPass('VIS-01', 'through which day the figures go is not told'),
      says('VIS-01', /period|days/i, 'the days are asked for'),
    ],
  ),
  client('use-pasted-twice-into-one-file')(
    {
      ...base,
      'spend.csv': csv([USE, ...even, line(people[7] as Person, 650, '2026-10-25', '2026-11-22'), ...even]),
    },
    [is('VIS-03', 'fail', 'one person has 750 requests where the average is 132')],
  ),
  client('two-reports-of-one-day-each-with-an-account-of-its-own')(
    {
      ...base,
      'memberships a.csv': report([...inside, stranger('nadia.pell')]),
      'memberships b.csv': report([...inside, stranger('oskar.lund')]),
    },
    [
      noPass('SHA-03', 'two accounts outside are open'),
      noPass('SHA-04', 'nobody wrote to either'),
      noPass('SHA-02', 'which of the two lists is whole is not known'),
    ],
    { saved: { 'memberships a.csv': AS_OF, 'memberships b.csv': AS_OF } },
  ),
  client('the-same-members-in-another-order')(
    {
      ...base,
      'staff.csv': csv(roster()),
      'members (1).csv': csv([...seats().slice(0, 1), ...seats().slice(1).reverse()]),
    },
    FOUND,
  ),
  client('a-sign-in-page-called-members')({ ...withoutMembers, 'members.csv': login }, [
    file('members.csv', ['malformed', 'not_placed'], 'a web page is said to be one', /web page|sign-in/i),
    ...noPasses('there are no members', 'ACC-07 ACC-02'),
  ]),
  withRoster(
    'a-ragged-roster',
    `${csv(roster())}Poe,Cy,cy@teasel.example.org,Finance,Active,,\nA,B,C,D,E,F,G\n`,
    [
      file('staff.csv', 'malformed', 'a shifted row is named', /Row \d+/),
      noPass('ACC-07', 'the roster was not read'),
    ],
  ),
  withRoster('a-roster-of-headings-only', csv([ENGLISH]), [
    file('staff.csv', ['malformed', 'not_placed'], 'that it lists nobody is said'),
    is('ACC-07', 'cannot_read', 'nobody is on the roster'),
  ]),
  client('settings-with-one-that-has-no-name')(
    {
      ...base,
      'settings.json': settingsOf([
        { name: 'scim_enabled', type: 'boolean', value: true },
        { ...sso, name: '' },
      ]),
    },
    [noPass('ACC-14', 'the setting without a name may be any')],
    ENTERPRISE,
  ),
  client('settings-with-an-odd-one-beside-the-one-that-counts')(
    { ...base, 'settings.json': settingsOf([sso, { type: 'boolean', value: false }]) },
    [is('ACC-14', 'pass', 'the setting that counts is there')],
    ENTERPRISE,
  ),
];
