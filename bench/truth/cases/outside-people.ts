import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { acknowledgementsCsv, entraUsers, membersCsv, peopleFiles } from '../documents.ts';
import { counts, is, lists, noPass, reported, says, silent, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { cells, csv } from '../text.ts';

/** Two jobs, contractors, the board, rehires, a shared desk and a machine account. */
function manyKinds() {
  const people = staff(20);
  const [twoPosts, back, contractor, board, ended, gone] = [6, 7, 8, 9, 10, 11].map((n) => at(people, n)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const desk = { ...at(people, 3), id: '', name: 'Front Desk', email: `frontdesk@${DOMAIN}` };
  const machine = { ...at(people, 3), id: '', name: 'svc-zapier', email: `svc-zapier@${DOMAIN}` };
  const line = (one: Person, post: string, kind: string, status: string, first: string, last: string) => [
    one.name,
    one.email,
    post,
    kind,
    status,
    first,
    last,
  ];
  const rest = people.filter((one) => ![twoPosts, back, contractor, board, ended, gone].includes(one));
  return outsideCase('two-posts-contractors-and-the-board')(
    {
      ...peopleFiles(people),
      'users.json': entraUsers(people, [gone.email]),
      'members.csv': membersCsv([...people, desk, machine].map((one) => ({ ...one, role: one.role }))),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Position', 'Worker type', 'Status', 'Start date', 'Last day'],
        ...rest.map((one) => line(one, 'Specialist', 'Employee', 'Active', '2020-02-03', '')),
        line(twoPosts, 'Editor', 'Employee', 'Terminated', '2019-01-07', '2026-08-31'),
        line(twoPosts, 'Events lead', 'Employee', 'Active', '2026-09-01', ''),
        line(back, 'Analyst', 'Employee', 'Terminated', '2018-01-08', '2024-05-31'),
        line(back, 'Analyst', 'Employee', 'Active', '2026-03-02', ''),
        line(contractor, 'Designer', 'Contractor', 'Active', '2026-01-05', '2026-12-31'),
        line(board, 'Treasurer', 'Board member', 'Active', '2025-01-01', ''),
        line(ended, 'Clerk', 'Employee', 'Terminated', '2020-01-06', '2025-06-30'),
        line(ended, 'Clerk', 'Temporary', 'Terminated', '2026-02-02', '2026-11-13'),
        line(gone, 'Programmer', 'Contractor', 'Contract ended', '2025-11-01', '2026-10-31'),
      ]),
      'acknowledgements.csv': acknowledgementsCsv(people),
    },
    [
      counts('staff', 18, 'two of twenty have left'),
      counts('members', 22, 'twenty people, a desk and a machine'),
      lists('leavers', [ended.email, gone.email], 'a temporary post and a contract have ended'),
      unlisted('leavers', twoPosts.email, 'one post ended, the other goes on'),
      unlisted('leavers', back.email, 'who came back works here'),
      unlisted('leavers', contractor.email, 'the contract runs until December'),
      unlisted('leavers', board.email, 'the treasurer is in office'),
      lists('service', [machine.email], 'an account of a machine'),
      lists('shared', [desk.email], 'a desk is nobody'),
      ...reported('ACC-07', 'fail', 'two have left', new RegExp(`${ended.name}|${ended.email}`)),
      says('ACC-07', new RegExp(`${gone.name}|${gone.email}`), 'the contractor is named'),
      silent('ACC-07', new RegExp(`${twoPosts.name}|${back.name}`), 'who works here is not accused'),
      ...reported(
        'ACC-08',
        ['fail', 'cannot_read'],
        'a desk and a machine hold seats',
        /frontdesk/i,
        /zapier/i,
      ),
      noPass('ACC-13', 'two seats are of nobody'),
      is('M365-17', 'fail', 'one leaver’s account is enabled'),
      says('M365-17', new RegExp(`${ended.name}|${ended.email}`), 'it is that of the temporary post'),
      silent('M365-17', twoPosts.email, 'who works here may sign in'),
      is('OPS-05', 'fail', 'nothing was done for two'),
      silent('OPS-05', back.email, 'nothing is due for who came back'),
      noPass('POL-03', 'a desk and a machine have acknowledged nothing'),
      noPass('M365-18', 'nothing was written down about devices'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
    ],
  );
}

const NAMES = [
  ['Καλλιόπη Παπαδοπούλου', 'k.papadopoulou'],
  ['Ольга Шевченко', 'o.shevchenko'],
  ['محمد الحسن', 'm.alhasan'],
  ['李 小龍', 'x.li'],
  ['Zoë Müller-Lüdenscheidt', 'z.mueller'],
  ['Nguyễn Thị Ánh', 'anh.nguyen'],
  ['Đorđe Đorđević', 'd.djordjevic'],
  ['שרה לוי', 's.levi'],
  ['अनिता शर्मा', 'a.sharma'],
  ['Jón Þór Ægisson', 'jon.thor'],
] as const;

/** Names in seven scripts; one address contains a look-alike letter of another script. */
function otherScripts() {
  const leads = staff(4);
  const people: Person[] = [
    ...leads,
    ...NAMES.map(([name, local], n) => ({ ...at(leads, 3), id: `s${n}`, name, email: `${local}@${DOMAIN}` })),
  ];
  const [greek, russian, arabic, , german, vietnamese, serbian] = people.slice(4) as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const deceiving = { ...serbian, name: 'Adele Abbott', email: `adele.abbott@te\u0430sel.example.org` };
  const { 'users.json': _, ...files } = peopleFiles(people);
  return outsideCase('names-in-seven-scripts')(
    {
      ...files,
      'members.csv': membersCsv([
        ...people.map((one) => ({ ...one, name: one.name.normalize('NFD') })),
        { ...deceiving, role: 'Owner' },
      ]),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Status', 'Last day'],
        ...people.map(
          (one) =>
            cells`${one.name}|${one === vietnamese ? '' : one.email.toUpperCase()}|${one === greek ? 'Left' : 'Active'}|${one === greek ? '2026-11-02' : one === arabic ? '٢٠٢٦-١١-٠٥' : ''}`,
        ),
      ]),
      'signed.csv': csv([
        ['Name', 'Document', 'Signed on'],
        ...people
          .filter((one) => one !== russian)
          .map((one) => [one.name.toUpperCase(), 'Claude policy v3', '2026-09-20']),
      ]),
    },
    [
      counts('members', 15, 'fourteen people and a stranger'),
      ...reported(
        'ACC-06',
        'fail',
        'one seat is on a domain that only looks like ours',
        /adele\.abbott@|xn--/,
      ),
      is('ACC-02', 'fail', 'three hold the role of an owner'),
      is('ACC-04', 'fail', 'an owner on a foreign domain is not approved'),
      is('ACC-05', 'fail', 'an owner is an outside account'),
      ...reported('ACC-07', 'fail', 'one has left', /Καλλι|k\.papadopoulou/i),
      silent('ACC-07', german.email, 'who works here is not accused'),
      silent('ACC-07', /o\.shevchenko/i, 'who works here is not accused'),
      unlisted('notOnRoster', german.email, 'capitals and composed letters make no stranger'),
      unlisted('notOnRoster', serbian.email, 'crossed letters make no stranger'),
      noPass('ACC-13', 'a stranger holds a seat'),
      noPass('OPS-05', 'nothing was done for the leaver'),
      ...reported('ACC-21', 'fail', 'one on the roster has no address', /Nguy/),
      ...reported('POL-03', 'fail', 'one has not signed', /Шевченко|o\.shevchenko/i),
      silent('POL-03', /Ægisson|jon\.thor/, 'who signed in capitals has signed'),
      silent('POL-03', /שרה|s\.levi/, 'who signed in Hebrew has signed'),
      is('ACC-18', 'pass', '15 of 60'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      noPass('M365-17', 'users of Entra were not given'),
    ],
    { profile: profile({ staffCount: 14 }) },
  );
}

export const outsidePeople = [manyKinds(), otherScripts()];
