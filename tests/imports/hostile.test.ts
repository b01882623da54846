import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csv, importing, importOne } from './support.ts';
import { related, sheetPart, sheetRows, workbook, workbookOf, zip } from './zip-builder.ts';

const ROSTER = csv(
  'Employee ID,Full name,Work email,Employment status,Termination date',
  '1,Ann Lee,ann@alder.example.org,Active,',
  '2,Bo Roe,bo@alder.example.org,Terminated,2026-09-30',
);
/** The file is refused with one understandable sentence, and nothing of it is kept. */
async function refused(name: string, content: string | Buffer, says: RegExp): Promise<void> {
  const { report, readings } = await importOne(name, content);
  expect(report.outcome).toBe('malformed');
  expect(report.problem).toMatch(says);
  expect(report.problem).not.toMatch(/\n|undefined|null|\[object|!|Error:/);
  expect(readings).toEqual({});
}

describe('files that are damaged', () => {
  it.each([
    ['empty', Buffer.alloc(0), /The file is empty/],
    ['blank', ' \r\n\t\n', /The file is empty/],
    ['with NUL bytes', `${ROSTER}\0\0`, /Row 4: The file contains NUL bytes/],
    [
      'with a quotation mark that is never closed',
      `${ROSTER}3,"Cy Poe,cy@alder.example.org,Active,\n`,
      /Row 4: A quotation mark opens here and is never closed/,
    ],
    [
      'with a shifted row',
      `${ROSTER}3,Poe, Cy,cy@alder.example.org,Active,2026-01-01\n`,
      /Row 4: The row has 6 cells where the heading names 5/,
    ],
    [
      'without a heading',
      csv('1,Ann Lee,ann@alder.example.org,Active', '2,Bo Roe,bo@alder.example.org,Left'),
      /Row 1: There is no heading line/,
    ],
    [
      'cut UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ROSTER, 'utf16le').subarray(0, 99)]),
      /UTF-16 text and then breaks off/,
    ],
    [
      'with a heading and no one',
      csv('Employee ID,Full name,Work email,Hire date,Termination date'),
      /The roster lists no one\. Nothing was imported\. Is this the right file\?/,
    ],
  ])('%s', async (_what, content, says) => refused('staff.csv', content, says));

  it('takes a table that breaks off in its last row for a part, but not one with a line of words below it', async () => {
    const rows = ['3,Cy Poe,cy@alder.example.org,Active,', '4,Di Fox,di@alder.example.org,Active,'].join(
      '\n',
    );
    const read = async (end: string) => {
      const { report, readings } = await importOne('staff.csv', `${ROSTER}${rows}${end}`);
      return {
        complete: readings.roster?.[0]?.complete,
        notes: report.notes.map(({ says }) => says).join(' '),
      };
    };
    const cut = await read('\n5,Ed Ray,ed@alder.exam');
    expect(cut.complete).toBe(false);
    expect(cut.notes).toMatch(/ends in this row, after 3 of 5 cells/);
    for (const end of ['', '\n', '\n5,Ed Ray,ed@alder.example.org,Active,', '\nGenerated on 24 Nov 2026'])
      expect(await read(end)).toMatchObject({ complete: true });
  });

  it('names the line of broken JSON', async () => {
    await refused(
      'answer.json',
      '{\n "data": [\n  {"a": 1},\n  oops\n ]\n}',
      /Row 4: This is not JSON from here on/,
    );
    await refused('answer.json', '{"data": [{"a": 1}', /ends early/);
  });

  it('counts the values of JSON before it makes them, since memory filled in parsing ends the process', async () => {
    const many = `[${'{},'.repeat(6_200_000)}{}]`;
    await refused('answer.json', many, /has more than [\d,]+ values, more than there is memory for/);
    const lines = '{"a":[0,0,0,0]}\n'.repeat(2_100_000);
    await refused('answer.jsonl', lines, /has more than [\d,]+ values/);
    // Brackets inside strings do not count as values.
    const said = JSON.stringify([{ said: ',{['.repeat(4_200_000) }]);
    const { report } = await importOne('answer.json', said);
    expect(report.problem ?? '').not.toMatch(/values/);
  });

  it('says what an old workbook is', async () => {
    await refused(
      'staff.xls',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]),
      /old Excel file.*Save it as XLSX or CSV/,
    );
    await refused('staff.xlsb', zip([{ name: 'xl/workbook.bin', content: 'x' }]), /binary workbook/);
    await refused(
      'staff.ods',
      zip([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: '<x/>' },
      ]),
      /OpenDocument/,
    );
  });

  it('stops at a line of 50 MB and keeps memory bounded', async () => {
    const line = Buffer.alloc(50 * 1024 * 1024, 'a,');
    const before = process.memoryUsage().rss;
    await refused('huge.csv', line, /The first line is 50 MB long/);
    await refused(
      'huge.csv',
      Buffer.concat([Buffer.from(ROSTER), Buffer.from('3,"'), line]),
      /Row 4: A line is longer than 1 MB/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});

describe('workbooks', () => {
  const STAFF = sheetRows(
    ['Employee ID', 'Full name', 'Work email', 'Employment status', 'Termination date'],
    ['1', 'Ann Lee', 'ann@alder.example.org', 'Active', ''],
  );
  const staff = sheetPart('xl/worksheets/sheet1.xml', STAFF);
  const sheet = (name: string, id: string) => `<sheet name="${name}" sheetId="1" r:id="${id}"/>`;

  it('leave out a sheet that is a chart, and say so', async () => {
    const { report, readings } = await importOne(
      'staff.xlsx',
      workbookOf(
        sheet('Headcount', 'b') + sheet('Staff', 'a'),
        related('a', 'worksheets/sheet1.xml') + related('b', 'chartsheets/sheet1.xml', 'chartsheet'),
        [staff, { name: 'xl/chartsheets/sheet1.xml', content: '<chartsheet/>' }],
      ),
    );
    expect(report.outcome).toBe('taken');
    expect(report.notes.map(({ says }) => says).join(' ')).toMatch(/“Headcount” is a chart or a dialog/);
    expect(readings.roster?.[0]?.rows).toHaveLength(1);
  });

  it.each([
    ['names a sheet that nothing leads to', related('a', 'worksheets/sheet1.xml')],
    [
      'has two sheets in one place',
      related('a', 'worksheets/sheet1.xml') + related('b', 'worksheets/sheet1.xml'),
    ],
  ])('are refused where the list %s', async (_what, links) =>
    refused(
      'staff.xlsx',
      workbookOf(sheet('Staff', 'a') + sheet('More', 'b'), links, [staff]),
      /lists a sheet, “(?:Staff|More)”, whose cells are not in it/,
    ),
  );

  it('are refused before the reader’s time grows with the square of what they repeat', async () => {
    const numbers = Array.from({ length: 60_000 }, (_, at) => `${at}`);
    await refused(
      'staff.xlsx',
      workbookOf(
        numbers.map((at) => sheet(at, at)).join(''),
        numbers.map((at) => related(at, `worksheets/${at}.xml`)).join(''),
        [],
      ),
      /lists more sheets than Bylaw reads/,
    );
    const endless = ['<!--', '<?x ', '<![CDATA[', '<a b="'];
    for (const opened of endless)
      await refused(
        'staff.xlsx',
        workbook(`${STAFF}${opened.repeat(400_000)}`),
        /a tag or comment that does not end|longer than a spreadsheet cell/,
      );
    await refused('staff.xlsx', workbook(`${STAFF}${'<ext>'.repeat(400_000)}`), /deep within each other/);
    // The parser alone takes minutes for each, longer than the test's timeout.
  });
});

describe('archives made to harm', () => {
  it('refuses a bomb before unpacking it', async () => {
    await refused(
      'a.zip',
      zip([{ name: 'roster.csv', content: Buffer.alloc(60 * 1024 * 1024, 'x') }]),
      /would unpack to 60 MB from 0 MB/,
    );
    await refused('a.csv.gz', gzipSync(Buffer.alloc(301 * 1024 * 1024)), /unpacks to more than 300 MB/);
  });

  it('does not trust the size that the list states', async () => {
    await refused(
      'a.zip',
      zip([{ name: 'roster.csv', content: Buffer.alloc(30 * 1024 * 1024, 'x'), claims: 100 }]),
      /damaged or incomplete/,
    );
  });

  it.each(['../roster.csv', '/etc/roster.csv', 'a/../../roster.csv', 'C:/roster.csv'])(
    'refuses the name %s',
    async (name) => {
      await refused('a.zip', zip([{ name, content: ROSTER }]), /points outside/);
    },
  );

  it('names the entry that leads outside, with nothing in it that a terminal or a page would act on', async () => {
    const { report } = await importOne(
      'a.zip',
      zip([{ name: '../\u001b[2J\u202egnp.csv\r\n<b>', content: ROSTER }]),
    );
    expect(report.outcome).toBe('malformed');
    expect(report.problem).toContain('gnp.csv');
    expect(report.problem).toMatch(/points outside it/);
    expect(report.problem).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it('refuses passwords, doubled names and archives nested too deep', async () => {
    await refused(
      'a.zip',
      zip([{ name: 'roster.csv', content: ROSTER, encrypted: true }]),
      /protected by a password/,
    );
    await refused(
      'a.zip',
      zip([
        { name: 'roster.csv', content: ROSTER },
        { name: 'roster.csv', content: 'x' },
      ]),
      /two files of one name/,
    );
    const deep = zip([
      {
        name: 'c.zip',
        content: zip([{ name: 'b.zip', content: zip([{ name: 'roster.csv', content: ROSTER }]) }]),
      },
    ]);
    await refused('a.zip', deep, /archive in an archive in an archive/);
    await refused('a.zip', zip([]), /The archive is empty/);
    await refused(
      'a.zip',
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(400, 7)]),
      /archive is damaged/,
    );
  });

  it.each([
    ['the same path written twice', ['staff.csv', './staff.csv']],
    ['a backslash for a slash', ['hr/staff.csv', 'hr\\staff.csv']],
    ['a space at the end', ['staff.csv', 'staff.csv ']],
    ['an accent in two forms', ['personal-\u00e9.csv', 'personal-e\u0301.csv']],
  ])('takes %s for one name', async (_what, names) => {
    const packed = names.map((name) => ({ name, content: ROSTER }));
    await refused('a.zip', zip(packed), /two files of one name/);
  });

  it('refuses a name that hides something, and shows what it hides, beside the files that it takes', async () => {
    const { files } = await importing({
      files: {
        'a.zip': zip([
          { name: 'list.csv', content: ROSTER },
          { name: 'staff\u202evsc.exe', content: ROSTER },
          { name: 'staff\u0007.csv', content: ROSTER },
          { name: 'staff\u0008.csv', content: ROSTER },
          { name: `${'long'.repeat(300)}.csv`, content: ROSTER },
        ]),
      },
    });
    expect(files.map(({ file, outcome }) => [file.slice(0, 30), outcome])).toEqual([
      ['a.zip/list.csv', 'taken'],
      ['a.zip/longlonglonglonglonglong', 'malformed'],
      ['a.zip/staff[U+0007].csv', 'malformed'],
      ['a.zip/staff[U+0008].csv', 'malformed'],
      ['a.zip/staff[U+202E]vsc.exe', 'malformed'],
    ]);
    for (const { problem } of files.slice(2)) expect(problem).toMatch(/holds a character that is not shown/);
    expect(files[1]?.problem).toMatch(/is 1204 characters long/);
  });

  it('reads names that are UTF-8 and do not say so, and others as the format has them', async () => {
    const { files } = await importing({
      files: {
        'a.zip': zip([
          { name: Buffer.from('employ\u00e9s.csv'), content: ROSTER },
          { name: Buffer.from('employ\u0082s 2.json', 'latin1'), content: '{' },
        ]),
      },
    });
    expect(files.map(({ file }) => file).sort()).toEqual(['a.zip/employés 2.json', 'a.zip/employés.csv']);
  });

  it('refuses a list of too many files', async () => {
    await refused(
      'a.zip',
      zip(Array.from({ length: 2001 }, (_, n) => ({ name: `${n}.csv`, content: 'a' }))),
      /lists 2001 files/,
    );
  });

  it('takes the good files of an archive and leaves out those of the system', async () => {
    const { files, readings } = await importing({
      files: {
        'from hr.zip': zip([
          { name: 'staff/list.csv', content: ROSTER },
          { name: '__MACOSX/._list.csv', content: 'x' },
          { name: 'staff/broken.json', content: '{' },
        ]),
      },
    });
    expect(files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['from hr.zip/__MACOSX/._list.csv', 'ignored'],
      ['from hr.zip/staff/broken.json', 'malformed'],
      ['from hr.zip/staff/list.csv', 'taken'],
    ]);
    expect(readings.roster?.[0]?.observedOn).toBe('2026-10-05');
    expect(readings.roster?.[0]?.rows.map(({ file }) => file)).toEqual([
      'from hr.zip/staff/list.csv',
      'from hr.zip/staff/list.csv',
    ]);
  });
});
