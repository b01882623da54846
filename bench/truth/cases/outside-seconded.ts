import { graphUser, membersCsv, rosterCsv } from '../documents.ts';
import { counts, is, lists, never, noPass, noPasses, reported, silent, unlisted } from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
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
const user = (id: string, name: string, email: string, userType = 'Member') =>
  graphUser({ id, name, email }, { userType, assignedLicenses: [] });
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

export const outsideSeconded = [
  // A chapter shares the tenant, two people are seconded from a sister society, and the chief executive is an Owner by
  // contract.
  outsideCase('lent-staff-and-an-interim-chief-executive')(
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
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-04', 'pass', 'the charter approves all three'),
      ...reported('ACC-05', 'fail', 'an Owner at a domain of his own', 'Rufus Penn'),
      ...reported('ACC-06', 'fail', 'three seats at other domains', 'Piet Vos'),
      ...reported('ACC-09', 'fail', 'nobody decided on Piet Vos', 'Piet Vos'),
      ...reported('ACC-21', 'fail', 'two of staff have addresses of the sister', 'Piet Vos'),
      is('M365-17', ['pass', 'cannot_read'], 'nobody left, and a roster of current staff shows no leaver'),
      silent('ACC-09', 'Tove Marsh', 'decided'),
      silent('ACC-09', 'Rufus Penn', 'decided'),
      silent('ACC-05', at(people, 0).name, 'an address of ours'),
      never('ACC-13', ['fail'], 'each seat is one person'),
      never('ACC-20', ['fail'], 'staff hold seats; a chapter is not staff'),
      never('M365-17', ['fail'], 'nobody left'),
      never('ACC-08', ['fail'], 'all are people'),
      noPass('ACC-05', 'an Owner at a domain of his own'),
      noPass('ACC-06', 'seats at other domains'),
      noPass('ACC-09', 'one is undecided'),
      noPass('ACC-21', 'two addresses of the sister'),
      unlisted('notOnRoster', ukrainian.email, 'one address, however the name is written'),
      unlisted('notOnRoster', decided.email, 'on the roster'),
      unlisted('toConfirm', ukrainian.email, 'one address, however the name is written'),
      unlisted('leavers', decided.email, 'works here'),
      ...chapter.flatMap((email) => [
        unlisted('withoutSeat', email, 'not staff'),
        unlisted('leavers', email, 'not staff'),
        unlisted('notOnRoster', email, 'no seat'),
        unlisted('guests', email, 'no seat'),
        silent('M365-17', email, 'no leaver'),
      ]),
      ...onlyGiven('members', 'users', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
  // The same without a decision in the charter and without the list of users: guests cannot be identified.
  outsideCase('lent-staff-of-whom-nobody-decided')(
    client.files({
      'members.csv': membersCsv([...staffed, ceo, decided, undecided]),
      'staff.csv': rosterCsv(staffed),
      'charter.yaml': charterWith([]),
    }),
    [
      counts('members', 12, 'nine of staff and three from outside'),
      counts('staff', 9, 'nine'),
      ...reported('ACC-09', 'fail', 'three from outside and no decision', 'Tove Marsh', 'Rufus Penn'),
      is('ACC-05', 'fail', 'an Owner at a domain of his own'),
      is('ACC-07', ['fail', 'cannot_read'], 'three are on no roster'),
      is('OPS-02', 'pass', 'both are named, and a deputy may be of the board or of an agency'),
      ...noPasses('three are on no roster', 'ACC-07 ACC-13'),
      noPass('ACC-06', 'seats at other domains'),
      ...[ceo, decided, undecided].map(({ email }) =>
        unlisted('leavers', email, 'nothing says that they left'),
      ),
      never('OPS-05', ['fail'], 'nothing says that anybody left'),
      ...onlyGiven('members', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
];

function charterWith(guests: readonly string[]): string {
  return client.charter({
    owners: [at(people, 0).email, ceo.email],
    governanceDeputy: { name: ceo.name, email: ceo.email },
    people: { guests },
  });
}
