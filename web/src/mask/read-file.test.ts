import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { FileProblem, readSheets } from './read-file.ts';

/** A workbook of sheets in this order, each with its rows in XML. */
function workbook(sheets: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook><sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at}"/>`)
      .join('')}</sheets></workbook>`,
    // The first sheet is the last file, as after sheets were moved in Excel.
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, at) => `<Relationship Id="r${at}" Target="worksheets/sheet${names.length - at}.xml"/>`)
      .join('')}</Relationships>`,
    ...more,
  };
  for (const [at, name] of names.entries())
    parts[`xl/worksheets/sheet${names.length - at}.xml`] =
      `<worksheet><sheetData>${sheets[name] ?? ''}</sheetData></worksheet>`;
  return new File(
    [zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])))],
    'members.xlsx',
  );
}

const typed = (cell: string, text: string) => `<c r="${cell}" t="inlineStr"><is><t>${text}</t></is></c>`;

function column(at: number): string {
  return (at >= 26 ? column(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
}

test('sheets have the names and order of Excel, and cells are as it shows them', async () => {
  const file = workbook(
    {
      Members: `<row r="1">${typed('A1', 'Name')}${typed('C1', 'SSN')}<c r="D1" t="s"><v>0</v></c></row><row r="4">${typed('A4', 'Ann &amp; Lee')}<c r="C4" s="1"><v>74572657</v></c><c r="D4" s="2"><v>44927</v></c></row>`,
      About: `<row r="1">${typed('A1', 'Made in June')}</row>`,
      Empty: '',
    },
    {
      'xl/sharedStrings.xml': '<sst><si><t>Joined</t></si></sst>',
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000\\-00\\-0000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
  );
  expect(await readSheets(file)).toEqual([
    {
      name: 'Members',
      rows: [
        ['Name', 'SSN', 'Joined'],
        ['Ann & Lee', '074-57-2657', '2023-01-01'],
      ],
    },
    { name: 'About', rows: [['Made in June']] },
  ]);
});

test('cells far to the right in every row take no more memory than others', async () => {
  const rows = Array.from(
    { length: 2_000 },
    (_, at) => `<row r="${at + 1}">${typed(`XFD${at + 1}`, 'x')}</row>`,
  );
  const [sheet] = await readSheets(workbook({ Members: rows.join('') }));
  expect(sheet?.rows).toHaveLength(2_000);
  expect(sheet?.rows.flat()).toHaveLength(2_000);
});

test('a table that would fill the memory is refused, in a workbook and in a text', async () => {
  const stairs = Array.from(
    { length: 9_000 },
    (_, at) => `<row r="${at + 1}">${typed(`${column(at)}${at + 1}`, 'x')}</row>`,
  );
  const refused = /too many cells/u;
  await expect(readSheets(workbook({ Members: stairs.join('') }))).rejects.toThrow(refused);
  const wide = `${','.repeat(100_000)}\n${'a,b\n'.repeat(1_000)}`;
  await expect(readSheets(new File([wide], 'members.csv'))).rejects.toThrow(refused);
});

test('a workbook with a part that is missing or damaged is not read as an empty one', async () => {
  const whole = new Uint8Array(
    await workbook({ Members: `<row>${typed('A1', 'Name')}</row>` }).arrayBuffer(),
  );
  await expect(readSheets(new File([whole.slice(0, -30)], 'members.xlsx'))).rejects.toThrow(FileProblem);
  const lost = zipSync({
    'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="Members" r:id="r0"/></sheets></workbook>'),
  });
  await expect(readSheets(new File([lost as Uint8Array<ArrayBuffer>], 'members.xlsx'))).rejects.toThrow(
    /cannot be read/u,
  );
});
