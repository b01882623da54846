import { AS_OF, clientsOf, type Person, staff } from '../client.ts';
import { peopleFiles, rosterCsv } from '../documents.ts';
import {
  counts,
  file,
  is,
  lists,
  noPass,
  noPasses,
  notCalledAbsent,
  reported,
  says,
  unlisted,
} from '../model.ts';
import { cells, csv, latin, plus, serial, utf16 } from '../text.ts';

const client = clientsOf('roster');
const people = staff(20);
const leaver = people[11] as Person;
const other = people[12] as Person;
const base = peopleFiles(people);

function roster(
  headings: readonly string[],
  row: (person: Person) => readonly (string | number)[],
  options: { separator?: string } = {},
): string {
  return csv([headings, ...people.map(row)], options);
}

function withRoster(text: string | Uint8Array, name = 'staff.csv') {
  const { 'staff.csv': _, ...rest } = base;
  return { ...rest, [name]: text };
}
const rosterOf = (...args: Parameters<typeof roster>) => withRoster(roster(...args));

const seatOfLeaver = [
  ...reported('ACC-07', 'fail', 'a person who has left holds a seat', leaver.name),
  is('M365-17', 'fail', 'the Entra account of the leaver is still enabled'),
  noPass('OPS-05', 'nothing was done for a leaver'),
];

/** It is unknown who has left, and every control that depends on it has to say so. */
const nobodyKnows = [
  noPass('ACC-07', 'who works here is not known'),
  ...noPasses('who has left is not known', 'M365-17 OPS-05 CON-26'),
  is('ACC-07', 'cannot_read', 'the roster says of nobody whether they work here'),
];

export const rosterCases = [
  client('in-order')(base, [
    is('ACC-07', 'pass', 'everyone with a seat works here'),
    is('ACC-13', 'pass', 'everyone with a seat is one person of the roster'),
    counts('staff', 20, 'twenty people work here'),
    counts('members', 20, 'twenty people hold a seat'),
    lists('leavers', [], 'nobody has left'),
  ]),
  client('no-last-day-no-status')(
    rosterOf(['Full name', 'Work email', 'Department'], (one) => [one.name, one.email, one.department]),
    nobodyKnows,
  ),
  client('status-of-codes')(
    rosterOf(
      ['Full name', 'Work email', 'Status'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? 'Q7' : 'A3'}`,
    ),
    nobodyKnows,
  ),
  client('status-empty')(
    rosterOf(['Full name', 'Work email', 'Status', 'Last day'], (one) => [one.name, one.email, '', '']),
    [noPass('OPS-05', 'no status is stated for anyone')],
  ),
  client('one-unreadable-status')(
    rosterOf(
      ['Full name', 'Work email', 'Status'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? 'see note' : 'Active'}`,
    ),
    [
      noPass('ACC-07', 'of one seat holder it is not known whether they work here'),
      says('ACC-07', leaver.name, 'the person whose status cannot be read is named'),
    ],
  ),
  client('unreadable-last-day')(
    rosterOf(
      ['Full name', 'Work email', 'Last day'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? 'end of summer' : ''}`,
    ),
    [
      noPass('ACC-07', 'a last day was written that nobody can read'),
      says('ACC-07', leaver.name, 'the person whose last day cannot be read is named'),
      file('staff.csv', 'taken', 'the cell that is no date is named', /end of summer/),
    ],
  ),
  client('excel-serial-days')(
    rosterOf(
      ['Full name', 'Work email', 'Last day'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? serial('2026-10-13') : ''}`,
    ),
    seatOfLeaver,
  ),
  client('excel-serial-days-and-hours')(
    rosterOf(['Full name', 'Work email', 'Last day'], (one) => [
      one.name,
      one.email,
      one === leaver ? `${serial('2026-10-13')}.70833` : '',
    ]),
    seatOfLeaver,
  ),
  client('impossible-last-day')(
    rosterOf(
      ['Full name', 'Work email', 'Last day'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? '2026-13-45' : ''}`,
    ),
    [noPass('ACC-07', 'a last day was written that does not exist')],
  ),
  client('active-yes-no')(
    rosterOf(
      ['Full name', 'Work email', 'Active'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? 'No' : 'Yes'}`,
    ),
    seatOfLeaver,
  ),
  client('terminated-column')(
    rosterOf(
      ['Employee', 'Email address', 'Termination date'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? '10/13/2026' : ''}`,
    ),
    seatOfLeaver,
  ),
  client('on-leave-is-staff')(
    rosterOf(
      ['Full name', 'Work email', 'Status'],
      (one) => cells`${one.name}|${one.email}|${one === leaver ? 'On leave' : 'Active'}`,
    ),
    [
      is('ACC-07', 'pass', 'who is on leave still works here'),
      unlisted('leavers', leaver.email, 'who is on leave has not left'),
    ],
  ),
  client('utf-16')(withRoster(utf16(rosterCsv(people, { [leaver.email]: '2026-10-13' }))), seatOfLeaver),
  client('windows-1252')(
    withRoster(
      latin(
        roster(
          ['Prénom et nom', 'Adresse e-mail', 'Dernier jour'],
          (one) => [one.name, one.email, one === leaver ? '13/10/2026' : ''],
          { separator: ';' },
        ),
      ),
    ),
    seatOfLeaver,
  ),
  client('login-page-saved-as-csv')(
    withRoster(
      '<!DOCTYPE html>\n<html><head><title>Sign in to your account</title></head>\n<body><form action="/login"><input name="user"></form></body></html>\n',
    ),
    [
      is('ACC-07', 'cannot_read', 'there is no roster'),
      file(
        'staff.csv',
        ['malformed', 'not_placed'],
        'a sign-in page is said to be one',
        /web page|sign-in page|login page|HTML/i,
      ),
    ],
  ),
  client('nul-bytes')(withRoster(rosterCsv(people).replace('Membership', 'Member\u0000ship')), [
    noPass('ACC-07', 'the roster holds bytes of no text'),
    file('staff.csv', 'malformed', 'NUL is refused with the reason', /NUL/i),
    notCalledAbsent('roster', 'a roster was given and refused'),
  ]),
  client('ragged')(
    withRoster(
      rosterCsv(people, { [leaver.email]: '2026-10-13' }).replace(
        `${leaver.name},${leaver.email},`,
        `${leaver.name},surplus,${leaver.email},`,
      ),
    ),
    [noPass('ACC-07', 'one row has more fields than the heading, and that row is the leaver')],
  ),
  client('heading-only')(withRoster('Full name,Work email,Status,Last day\n'), [
    is('ACC-07', 'cannot_read', 'a roster that lists nobody tells nothing'),
    file('staff.csv', ['malformed', 'not_placed'], 'a roster that lists nobody is refused'),
    notCalledAbsent('roster', 'a roster was given and refused'),
  ]),
  client('hostile-cells')(
    rosterOf(['Full name', 'Work email', 'Department', 'Status', 'Last day'], (one) => [
      one.name,
      one.email,
      one === other
        ? '=HYPERLINK("http://evil.example","x")'
        : one === leaver
          ? '<script>alert(1)</script>'
          : 'Events\u202E',
      one === leaver ? 'Left' : 'Active',
      one === leaver ? '2026-10-13' : '',
    ]),
    seatOfLeaver,
  ),
  client('two-rosters-of-one-day')(
    {
      ...base,
      'staff.csv': rosterCsv(people),
      'staff second.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
    },
    [noPass('ACC-07', 'one of two rosters of the same day says that a seat holder has left')],
    { saved: { 'staff.csv': '2026-11-23', 'staff second.csv': '2026-11-23' } },
  ),
  client('old-roster')(
    withRoster(rosterCsv(people)),
    [
      noPass('ACC-07', 'the roster is three months old'),
      is('ACC-07', 'cannot_read', 'the roster is three months old'),
    ],
    { saved: { 'staff.csv': plus(AS_OF, -92) } },
  ),
];
