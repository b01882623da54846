import {
  counts,
  file,
  is,
  lists,
  never,
  noPasses,
  nowhere,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { acknowledgementTable, memberTable, staffTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const DOMAIN = 'yarrow.example.org';
const client = association('Yarrow League', DOMAIN, 10);
const { people } = client;
const left = at(people, 7);
const BOM = '\uFEFF';

/** Two concatenated exports, with a second byte order mark and header row in the middle. */
const joined = (table: (rows: string[][]) => string, rows: string[][], cut: number) =>
  `${BOM}${table(rows.slice(0, cut))}${BOM}${table(rows.slice(cut))}`;
const memberRows = people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']);

export const outsideLocales = [
  spreadsheets('numbers', (day) => `${day.replaceAll('-', '. ')}.`, true),
  spreadsheets('sheets', (day) => {
    const [year, month, date] = day.split('-').map(Number);
    return `${month}/${date}/${year} 3:05:00 PM`;
  }),
  spreadsheets('libreoffice', (day) => {
    const [year, month, date] = day.split('-');
    return `${date}.${month}.${year?.slice(2)} 15:05`;
  }),

  // Dates as ISO weeks and times without a zone, in lists without problems.
  outsideCase('days-written-as-weeks')(
    client.files({
      'staff.csv': staffTable(
        people.map(
          ({ name, email, department }) =>
            cells`${name}|${email}|${department}||${email === left.email ? '2026-W44-5' : ''}`,
        ),
      ),
      'acknowledged.csv': acknowledgementTable(
        people.map(({ name, email }) => [name, email, 'Claude policy v3', '2026-W39-2']),
      ),
    }),
    [
      counts('members', 10, 'ten seats'),
      is('ACC-07', ['fail', 'cannot_read'], 'Friday of week 44 is 30 October'),
      is('OPS-05', ['fail', 'cannot_read'], 'Friday of week 44 is 30 October'),
      is('POL-03', ['pass', 'cannot_read'], 'all have, in week 39'),
      file('staff.csv', 'taken', 'a roster', /W44/),
      ...noPasses('one left in week 44', 'ACC-07 OPS-05'),
      never('POL-03', ['fail'], 'all have acknowledged'),
      ...people.filter((one) => one !== left).map(({ email }) => unlisted('leavers', email, 'works here')),
      ...onlyGiven('members', 'acknowledgments', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
];

/** The same client saved by three programs: dates with spaces, with a 12-hour clock, with two-digit years. */
function spreadsheets(program: string, write: (day: string) => string, semicolons = false) {
  const form = semicolons ? { separator: ';' } : {};
  const acknowledged = people.filter((_, n) => n !== 5);
  return outsideCase(`saved-by-${program}`)(
    client.files({
      'members.csv': joined((rows) => memberTable(rows), memberRows, 4),
      'staff.csv': csv(
        [
          ['Full name', 'Work email', 'Department', 'Status', 'Start date', 'Last day', 'FTE'],
          ...people.map(
            ({ name, email, department }) =>
              cells`${name}|${email}|${department}|${email === left.email ? 'Left' : 'Active'}|${write('2023-05-17')}|${email === left.email ? write('2026-10-30') : ''}|${semicolons ? '0,8' : '0.8'}`,
          ),
        ],
        form,
      ),
      'acknowledged.csv': csv(
        [
          ['Full name', 'Work email', 'Document', 'Acknowledged on'],
          ...acknowledged.map(
            ({ name, email }, n) =>
              cells`${name}|${email}|${n === 2 ? 'Claude policy v2' : 'Claude policy v3'}|${write(n === 2 ? '2026-04-13' : '2026-09-22')}`,
          ),
        ],
        form,
      ),
    }),
    [
      counts('members', 10, 'the second line of headings is nobody'),
      counts('staff', 9, 'ten, of whom one left'),
      lists('leavers', [left.email], 'left on 30 October with a seat'),
      ...reported('ACC-07', 'fail', 'one who left holds a seat', left.name),
      is('OPS-05', 'fail', 'the seat is overdue'),
      ...reported('POL-03', 'fail', 'one has acknowledged nothing, one an older version', at(people, 5).name),
      says('POL-03', at(people, 2).name, 'who acknowledged an older version'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'all at our domain'),
      file('members.csv', 'taken', 'two exports in one file'),
      file('staff.csv', 'taken', 'a roster'),
      file('acknowledged.csv', 'taken', 'acknowledgments'),
      noPasses('one who left holds a seat', 'ACC-07 OPS-05 OPS-10'),
      noPasses('two have not acknowledged the policy', 'POL-03'),
      never('POL-06', ['pass'], 'two have not acknowledged the policy'),
      silent('POL-03', at(people, 6).name, 'acknowledged'),
      silent('POL-03', at(people, 1).name, 'acknowledged'),
      unlisted('notOnRoster', 'Email', 'a heading'),
      unlisted('notOnRoster', 'email', 'a heading'),
      nowhere(/\uFEFF/, 'the mark is no text'),
      nowhere(/"email":\s*"(e-?mail|work email)"/i, 'a heading is nobody'),
      ...people
        .filter((one) => one !== left)
        .flatMap(({ email }) => [
          unlisted('leavers', email, 'works here'),
          silent('OPS-05', email, 'works here'),
        ]),
      ...onlyGiven('members', 'acknowledgments', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile({ staffCount: 9 }) },
  );
}
