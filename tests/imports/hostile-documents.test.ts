import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFolder } from '#sources/exports/import-folder.ts';
import { csv, importing, importOne, TODAY } from './support.ts';
import { sheetRows, workbook } from './zip-builder.ts';

const ROSTER = csv(
  'Employee ID,Full name,Work email,Employment status,Termination date',
  '1,Ann Lee,ann@alder.example.org,Active,',
  '2,Bo Roe,bo@alder.example.org,Terminated,2026-09-30',
);
const CELLS = [
  ['Employee ID', 'Full name', 'Work email', 'Employment status', 'Termination date'],
  ['1', 'Ann Lee', 'ann@alder.example.org', 'Active', ''],
  ['2', 'Bo Roe', 'bo@alder.example.org', 'Terminated', '2026-09-30'],
];

/** The file is refused with one understandable sentence, and nothing of it is kept. */
async function refused(name: string, content: string | Buffer, says: RegExp): Promise<void> {
  const { report, readings } = await importOne(name, content);
  expect(report.outcome).toBe('malformed');
  expect(report.problem).toMatch(says);
  expect(report.problem).not.toMatch(/\n|undefined|null|\[object|!|Error:/);
  expect(readings).toEqual({});
}

describe('workbooks made to harm', () => {
  it('reads an honest one', async () => {
    const { report, readings } = await importOne('book.bin', workbook(sheetRows(...CELLS)));
    expect(report).toMatchObject({ outcome: 'taken', kind: 'roster', rows: 2 });
    expect(readings.roster?.[0]?.rows[1]).toMatchObject({
      row: 3,
      name: 'Bo Roe',
      status: 'left',
      endsOn: '2026-09-30',
    });
  });

  it('refuses document types and entities', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
    await refused('a.xlsx', workbook(sheetRows(...CELLS), [], bomb), /document type or entity/);
    await refused(
      'a.xlsx',
      workbook(sheetRows(...CELLS), [{ name: 'xl/styles.xml', content: '<!doctype html><x/>' }]),
      /document type or entity/,
    );
    await refused(
      'a.xlsx',
      workbook(sheetRows(...CELLS), [
        { name: 'xl/theme.xml', content: Buffer.from('\ufeff<!DOCTYPE x>', 'utf16le') },
      ]),
      /encoding that no spreadsheet program writes/,
    );
  });

  it('refuses far cells that would fill memory with blanks', async () => {
    await refused(
      'a.xlsx',
      workbook(`${sheetRows(...CELLS)}<row r="900000000"><c r="A900000000"><v>1</v></c></row>`),
      /row 900000000/,
    );
    await refused(
      'a.xlsx',
      workbook(`${sheetRows(...CELLS)}<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>`),
      /reaches to cell XFD1000000/,
    );
    await refused(
      'a.xlsx',
      workbook(`${sheetRows(...CELLS)}<row r="4"><c r="ZZZZZ4"><v>1</v></c></row>`),
      /a cell that no spreadsheet has/,
    );
  });

  it.each([
    [
      'single quotes',
      `<row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>`,
    ],
    [
      'a row number alone',
      `<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A2"><v>1</v></c></row>`,
    ],
    ['an exponent', `<row r="1e6"><c r="XFD1"><v>1</v></c></row>`],
    ['a hexadecimal number', `<row r="0xfffff"><c r="XFD1"><v>1</v></c></row>`],
    ['a reference to a character', `<row r="&#49;000000"><c r="XFD1"><v>1</v></c></row>`],
    ['a prefix', `<y:row z:r='1000000'><y:c z:r='XFD1000000'><y:v>1</y:v></y:c></y:row>`],
    ['one address twice', `<row r="1" z:r="1000000"><c r="XFD1"><v>1</v></c></row>`],
    ['a mark of markup in a value', `<row x=">" r="1000000"><c r="XFD1000000"><v>1</v></c></row>`],
    ['blanks around the sign', `<row r = '1000000' ><c\n r\n= 'XFD1000000' ><v>1</v></c></row>`],
    ['tags without an end', '<c <row '.repeat(200_000)],
  ])('refuses far cells that are written with %s', async (_how, rows) => {
    await refused(
      'a.xlsx',
      workbook(rows),
      /(reaches to cell|no spreadsheet has|in a form that no spreadsheet program writes|cannot be read|does not end)/,
    );
  });

  it('refuses sheets that are bounded each and not together', async () => {
    const rows = '<row r="6000"><c r="ALL6000"><v>1</v></c></row>';
    const more = Array.from({ length: 4 }, (_, at) => ({
      name: `xl/worksheets/sheet${at + 2}.xml`,
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    }));
    await refused('a.xlsx', workbook(rows, more), /more cells than Bylaw reads/);
  });

  it('reads addresses in single quotes, as some programs write them', async () => {
    const rows = sheetRows(...CELLS).replaceAll('"', "'");
    expect((await importOne('staff.xlsx', workbook(rows))).readings).toMatchObject({
      roster: [{ rows: [{}, {}] }],
    });
  });

  it('reads the cells of a workbook with macros and runs nothing', async () => {
    const { report } = await importOne(
      'staff.xlsm',
      workbook(sheetRows(...CELLS), [{ name: 'xl/vbaProject.bin', content: 'Sub Auto_Open()' }]),
    );
    expect(report.outcome).toBe('taken');
    expect(report.notes.map(({ says }) => says)).toContain(
      'The workbook holds macros. Its cells were read; the macros were neither run nor kept.',
    );
  });

  it('does not take a formula without a result, or with an error, for an empty cell', async () => {
    const { report } = await importOne(
      'a.xlsx',
      workbook(
        `${sheetRows(...CELLS)}<row r="4"><c r="A4" t="str"><f>A1</f></c><c r="B4" t="e"><f>A1</f><v>#REF!</v></c></row>`,
      ),
    );
    const said = report.notes.map(({ says }) => says).join(' ');
    expect(said).toContain('1 cell shows an error of a formula');
    expect(said).toContain('1 cell holds a formula whose result was not saved');
  });

  it('refuses a text longer than a cell can hold, before it takes a minute', async () => {
    const whole = `<c r="A2" t="inlineStr"><is><t>${'&#x1F98A;'.repeat(32_767)}</t></is></c>`;
    const { report } = await importOne(
      'a.xlsx',
      workbook(`${sheetRows(...CELLS)}<row r="5">${whole.replace('A2', 'A5')}</row>`),
    );
    expect(report.problem).toBeNull();
    await refused(
      'a.xlsx',
      workbook(sheetRows(['a'.repeat(20_000_000)])),
      /contains text longer than a spreadsheet cell allows/,
    );
  });

  it('refuses a bomb in a sheet', async () => {
    await refused('a.xlsx', workbook(' '.repeat(60 * 1024 * 1024)), /The (archive|workbook) would unpack to/);
  });
});

describe('text made to harm', () => {
  it('keeps formulas and HTML as text and takes out marks that turn it', async () => {
    const { report, readings } = await importOne(
      'staff.csv',
      csv(
        'Employee ID,Full name,Work email,Employment status',
        `1,"=HYPERLINK(""http://x"",""y"")",ann@alder.example.org,Active`,
        '2,<img src=x onerror=alert(1)>,bo@alder.example.org,Active',
        '3,Cy\u202eeoP\u202c,\u200bcy@alder.example.org,Active',
      ),
    );
    expect(readings.roster?.[0]?.rows.map(({ name }) => name)).toEqual([
      '=HYPERLINK("http://x","y")',
      '<img src=x onerror=alert(1)>',
      'CyeoP',
    ]);
    expect(readings.roster?.[0]?.rows[2]?.emails).toEqual(['cy@alder.example.org']);
    expect(report.notes.map(({ says }) => says).join()).toMatch(
      /Invisible marks that hide or reverse text were removed from 1 cell/,
    );
  });

  it('lets no key change how objects behave', async () => {
    const text =
      '{"data":[{"email":"cy@alder.example.org","plan_type":"free","created_at":"2026-01-02","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}],"__proto__":{"has_more":true}}';
    const { report } = await importOne('domains.json', text);
    expect(report).toMatchObject({ outcome: 'taken', kind: 'domain_memberships', rows: 1 });
    const yaml = await importOne(
      'charter.yaml',
      '__proto__:\n  polluted: true\nowners: [ann@alder.example.org]\n',
    );
    expect(yaml.charter?.value.owners ?? ['refused']).toBeTruthy();
    const log = await importOne(
      'log.csv',
      csv(
        'created_at,event,actor_info,entity_info',
        `2026-05-01T09:00:00Z,file_uploaded,"{'name': 'Ann'}","{'__proto__': {'polluted': True}, 'type': 'file', 'metadata': {'constructor': 'x'}}"`,
      ),
    );
    expect(log.report.outcome).toBe('taken');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(log.readings.audit_log?.[0]?.rows[0]?.detail ?? {})).not.toContain('constructor');
  });

  it('ends nesting without end in one sentence', async () => {
    await refused('deep.json', '['.repeat(200_000) + ']'.repeat(200_000), /nested more than 100 levels/);
    await refused('deep.yaml', `a: ${'['.repeat(50_000)}`, /nested/);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(',')}]`),
    ].join('\n');
    await refused('bomb.yaml', bomb, /repeats itself|repeats or nests/);
  });
});

describe('folders made to harm', () => {
  it('does not follow a link out of the folder', async () => {
    const outer = mkdtempSync(join(tmpdir(), 'bylaw-outer-'));
    try {
      const folder = join(outer, 'client');
      mkdirSync(folder);
      writeFileSync(join(outer, 'secret.csv'), ROSTER);
      symlinkSync(join(outer, 'secret.csv'), join(folder, 'roster.csv'));
      symlinkSync(outer, join(folder, 'loop'));
      symlinkSync(join(outer, 'nowhere'), join(folder, 'gone.csv'));
      const { files, readings } = await importFolder({
        folder,
        map: [],
        timezone: 'America/New_York',
        domains: [],
        today: TODAY,
      });
      expect(readings).toEqual({});
      expect(files.map(({ file, outcome }) => [file, outcome])).toEqual([
        ['gone.csv', 'malformed'],
        ['loop', 'malformed'],
        ['roster.csv', 'malformed'],
      ]);
      expect(files[2]?.problem).toMatch(/leads outside the folder/);
    } finally {
      rmSync(outer, { recursive: true });
    }
  });

  it('says that a folder is missing or too large to be one of exports', async () => {
    const options = { map: [], timezone: 'UTC', domains: [], today: TODAY };
    await expect(importFolder({ ...options, folder: '/no/such/folder' })).rejects.toThrow(
      'There is no folder /no/such/folder.',
    );
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${n}.txt`, 'x']));
    await expect(importing({ files: many })).rejects.toThrow(/more than 2000 files/);
  });
});
