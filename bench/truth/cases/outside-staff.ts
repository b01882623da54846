import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { journal, peopleFiles } from '../documents.ts';
import { counts, file, is, lists, noPass, reported, says, silent, unlisted } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { connectorTable, memberTable } from '../tables.ts';
import { cells, csv, latin } from '../text.ts';

const role = (one: Person) => one.role;

/** Google Workspace instead of Microsoft 365, a Rippling roster with an announced leave, a shared Primary Owner. */
function googleWorkspace() {
  const people = staff(22);
  const [gone, announced, today, elsewhere] = [at(people, 18), at(people, 19), at(people, 20), at(people, 6)];
  const desk = `claude-admin@${DOMAIN}`;
  const seats = people.slice(1, 20);
  return outsideCase('google-workspace-and-rippling')(
    {
      'charter.yaml': peopleFiles(people)['charter.yaml'] ?? '',
      'journal.yaml': journal(people),
      'rippling_people.csv': csv([
        cells`Employee|Work email|Employment status|Department|Start date|End date|Employment type`,
        ...people.map((one) => [
          one.name,
          one.email,
          one === gone ? 'Terminated' : 'Active',
          one.department,
          'Mar 4, 2020',
          one === gone
            ? 'Oct 15, 2026'
            : one === announced
              ? 'Dec 31, 2026'
              : one === today
                ? 'Nov 24, 2026'
                : '',
          'Salaried, full-time',
        ]),
      ]),
      'members.csv': memberTable([
        ['Claude Admin', desk, 'Primary Owner', 'Standard', 'Active'],
        ...seats.map(
          (one) =>
            cells`${one.name}|${one === elsewhere ? 'gwen.gallardo@gmail.com' : one.email}|${role(one)}|Standard|Active`,
        ),
      ]),
      'User_Download_20112026_091522.csv': csv([
        cells`First Name [Required]|Last Name [Required]|Email Address [Required]|Password [Required]|Org Unit Path [Required]|Status [READ ONLY]|Last Sign In [READ ONLY]|2sv Enrolled [READ ONLY]`,
        ...people.map(
          (one) =>
            cells`${first(one)}|${last(one)}|${one.email}|****|/Staff/${one.department}|${one === at(people, 3) ? 'Suspended' : 'Active'}|2026/11/20 14:01:02|True`,
        ),
      ]),
      'login_logs.csv': csv([
        ['Date', 'Event name', 'Description', 'User', 'IP address', 'Login type', 'Is suspicious'],
        ...people.map(
          (one) =>
            cells`2026-11-19T22:01:02-05:00|Successful login|${one.name} logged in|${one.email}|198.51.100.20|Google password|false`,
        ),
      ]),
      'connectors.csv': connectorTable([
        ['Gmail', 'Search mail', 'Always allow'],
        ['Gmail', 'Send email', 'Always allow'],
        ['Gmail', 'All other actions', 'Blocked'],
        ['Google Drive', 'Search files', 'Always allow'],
        ['Google Drive', 'Delete file', 'Needs approval'],
        ['Google Drive', 'All other actions', 'Blocked'],
      ]),
    },
    [
      lists('leavers', [gone.email], 'one has left and holds a seat'),
      unlisted('leavers', announced.email, 'the leave is announced for December'),
      unlisted('leavers', today.email, 'who leaves today works here today'),
      is('ACC-07', 'fail', 'one has left'),
      silent('ACC-07', announced.email, 'an announced leave is no leaver'),
      ...reported('ACC-06', 'fail', 'one seat is at a mail provider', 'gwen.gallardo@gmail.com'),
      ...reported('ACC-05', 'fail', 'the Primary Owner is a shared mailbox', desk),
      is('ACC-08', ['fail', 'cannot_read'], 'whether the shared account is one person is asked'),
      lists('shared', [desk], 'one account is shared'),
      noPass('ACC-01', 'the account owner is not a named person'),
      is('ACC-04', 'fail', 'the Primary Owner is not the approved one'),
      ...reported('CON-10', 'fail', 'sending mail is open', /Send email/i, /Delete file/i),
      ...reported('CON-04', 'fail', 'two connectors are not in the charter', /Google Drive/),
      is('M365-09', ['not_licensed', 'not_applicable'], 'there is no Microsoft 365'),
      is('M365-06', ['not_licensed', 'not_applicable', 'cannot_read'], 'there is no Microsoft 365'),
      is('OPS-05', 'fail', 'nothing was done for the leaver'),
      silent('OPS-05', announced.email, 'nothing is overdue for who leaves in December'),
      noPass('VIS-10', 'a login log of Google is no sign-in to Claude'),
      noPass('M365-16', 'no sign-ins to Claude were given'),
      noPass('M365-17', 'there is no Entra'),
      noPass('SHA-03', 'no report of personal accounts was given'),
      noPass('POL-03', 'no acknowledgments were given'),
      file('login_logs.csv', ['not_placed', 'malformed'], 'Google’s log is nothing that is read'),
      file(
        'User_Download_20112026_091522.csv',
        ['not_placed', 'malformed', 'ignored'],
        'Google’s users are no roster and no members',
      ),
    ],
    { profile: profile({ m365: [], staffCount: 21 }) },
  );
}

/** A payroll report with titles, one department cell per block, subtotals and a footer, in Windows-1252. */
function adpAndJamf() {
  const people = staff(30);
  const [gone, onLeave, longGone] = [at(people, 12), at(people, 13), at(people, 14)];
  const line = (one: Person, department: string) =>
    csv([
      [
        `${last(one)}, ${first(one) === 'Cecile' ? 'Cécile' : first(one)}`,
        'Specialist',
        department,
        one === gone || one === longGone ? 'Terminated' : one === onLeave ? 'Leave' : 'Active',
        one.email,
        '02/11/2019',
        one === gone ? '10/09/2026' : one === longGone ? '06/30/2025' : '',
      ],
    ]);
  const departments = ['Membership', 'Events', 'Finance', 'Policy'];
  const adp = [
    'Employee Roster by Home Department,,,,,,\n',
    'Company Code: TGX,,,,,,\n',
    '"Report run 11/20/2026 08:14 AM",,,,,,\n',
    ',,,,,,\n',
    'Payroll Name,Job Title,Home Department,Position Status,Work Contact: Work Email,Hire Date,Termination Date\n',
    ...departments.flatMap((department) => {
      const those = people.filter((one) => one.department === department);
      return [
        ...those.map((one, n) => line(one, n === 0 ? department : '')),
        `Total for ${department},,,,,,${those.length}\n`,
      ];
    }),
    'Grand total: 30 associates,,,,,,\n',
    ',,,,,,\n',
    'Confidential - Teasel Guild payroll,,,,,,\n',
  ].join('');
  const { 'staff.csv': _, ...rest } = peopleFiles(people.filter((one) => one !== longGone));
  return outsideCase('adp-jumpcloud-and-jamf')(
    {
      ...rest,
      'ADP roster.csv': latin(adp),
      'jumpcloud-users.csv': csv([
        cells`username|email|firstname|lastname|state|activated|suspended|totp_enabled|password_expired|department`,
        ...people.map(
          (one) =>
            cells`${one.email.split('@')[0] ?? ''}|${one.email}|${first(one)}|${last(one)}|ACTIVATED|true|false|true|false|${one.department}`,
        ),
      ]),
      'jamf computers.csv': csv([
        cells`Computer Name|Serial Number|Full Name|Email Address|Department|FileVault 2 Status|Last Check-in`,
        ...people.map(
          (one, n) =>
            cells`MAC-${n}|C02X${1000 + n}|${one.name}|${one.email}|${one.department}|All Partitions Encrypted|2026-11-19 09:00`,
        ),
      ]),
    },
    [
      counts('staff', 28, 'thirty lines of people, of whom two have left'),
      counts('members', 29, 'all but one hold a seat'),
      lists('leavers', [gone.email], 'one left in October and holds a seat'),
      unlisted('leavers', onLeave.email, 'who is on leave is staff'),
      unlisted('leavers', longGone.email, 'who left before Claude came holds nothing'),
      lists('notOnRoster', [], 'everyone with a seat is on the roster'),
      ...reported('ACC-07', 'fail', 'one has left', new RegExp(`${gone.name}|${gone.email}`)),
      silent('ACC-07', /total for|grand total/i, 'a line of totals is nobody'),
      silent('ACC-13', /total for|grand total|confidential/i, 'a footer is nobody'),
      silent('ACC-21', /total for|grand total|confidential/i, 'a footer is nobody without an address'),
      is('ACC-21', 'pass', 'everyone on the roster has an address on the domain'),
      is('OPS-05', 'fail', 'nothing was done for the leaver'),
      silent('OPS-05', longGone.email, 'nothing was ever to be done for who left in 2025'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-04', 'pass', 'owners and admin are those of the charter'),
      is('ACC-18', 'pass', '29 of 60 seats are held'),
      is('M365-17', 'fail', 'the Entra account of the leaver is enabled'),
      says('M365-17', new RegExp(`${gone.name}|${gone.email}`), 'whose account it is'),
      noPass('M365-19', 'a list of Macs says nothing about compliance in Entra'),
      noPass('M365-10', 'a list of Macs is no Conditional Access'),
      noPass('ACC-14', 'users of a directory do not show that single sign-on is required'),
      noPass('ACC-15', 'users of a directory do not show sync'),
      file('ADP roster.csv', 'taken', 'the report is a roster'),
      file('jumpcloud-users.csv', ['not_placed', 'malformed', 'ignored'], 'a directory is no roster'),
      file('jamf computers.csv', ['not_placed', 'malformed', 'ignored'], 'computers are no people'),
    ],
  );
}

export const outsideStaff = [googleWorkspace(), adpAndJamf()];
