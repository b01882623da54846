import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { asDownload, fileWord } from '../shared/download.ts';
import { MAX_ROWS, type Table, tableFile } from './table.ts';

interface Row {
  readonly name: string | null;
  readonly seats: number | null;
  readonly day: string | null;
  readonly at: Date | null;
  readonly mfa: boolean | null;
}

function table(rows: readonly Row[], client = 'Alder Society'): Table<Row> {
  return {
    heading: {
      title: 'People',
      client,
      filter: 'Has left',
      at: new Date('2026-11-24T03:30:00Z'),
      zone: 'America/New_York',
      person: 'Rowan Quill',
    },
    columns: [
      { key: 'name', title: 'Name', value: (row) => row.name },
      { key: 'seats', title: 'Seats', kind: 'number', value: (row) => row.seats },
      { key: 'day', title: 'Left on', kind: 'day', value: (row) => row.day },
      { key: 'at', title: 'Seen', kind: 'instant', value: (row) => row.at },
      { key: 'mfa', title: 'MFA', kind: 'yes_no', value: (row) => row.mfa },
    ],
    rows,
  };
}

const ROW: Row = {
  name: 'Tobin "Toby" Achterberg, Jr.',
  seats: -2,
  day: '2026-11-01',
  at: new Date('2026-11-23T22:00:05Z'),
  mfa: false,
};
const EMPTY: Row = { name: null, seats: null, day: null, at: null, mfa: null };

async function textOf(rows: readonly Row[], client?: string): Promise<string> {
  const { bytes } = await tableFile(table(rows, client), 'csv');
  if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function read(csv: string): string[][] {
  return parse(csv, { bom: true });
}

describe('tables as files', () => {
  it('writes CSV with the column names first and unknown as an empty cell', async () => {
    const csv = await textOf([ROW, EMPTY]);
    expect(csv.startsWith('\uFEFFName,Seats,Left on,Seen,MFA\r\n')).toBe(true);
    expect(read(csv)).toEqual([
      ['Name', 'Seats', 'Left on', 'Seen', 'MFA'],
      ['Tobin "Toby" Achterberg, Jr.', '-2', '2026-11-01', '2026-11-23T17:00:05-05:00', 'no'],
      ['', '', '', '', ''],
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\ta', "'\ta"],
    // A program that splits at semicolons ends the row at the line break.
    ['\r=1', "'\n'=1"],
    ['\n=1', "'\n'=1"],
    ['＝1', "'＝1"],
  ])('keeps %j from being calculated', async (name, expected) => {
    const rows = read(await textOf([{ ...EMPTY, name }]));
    expect(rows[1]?.[0]).toBe(expected);
  });

  it.each(['csv', 'json', 'xlsx'] as const)(
    'leaves no character in %s that turns or hides text',
    async (format) => {
      const name = 'Ada \u202Egpj.exe\u202C\u0007\u200BLove';
      const { bytes } = await tableFile(table([{ ...EMPTY, name }]), format);
      if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
      const text =
        format === 'xlsx'
          ? JSON.stringify(await readSheet(Buffer.from(bytes), 'People'))
          : new TextDecoder().decode(bytes);
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0007]/u);
      if (format === 'json') expect(JSON.parse(text).rows[0].name).toBe(name);
      else expect(text).toContain('Ada [U+202E]gpj.exe[U+202C][U+0007][U+200B]Love');
    },
  );

  it('keeps a row whose first cell looks like a comment of other programs', async () => {
    expect(read(await textOf([{ ...EMPTY, name: '#1 Alder' }]))[1]?.[0]).toBe('#1 Alder');
  });

  it('lets no cell and no heading begin a formula, whichever separator the reader takes', async () => {
    const nasty = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', ',', ';', '\t', '"', '\r', '\n', ' ', 'a', '#', '＝'),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (name, client) => {
        const csv = await textOf([{ ...EMPTY, name }], client);
        const rows = read(csv);
        expect(rows).toHaveLength(2);
        expect(rows[1]?.[0] ?? '').not.toMatch(/^[=+\-@\t\r\n＝]/);
        const lines = name.replace(/\r\n?/g, '\n').replaceAll("'", '');
        expect(rows[1]?.[0]?.replaceAll("'", '')).toBe(lines);
      }),
    );
  });

  it('writes a workbook whose days and times are dates and whose texts are texts', async () => {
    const { bytes, name } = await tableFile(table([{ ...ROW, name: '=1+1' }, EMPTY]), 'xlsx');
    expect(name).toBe('alder-society-people-2026-11-23.xlsx');
    if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
    const rows = await readSheet(Buffer.from(bytes), 'People');
    expect(rows).toEqual([
      ['Name', 'Seats', 'Left on', 'Seen', 'MFA'],
      ['=1+1', -2, new Date('2026-11-01T00:00:00Z'), new Date('2026-11-23T17:00:05Z'), 'no'],
    ]);
    const about = await readSheet(Buffer.from(bytes), 'About');
    expect(about).toContainEqual(['Taken by', 'Rowan Quill']);
    expect(about).toContainEqual(['Rows', '2']);
  });

  it('writes JSON with unknown as null and instants in UTC', async () => {
    const { bytes } = await tableFile(table([ROW, EMPTY]), 'json');
    if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
    const value = JSON.parse(new TextDecoder().decode(bytes));
    expect(value).toMatchObject({
      client: 'Alder Society',
      showing: 'Has left',
      takenBy: 'Rowan Quill',
      total: 2,
    });
    expect(value.rows).toEqual([{ ...ROW, at: '2026-11-23T22:00:05.000Z' }, EMPTY]);
  });

  it.each(['csv', 'json', 'xlsx'] as const)(
    'lets others have their turn while it writes a long %s',
    async (format) => {
      const many = 40_000;
      let threads = 0;
      const asked = () => {
        threads += 1;
      };
      let turns = 0;
      const others = setInterval(() => {
        turns += 1;
      }, 1);
      process.on('worker', asked);
      const { bytes } = await tableFile(
        table(Array.from({ length: many }, (_, at) => ({ ...ROW, name: `Person\u2028 ${at}` }))),
        format,
      );
      clearInterval(others);
      process.off('worker', asked);
      expect(turns).toBeGreaterThan(0);
      // The library writes a workbook synchronously, however many turns come before, hence the thread.
      expect(threads).toBe(format === 'xlsx' ? 1 : 0);
      if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
      const text = new TextDecoder().decode(bytes);
      if (format === 'json') expect(JSON.parse(text).rows[many - 1].name).toBe(`Person\u2028 ${many - 1}`);
      if (format === 'csv') expect(read(text)).toHaveLength(many + 1);
      if (format === 'xlsx') {
        const rows = await readSheet(Buffer.from(bytes), 'People');
        expect(rows).toHaveLength(many + 1);
        expect(rows.at(-1)?.slice(1)).toEqual([
          -2,
          new Date('2026-11-01T00:00:00Z'),
          new Date('2026-11-23T17:00:05Z'),
          'no',
        ]);
      }
    },
  );

  it('refuses a list that is too long and says what to do', async () => {
    await expect(tableFile(table(Array.from({ length: MAX_ROWS + 1 }, () => EMPTY)), 'csv')).rejects.toThrow(
      /Filter the list first/,
    );
  });
});

describe('downloads', () => {
  it('carry their full name, whatever is in it', () => {
    const { headers } = asDownload({
      name: 'Zürich "a"\r\n/b.pdf',
      type: 'application/pdf',
      bytes: new Uint8Array(3),
    });
    expect(headers['content-disposition']).toBe(
      'attachment; filename="Z_rich _a____b.pdf"; filename*=UTF-8\'\'Z%C3%BCrich%20%22a%22___b.pdf',
    );
    expect(headers['content-length']).toBe('3');
  });

  it('turn a name into a plain word', () => {
    expect(fileWord('Zürich & Söhne, Inc.')).toBe('zurich-sohne-inc');
    expect(fileWord('協会')).toBe('export');
  });
});
