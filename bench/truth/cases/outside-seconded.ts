import { makeCase, membersCsv, rosterCsv } from '../client.ts';
import { counts, is, lists, never, noPass, says, silent, unlisted } from '../model.ts';
import { association, at, OUTSIDE, without } from '../outside.ts';
import { graph } from '../text.ts';

const DOMAIN = 'orris.example.org';
const SISTER = 'orris-west.example.org';
const client = association('Orris Council', DOMAIN, 10);
const { people } = client;
const ceo = {
  id: '5ea5e100-0000-4000-8000-000000000701',
  name: 'Rufus Penn',
  email: 'rufus@penn-advisers.example.com',
  role: 'Owner' as const,
  department: 'Office',
};
const lent = (n: number, name: string) => ({
  id: `5ea5e100-0000-4000-8000-00000000080${n}`,
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@${SISTER}`,
  role: 'User' as const,
  department: 'Programs',
});
const decided = lent(1, 'Tove Marsh');
const undecided = lent(2, 'Piet Vos');
const ukrainian = { ...at(people, 8), name: 'Oleksandr Kovalenko', email: `oleksandr.kovalenko@${DOMAIN}` };
const staffed = [
  ...people.filter(({ email }) => email !== at(people, 8).email && email !== at(people, 1).email),
  ukrainian,
];
const chapter = ['ada.cole', 'ben.day', 'cy.ames', 'di.fox', 'ed.gray'].map(
  (one) => `${one}@chapter-orris.example.net`,
);
const user = (id: string, displayName: string, mail: string, userType = 'Member') => ({
  id,
  displayName,
  userPrincipalName: mail,
  mail,
  proxyAddresses: [`SMTP:${mail}`],
  otherMails: [],
  accountEnabled: true,
  userType,
  employeeId: null,
  assignedLicenses: [],
});
const tenant = graph('users', [
  ...staffed.map(({ id, name, email }) =>
    user(id, email === ukrainian.email ? 'Олександр Коваленко' : name, email),
  ),
  user(decided.id, decided.name, decided.email, 'Guest'),
  user(undecided.id, undecided.name, undecided.email, 'Guest'),
  user(ceo.id, ceo.name, ceo.email, 'Guest'),
  ...chapter.map((mail, n) =>
    user(`5ea5e100-0000-4000-8000-00000000090${n}`, mail.split('@')[0] ?? '', mail),
  ),
]);
const NOT_GIVEN = [
  'settings',
  'states',
  'events',
  'domains',
  'policies',
  'applications',
  'sign-ins',
  'use',
  'acknowledgments',
  'statements',
] as const;

export const outsideSeconded = [lentAndInterim(), unknownStanding()];

function charterWith(guests: readonly string[]): string {
  return client.charter({
    owners: [at(people, 0).email, ceo.email],
    governanceDeputy: { name: ceo.name, email: ceo.email },
    people: { guests },
  });
}

/** A chapter shares the tenant, two are lent by a sister society, and the chief executive is an Owner by contract. */
function lentAndInterim() {
  return makeCase(
    OUTSIDE,
    'lent-staff-and-an-interim-chief-executive',
    client.files({
      'members.csv': membersCsv([...staffed, ceo, decided, undecided]),
      'staff.csv': rosterCsv([
        ...staffed.map((one) => (one === ukrainian ? { ...one, name: 'Alexander Kowalenko' } : one)),
        decided,
        undecided,
      ]),
      'users.json': tenant,
      'charter.yaml': charterWith([decided.email, ceo.email]),
    }),
    [
      counts('members', 12, 'nine of staff, two lent, one interim'),
      counts('staff', 11, 'nine and two who are lent'),
      lists('leavers', [], 'nobody left'),
      is('CLA-ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('CLA-ACC-04', 'pass', 'the charter approves all three'),
      is('CLA-ACC-05', 'fail', 'an Owner at a domain of his own'),
      says('CLA-ACC-05', 'Rufus Penn', 'who'),
      is('CLA-ACC-06', 'fail', 'three seats at other domains'),
      says('CLA-ACC-06', 'Piet Vos', 'who'),
      is('CLA-ACC-09', 'fail', 'nobody decided on Piet Vos'),
      says('CLA-ACC-09', 'Piet Vos', 'who'),
      is('CLA-ACC-21', 'fail', 'two of staff have addresses of the sister'),
      says('CLA-ACC-21', 'Piet Vos', 'who'),
      is(
        'CLA-M365-17',
        ['pass', 'cannot_read'],
        'nobody left, and a roster of current staff shows no leaver',
      ),
      silent('CLA-ACC-09', 'Tove Marsh', 'decided'),
      silent('CLA-ACC-09', 'Rufus Penn', 'decided'),
      silent('CLA-ACC-05', at(people, 0).name, 'an address of ours'),
      never('CLA-ACC-13', ['fail'], 'each seat is one person'),
      never('CLA-ACC-20', ['fail'], 'staff hold seats; a chapter is not staff'),
      never('CLA-M365-17', ['fail'], 'nobody left'),
      never('CLA-ACC-08', ['fail'], 'all are people'),
      noPass('CLA-ACC-05', 'an Owner at a domain of his own'),
      noPass('CLA-ACC-06', 'seats at other domains'),
      noPass('CLA-ACC-09', 'one is undecided'),
      noPass('CLA-ACC-21', 'two addresses of the sister'),
      unlisted('notOnRoster', ukrainian.email, 'one address, however the name is written'),
      unlisted('notOnRoster', decided.email, 'on the roster'),
      unlisted('toConfirm', ukrainian.email, 'one address, however the name is written'),
      unlisted('leavers', decided.email, 'works here'),
      ...chapter.flatMap((email) => [
        unlisted('withoutSeat', email, 'not staff'),
        unlisted('leavers', email, 'not staff'),
        unlisted('notOnRoster', email, 'no seat'),
        unlisted('guests', email, 'no seat'),
        silent('CLA-M365-17', email, 'no leaver'),
      ]),
      ...without(...NOT_GIVEN),
    ],
    { profile: client.profile() },
  );
}

/** The same without a decision in the charter and without the list of users: who is a guest cannot be told apart. */
function unknownStanding() {
  return makeCase(
    OUTSIDE,
    'lent-staff-of-whom-nobody-decided',
    client.files({
      'members.csv': membersCsv([...staffed, ceo, decided, undecided]),
      'staff.csv': rosterCsv(staffed),
      'charter.yaml': charterWith([]),
    }),
    [
      counts('members', 12, 'nine of staff and three from outside'),
      counts('staff', 9, 'nine'),
      is('CLA-ACC-09', 'fail', 'three from outside and no decision'),
      says('CLA-ACC-09', 'Tove Marsh', 'who'),
      says('CLA-ACC-09', 'Rufus Penn', 'who'),
      is('CLA-ACC-05', 'fail', 'an Owner at a domain of his own'),
      is('CLA-ACC-07', ['fail', 'cannot_read'], 'three are on no roster'),
      is('CLA-OPS-02', 'pass', 'both are named, and a deputy may be of the board or of an agency'),
      noPass('CLA-ACC-07', 'three are on no roster'),
      noPass('CLA-ACC-13', 'three are on no roster'),
      noPass('CLA-ACC-06', 'seats at other domains'),
      ...[ceo, decided, undecided].map(({ email }) =>
        unlisted('leavers', email, 'nothing says that they left'),
      ),
      never('CLA-OPS-05', ['fail'], 'nothing says that anybody left'),
      ...without(...NOT_GIVEN, 'users'),
    ],
    { profile: client.profile() },
  );
}
