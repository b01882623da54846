import { AS_OF, clientsOf, type Person, staff } from '../client.ts';
import { charter, entraUsers, journal, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { counts, is, lists, noPass, nowhere, reported, says, silent, unlisted } from '../model.ts';
import { memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const client = clientsOf('roster');
const people = staff(20);
const leaver = people[11] as Person;
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
const rosterOf = (...args: Parameters<typeof roster>) => withRoster(roster(...args));

const seatOfLeaver = [
  ...reported('ACC-07', 'fail', 'a person who has left holds a seat', leaver.name),
  is('M365-17', 'fail', 'the Entra account of the leaver is still enabled'),
  noPass('OPS-05', 'nothing was done for a leaver'),
];

/**
 * A leaver whom the roster lists only by name, who is gone from the members file and has an offboarding in the journal.
 */
const TASKS_DONE = {
  lastDay: '2026-10-13',
  entraDisabled: '2026-10-13',
  mfaRevoked: '2026-10-13',
  claudeRemoved: '2026-10-13',
  connectorsRevoked: '2026-10-14',
  projectsHandedOver: '2026-10-15',
};
const nameless = (['mistyped', 'right'] as const).map((written) =>
  client(`offboarding-of-a-leaver-without-address-${written}`)(
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': csv([
        ['Name', 'Email', 'Department', 'Status', 'Last day'],
        ...people.map((one) =>
          one === leaver
            ? [one.name, '', one.department, 'Left', '2026-10-13']
            : [one.name, one.email, one.department, 'Active', ''],
        ),
      ]),
      'users.json': entraUsers(people, [leaver.email]),
      'journal.yaml': journal(people, {
        offboardings: [
          { email: written === 'right' ? leaver.email : leaver.email.replace('@', 'x@'), ...TASKS_DONE },
        ],
      }),
    },
    ['OPS-05', 'OPS-10', 'CON-26'].map((control) =>
      written === 'right'
        ? is(control, 'pass', 'everything was done for the one who left')
        : noPass(control, 'the offboarding is of an address that nobody has'),
    ),
  ),
);

export const leaverCases = [
  client('leaver-with-seat')(withRoster(rosterCsv(people, { [leaver.email]: '2026-10-13' })), [
    ...seatOfLeaver,
    lists('leavers', [leaver.email], 'one person has left and holds a seat'),
    counts('staff', 19, 'nineteen people work here'),
  ]),
  client('leaves-today')(withRoster(rosterCsv(people, { [leaver.email]: AS_OF })), [
    is('OPS-05', 'pending', 'who leaves today is due today'),
    unlisted('leavers', leaver.email, 'today is still a day of work'),
    silent('OPS-05', /overdue|late/, 'nothing is late on the last day itself'),
  ]),
  client('leaves-next-month')(withRoster(rosterCsv(people, { [leaver.email]: '2026-12-18' })), [
    is('ACC-07', 'pass', 'a last day that lies ahead is no leaver'),
    unlisted('leavers', leaver.email, 'a last day that lies ahead is no leaver'),
  ]),
  client('leaver-without-seat-ever')(
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
      'users.json': entraUsers(people, [leaver.email]),
    },
    [
      silent('OPS-05', leaver.name, 'who never held a seat has no seat to lose'),
      silent('OPS-10', leaver.name, 'who never held a seat has no projects to hand over'),
      silent('CON-26', leaver.name, 'who never held a seat has no connectors'),
      is('M365-17', 'pass', 'the account of the leaver is disabled'),
    ],
  ),
  client('leaver-before-claude')(
    {
      ...base,
      'members.csv': membersCsv(people.filter((one) => one !== leaver)),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-03-02' }),
      'users.json': entraUsers(people, [leaver.email]),
    },
    [
      silent('OPS-05', leaver.name, 'who left before the first invitation never had Claude'),
      silent('M365-18', leaver.name, 'an account that is off since before Claude came is not asked about'),
      is('ACC-07', 'pass', 'no leaver holds a seat'),
    ],
  ),
  client('primary-owner-has-left')(
    withRoster(rosterCsv(people, { [(people[0] as Person).email]: '2026-10-30' })),
    [
      is('ACC-07', 'fail', 'the Primary Owner has left and holds a seat'),
      is('ACC-03', 'fail', 'the only account that can hand over ownership belongs to a leaver'),
      noPass('ACC-01', 'the account owner no longer works here'),
      is('OPS-02', 'fail', 'the governance owner has left'),
      says('ACC-01', /left|no longer/i, 'that the Primary Owner has left is said where the owner is judged'),
    ],
  ),
  client('same-person-here-and-gone')(
    withRoster(
      `${rosterCsv(people)}${csv([[leaver.name, leaver.email, leaver.department, 'Left', '2026-10-13']])}`,
    ),
    [
      noPass('ACC-07', 'two rows of one person contradict each other'),
      says('ACC-07', leaver.name, 'the person of whom the roster says both is named'),
    ],
  ),
  client('active-with-past-last-day')(
    rosterOf(
      ['Full name', 'Work email', 'Status', 'Last day'],
      (one) => cells`${one.name}|${one.email}|Active|${one === leaver ? '2026-10-13' : ''}`,
    ),
    [
      noPass('ACC-07', 'the status says here, the last day says gone'),
      says('ACC-07', leaver.name, 'the person of whom the row says both is named'),
    ],
  ),
  client('preferred-first-name')(
    {
      ...base,
      'members.csv': memberTable([
        ...people.map(({ name, email, role }) => [
          name === leaver.name ? `Bobby ${name.split(' ')[1]}` : name,
          email,
          role,
          'Standard',
          'Active',
        ]),
      ]),
      'staff.csv': roster(
        ['Full name', 'Preferred first name', 'Work email', 'Status'],
        (one) => cells`${one.name}|${one === leaver ? 'Bobby' : ''}|${one.email}|Active`,
      ),
    },
    [
      is('ACC-07', 'pass', 'a person with a preferred first name works here'),
      is('ACC-13', 'pass', 'the address is one and the same'),
      nowhere(
        /former name|maiden name|changed (?:her|his|their) name/i,
        'a preferred first name is not a former name',
      ),
    ],
  ),
  client('preferred-name-in-address')(
    {
      ...base,
      'members.csv': membersCsv(
        people.map((one) =>
          one === leaver ? { ...one, name: 'Bobby Laurent', email: 'bobby.laurent@teasel.example.org' } : one,
        ),
      ),
      'staff.csv': roster(
        ['Full name', 'Preferred first name', 'Work email', 'Status'],
        (one) => cells`${one.name}|${one === leaver ? 'Bobby' : ''}|${one.email}|Active`,
      ),
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
  client('not-on-the-roster')({ ...base, 'staff.csv': rosterCsv(people.filter((one) => one !== leaver)) }, [
    is('ACC-07', 'fail', 'a seat holder is on no roster'),
    lists('notOnRoster', [leaver.email], 'the person who is on no roster is listed'),
    is('ACC-13', 'fail', 'a seat holder is nobody of the roster'),
  ]),
  client('overdue-and-late')(
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
      is('M365-17', 'pass', 'the account of the leaver is disabled'),
      says(
        'OPS-05',
        /late|after the (?:last|due) day/i,
        'a seat that was removed 23 days after the last day was removed late',
      ),
    ],
  ),
  ...nameless,
  client('unknown-address-of-our-own')(
    { ...base, 'charter.yaml': charter(people, { people: { guests: [] } }) },
    [is('ACC-06', 'pass', 'everyone has an address of ours')],
  ),
];
