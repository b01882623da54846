import { expect, it } from 'vitest';
import { importOne } from './support.ts';
import { row, type Sheet, workbook } from './workbook-builder.ts';

/** Hidden, merged and blank cells, as Excel writes them. */

const HEADING = row(1, ['Full name', 'Work email', 'Department', 'Status']);
const ADA = ['Ada Quist', 'ada@alder.example.org', 'Events', 'Active'];
const BO = ['Bo Roe', 'bo@alder.example.org', 'Events', 'Active'];
const data = (...rows: readonly string[]) => `<sheetData>${HEADING}${rows.join('')}</sheetData>`;
const staff = async (...sheets: readonly Sheet[]) => {
  const { report, readings } = await importOne('staff.xlsx', workbook(...sheets), {
    options: { map: [{ kind: 'roster', file: 'staff.xlsx' }] },
  });
  const rows = readings.roster?.flatMap((one) => one.rows) ?? [];
  return {
    people: rows.map(({ name, status }) => `${name} ${status}`),
    notes: report.notes.map(({ says }) => says),
  };
};

it('names hidden rows, columns and sheets, and reads them', async () => {
  const { people, notes } = await staff(
    {
      name: 'Staff',
      xml: `<cols><col min="3" max="4" hidden="1"/></cols>${data(row(2, ADA, ' hidden="1"'), row(3, BO))}`,
    },
    {
      name: 'More',
      state: 'veryHidden',
      xml: data(row(2, ['Cy Lin', 'cy@alder.example.org', 'Events', 'Active'])),
    },
  );
  expect(people).toEqual(['Ada Quist active', 'Bo Roe active', 'Cy Lin active']);
  expect(notes).toEqual(
    expect.arrayContaining([
      'A row of the sheet “Staff” is hidden, manually or by a filter, and was read like the others: 2.',
      'Columns of the sheet “Staff” are hidden and were read like the others: C to D.',
      'The sheet “More” is hidden in the workbook. It was read like the others. Delete it if it should not count.',
    ]),
  );
});

it('says nothing of hidden rows that are blank', async () => {
  const { notes } = await staff({
    name: 'Staff',
    xml: data(row(2, ADA), row(3, ['', '', '', ''], ' hidden="1"')),
  });
  expect(notes.filter((one) => one.includes('hidden'))).toEqual([]);
});

it('reads a cell merged downward for each of its rows, and none where a row holds nothing else', async () => {
  const [name = '', email = '', department = ''] = BO;
  const { people } = await staff({
    name: 'Staff',
    xml: `${data(row(2, ADA), row(3, [name, email, department, '']), row(4, ['', '', '', '']))}<mergeCells count="1"><mergeCell ref="D2:D5"/></mergeCells>`,
  });
  expect(people).toEqual(['Ada Quist active', 'Bo Roe active']);
});

it('reads a sheet that was formatted to its last row', async () => {
  const blank = Array.from(
    { length: 1_048_576 - 3 },
    (_, n) => `<row r="${n + 4}" ht="15" customHeight="1"/>`,
  );
  const { people } = await staff({ name: 'Staff', xml: data(row(2, ADA), row(3, BO), blank.join('')) });
  expect(people).toEqual(['Ada Quist active', 'Bo Roe active']);
});
