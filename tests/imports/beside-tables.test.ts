import { expect, it } from 'vitest';
import { csv, importOne } from './support.ts';

/** A second list of people to the right of the first, as offices keep them on one sheet. */

const at = (name: string) => `${name}@alder.example.org`;
const STAFF = [
  'Employee,Work email,Start date,Status',
  `Ada Quist,${at('ada')},1/5/2019,Active`,
  `Ben Rook,${at('ben')},3/14/2020,Active`,
] as const;
const besides = (left: readonly string[], ...right: readonly string[]) =>
  csv(...left.map((line, row) => `${line},,${right[row] ?? right[0]?.replaceAll(/[^,]/g, '')}`));

const staff = async (...right: readonly string[]) => {
  const { report, readings } = await importOne('Staff roster.csv', besides(STAFF, ...right));
  const [reading] = readings.roster ?? [];
  return {
    notes: report.notes.map(({ says }) => says).join(' '),
    complete: reading?.complete,
    people: reading?.rows.map(({ name, status, endsOn }) => [name, status, endsOn]),
  };
};
const BOTH = [
  ['Ada Quist', 'active', null],
  ['Ben Rook', 'active', null],
];

it.each([
  ['of former staff', ['Former employee,Email,Left on', `Lou Chen,${at('lou')},10/30/2026`]],
  ['of contractors', ['Contractor,Contractor email', `Lou Chen,${at('lou')}`, `Kim Osei,${at('kim')}`]],
  ['with the same headings', ['Employee,Work email,Status', `Lou Chen,${at('lou')},Terminated`]],
])('%s makes the list a part and is named', async (_, right) => {
  const read = await staff(...right);
  expect(read).toMatchObject({ complete: false, people: BOTH });
  expect(read.notes).toContain(`is a second one (“${right[0]?.split(',')[0]}”, “`);
});

it.each([
  ['a summary', ['Headcount,2', 'On leave,0']],
  ['the address of each manager', ['Manager email,Department', `${at('lou')},Office`, `${at('lou')},Office`]],
  ['further columns', ['Department,Title', 'Office,Clerk', 'Office,Director']],
])('%s behind an empty column is none', async (_, right) => {
  expect(await staff(...right)).toMatchObject({ complete: true, people: BOTH });
});

it('of invitations gives the members no day, and may hold an address elsewhere', async () => {
  const members = [
    'Name,Email,Role,Seat tier,Status',
    `Ada Quist,${at('ada')},Primary Owner,Standard,Active`,
    `Ben Rook,${at('ben')},User,Standard,Active`,
  ];
  const invitations = ['Pending invitation,Invited on', 'ex@gmail.com,11/2/2026', `${at('lou')},11/14/2026`];
  const { readings } = await importOne('Claude members.csv', besides(members, ...invitations));
  expect(readings.members).toMatchObject([{ complete: false, rows: [{ addedOn: null }, { addedOn: null }] }]);
});
