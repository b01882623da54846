import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readFileText } from './read.ts';

const SSN = '433-85-6478';

const packed = (parts: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

/** A workbook of one sheet with these rows. `after`: what follows its cells; `more`: further parts. */
const workbook = (rows: string, more: Readonly<Record<string, string>> = {}, after = '') =>
  packed({
    'xl/workbook.xml': '<workbook><sheets><sheet name="A" sheetId="1"/></sheets></workbook>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
    ...more,
  });
const ONE = '<row r="1"><c r="A1"><v>1</v></c></row>';
const SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
const DOCUMENT = { 'word/document.xml': '<w:p>Hi</w:p>' };
const SLIDES = { 'ppt/presentation.xml': '<p/>' };

/** A place in a file, a file with a number there, and what is read of it. */
const PLACES: readonly (readonly [string, string, string | Uint8Array, string])[] = [
  ['comment', 'a.html', `<html><!-- SSN ${SSN} --></html>`, SSN],
  ['value without quotes', 'a.html', `<html><input value=${SSN}></html>`, SSN],
  ['dash as an entity', 'a.html', '<html>SSN 433&ndash;85&ndash;6478</html>', SSN],
  ['literal section', 'a.xml', `<?xml version="1.0"?><a><![CDATA[SSN ${SSN}]]></a>`, SSN],
  ['name of an element', 'a.xml', '<?xml version="1.0"?><a><SSN>433856478</SSN></a>', 'SSN>433856478'],
  ['character without a replacement', 'a.rtf', `{\\rtf1\\ansi\\uc0 SSN \\u8211 ${SSN}}`, SSN],
  ['text box', 'a.rtf', `{\\rtf1 Hi {\\shp{\\*\\shpinst{\\shptxt SSN ${SSN}\\par}}}}`, SSN],
  ['comment', 'a.rtf', `{\\rtf1 Hi {\\*\\annotation SSN ${SSN}}}`, SSN],
  [
    'main part of another name',
    'a.docx',
    packed({ 'word/document2.xml': `<w:p><w:t>${SSN}</w:t></w:p>` }),
    SSN,
  ],
  ['literal section', 'a.docx', packed({ 'word/document.xml': `<w:t><![CDATA[${SSN}]]></w:t>` }), SSN],
  [
    'properties',
    'a.docx',
    packed({ ...DOCUMENT, 'docProps/core.xml': `<cp:x><dc:description>${SSN}</dc:description></cp:x>` }),
    SSN,
  ],
  ['chunk in HTML', 'a.docx', packed({ ...DOCUMENT, 'word/afchunk.htm': `<html>${SSN}</html>` }), SSN],
  [
    'link',
    'a.docx',
    packed({
      ...DOCUMENT,
      'word/_rels/document.xml.rels': `<Relationships><Relationship Target="https://a.example/?ssn=${SSN}" TargetMode="External"/></Relationships>`,
    }),
    SSN,
  ],
  [
    'description of a picture',
    'a.docx',
    packed({ 'word/document.xml': `<w:p><wp:docPr id="1" descr="SSN ${SSN}"/></w:p>` }),
    SSN,
  ],
  ['diagram', 'a.pptx', packed({ ...SLIDES, 'ppt/diagrams/data1.xml': `<a:p><a:t>${SSN}</a:t></a:p>` }), SSN],
  ['chart', 'a.pptx', packed({ ...SLIDES, 'ppt/charts/chart1.xml': `<c:v>SSN ${SSN}</c:v>` }), SSN],
  [
    'comment',
    'a.xlsx',
    workbook(ONE, { 'xl/comments/comment1.xml': `<comments><t>${SSN}</t></comments>` }),
    SSN,
  ],
  [
    'format of Social Security numbers',
    'a.xlsx',
    workbook('<row r="1"><c r="A1" s="0"><v>33856478</v></c></row>', {
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000\\-00\\-0000"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>',
    }),
    '033-85-6478',
  ],
  [
    'text in the cell',
    'a.xlsx',
    workbook(`<row r="1"><c r="A1" t="inlineStr"><is><t>SSN ${SSN}</t></is></c></row>`),
    SSN,
  ],
  [
    'literal section',
    'a.xlsx',
    workbook(`<row r="1"><c r="A1" t="str"><v><![CDATA[<${SSN}>]]></v></c></row>`),
    `<${SSN}>`,
  ],
  [
    'shared text',
    'a.xlsx',
    workbook(SHARED, {
      'xl/SharedStrings.xml': `<sst><si><r><t>433-</t></r><r><t>85-6478</t></r></si></sst>`,
    }),
    SSN,
  ],
  [
    'shared text of a deleted cell',
    'a.xlsx',
    workbook(ONE, { 'xl/sharedStrings.xml': `<sst><si><t>${SSN}</t></si></sst>` }),
    SSN,
  ],
  [
    'formula',
    'a.xlsx',
    workbook('<row r="1"><c r="A1"><f>IF(B1,433856478)</f><v>0</v></c></row>'),
    '433856478',
  ],
  [
    'connection',
    'a.xlsx',
    workbook(ONE, {
      'xl/connections.xml': `<connections><connection connection="Password=${SSN}"/></connections>`,
    }),
    SSN,
  ],
  [
    'head of a page',
    'a.xlsx',
    workbook(ONE, {}, `<headerFooter><oddHeader>SSN ${SSN}</oddHeader></headerFooter>`),
    SSN,
  ],
  [
    'long number',
    'a.ods',
    packed({
      'content.xml':
        '<table:table-cell office:value-type="float" office:value="4111111111111111"><text:p>4.11E+15</text:p></table:table-cell>',
    }),
    '4111111111111111',
  ],
  [
    'several spaces',
    'a.odt',
    packed({ 'content.xml': `<text:p>SSN<text:s text:c="2"/>${SSN}</text:p>` }),
    `SSN ${SSN}`,
  ],
  [
    'properties',
    'a.odt',
    packed({ 'content.xml': '<text:p>Hi</text:p>', 'meta.xml': `<dc:title>${SSN}</dc:title>` }),
    SSN,
  ],
];

it.each(PLACES)('%s in %s is read', async (_, name, content, wanted) => {
  const { parts, unread } = await readFileText(
    name,
    typeof content === 'string' ? strToU8(content) : content,
  );
  expect(unread).toEqual([]);
  expect(parts.map(({ text }) => text).join('\n')).toContain(wanted);
});

it('a workbook that repeats a long text, or refers to one that it does not have, is not read', async () => {
  const reason = async (cells: number, text: string) => {
    const rows = SHARED.repeat(cells);
    const more = text === '' ? {} : { 'xl/sharedStrings.xml': `<sst><si><t>${text}</t></si></sst>` };
    return (await readFileText('a.xlsx', workbook(rows, more))).unread;
  };
  expect(await reason(10, 'x'.repeat(100_000))).toEqual([]);
  expect(await reason(1_000, 'x'.repeat(100_000))).toEqual([{ path: 'a.xlsx', why: 'expands' }]);
  expect(await reason(1, '')).toEqual([{ path: 'a.xlsx', why: 'damaged' }]);
});

it('every line of a sheet has the same number of cells, so a table is recognized whichever cells are empty', async () => {
  const row = (...cells: readonly string[]) =>
    `<row>${cells.map((cell) => (cell === '' ? '<c/>' : `<c t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`;
  const rows = [
    row('Name', '', 'Born', 'Notes'),
    row('Ann', '', '1970'),
    row('', '', '', 'called'),
    row('Bo'),
  ];
  const { parts } = await readFileText('a.xlsx', workbook(rows.join('')));
  expect(parts[0]?.text).toBe('Name,Born,Notes\nAnn,1970,\n,,called\nBo,,');
});
