import {
  AS_OF,
  charter,
  entraUsers,
  journal,
  makeCase,
  membersCsv,
  type Person,
  peopleFiles,
  rosterCsv,
  staff,
} from '../client.ts';
import {
  counts,
  file,
  is,
  lists,
  noPass,
  notCalledAbsent,
  nowhere,
  says,
  silent,
  type TruthCase,
  unlisted,
} from '../model.ts';
import { csv, latin, plus, serial, utf16, written } from '../text.ts';

const AREA = 'roster';
const people = staff(20);
const leaver = people[11] as Person;
const other = people[12] as Person;
const base = peopleFiles(people);

function roster(
  headings: readonly string[],
  row: (person: Person) => readonly (string | number)[],
  options: { separator?: string } = {},
): string {
  return csv([headings, ...people.map(row)], options);
}

function withRoster(text: string | Uint8Array, name = 'staff.csv') {
  const { 'staff.csv': _, ...rest } = base;
  return { ...rest, [name]: text };
}

const seatOfLeaver = [
  is('CLA-ACC-07', 'fail', 'a person who has left holds a seat'),
  says('CLA-ACC-07', leaver.name, 'the leaver who holds a seat is named'),
  is('CLA-M365-17', 'fail', 'the Entra account of the leaver is still enabled'),
  noPass('CLA-OPS-05', 'nothing was done for a leaver'),
];

/** Nobody can tell who has left: whatever rests on it has to say so. */
const nobodyKnows = [
  noPass('CLA-ACC-07', 'who works here is not known'),
  noPass('CLA-M365-17', 'who has left is not known'),
  noPass('CLA-OPS-05', 'who has left is not known'),
  noPass('CLA-CON-26', 'who has left is not known'),
  is('CLA-ACC-07', 'cannot_read', 'the roster says of nobody whether they work here'),
];

const LANGUAGES: readonly (readonly [
  string,
  readonly string[],
  string,
  string,
  Parameters<typeof written>[1],
  boolean,
])[] = [
  [
    'german',
    ['Name', 'E-Mail', 'Abteilung', 'Status', 'Letzter Arbeitstag'],
    'Aktiv',
    'Ausgeschieden',
    'dots',
    true,
  ],
  [
    'german-2',
    ['Mitarbeiter', 'E-Mail-Adresse', 'Abteilung', 'Beschäftigungsstatus', 'Austrittsdatum'],
    'aktiv',
    'ausgetreten',
    'dots',
    true,
  ],
  [
    'french',
    ['Nom', 'Adresse e-mail', 'Service', 'Statut', 'Dernier jour'],
    'Actif',
    'Parti',
    'slashes',
    true,
  ],
  [
    'french-2',
    ['Nom complet', 'Courriel', 'Service', 'Statut', 'Date de départ'],
    'En poste',
    'Sorti',
    'slashes',
    true,
  ],
  [
    'spanish',
    ['Nombre', 'Correo electrónico', 'Departamento', 'Estado', 'Último día'],
    'Activo',
    'Baja',
    'slashes',
    true,
  ],
  [
    'spanish-2',
    ['Nombre completo', 'Correo', 'Departamento', 'Situación', 'Fecha de baja'],
    'Activa',
    'De baja',
    'slashes',
    true,
  ],
  [
    'dutch',
    ['Naam', 'E-mailadres', 'Afdeling', 'Status', 'Laatste werkdag'],
    'Actief',
    'Uit dienst',
    'dashes',
    false,
  ],
  [
    'portuguese',
    ['Nome', 'E-mail', 'Departamento', 'Situação', 'Último dia'],
    'Ativo',
    'Desligado',
    'slashes',
    false,
  ],
  [
    'italian',
    ['Nome', 'Indirizzo e-mail', 'Reparto', 'Stato', 'Ultimo giorno'],
    'Attivo',
    'Cessato',
    'slashes',
    false,
  ],
];

const inLanguages: TruthCase[] = LANGUAGES.flatMap(([language, headings, here, gone, dates, known]) => {
  const row = (status: boolean, day: boolean) => (one: Person) => [
    one.name,
    one.email,
    one.department,
    ...(status ? [one === leaver ? gone : here] : []),
    ...(day ? [one === leaver ? written('2026-10-13', dates) : ''] : []),
  ];
  const must = known
    ? seatOfLeaver
    : [
        is('CLA-ACC-07', ['fail', 'cannot_read'], 'a leaver holds a seat, or nobody can tell'),
        noPass('CLA-M365-17', 'a leaver’s account is enabled, or nobody can tell'),
        noPass('CLA-OPS-05', 'nothing was done for a leaver, or nobody can tell'),
      ];
  return [
    makeCase(
      AREA,
      `${language}-headings`,
      withRoster(roster(headings, row(true, true), { separator: ';' })),
      must,
    ),
    makeCase(
      AREA,
      `${language}-status-only`,
      withRoster(roster(headings.slice(0, 4), row(true, false), { separator: ';' })),
      must,
    ),
    makeCase(
      AREA,
      `${language}-last-day-only`,
      withRoster(roster([...headings.slice(0, 3), headings[4] ?? ''], row(false, true), { separator: ';' })),
      must,
    ),
  ];
});

export const rosterCases: readonly TruthCase[] = [
  makeCase(AREA, 'in-order', base, [
    is('CLA-ACC-07', 'pass', 'everybody with a seat works here'),
    is('CLA-ACC-13', 'pass', 'everybody with a seat is one person of the roster'),
    counts('staff', 20, 'twenty people work here'),
    counts('members', 20, 'twenty people hold a seat'),
    lists('leavers', [], 'nobody has left'),
  ]),
  makeCase(AREA, 'leaver-with-seat', withRoster(rosterCsv(people, { [leaver.email]: '2026-10-13' })), [
    ...seatOfLeaver,
    lists('leavers', [leaver.email], 'one person has left and holds a seat'),
    counts('staff', 19, 'nineteen people work here'),
  ]),
  makeCase(
    AREA,
    'no-last-day-no-status',
    withRoster(
      roster(['Full name', 'Work email', 'Department'], (one) => [one.name, one.email, one.department]),
    ),
    nobodyKnows,
  ),
  makeCase(
    AREA,
    'status-of-codes',
    withRoster(
      roster(['Full name', 'Work email', 'Status'], (one) => [
        one.name,
        one.email,
        one === leaver ? 'Q7' : 'A3',
      ]),
    ),
    nobodyKnows,
  ),
  makeCase(
    AREA,
    'status-empty',
    withRoster(
      roster(['Full name', 'Work email', 'Status', 'Last day'], (one) => [one.name, one.email, '', '']),
    ),
    [noPass('CLA-OPS-05', 'no status is stated for anybody')],
  ),
  makeCase(
    AREA,
    'one-unreadable-status',
    withRoster(
      roster(['Full name', 'Work email', 'Status'], (one) => [
        one.name,
        one.email,
        one === leaver ? 'see note' : 'Active',
      ]),
    ),
    [
      noPass('CLA-ACC-07', 'of one seat holder it is not known whether they work here'),
      says('CLA-ACC-07', leaver.name, 'the person whose status cannot be read is named'),
    ],
  ),
  makeCase(
    AREA,
    'unreadable-last-day',
    withRoster(
      roster(['Full name', 'Work email', 'Last day'], (one) => [
        one.name,
        one.email,
        one === leaver ? 'end of summer' : '',
      ]),
    ),
    [
      noPass('CLA-ACC-07', 'a last day was written that nobody can read'),
      says('CLA-ACC-07', leaver.name, 'the person whose last day cannot be read is named'),
      file('staff.csv', 'taken', 'the cell that is no date is named', /end of summer/),
    ],
  ),
  makeCase(
    AREA,
    'excel-serial-days',
    withRoster(
      roster(['Full name', 'Work email', 'Last day'], (one) => [
        one.name,
        one.email,
        one === leaver ? serial('2026-10-13') : '',
      ]),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'excel-serial-days-and-hours',
    withRoster(
      roster(['Full name', 'Work email', 'Last day'], (one) => [
        one.name,
        one.email,
        one === leaver ? `${serial('2026-10-13')}.70833` : '',
      ]),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'impossible-last-day',
    withRoster(
      roster(['Full name', 'Work email', 'Last day'], (one) => [
        one.name,
        one.email,
        one === leaver ? '2026-13-45' : '',
      ]),
    ),
    [noPass('CLA-ACC-07', 'a last day was written that does not exist')],
  ),
  makeCase(
    AREA,
    'active-yes-no',
    withRoster(
      roster(['Full name', 'Work email', 'Active'], (one) => [
        one.name,
        one.email,
        one === leaver ? 'No' : 'Yes',
      ]),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'terminated-column',
    withRoster(
      roster(['Employee', 'Email address', 'Termination date'], (one) => [
        one.name,
        one.email,
        one === leaver ? '10/13/2026' : '',
      ]),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'on-leave-is-staff',
    withRoster(
      roster(['Full name', 'Work email', 'Status'], (one) => [
        one.name,
        one.email,
        one === leaver ? 'On leave' : 'Active',
      ]),
    ),
    [
      is('CLA-ACC-07', 'pass', 'who is on leave still works here'),
      unlisted('leavers', leaver.email, 'who is on leave has not left'),
    ],
  ),
  makeCase(AREA, 'leaves-today', withRoster(rosterCsv(people, { [leaver.email]: AS_OF })), [
    is('CLA-OPS-05', 'pending', 'who leaves today is due today'),
    unlisted('leavers', leaver.email, 'today is still a day of work'),
    silent('CLA-OPS-05', /overdue|late/, 'nothing is late on the last day itself'),
  ]),
  makeCase(AREA, 'leaves-next-month', withRoster(rosterCsv(people, { [leaver.email]: '2026-12-18' })), [
    is('CLA-ACC-07', 'pass', 'a last day that lies ahead is no leaver'),
    unlisted('leavers', leaver.email, 'a last day that lies ahead is no leaver'),
  ]),
  makeCase(
    AREA,
    'leaver-without-seat-ever',
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
      'users.json': entraUsers(people, [leaver.email]),
    },
    [
      silent('CLA-OPS-05', leaver.name, 'who never held a seat has no seat to lose'),
      silent('CLA-OPS-10', leaver.name, 'who never held a seat has no projects to hand over'),
      silent('CLA-CON-26', leaver.name, 'who never held a seat has no connectors'),
      is('CLA-M365-17', 'pass', 'the account of the leaver is disabled'),
    ],
  ),
  makeCase(
    AREA,
    'leaver-before-claude',
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-03-02' }),
      'users.json': entraUsers(people, [leaver.email]),
    },
    [
      silent('CLA-OPS-05', leaver.name, 'who left before the first invitation never had Claude'),
      silent(
        'CLA-M365-18',
        leaver.name,
        'an account that is off since before Claude came is not asked about',
      ),
      is('CLA-ACC-07', 'pass', 'no leaver holds a seat'),
    ],
  ),
  makeCase(
    AREA,
    'primary-owner-has-left',
    withRoster(rosterCsv(people, { [(people[0] as Person).email]: '2026-10-30' })),
    [
      is('CLA-ACC-07', 'fail', 'the Primary Owner has left and holds a seat'),
      is('CLA-ACC-03', 'fail', 'the only account that can hand over ownership belongs to a leaver'),
      noPass('CLA-ACC-01', 'the account owner no longer works here'),
      is('CLA-OPS-02', 'fail', 'the governance owner has left'),
      says(
        'CLA-ACC-01',
        /left|no longer/i,
        'that the Primary Owner has left is said where the owner is judged',
      ),
    ],
  ),
  makeCase(
    AREA,
    'same-person-here-and-gone',
    withRoster(
      `${rosterCsv(people)}${csv([[leaver.name, leaver.email, leaver.department, 'Left', '2026-10-13']])}`,
    ),
    [
      noPass('CLA-ACC-07', 'two rows of one person contradict each other'),
      says('CLA-ACC-07', leaver.name, 'the person of whom the roster says both is named'),
    ],
  ),
  makeCase(
    AREA,
    'active-with-past-last-day',
    withRoster(
      roster(['Full name', 'Work email', 'Status', 'Last day'], (one) => [
        one.name,
        one.email,
        'Active',
        one === leaver ? '2026-10-13' : '',
      ]),
    ),
    [
      noPass('CLA-ACC-07', 'the status says here, the last day says gone'),
      says('CLA-ACC-07', leaver.name, 'the person of whom the row says both is named'),
    ],
  ),
  makeCase(
    AREA,
    'preferred-first-name',
    {
      ...base,
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Seat Tier', 'Status'],
        ...people.map(({ name, email, role }) => [
          name === leaver.name ? `Bobby ${name.split(' ')[1]}` : name,
          email,
          role,
          'Standard',
          'Active',
        ]),
      ]),
      'staff.csv': roster(['Full name', 'Preferred first name', 'Work email', 'Status'], (one) => [
        one.name,
        one === leaver ? 'Bobby' : '',
        one.email,
        'Active',
      ]),
    },
    [
      is('CLA-ACC-07', 'pass', 'a person with a preferred first name works here'),
      is('CLA-ACC-13', 'pass', 'the address is one and the same'),
      nowhere(
        /former name|maiden name|changed (?:her|his|their) name/i,
        'a preferred first name is not a former name',
      ),
    ],
  ),
  makeCase(
    AREA,
    'preferred-name-in-address',
    {
      ...base,
      'members.csv': membersCsv(
        people.map((one) =>
          one === leaver ? { ...one, name: 'Bobby Laurent', email: 'bobby.laurent@teasel.example.org' } : one,
        ),
      ),
      'staff.csv': roster(['Full name', 'Preferred first name', 'Work email', 'Status'], (one) => [
        one.name,
        one === leaver ? 'Bobby' : '',
        one.email,
        'Active',
      ]),
    },
    [
      unlisted(
        'leavers',
        'bobby.laurent@teasel.example.org',
        'who is called by another first name has not left',
      ),
      nowhere(/former name|maiden name/i, 'a preferred first name is not a former name'),
    ],
  ),
  makeCase(
    AREA,
    'utf-16',
    withRoster(utf16(rosterCsv(people, { [leaver.email]: '2026-10-13' }))),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'windows-1252',
    withRoster(
      latin(
        roster(
          ['Prénom et nom', 'Adresse e-mail', 'Dernier jour'],
          (one) => [one.name, one.email, one === leaver ? '13/10/2026' : ''],
          { separator: ';' },
        ),
      ),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'login-page-saved-as-csv',
    withRoster(
      '<!DOCTYPE html>\n<html><head><title>Sign in to your account</title></head>\n<body><form action="/login"><input name="user"></form></body></html>\n',
    ),
    [
      is('CLA-ACC-07', 'cannot_read', 'there is no roster'),
      file(
        'staff.csv',
        ['malformed', 'not_placed'],
        'a sign-in page is said to be one',
        /web page|sign-in page|login page|HTML/i,
      ),
    ],
  ),
  makeCase(AREA, 'nul-bytes', withRoster(rosterCsv(people).replace('Membership', 'Member\u0000ship')), [
    noPass('CLA-ACC-07', 'the roster holds bytes of no text'),
    file('staff.csv', 'malformed', 'NUL is refused with the reason', /NUL/i),
    notCalledAbsent('roster', 'a roster was given and refused'),
  ]),
  makeCase(
    AREA,
    'ragged',
    withRoster(
      rosterCsv(people, { [leaver.email]: '2026-10-13' }).replace(
        `${leaver.name},${leaver.email},`,
        `${leaver.name},surplus,${leaver.email},`,
      ),
    ),
    [noPass('CLA-ACC-07', 'one row has more fields than the heading, and that row is the leaver')],
  ),
  makeCase(AREA, 'heading-only', withRoster('Full name,Work email,Status,Last day\n'), [
    is('CLA-ACC-07', 'cannot_read', 'a roster that lists nobody tells nothing'),
    file('staff.csv', ['malformed', 'not_placed'], 'a roster that lists nobody is refused'),
    notCalledAbsent('roster', 'a roster was given and refused'),
  ]),
  makeCase(
    AREA,
    'hostile-cells',
    withRoster(
      roster(['Full name', 'Work email', 'Department', 'Status', 'Last day'], (one) => [
        one.name,
        one.email,
        one === other
          ? '=HYPERLINK("http://evil.example","x")'
          : one === leaver
            ? '<script>alert(1)</script>'
            : 'Events\u202E',
        one === leaver ? 'Left' : 'Active',
        one === leaver ? '2026-10-13' : '',
      ]),
    ),
    seatOfLeaver,
  ),
  makeCase(
    AREA,
    'not-on-the-roster',
    { ...base, 'staff.csv': rosterCsv(people.filter((one) => one !== leaver)) },
    [
      is('CLA-ACC-07', 'fail', 'a seat holder is on no roster'),
      lists('notOnRoster', [leaver.email], 'the person who is on no roster is listed'),
      is('CLA-ACC-13', 'fail', 'a seat holder is nobody of the roster'),
    ],
  ),
  makeCase(
    AREA,
    'two-rosters-of-one-day',
    {
      ...base,
      'staff.csv': rosterCsv(people),
      'staff second.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
    },
    [noPass('CLA-ACC-07', 'one of two rosters of the same day says that a seat holder has left')],
    { saved: { 'staff.csv': '2026-11-23', 'staff second.csv': '2026-11-23' } },
  ),
  makeCase(
    AREA,
    'old-roster',
    withRoster(rosterCsv(people)),
    [
      noPass('CLA-ACC-07', 'the roster is three months old'),
      is('CLA-ACC-07', 'cannot_read', 'the roster is three months old'),
    ],
    { saved: { 'staff.csv': plus(AS_OF, -92) } },
  ),
  makeCase(
    AREA,
    'overdue-and-late',
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
      'users.json': entraUsers(people, [leaver.email]),
      'journal.yaml': journal(people, {
        offboardings: [
          {
            email: leaver.email,
            lastDay: '2026-10-13',
            entraDisabled: '2026-10-13',
            mfaRevoked: '2026-10-13',
            claudeRemoved: '2026-11-05',
            connectorsRevoked: '2026-10-15',
            projectsHandedOver: '2026-10-20',
          },
        ],
      }),
    },
    [
      is('CLA-M365-17', 'pass', 'the account of the leaver is disabled'),
      says(
        'CLA-OPS-05',
        /late|after the (?:last|due) day/i,
        'a seat that was removed 23 days after the last day was removed late',
      ),
    ],
  ),
  makeCase(
    AREA,
    'unknown-address-of-our-own',
    { ...base, 'charter.yaml': charter(people, { people: { guests: [] } }) },
    [is('CLA-ACC-06', 'pass', 'everybody has an address of ours')],
  ),
  ...inLanguages,
];
