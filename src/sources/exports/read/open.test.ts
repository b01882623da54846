import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import type { Content, Table } from '../file-kind.ts';
import { openFile } from './open.ts';

async function contents(bytes: Buffer | string, name = 'file'): Promise<readonly Content[]> {
  const opened = await openFile(Buffer.from(bytes), name);
  if (opened.form !== 'contents') throw new Error(`It is ${opened.form}.`);
  return opened.contents;
}

async function table(bytes: Buffer | string): Promise<Table> {
  const found = (await contents(bytes)).find((content) => content.form === 'table');
  if (found?.form !== 'table' || !found.tables[0]) throw new Error('It is no table.');
  return found.tables[0];
}

const plain = ({ columns, rows, headingRow, title }: Table) => ({
  columns,
  rows: rows.map(({ row, cells }) => [row, ...cells]),
  headingRow,
  title,
});

it('does not read what a report says about itself as a heading', async () => {
  const text =
    'Domain,alder.example.org\nExported on:,2026-11-20\n\nEmail,Plan,Created\na@x.org,Pro,2025-05-05\n';
  expect(plain(await table(text))).toMatchObject({
    columns: ['Email', 'Plan', 'Created'],
    headingRow: 4,
    title: ['Domain alder.example.org', 'Exported on: 2026-11-20'],
  });
  // Two columns are the table itself.
  expect((await table('Domain,Filter\nalder.example.org,none\n')).columns).toEqual(['Domain', 'Filter']);
  expect((await table('Name,Last day\nBo,10/2/2026\n')).columns).toEqual(['Name', 'Last day']);
});

it('reads notes as text, and a row with more cells than the heading as shifted', async () => {
  const notes = 'Call 11/20\n- Kim says invite links are off, he thinks\n- Board wants the report\n';
  expect((await table(notes)).rows.map(({ cells }) => cells)).toEqual([
    ['- Kim says invite links are off, he thinks'],
    ['- Board wants the report'],
  ]);
  const shifted = await table('Name\nAnn,ann@alder.example.org\n');
  expect(() => shifted.rows).toThrow(/2 cells where the heading names 1/);
});

describe('a heading that is wider than every row', () => {
  it('is joined where a bracket was split at its comma', async () => {
    const found = await table('Name (Last, First MI),Dept,Status\nLee Ann,HR,Active\nKim Bo,IT,Left\n');
    expect(plain(found)).toMatchObject({
      columns: ['Name (Last, First MI)', 'Dept', 'Status'],
      rows: [
        [2, 'Lee Ann', 'HR', 'Active'],
        [3, 'Kim Bo', 'IT', 'Left'],
      ],
    });
  });

  it.each([
    'Name (Last, First),Dept,Status\n"Lee, Ann",HR,Active,\n"Kim, Bo",IT,Left,\n',
    'Last, First,Dept,Status\n"Lee, Ann",HR,Active\n"Kim, Bo",IT,Left\n"Roe, Al",IT,Left\n',
    'Name,Role, Title,Status\nAnn,Clerk,Active\n',
  ])('is not read where it is not certain which column is which: %j', async (text) => {
    const found = await table(text);
    expect(() => found.rows).toThrow(/The heading has 4 cells, and no row below it has more than 3/);
  });

  it.each([
    'Name,Dept,Ended,\nAnn,HR,\nBo,IT,\nAl,IT,\n',
    'Name,Dept,Ended\nAnn,HR\nBo,IT\nAl,IT,11/2/2026\n',
    'Name (Last, First),Dept\nLee, Ann,HR\nKim, Bo,IT\n',
    'Name, Dept, Ended\nAnn, HR\nBo, IT\n',
    'Name,Dept,Ended, if known\nAnn,HR,\nBo,IT,11/2/2026\n',
  ])('is read where a row has all cells: %j', async (text) => {
    expect((await table(text)).rows.length).toBeGreaterThan(1);
  });
});

describe('encodings', () => {
  const text = 'Name,Email\nJosé Núñez,jose@alder.example.org\n';
  const utf16be = Buffer.from(text, 'utf16le').swap16();
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE without', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
    ['UTF-16 BE without', utf16be],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['gzip', gzipSync(text)],
  ])('%s', async (_what, bytes) => {
    expect(plain(await table(bytes)).rows).toEqual([[2, 'José Núñez', 'jose@alder.example.org']]);
  });

  it('reads Shift_JIS whose Japanese letters are nearly all in days', async () => {
    // 氏名,同意日 above 2026年9月20日 in each row.
    const day = Buffer.from('2026\x94\x4e9\x8c\x8e20\x93\xfa', 'latin1');
    const head = Buffer.from('\x8e\x81\x96\xbc,\x93\xaf\x88\xd3\x93\xfa\n', 'latin1');
    const lines = Array.from({ length: 40 }, (_, n) => [Buffer.from(`Ann ${n},`), day, Buffer.from('\n')]);
    const { columns, rows } = await table(Buffer.concat([head, ...lines.flat()]));
    expect([columns, rows[0]?.cells]).toEqual([
      ['氏名', '同意日'],
      ['Ann 0', '2026年9月20日'],
    ]);
  });

  // Each of these is in no other encoding the same, and each is what a spreadsheet saved somewhere.
  it.each<readonly [string, string, string]>([
    ['Mac Roman', '4a6f738e205275697a', 'José Ruiz'],
    ['Mac Roman', '4e9c96657a20476172639261', 'Núñez García'],
    ['Windows-1252', '5a6feb204f92427269656e', 'Zoë O’Brien'],
    ['Windows-1250', 'a3756b61737a20aff3b3e6', 'Łukasz Żółć'],
    ['ISO 8859-2', 'a67769b174656b', 'Świątek'],
    ['Windows-1251', 'c8e2e0ed20cfe5f2f0eee2', 'Иван Петров'],
    ['KOI8-R', 'e9d7c1ce20f0c5d4d2cfd7', 'Иван Петров'],
    ['EUC-KR', 'b1e8b9cebcf620c0ccbfb5c8f1', '김민수 이영희'],
    ['GB 18030', 'cdf5d0a1c3f720c0eec4c8', '王小明 李娜'],
    ['Big5', 'a4fda470a9fa20a7f5b251aae2', '王小明 李淑芬'],
    ['EUC-JP', 'bbb3c5c4c2c0cfba20bab4c6a3b2d6bbd2', '山田太郎 佐藤花子'],
    ['ISO-2022-JP', '1b24423b33454442404f3a1b2842', '山田太郎'],
  ])('reads %s', async (encoding, hex, name) => {
    const file = Buffer.concat([
      Buffer.from('Name,Email\n'),
      Buffer.from(hex, 'hex'),
      Buffer.from(',a@alder.example.org\nAnn Lee,b@alder.example.org\n'),
    ]);
    expect((await table(file)).rows[0]?.cells[0]).toBe(name);
    const opened = await openFile(file, 'a.csv');
    expect(opened).toMatchObject({ notes: [{ says: expect.stringContaining(`read as ${encoding}.`) }] });
  });

  it('refuses text in an encoding that may be one or another, or none', async () => {
    for (const hex of ['426a9a726e', '80ff81fe9d82'])
      await expect(
        openFile(
          Buffer.concat([Buffer.from('Name,Email\n'), Buffer.from(hex, 'hex'), Buffer.from(',a@x.org\n')]),
          'a.csv',
        ),
      ).rejects.toThrow('The encoding of the text is not known');
  });

  it('says that it took text for Windows-1252, since that is a guess', async () => {
    const opened = await openFile(Buffer.from(text, 'latin1'), 'a.csv');
    expect(opened).toMatchObject({
      notes: [
        {
          says: 'The text is not UTF-8 and was read as Windows-1252. Check names with accents or in other scripts.',
        },
      ],
    });
  });
});

describe('delimited text', () => {
  it.each([',', ';', '\t', '|'])('finds the separator %j', async (separator) => {
    const { columns, rows } = plain(
      await table(
        ['Name', 'Email', 'Note']
          .join(separator)
          .concat('\n', ['Ann', 'ann@x.org', '"a, b; c | d"'].join(separator)),
      ),
    );
    expect(columns).toEqual(['Name', 'Email', 'Note']);
    expect(rows).toEqual([[2, 'Ann', 'ann@x.org', 'a, b; c | d']]);
  });

  it.each(['\n', '\r\n', '\r'])('counts lines as an editor does with %j', async (end) => {
    const { rows } = plain(await table(['Name,Note', `Ann,"two${end}lines"`, '', 'Bo,x'].join(end)));
    expect(rows.map(([row]) => row)).toEqual([2, 5]);
  });

  it('finds a heading below a title, and obeys "sep="', async () => {
    expect(
      plain(await table('Alder Society\nReport of staff,,\n\nName,Email,Role\nAnn,ann@x.org,Owner\n')),
    ).toEqual({
      title: ['Alder Society', 'Report of staff'],
      headingRow: 4,
      columns: ['Name', 'Email', 'Role'],
      rows: [[5, 'Ann', 'ann@x.org', 'Owner']],
    });
    expect(plain(await table('sep=;\nName;Email\nA, B;a@x.org\n'))).toMatchObject({
      headingRow: 2,
      rows: [[3, 'A, B', 'a@x.org']],
    });
  });

  it('keeps columns of one name apart, names blank ones by letter, and fills short rows', async () => {
    const { columns, rows } = plain(await table('Email,Email,,Name\na@x.org,b@x.org,1,Ann\nc@x.org\n'));
    expect(columns).toEqual(['Email', 'Email (2)', 'Column C', 'Name']);
    expect(rows[1]).toEqual([3, 'c@x.org', '', '', '']);
  });

  it('reads rows one by one where they are many', async () => {
    const many = await table(
      `Name,Email\n${Array.from({ length: 5000 }, (_, n) => `P${n},p${n}@x.org`).join('\n')}`,
    );
    const seen: number[] = [];
    many.each?.(({ row }) => seen.push(row));
    expect([seen.length, seen[0], seen.at(-1), many.first?.length]).toEqual([5000, 2, 5001, 300]);
  });
});

describe('JSON and YAML', () => {
  it('reads JSON, and JSON line by line', async () => {
    expect(await contents('\ufeff {"a": [1]}')).toMatchObject([{ form: 'json', value: { a: [1] } }]);
    expect(await contents('{"a": 1}\n\n{"a": 2}\n')).toMatchObject([
      { form: 'json', value: [{ a: 1 }, { a: 2 }] },
    ]);
  });

  it('names the lines that a script wrote above JSON, which may say that results are missing', async () => {
    const warning = 'WARNING: There are more results available than are displayed.';
    await expect(contents(`${warning}\r\n  Use ResultSize.\r\n\r\n[{"a": 1}]\r\n`)).rejects.toThrow(
      /begins on line 4.*“WARNING: There are more results/,
    );
    await expect(contents('Welcome to Microsoft Graph!\n\n{"value": []}\n')).rejects.toThrow('line 3');
    expect((await contents('Minutes\n\n[draft] of the board\n')).map(({ form }) => form)).toContain('lines');
  });

  it('reads YAML with the line of each key, whatever the file is called', async () => {
    const [yaml] = await contents('# ours\nversion: 3\nconnectors:\n  - name: Slack\n', 'notes.txt');
    expect(yaml).toMatchObject({ form: 'yaml', value: { version: 3, connectors: [{ name: 'Slack' }] } });
    expect(yaml?.form === 'yaml' && yaml.lines['connectors.0.name']).toBe(4);
  });
});

describe('workbooks', () => {
  it('reads every sheet; dates as days, numbers as numbers, results of formulas', async () => {
    const day = new Date(Date.UTC(2026, 8, 30));
    const bytes = await writeWorkbook([
      {
        sheet: 'Current',
        data: [
          [{ value: 'Title' }],
          [{ value: 'Name' }, { value: 'Ends' }, { value: 'Hours' }, { value: 'Here' }],
          [
            { value: 'Ann' },
            { value: day, type: Date, format: 'mm/dd/yyyy' },
            { value: 37.5 },
            { value: true },
          ],
          [],
          [{ value: 'Bo' }, null, { value: 3 }, { value: false }],
        ],
      },
      { sheet: 'Former', data: [[{ value: 'Name' }], [{ value: 'Cy' }]] },
    ]).toBuffer();
    const [content] = await contents(bytes);
    const tables = content?.form === 'table' ? content.tables : [];
    expect(tables.map(({ sheet }) => sheet)).toEqual(['Current', 'Former']);
    expect(tables[0] && plain(tables[0])).toEqual({
      title: ['Title'],
      headingRow: 2,
      columns: ['Name', 'Ends', 'Hours', 'Here'],
      rows: [
        [3, 'Ann', '2026-09-30', 37.5, true],
        [5, 'Bo', null, 3, false],
      ],
    });
  });
});

describe('what is nothing to read', () => {
  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'This is a picture.'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'This is a PDF.'],
    [
      'noise',
      Buffer.from(Array.from({ length: 4000 }, (_, n) => (n % 31) + 1)),
      'This is neither text nor a workbook.',
    ],
  ])('%s', async (_what, bytes, why) => {
    expect(await openFile(bytes, 'a.csv')).toEqual({ form: 'other', why });
  });

  it('is not misled by text that begins like a bitmap', async () => {
    expect((await table('BMI,Email\n1,a@x.org\n')).columns).toEqual(['BMI', 'Email']);
  });
});
