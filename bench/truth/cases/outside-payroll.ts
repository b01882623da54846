import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { charter, entraUsers, journal, offboarded } from '../documents.ts';
import { counts, is, lists, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

/** A payroll with its own words for leavers, signatures from an e-signature service, a manually kept list. */
function payroll() {
  const people = staff(20);
  const [retired, died, separated, resigned, coming] = [
    at(people, 1),
    at(people, 9),
    at(people, 12),
    at(people, 15),
    at(people, 17),
  ];
  const hired = { name: 'Nora Whitfield', email: `nora.whitfield@${DOMAIN}` };
  const [sent, declined, voided] = [at(people, 6), at(people, 7), at(people, 8)];
  const status = (one: Person) =>
    one === retired
      ? ['Retired', '10/30/2026', 'Retirement']
      : one === died
        ? ['Deceased', '11/02/2026', 'Death']
        : one === separated
          ? ['Separated', '11/06/2026', 'Reduction in force']
          : one === resigned
            ? ['Resigned', '', 'Voluntary']
            : one === coming
              ? ['Active', '12/18/2026', 'Voluntary - notice given']
              : ['Active', '', ''];
  const done = (one: Person, lastDay: string, more: object = {}) => ({
    ...offboarded(one.email, lastDay),
    ...more,
  });
  return outsideCase('a-payroll-and-its-words')(
    {
      'members.csv': memberTable([
        ...people.map((one) => [one.name, one.email, one.role, 'Standard', 'Active']),
      ]),
      'payroll register.csv': csv([
        cells`Employee|Work Email|Hire Date|Employment Status|Termination Date|Termination Reason`,
        ...people.map((one) => [`${last(one)}, ${first(one)}`, one.email, '03/04/2019', ...status(one)]),
        ['Whitfield, Nora', hired.email, '10/05/2026', 'Active', '', ''],
      ]),
      'users.json': entraUsers(people),
      'charter.yaml': charter(people, { seatsFor: 'everyone' }),
      'journal.yaml': journal(people, {
        offboardings: [
          done(retired, '2026-10-30'),
          done(separated, '2026-11-06', { projectsHandedOver: undefined }),
        ],
        trainings: [
          { on: '2026-10-01', topic: 'Claude', attended: people.slice(0, 4).map(({ email }) => email) },
        ],
      }),
      'envelope report.csv': csv([
        cells`Envelope Subject|Recipient Name|Recipient Email|Recipient Status|Sent On|Completed On`,
        ...people.map((one) => [
          'Please sign: Claude policy v3',
          one.name,
          one.email,
          one === sent ? 'Sent' : one === declined ? 'Declined' : one === voided ? 'Voided' : 'Completed',
          '9/14/2026',
          one === sent || one === declined || one === voided ? '' : '9/20/2026',
        ]),
      ]),
    },
    [
      counts('members', 20, 'twenty seats'),
      is('ACC-07', 'fail', 'four have left'),
      noPass('ACC-07', 'four have left'),
      lists(
        'leavers',
        [retired, died, separated, resigned].map(({ email }) => email),
        'four have left and hold seats',
      ),
      unlisted('leavers', coming.email, 'notice was given, and December has not come'),
      noPass('ACC-03', 'the second owner has retired'),
      noPass('OPS-02', 'the deputy has retired'),
      is('OPS-05', 'fail', 'seats that the journal calls removed are held'),
      noPass('OPS-10', 'projects of two were never handed over'),
      noPass('CON-26', 'whose connectors were removed is written for two of four'),
      is('M365-17', 'fail', 'all accounts in Entra are enabled'),
      says('M365-17', new RegExp(`${separated.name}|${separated.email}`), 'one of them is named'),
      noPass('M365-18', 'nothing was done for two'),
      ...reported('ACC-20', 'fail', 'the newcomer holds no seat', /Whitfield/),
      noPass('OPS-11', 'nothing was done for the newcomer'),
      noPass('OPS-12', 'four of twenty were trained'),
      ...reported('POL-03', 'fail', 'three did not sign', new RegExp(`${sent.name}|${sent.email}`)),
      says('POL-03', new RegExp(`${declined.name}|${declined.email}`), 'declined is not signed'),
      says('POL-03', new RegExp(`${voided.name}|${voided.email}`), 'voided is not signed'),
      silent('POL-03', at(people, 5).email, 'whoever completed it is not accused'),
      ...noPasses('three did not sign', 'POL-06 SHA-07'),
      is('ACC-01', 'pass', 'the account owner is the Primary Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      noPass('ACC-19', 'nothing shows how people join'),
    ],
    { profile: profile({ staffCount: 17 }) },
  );
}

/** A small society's single workbook, as its office manager built it. */
function tracker() {
  const people = staff(9);
  const former = at(people, 8);
  const removed = { name: 'Gil Moran', email: `gil.moran@${DOMAIN}` };
  const zoomed = at(people, 4);
  return outsideCase('one-workbook-for-everything')(
    {
      'Claude governance tracker.xlsx': workbook({
        'Read me': [['Claude governance tracker'], ['Owner: office manager'], ['Updated 11/23/2026']],
        Members: [
          ['Name', 'Email', 'Role', 'Seat Tier', 'Status'],
          ...people.map((one) => [one.name, one.email, one.role, 'Standard', 'Active']),
        ],
        'Removed seats': [
          ['Name', 'Email', 'Role', 'Removed on', 'Removed by'],
          [removed.name, removed.email, 'User', '2026-10-12', at(people, 2).name],
        ],
        'Current staff': [
          ['Full name', 'Work email', 'Department', 'Status', 'Last day'],
          ...people.slice(0, 8).map((one) => [one.name, one.email, one.department, 'Active', '']),
        ],
        'Former staff': [
          ['Full name', 'Work email', 'Department', 'Status', 'Last day'],
          [former.name, former.email, former.department, 'Left', '2026-11-06'],
          [removed.name, removed.email, 'Events', 'Left', '2026-10-09'],
        ],
        Signatures: [
          ['Full name', 'Work email', 'Document', 'Acknowledged on'],
          ...people
            .filter((one) => one !== zoomed)
            .map((one) => [one.name, one.email, 'Claude policy v3', '2026-09-20']),
        ],
        Connectors: [
          ['Connector', 'Action', 'Permission'],
          ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
          ['', 'Read email', 'Always allow'],
          ['', 'Send email', 'Needs approval'],
          ['', 'All other actions', 'Blocked'],
          ['Zoom', 'Search recordings', 'Always allow'],
          ['', 'Delete recording', ''],
          ['', 'All other actions', 'Blocked'],
        ],
      }),
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
    },
    [
      is('ACC-07', 'fail', 'one has left'),
      lists('leavers', [former.email], 'the one of two leavers that holds a seat'),
      counts('members', 9, 'nine seats; one was removed'),
      noPass('M365-17', 'users of Entra were not given'),
      is('OPS-05', 'fail', 'nothing was done for two leavers'),
      noPass('OPS-10', 'nobody handed projects over'),
      noPass('CON-26', 'nothing shows whose connectors were removed'),
      ...reported('POL-03', 'fail', 'one has not signed', new RegExp(`${zoomed.name}|${zoomed.email}`)),
      ...reported('CON-04', 'fail', 'Zoom is not in the charter', 'Zoom'),
      noPass('CON-06', 'deleting a recording has no state'),
      noPass('CON-09', 'sending is wider than the charter'),
      noPass('CON-10', 'sending is not blocked'),
      noPass('CON-12', 'Zoom is always allowed without a reason'),
      noPass('CON-14', 'one table shows no changes'),
      noPass('ACC-10', 'no DNS answer was given'),
      noPass('SHA-03', 'no report was given'),
      noPass('M365-18', 'nothing was done for two leavers'),
      noPass('VIS-01', 'no use was given'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
    ],
    { profile: profile({ staffCount: 8 }) },
  );
}

export const outsidePayroll = [payroll(), tracker()];
