import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importOne } from './support.ts';
import { row, type Sheet, workbook } from './workbook-builder.ts';

/** Verdicts whose evidence is in hidden rows, columns or sheets of a workbook. */

const HIDDEN = ' hidden="1"';
const HEADING = ['Name', 'Work email', 'Status'];
const person = (name: string, status = 'Active') => [
  `${name} Quist`,
  `${name.toLowerCase()}@alder.example.org`,
  status,
];
type Line = readonly [cells: readonly string[], more?: string];
const data = (...lines: readonly Line[]) =>
  `<sheetData>${row(1, HEADING)}${lines.map(([cells, more], at) => row(at + 2, cells, more)).join('')}</sheetData>`;
const sheet = (...lines: readonly Line[]): Sheet => ({ name: 'Staff', xml: data(...lines) });
const members = (...people: readonly string[]) =>
  csv(
    'Name,Email,Role,Status',
    ...people.map(
      (one, at) =>
        `${one} Quist,${one.toLowerCase()}@alder.example.org,${at === 0 ? 'Primary Owner' : 'User'},Active`,
    ),
  );

async function leavers(holders: readonly string[], ...sheets: readonly Sheet[]) {
  const { verdict } = await assessing({
    files: { 'members.csv': members(...holders), 'staff.xlsx': workbook(...sheets) },
    charter: { version: 1 },
    map: [{ kind: 'roster', file: 'staff.xlsx' }],
  });
  return verdict('CLA-ACC-07');
}

describe('a row that a workbook hides', () => {
  const shown: readonly Line[] = [[person('Ada')], [person('Bo')]];

  it('lets nothing pass that would not pass without it, and is named', async () => {
    const without = await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown));
    expect(without.state).not.toBe('pass');
    const found = await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown, [person('Cy'), HIDDEN]));
    expect(found).toMatchObject({
      state: 'cannot_read',
      code: 'decide.hidden_rows',
      reason: expect.stringContaining('Whether row 4 of staff.xlsx (staff roster) counts is not known'),
      question: expect.stringContaining('Open staff.xlsx, show the rows and sheets that count'),
    });
    expect((await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown, [person('Cy')]))).state).toBe('pass');
  });

  it('keeps nothing from passing that passes without it as well', async () => {
    expect((await leavers(['Ada', 'Bo'], sheet(...shown, [person('Cy'), HIDDEN]))).state).toBe('pass');
    expect((await leavers(['Ada', 'Bo'], sheet(...shown, [person('Bo'), HIDDEN]))).state).toBe('pass');
    expect((await leavers(['Ada', 'Bo'], sheet([person('Bo'), HIDDEN], ...shown))).state).toBe('pass');
  });

  it('accuses like any other row, and says that it is hidden', async () => {
    const found = await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown, [person('Cy', 'Terminated'), HIDDEN]));
    expect(found.state).toBe('fail');
    expect(found.reason).toContain('Row 4 of staff.xlsx (staff roster) is hidden in the workbook.');
    expect(found.items[0]?.evidence.map(({ says }) => says).join()).toContain('in a hidden row');
    const plain = await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown, [person('Cy', 'Terminated')]));
    expect(plain.state).toBe('fail');
    expect(plain.reason).not.toContain('hidden');
  });

  it('is every row of a hidden sheet', async () => {
    const more = { name: 'More', xml: data([person('Cy')]) };
    expect((await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown), { ...more, state: 'hidden' })).state).toBe(
      'cannot_read',
    );
    expect((await leavers(['Ada', 'Bo', 'Cy'], sheet(...shown), more)).state).toBe('pass');
  });
});

const SAMPLES = new URL('../../catalogue/imports/samples/', import.meta.url);

describe('every kind of table', () => {
  const tables = readdirSync(SAMPLES).filter((one) => one.endsWith('.csv') && one !== 'ai_traffic.csv');

  it.each(tables)('says of its rows that they are hidden: %s', async (name) => {
    const lines = readFileSync(new URL(name, SAMPLES), 'utf8').trim().split(/\r?\n/);
    const rows = lines.map((line, at) =>
      row(at + 1, line.replaceAll('&', '&amp;').replaceAll('"', '').split(','), at === 0 ? '' : HIDDEN),
    );
    const file = name.replace('.csv', '.xlsx');
    const { readings } = await importOne(
      file,
      workbook({ name: 'Sheet1', xml: `<sheetData>${rows.join('')}</sheetData>` }),
    );
    const [found] = Object.values(readings).flat();
    expect(found?.rows.length).toBeGreaterThan(0);
    expect(found?.rows.every(({ hidden }) => hidden === true)).toBe(true);
  });
});
