import { clientsOf, staff } from '../client.ts';
import { membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { counts, is, noPass, says } from '../model.ts';
import { csv } from '../text.ts';

const client = clientsOf('parts');
const people = staff(20);
const base = peopleFiles(people);

const MEMBER_CONTROLS = ['CLA-ACC-02', 'CLA-ACC-04', 'CLA-ACC-06', 'CLA-ACC-07', 'CLA-ACC-18', 'CLA-POL-03'];

const partOfMembers = (name: string, line: string, place: 'above' | 'below') =>
  client(`members-${name}`)(
    {
      ...base,
      'members.csv':
        place === 'above' ? `${line}\n\n${membersCsv(people)}` : `${membersCsv(people)}${line}\n`,
    },
    [
      ...MEMBER_CONTROLS.map((control) => noPass(control, `the file says that it is a part: ${line}`)),
      says('ACC-02', /part only|not the whole/i, 'that it is a part is said'),
    ],
  );

const wholeMembers = (name: string, line: string) =>
  client(`members-${name}`)({ ...base, 'members.csv': `${membersCsv(people)}${line}\n` }, [
    is('ACC-02', 'pass', `the file is whole: ${line}`),
    counts('members', 20, 'the line is nobody'),
  ]);

const withTotals = (name: string, cells: readonly string[]) =>
  client(`roster-${name}`)({ ...base, 'staff.csv': `${rosterCsv(people)}${csv([cells])}` }, [
    counts('staff', 20, 'a line of totals is nobody'),
    is('ACC-21', 'pass', 'a line of totals has no address to be missed'),
  ]);

/** Files that say that they are a page, a range or a filtered list, and lines with totals. */
export const partCases = [
  partOfMembers('showing-a-range', 'Showing 1-20 of 78', 'below'),
  partOfMembers('showing-so-many', '20 of 78 members', 'above'),
  partOfMembers('showing-n-of-m', 'Showing 20 of 78', 'below'),
  partOfMembers('n-of-m-shown', '20 of 78 shown', 'below'),
  partOfMembers('first-of-three-pages', 'Page 1 of 3', 'below'),
  partOfMembers('german-range', 'Einträge 1 bis 20 von 78', 'below'),
  partOfMembers('french-page', 'Page 1 sur 3', 'below'),
  partOfMembers('spanish-range', 'Mostrando 1 a 20 de 78', 'below'),
  partOfMembers('filtered-above', 'Filter: Department = Programs', 'above'),
  partOfMembers('filtered-with-a-colon', 'Filtered: Department = Programs', 'above'),
  partOfMembers('filtered-below', 'Applied filters: role is Owner', 'below'),
  wholeMembers('showing-all', 'Showing 1-20 of 20'),
  wholeMembers('showing-n-of-n', 'Showing 20 of 20'),
  wholeMembers('one-page', 'Page 1 of 1'),
  wholeMembers('without-a-filter', 'Filters: none'),
  client('roster-filtered')({ ...base, 'staff.csv': `Filter: Department = Programs\n${rosterCsv(people)}` }, [
    noPass('ACC-07', 'the roster lists one department'),
    noPass('OPS-05', 'leavers of other departments are not in it'),
  ]),
  withTotals('total-staff', ['Total staff', '20']),
  withTotals('gesamt-mitarbeiter', ['Gesamt Mitarbeiter', '20']),
  withTotals('headcount', ['Headcount: 20']),
];
