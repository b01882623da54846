import { clientsOf, type Person, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  journal,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { counts, is, noPass, noPasses, reported, silent } from '../model.ts';

const client = clientsOf('which-list');
const people = staff(20);
const [owner, deputy, leaver, other] = [0, 1, 11, 12].map((n) => people[n] as Person) as [
  Person,
  Person,
  Person,
  Person,
];
const base = peopleFiles(people);
const gone = { [leaver.email]: '2026-10-13' };
const without = (one: Person) => people.filter((person) => person !== one);

const leaverNamed = [
  ...reported('ACC-07', 'fail', 'whichever list counts, a leaver holds a seat', leaver.name),
  ...reported('OPS-05', 'fail', 'whichever list counts, nothing was done for the leaver', leaver.name),
];
const nothingCleared = noPasses('which list counts is not known', 'ACC-07 ACC-13 OPS-05 CON-26');

/** A mailbox with the Primary Owner's account, under names that clients use. */
const mailboxOwner = (name: string, local: string) => {
  const mailbox = { ...owner, name: 'Claude', email: `${local}@teasel.example.org` };
  const seats = [mailbox, { ...owner, role: 'User' as const }, ...people.slice(1)];
  return client(`owner-mailbox-${name}`)(
    {
      ...base,
      'members.csv': membersCsv(seats),
      'charter.yaml': charter(people, { accountOwner: mailbox.email }),
      'acknowledgements.csv': acknowledgementsCsv(people),
      'journal.yaml': journal(people, {
        trainings: [{ on: '2026-09-20', topic: 'Claude', attended: people.map(({ email }) => email) }],
      }),
    },
    [
      is('POL-03', 'pass', 'everyone who works here has acknowledged the policy'),
      is('OPS-12', 'pass', 'everyone who works here was trained'),
      is('ACC-07', 'pass', 'the one account that is nobody is the account owner that the charter names'),
      is('ACC-13', 'pass', 'everyone else is one person'),
      ...['ACC-07', 'ACC-13', 'POL-03', 'OPS-12'].map((control) =>
        silent(control, mailbox.email, 'a mailbox is not on the staff'),
      ),
    ],
  );
};

/** Different lists of the same day, partial rosters, and accounts that belong to no one. */
export const whichListCases = [
  client('two-member-lists')(
    {
      ...base,
      'staff.csv': rosterCsv(people, gone),
      'members.csv': membersCsv(people),
      'members again.csv': membersCsv(without(other)),
    },
    [
      ...leaverNamed,
      ...nothingCleared,
      counts('members', null, 'which list of members counts is not known'),
      silent('ACC-07', other.name, 'whether the other one holds a seat is not known, and they work here'),
    ],
  ),
  client('two-rosters')(
    {
      ...base,
      'staff.csv': rosterCsv(people, gone),
      'staff again.csv': rosterCsv(without(other), gone),
    },
    [
      ...leaverNamed,
      ...nothingCleared,
      is('M365-17', 'fail', 'by both rosters the account of the leaver is enabled'),
    ],
  ),
  client('two-rosters-of-whom-one-has-a-leaver')(
    { ...base, 'staff.csv': rosterCsv(people, gone), 'staff again.csv': rosterCsv(people) },
    [
      is('ACC-07', 'cannot_read', 'one roster lists as staff whom the other one shows as gone'),
      ...nothingCleared,
    ],
  ),
  client('a-leaver-in-a-part-of-the-roster')(
    {
      ...base,
      'staff.csv': `Filter: Department = Programs\n${rosterCsv([leaver, other, owner, deputy], gone)}`,
      'users.json': entraUsers(people),
    },
    [
      ...reported('ACC-07', 'fail', 'the part lists a leaver who holds a seat', leaver.name),
      ...reported('M365-17', 'fail', 'the account of that leaver is enabled', leaver.name),
      is('OPS-05', 'fail', 'nothing was done for that leaver'),
      silent('ACC-07', people[5]?.name ?? '', 'whom the part does not list is not accused'),
      noPass('ACC-13', 'the roster is a part'),
    ],
  ),
  client('the-same-part-without-a-leaver')(
    { ...base, 'staff.csv': `Filter: Department = Programs\n${rosterCsv([leaver, other])}` },
    [
      is('ACC-07', 'cannot_read', 'the roster is a part and shows no one who left'),
      ...noPasses('the roster is a part', 'ACC-07 ACC-13 M365-17 OPS-05'),
    ],
  ),
  mailboxOwner('of-tools', 'ai-tools'),
  mailboxOwner('of-software', 'software'),
  mailboxOwner('of-it', 'it'),
  mailboxOwner('of-the-vendor', 'anthropic'),
  client('signatures-without-a-roster')(
    {
      'members.csv': membersCsv(people),
      'charter.yaml': charter(people, {
        incidentPlan: {
          types: ['prompt injection', 'credential exposed', 'upload', 'agent action', 'access'],
          contacts: [owner.name],
          reviewed: '2026-10-01',
        },
        contentAccess: { allowed: true, approvers: [owner.name, deputy.name] },
      }),
      'journal.yaml': journal(people),
    },
    noPasses(
      'nothing shows that those who signed or are to be called work here',
      'OPS-03 OPS-04 OPS-08 VIS-02 VIS-13',
    ),
  ),
];
