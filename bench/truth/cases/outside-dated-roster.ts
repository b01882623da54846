import { membersCsv } from '../documents.ts';
import { counts, is, lists, never, noPass, noPasses, reported, silent, unlisted } from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { cells, csv } from '../text.ts';

const DOMAIN = 'mallow.example.org';
const client = association('Mallow Federation', DOMAIN, 11);
const { people } = client;
const [adele, bruno, carla, dimitri, elena, farid, gwen, henrik, isolde, jonas, katia] = people.map(
  ({ email }) => email,
) as string[];
const SECOND_JONAS = `jonas.jansen2@${DOMAIN}`;
const MARRIED = `isolde.lund@${DOMAIN}`;

const HEAD = cells`Employee ID|Name|Work Email|Effective Date|Action|Employment Status|Termination Date`;
type Row = readonly [string, string, string, string, string, string, string];
const row = (
  id: string,
  email: string | undefined,
  on: string,
  action: string,
  status = 'Active',
  ended = '',
): Row => [id, named(email ?? ''), email ?? '', on, action, status, ended];
const named = (email: string) =>
  people.find((one) => one.email === email)?.name ??
  (email === SECOND_JONAS ? 'Jonas Jansen' : 'Isolde Lund');

const HISTORY: readonly Row[] = [
  row('1001', adele, '2019-02-04', 'Hire'),
  row('1002', bruno, '2020-06-01', 'Hire'),
  row('1002', bruno, '2024-07-01', 'Transfer'),
  row('1003', carla, '2021-01-11', 'Hire'),
  row('1003', carla, '2026-01-01', 'Pay change'),
  row('1004', dimitri, '2021-03-01', 'Hire'),
  row('1005', elena, '2021-09-06', 'Hire'),
  row('1005', elena, '2026-08-17', 'Leave of absence', 'On leave'),
  row('1007', gwen, '2016-04-04', 'Hire'),
  row('1007', gwen, '2022-05-31', 'Termination', 'Terminated', '2022-05-31'),
  row('1007', gwen, '2026-03-02', 'Rehire'),
  row('1008', henrik, '2018-10-01', 'Hire'),
  row('1008', henrik, '2026-12-31', 'Termination', 'Terminated', '2026-12-31'),
  row('1009', isolde, '2017-01-09', 'Hire'),
  row('1009', isolde, '2023-06-30', 'Termination', 'Terminated', '2023-06-30'),
  row('1031', MARRIED, '2026-02-02', 'Hire'),
  row('1010', jonas, '2022-02-14', 'Hire'),
  row('1011', SECOND_JONAS, '2025-05-19', 'Hire'),
  row('1012', katia, '2023-11-01', 'Hire'),
];
const LEFT: readonly Row[] = [
  row('1006', farid, '2018-03-05', 'Hire'),
  row('1006', farid, '2026-10-30', 'Termination', 'Terminated', '2026-10-30'),
];
const seats = [
  ...people.filter(({ email }) => email !== isolde && email !== farid),
  { ...at(people, 9), email: SECOND_JONAS, role: 'User' as const },
  { ...at(people, 8), name: 'Isolde Lund', email: MARRIED },
];
const stillHere = (emails: readonly (string | undefined)[]) =>
  emails.flatMap((email) => [
    unlisted('leavers', email ?? '', 'works here'),
    unlisted('notOnRoster', email ?? '', 'on the roster'),
    silent('OPS-05', email ?? '', 'works here'),
    silent('ACC-07', email ?? '', 'works here'),
  ]);
const HERE = [adele, bruno, carla, dimitri, elena, gwen, henrik, MARRIED, jonas, SECOND_JONAS, katia];

export const outsideDatedRoster = [
  // A payroll provider's employment history: several rows per person, each with its effective date.
  outsideCase('several-dated-rows-for-a-person-and-one-who-left')(
    client.files({
      'members.csv': membersCsv([...seats, at(people, 5)]),
      'staff.csv': csv([HEAD, ...HISTORY, ...LEFT]),
    }),
    [
      counts('members', 12, 'eleven of staff and one who left'),
      counts('staff', 11, 'each person once, by the newest row that has begun'),
      lists('leavers', [farid ?? ''], 'ended on 30 October, with a seat'),
      ...reported('ACC-07', 'fail', 'one who left holds a seat', 'Farid'),
      ...reported('OPS-05', 'fail', 'the seat should be gone since 30 October', 'Farid'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'all at our domain'),
      ...noPasses('one who left holds a seat', 'ACC-07 OPS-05'),
      noPass('OPS-10', 'nothing says that the projects were handed over'),
      never('ACC-20', ['fail'], 'seats are given on request'),
      never('ACC-03', ['fail'], 'both owners work here'),
      never('OPS-02', ['fail'], 'owner and deputy work here'),
      ...stillHere(HERE),
      ...onlyGiven('members', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
  // The same without leavers: the end of an earlier employment is not a departure.
  outsideCase('several-dated-rows-for-a-person-and-nobody-left')(
    client.files({ 'members.csv': membersCsv(seats), 'staff.csv': csv([HEAD, ...HISTORY]) }),
    [
      counts('members', 11, 'one seat for each of staff'),
      counts('staff', 11, 'each person once'),
      lists('leavers', [], 'nobody who holds a seat has left'),
      is('ACC-07', ['pass', 'cannot_read'], 'all work here'),
      is('ACC-21', ['pass', 'cannot_read'], 'all at our domain'),
      is('OPS-05', ['pass', 'cannot_read', 'not_applicable'], 'nobody left since Claude came'),
      never('ACC-07', ['fail'], 'all work here'),
      never('OPS-05', ['fail'], 'nobody left since Claude came'),
      never('ACC-13', ['fail'], 'the two of one name have two addresses and two numbers'),
      never('CON-26', ['fail'], 'nobody left'),
      never('OPS-11', ['fail'], 'nobody began within the last weeks'),
      ...stillHere(HERE),
      ...onlyGiven('members', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
  absent(),
];

/** One row per person, with statuses between employed and gone. */
function absent() {
  const states = cells`Active|Active|Active|Maternity leave|FMLA leave|Parental leave|Sabbatical|Unpaid leave of absence|Long-term disability|Notice period|Leave - paid`;
  return outsideCase('absent-is-not-left')(
    client.files({
      'staff.csv': csv([
        ['Full name', 'Work email', 'Employment Status', 'Last day'],
        ...people.map(
          ({ name, email }, n) =>
            cells`${name}|${email}|${states[n] ?? ''}|${states[n] === 'Notice period' ? '2026-12-18' : ''}`,
        ),
      ]),
    }),
    [
      counts('members', 11, 'eleven seats'),
      counts('staff', 11, 'who is absent is still staff'),
      lists('leavers', [], 'nobody left'),
      is('ACC-07', ['pass', 'cannot_read'], 'all work here'),
      is('OPS-05', ['pass', 'cannot_read', 'not_applicable', 'pending'], 'nobody left'),
      never('ACC-07', ['fail'], 'all work here'),
      never('OPS-05', ['fail'], 'the only last day is in December'),
      never('ACC-03', ['fail'], 'both owners are here'),
      never('ACC-20', ['fail'], 'all hold a seat'),
      ...stillHere(people.map(({ email }) => email)),
      ...onlyGiven('members', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  );
}
