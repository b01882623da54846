import type { Person } from '../client.ts';
import { lists, never, noPasses, says, unlisted } from '../model.ts';
import { association, outsideCase } from '../outside.ts';
import { csv } from '../text.ts';

const DOMAIN = 'yarrow.example.org';
const client = association('Yarrow Institute', DOMAIN, 12);
const { people } = client;
const [, , , , elena, farid, gwen] = people as Person[];
const email = (one: Person | undefined) => one?.email ?? '';

/** A staff list in which one of twelve has a value in an additional column; no one has a last day. */
function listed(
  columns: readonly string[],
  usual: readonly string[],
  unlike: Readonly<Record<string, readonly string[]>>,
): string {
  return csv([
    ['Name', 'Work email', 'Hire date', ...columns],
    ...people.map((one) => [one.name, one.email, '2021-03-01', ...(unlike[one.email] ?? usual)]),
  ]);
}

/** Someone with a seat may have left: controls that depend on it do not pass, and no one is reported as a leaver. */
function open(name: string, staff: string, who: Person | undefined, text: string) {
  return outsideCase(name)(
    client.files({ 'staff.csv': staff }),
    [
      ...noPasses('somebody with a seat may have left', 'ACC-07 OPS-05'),
      never('ACC-07', ['fail'], 'nothing says for certain that the person left'),
      never('OPS-05', ['fail'], 'nothing says for certain that the person left'),
      says('ACC-07', text, 'the cell that leaves it open'),
      unlisted('leavers', email(who), 'nothing says for certain that the person left'),
    ],
    { profile: client.profile() },
  );
}

/** The same list with an additional column that says nothing about anyone leaving. */
function plain(name: string, staff: string) {
  return outsideCase(name)(
    client.files({ 'staff.csv': staff }),
    [
      lists('leavers', [], 'all twelve work here'),
      ...['ACC-07', 'OPS-05'].map((control) =>
        never(control, ['fail', 'cannot_read'], 'all twelve work here'),
      ),
    ],
    { profile: client.profile() },
  );
}

const ENDED = 'Termination date';

/** Staff lists of small offices and payroll that show departures outside the status column. */
export const outsideLeavingElsewhere = [
  open('no-hours', listed([ENDED, 'FTE'], ['', '1.0'], { [email(elena)]: ['', '0.00'] }), elena, 'FTE'),
  open(
    'email-disabled-left',
    listed(['Status', 'Email status'], ['Active', 'active'], {
      [email(farid)]: ['Active', 'disabled - left org'],
    }),
    farid,
    'disabled - left org',
  ),
  open(
    'terminated-with-a-last-day-ahead',
    listed(['Status', ENDED], ['Active', ''], { [email(gwen)]: ['Terminated', '2026-12-31'] }),
    gwen,
    'still to come',
  ),
  open(
    'letters-without-legend',
    listed([ENDED, 'Disp'], ['', 'A'], { [email(elena)]: ['', 'T'] }),
    elena,
    'Disp',
  ),
  open(
    'reason-for-leaving-beside-active',
    listed(['Status', 'Reason for leaving'], ['Active', ''], { [email(farid)]: ['Active', 'Voluntary'] }),
    farid,
    'Voluntary',
  ),
  plain(
    'no-hours-per-diem',
    listed([ENDED, 'FTE', 'Employment type'], ['', '1.0', 'Full-time'], {
      [email(elena)]: ['', '0', 'Per diem'],
    }),
  ),
  plain(
    'resigned-with-a-last-day-ahead',
    listed(['Status', ENDED], ['Active', ''], { [email(gwen)]: ['Resigned', '2026-12-31'] }),
  ),
  plain('shifts', listed([ENDED, 'Shift'], ['', 'A'], { [email(elena)]: ['', 'T'] })),
];
