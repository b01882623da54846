import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { charter, journal, membersCsv } from '../documents.ts';
import { counts, file, is, lists, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { accountTable, memberTable } from '../tables.ts';
import { cells, csv, yaml } from '../text.ts';

/** Two paid people; the board does the rest from private mailboxes. A ten-line charter and no journal. */
function boardRun() {
  const [director, assistant] = staff(2) as [Person, Person];
  const president = { name: 'Vivian Holloway', email: 'vivian.holloway@gmail.com' };
  const treasurer = { name: 'Marcus Pell', email: 'mpell1957@yahoo.com' };
  return outsideCase('society-run-by-its-board')(
    {
      'Board & staff.csv': csv([
        ['Name', 'Office', 'Email', 'Phone', 'Term ends'],
        [president.name, 'President', president.email, '555-0101', '2027-06-30'],
        ['Ida Renner', 'Secretary', 'ida.renner@outlook.com', '555-0102', '2027-06-30'],
        [treasurer.name, 'Treasurer (past)', treasurer.email, '555-0103', '2026-06-30'],
        [director.name, 'Executive Director', director.email, '555-0104', ''],
        [assistant.name, 'Assistant', assistant.email, '555-0105', ''],
      ]),
      'members.csv': memberTable([
        [president.name, president.email, 'Primary Owner', 'Standard', 'Active'],
        [director.name, director.email, 'Owner', 'Standard', 'Active'],
        [treasurer.name, treasurer.email, 'Admin', 'Standard', 'Active'],
        ['Office', `info@${DOMAIN}`, 'User', 'Standard', 'Active'],
        [assistant.name, assistant.email, 'User', 'Standard', 'Active'],
      ]),
      'charter.yaml': yaml({
        version: 1,
        inForceSince: '2026-09-01',
        approvedBy: [president.name],
        accountOwner: president.email,
        owners: [president.email, director.email],
        admins: [],
        ams: { name: 'Wild Apricot', methods: ['manual_upload'] },
        policy: { version: 'v1', published: '2026-09-20', contact: '', clauses: ['purpose'] },
      }),
      'minutes of 9 September.txt':
        'The board resolved that Claude may be used for newsletters. The Secretary will tell everybody.\n',
    },
    [
      counts('members', 5, 'five seats'),
      is('ACC-01', 'fail', 'the account owner has a private mailbox'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      ...reported('ACC-05', 'fail', 'the Primary Owner signs in with Gmail', president.email),
      ...reported('ACC-06', 'fail', 'two seats are on private addresses', treasurer.email),
      ...reported('ACC-04', 'fail', 'the charter approves no admin', /Marcus Pell|mpell1957/),
      is('ACC-18', 'pass', 'five of six'),
      file(
        'minutes of 9 September.txt',
        ['not_placed', 'malformed', 'proof'],
        'minutes are no file of Claude',
      ),
      noPass('ACC-03', 'nobody wrote how the account is regained'),
      noPass('ACC-07', 'the treasurer’s term has ended'),
      noPass('ACC-08', 'an office mailbox holds a seat'),
      noPass('ACC-21', 'three of five have no address here'),
      ...noPasses(
        'nothing of the organization was given',
        'ACC-10 ACC-11 ACC-12 ACC-14 ACC-15 ACC-17 ACC-19',
      ),
      ...noPasses(
        'nothing of connectors was written or given',
        'CON-01 CON-02 CON-03 CON-04 CON-05 CON-06 CON-09 CON-10 CON-11 CON-12 CON-14 CON-15 CON-16 CON-17 CON-18 CON-19 CON-25 CON-26 CON-28 CON-30 CON-31',
      ),
      is('CON-23', 'pass', 'lists are uploaded by hand, and nothing is integrated'),
      noPass('CON-32', 'lists are uploaded by hand, and the policy is silent on it'),
      ...noPasses('nothing is known of their mail system', 'M365-01 M365-09 M365-13 M365-15 M365-16 M365-17'),
      ...noPasses(
        'there is no journal',
        'OPS-01 OPS-03 OPS-04 OPS-05 OPS-06 OPS-07 OPS-08 OPS-09 OPS-12 OPS-13',
      ),
      noPass('OPS-02', 'nobody is named'),
      ...noPasses(
        'a policy of one clause that nobody acknowledged',
        'POL-02 POL-03 POL-04 POL-05 POL-06 POL-07 POL-08 POL-09',
      ),
      ...noPasses(
        'no report and no probe was given',
        'SHA-01 SHA-02 SHA-03 SHA-04 SHA-07 SHA-08 SHA-09 SHA-11',
      ),
      ...noPasses('nothing of use was given', 'VIS-01 VIS-02 VIS-03 VIS-08 VIS-13'),
    ],
    {
      profile: {
        name: 'Teasel Society',
        domains: [DOMAIN],
        claudePlan: 'team',
        claudeSeats: 6,
        staffCount: 2,
      },
    },
  );
}

/** Gusto has private addresses for most people; the accounts report is there twice. */
function payrollOfPrivateAddresses() {
  const people = staff(12);
  const gone = at(people, 8);
  const home = (one: Person) => `${first(one)}.${last(one)}@icloud.com`.toLowerCase();
  const pro = at(people, 4);
  const report = accountTable([
    ...people.map(({ email }) => [email, 'Team', 'Yes', '2026-09-15']),
    [pro.email, 'Pro', 'No', '2025-11-03'],
  ]);
  return outsideCase('payroll-with-private-addresses')(
    {
      'members.csv': membersCsv(people),
      'gusto employee summary.csv': csv([
        ['Last name', 'First name', 'Personal email', 'Work email', 'Employee status', 'Termination date'],
        ...people.map(
          (one, n) =>
            cells`${last(one)}|${first(one)}|${home(one)}|${n < 4 ? one.email : ''}|${one === gone ? 'Dismissed' : 'Active'}|${one === gone ? '10/30/2026' : ''}`,
        ),
      ]),
      'domain-memberships.csv': report,
      'domain-memberships (1).csv': report,
      'charter.yaml': charter(people, { seatsFor: 'everyone' }),
      'journal.yaml': journal(people),
    },
    [
      counts('members', 12, 'twelve seats'),
      counts('staff', 11, 'one was dismissed'),
      noPass('ACC-07', 'someone of the name of a seat was dismissed'),
      says('ACC-07', new RegExp(gone.name), 'who it is'),
      noPass('ACC-13', 'eight are matched by name alone'),
      noPass('ACC-21', 'the roster has no address here for eight'),
      noPass('OPS-05', 'nothing was written of the dismissal'),
      noPass('OPS-10', 'nothing was written of the projects'),
      noPass('CON-26', 'nothing was written of the connectors'),
      noPass('M365-17', 'no accounts were given'),
      noPass('M365-18', 'no device was taken out'),
      ...reported('SHA-03', 'fail', 'one personal account is open', pro.email),
      silent(
        'SHA-03',
        /\b2 personal accounts\b|\btwo personal accounts\b/i,
        'one report twice is one account',
      ),
      lists('personalAccounts', [pro.email], 'one personal account'),
      noPass('SHA-04', 'nobody was asked'),
      noPass('SHA-01', 'nothing shows that creation is restricted'),
      unlisted('personalAccounts', home(at(people, 6)), 'a private address of payroll is no account'),
      unlisted('notOnRoster', at(people, 1).email, 'the roster has the address'),
      silent('ACC-06', 'icloud.com', 'no seat is on a private address'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-18', 'pass', 'twelve of sixty'),
      is('SHA-02', 'pass', 'the report is of this month'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
    ],
    { profile: profile({ staffCount: 11, m365: 'business_basic_standard' }) },
  );
}

export const outsideSmall = [boardRun(), payrollOfPrivateAddresses()];
