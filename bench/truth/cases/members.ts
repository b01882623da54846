import { AS_OF, clientsOf, type Person, profile, staff } from '../client.ts';
import { membersCsv, peopleFiles } from '../documents.ts';
import { counts, file, is, noPass, noPasses, notCalledAbsent, says, silent } from '../model.ts';
import { csv, plus, utf16 } from '../text.ts';

const client = clientsOf('files');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const extra = { ...(people[3] as Person), role: 'Owner' as const };

const members = (headings: readonly string[], row: (person: Person) => readonly string[], separator = ',') =>
  csv([headings, ...people.map(row)], { separator });
const words: Record<string, Record<string, string>> = {
  german: {
    'Primary Owner': 'Primärer Eigentümer',
    Owner: 'Eigentümer',
    Admin: 'Administrator',
    User: 'Benutzer',
  },
  french: {
    'Primary Owner': 'Propriétaire principal',
    Owner: 'Propriétaire',
    Admin: 'Administrateur',
    User: 'Utilisateur',
  },
  spanish: {
    'Primary Owner': 'Propietario principal',
    Owner: 'Propietario',
    Admin: 'Administrador',
    User: 'Usuario',
  },
};

export const memberCases = [
  client('members-rows-twice')(
    { ...base, 'members.csv': `${membersCsv(people)}${membersCsv(people).split('\n').slice(1).join('\n')}` },
    [
      counts('members', 20, 'a row twice is one seat'),
      is('ACC-18', 'pass', 'twenty seats are held, thirty were bought'),
    ],
    { profile: profile({ claudeSeats: 30 }) },
  ),
  client('members-in-two-files-of-one-day')(
    { ...base, 'members (1).csv': membersCsv([...people.slice(0, 3), extra, ...people.slice(4)]) },
    [
      noPass('ACC-02', 'one of two files of the same day shows a third owner'),
      noPass('ACC-04', 'one of two files of the same day shows an owner that nobody approved'),
    ],
  ),
  client('members-newer-replaces-older')(
    { ...base, 'members old.csv': membersCsv([...people.slice(0, 3), extra, ...people.slice(4)]) },
    [
      is('ACC-02', 'pass', 'in the newer file there are two owners'),
      file('members old.csv', 'replaced', 'the older file is replaced'),
    ],
    { saved: { 'members old.csv': plus(AS_OF, -10) } },
  ),
  client('members-unknown-role')(
    {
      ...base,
      'members.csv': membersCsv(people).replace(
        `${(people[5] as Person).email},User`,
        `${(people[5] as Person).email},Workspace steward`,
      ),
    },
    [
      noPass('ACC-04', 'what a role may do that nobody knows is not known'),
      says(
        'ACC-04',
        new RegExp(`${(people[5] as Person).name}|Workspace steward`),
        'who holds the unknown role is named',
      ),
    ],
  ),
  client('members-empty-role')(
    {
      ...base,
      'members.csv': membersCsv(people).replace(
        `${(people[5] as Person).email},User`,
        `${(people[5] as Person).email},`,
      ),
    },
    [...noPasses('the role of one member is not written', 'ACC-04 ACC-02')],
  ),
  client('members-without-roles')(
    {
      ...base,
      'members.csv': csv([
        ['Name', 'Email', 'Seat Tier', 'Status'],
        ...people.map(({ name, email }) => [name, email, 'Standard', 'Active']),
      ]),
    },
    [...noPasses('no role is written', 'ACC-01 ACC-02 ACC-04 ACC-05')],
  ),
  client('members-without-addresses')(
    {
      ...base,
      'members.csv': csv([
        ['Name', 'Role', 'Seat Tier'],
        ...people.map(({ name, role }) => [name, role, 'Standard']),
      ]),
    },
    [...noPasses('no address is written', 'ACC-06 ACC-07')],
  ),
  client('members-with-a-broken-address')(
    { ...base, 'members.csv': membersCsv(people).replace((people[5] as Person).email, 'not an address') },
    [noPass('ACC-06', 'the address of one account cannot be read')],
  ),
  client('members-with-a-look-alike-domain')(
    {
      ...base,
      'members.csv': membersCsv(people).replace((people[5] as Person).email, 'farid@teаsel.example.org'),
    },
    [is('ACC-06', 'fail', 'one address is on a domain with a Cyrillic letter')],
  ),
  client('seats-of-nobody')(
    { ...base, 'members.csv': membersCsv(people).replace(/Standard,Active\n$/, 'No seat assigned,Active\n') },
    [says('ACC-18', /\b19\b/, 'who has no seat assigned holds none')],
    { profile: profile({ claudeSeats: 19 }) },
  ),
  ...['german', 'french', 'spanish'].map((language) => {
    const headings =
      {
        german: ['Name', 'E-Mail', 'Rolle', 'Lizenztyp'],
        french: ['Nom', 'Adresse e-mail', 'Rôle', 'Type de siège'],
        spanish: ['Nombre', 'Correo electrónico', 'Rol', 'Tipo de asiento'],
      }[language] ?? [];
    return client(`members-${language}`)(
      {
        ...base,
        'members.csv': members(
          headings,
          ({ name, email, role }) => [name, email, words[language]?.[role] ?? role, 'Standard'],
          ';',
        ),
      },
      [
        file('members.csv', 'taken', 'a list of members in another language is a list of members'),
        counts('members', 20, 'twenty people hold a seat'),
        is('ACC-01', 'pass', 'the Primary Owner is the one of the charter'),
      ],
    );
  }),
  client('refused-members')(
    { ...base, 'members.csv': membersCsv(people).replace('Standard', 'Stan\u0000dard') },
    [
      is('ACC-07', 'cannot_read', 'the list of members was refused'),
      notCalledAbsent('members', 'a list was given and refused'),
      silent('ACC-07', /not been provided/, 'a list was given and refused'),
      silent('ACC-02', /not been provided/, 'a list was given and refused'),
    ],
  ),
  client('members-utf-16')({ ...base, 'members.csv': utf16(membersCsv(people)) as unknown as string }, [
    is('ACC-07', 'pass', 'the list is the same in another encoding'),
    counts('members', 20, 'twenty people hold a seat'),
  ]),
  client('members-with-titles-above')(
    { ...base, 'members.csv': `Teasel Guild\nExported on 23 November 2026\n\n${membersCsv(people)}` },
    [counts('members', 20, 'the heading is the fourth line')],
  ),
];
