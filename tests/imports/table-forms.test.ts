import { describe, expect, it } from 'vitest';
import { importOne } from './support.ts';
import { csvOf, gridOf, TABLES, type TestTable } from './tables.ts';
import { type Packed, sheetRows, workbook, zip } from './zip-builder.ts';

const forKinds = TABLES.map((table) => [table.kind, table] as const);

/** The rows read from a file, without their positions, which may differ by format. */
async function rowsOf(table: TestTable, name: string, content: string | Buffer): Promise<readonly unknown[]> {
  const imported = await importOne(name, content);
  const report = imported.files.find(({ kind }) => kind === table.kind);
  expect(report?.problem ?? 'nothing of the kind').toBe('nothing of the kind');
  const rows = imported.readings[table.kind]?.[0]?.rows ?? [];
  return rows.map((row) => ({ ...row, file: '', row: 0 }));
}

const LOGIN =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action="/login"><input name="email"><input type="password"></form></body></html>\n';

/** Formats in which people save a table, by name. */
const FORMS: Readonly<Record<string, (grid: readonly (readonly string[])[]) => string | Buffer>> = {
  semicolons: (grid) => csvOf(grid, ';'),
  tabs: (grid) => csvOf(grid, '\t'),
  'a byte order mark': (grid) => `\ufeff${csvOf(grid)}`,
  'UTF-16': (grid) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csvOf(grid, '\t'), 'utf16le')]),
  'UTF-16 without a mark': (grid) => Buffer.from(csvOf(grid), 'utf16le'),
  'Windows-1252': (grid) => Buffer.from(csvOf(grid), 'latin1'),
  'carriage returns': (grid) => csvOf(grid).replaceAll('\n', '\r\n'),
  'a title above the headings': (grid) => `Alder Society,,\nExport of the console,,\n,,\n${csvOf(grid)}`,
};

describe.each(forKinds)('the %s', (kind, table) => {
  const plain = rowsOf(table, table.name, csvOf(gridOf(table)));

  it.each(Object.entries(FORMS))('is read with %s', async (_, form) => {
    expect(await rowsOf(table, table.name, form(gridOf(table)))).toEqual(await plain);
  });

  it('is read from a workbook, with a title block and a sheet of notes', async () => {
    const book = workbook(sheetRows(['Alder Society'], [''], ...gridOf(table)));
    const name = table.name.replace('.csv', '.xlsx');
    const rows = await rowsOf(table, name, book);
    expect(rows).toHaveLength((await plain).length);
  });

  it('is read from an archive of twenty files', async () => {
    const others: Packed[] = Array.from({ length: 19 }, (_, index) => ({
      name: `notes/${index}.txt`,
      content: `Note ${index}: call the printer.\n`,
    }));
    const imported = await importOne(
      'everything.zip',
      zip([...others.slice(0, 9), { name: table.name, content: csvOf(gridOf(table)) }, ...others.slice(9)]),
    );
    expect(imported.files).toHaveLength(20);
    expect(imported.readings[kind]?.[0]?.rows).toHaveLength((await plain).length);
    for (const { outcome, problem } of imported.files)
      if (outcome === 'not_placed') expect(problem).toMatch(/does not recognize/);
  });

  const [heading = [], ...rows] = gridOf(table);
  const BROKEN: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['empty', '', /empty/i],
    ['of blanks', '\n\n , , \n', /empty|heading/i],
    [
      'of headings only',
      csvOf([heading]),
      /Nothing was imported|only (?:its )?headings|no event|names no one/i,
    ],
    [
      'ragged',
      `${csvOf([heading, ...rows])}${heading.map(() => 'x').join(',')},y,z\n`,
      /Row \d+: The row has \d+ cells/,
    ],
    ['a sign-in page', LOGIN, /web page|sign-in/i],
    ['an answer in JSON', '{"error":{"type":"permission_error","message":"no"}}', /./],
    [
      'another table',
      csvOf([
        ['Color', 'Size'],
        ['red', '9'],
        ['blue', '8'],
      ]),
      /No column is known/,
    ],
    ['cut in a quotation', `${csvOf([heading, ...rows])}"cut`, /never closed/],
  ];
  it.each(BROKEN)('is refused in words that help where it is %s', async (_, content, says) => {
    const { report, readings } = await importOne(table.name, content, {
      options: { map: [{ kind, file: table.name }] },
    });
    // A spend report without rows is a month without extra usage: it is accepted with a note, and proves nothing.
    if (kind === 'usage' && report.outcome === 'taken') {
      expect(report.notes.map((note) => note.says).join(' ')).toContain('headings and no lines');
      return;
    }
    expect(report.outcome).toBe('malformed');
    expect(report.problem).toMatch(says);
    expect(report.problem).not.toMatch(/\n|undefined|null\b|\[object|Error:/);
    expect((report.problem ?? '').length).toBeLessThan(600);
    expect(readings).toEqual({});
  });
});

describe('a heading in two rows', () => {
  const people = async (rows: readonly (readonly string[])[], book: boolean) => {
    const { readings } = book
      ? await importOne('staff.xlsx', workbook(sheetRows(...rows)))
      : await importOne('staff.csv', csvOf(rows));
    return readings.roster?.[0]?.rows.map(({ name, emails, status, endsOn }) => [
      name,
      ...emails,
      status,
      endsOn,
    ]);
  };
  const ADA = ['Ada Quist', 'ada@alder.example.org', 'active', null];
  const BO = ['Bo Roe', 'bo@alder.example.org', 'active', '2026-03-01'];
  const rows = (...heading: readonly (readonly string[])[]) => [
    ...heading,
    ['Quist', 'Ada', 'ada@alder.example.org', '2020-01-01', '', 'Active'],
    ['Roe', 'Bo', 'bo@alder.example.org', '2020-01-01', '2026-03-01', 'Active'],
  ];

  it.each<readonly [string, readonly (readonly string[])[]]>([
    [
      'merged cells',
      [
        ['Name', '', 'Email', 'Employment', '', 'Status'],
        ['Last', 'First', '', 'Start', 'End', ''],
      ],
    ],
    [
      'cells filled down',
      [
        ['Employee', 'Employee', 'Email', 'Employment', 'Employment', 'Status'],
        ['Last name', 'First name', 'Email', 'Start', 'End', 'Status'],
      ],
    ],
    [
      'few groups over many columns',
      [
        ['Person', '', '', '', '', 'Status'],
        ['Last', 'First', 'Email', 'Start date', 'End date', ''],
      ],
    ],
    [
      'another language',
      [
        ['Name', '', 'E-Mail', 'Beschäftigung', '', 'Status'],
        ['Nachname', 'Vorname', '', 'Eintritt', 'Austritt', ''],
      ],
    ],
  ])('is read with %s', async (_, heading) => {
    for (const book of [false, true]) expect(await people(rows(...heading), book)).toEqual([ADA, BO]);
  });

  it('tells whose columns are called the same, and takes no person for a heading', async () => {
    const managed = await people(
      [
        ['Employee', '', 'Manager', '', 'Status'],
        ['Name', 'Email', 'Name', 'Email', ''],
        ['Ada Quist', 'ada@alder.example.org', 'Cy Lin', 'cy@alder.example.org', 'Active'],
        ['Bo Roe', 'bo@alder.example.org', 'Cy Lin', 'cy@alder.example.org', 'Active'],
      ],
      false,
    );
    expect(managed).toEqual([ADA, [...BO.slice(0, 3), null]]);
    const unnamed = await people(
      [
        ['Name', '', 'Email', 'Status'],
        ['Quist', 'Ada', '', 'Active'],
        ['Roe', 'Bo', '', 'Active'],
      ],
      false,
    );
    expect(unnamed).toHaveLength(2);
  });
});
