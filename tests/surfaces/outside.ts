import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fromBuffer } from 'yauzl';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import { inputFields } from '#features/operation-fields.ts';
import { nameOf } from '../../src/features/access/testing/input.ts';
import { installed, run } from '../support/programs.ts';
import type { Filled } from './filled.ts';

/**
 * Opens every file that Bylaw exports with independent software. PDFs are in pdf.ts; events in
 * src/domain/forwarding/ocsf.test.ts and tests/forwarding; calendars in src/features/reminders/calendar.test.ts.
 */
interface Export {
  readonly operation: Operation;
  readonly format: string | null;
}
const EXPORTS: readonly Export[] = operations()
  .filter(({ meta }) => meta.transport === 'download')
  .flatMap((operation): readonly Export[] => {
    const { enum: formats } = inputFields(operation).find(({ name }) => name === 'format')?.schema ?? {};
    return formats === undefined
      ? [{ operation, format: null }]
      : formats.map((format) => ({ operation, format: String(format) }));
  });
const title = ({ operation, format }: Export) =>
  `${nameOf(operation)}${format === null ? '' : ` as ${format}`}`;

/** Exports that cannot be requested here, and where they are tested. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'activity.content.open': 'as two people agreed; src/features/activity/content opens it',
  'backup.make': 'sealed and signed; src/features/backup restores it',
  'deployment.record.file': 'made first, in pdf.ts',
  'dlp.file': 'by kind; src/features/dlp opens each',
  'devices.file': 'by product and form; src/features/devices checks each with the schema of its vendor',
  'personalAccounts.record.file': 'made first, in pdf.ts',
  'network.file': 'by way and form; src/features/network and tests/network give them to the programs',
  'evidenceRoom.make': 'signed; src/features/evidence-room opens it',
  'incidents.report.file': 'made first; src/features/incidents opens it',
  'incidents.report.page': 'made first; src/features/incidents opens it',
  'imports.example': 'of one kind; src/features/imports/examples.test.ts imports a sample of each',
  'reviews.minutes': 'of a signed review; src/features/reviews opens each form',
  'sinks.template': 'of a sink to Sentinel; src/sinks/sentinel reads it',
  'usage.weekly.file': 'no Monday has come; src/features/usage/weekly opens both of its forms',
};

/** Rows from a strict parser: RFC 4180, all records of equal length, UTF-8. */
function csvRows(bytes: Buffer): readonly (readonly string[])[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return parseCsv(text, {
    bom: true,
    relax_column_count: false,
    relax_quotes: false,
    record_delimiter: '\r\n',
  });
}

async function sheets(
  bytes: Buffer,
): Promise<readonly { name: string; rows: readonly (readonly unknown[])[] }[]> {
  const read = await readExcel(bytes);
  return read.map(({ sheet, data }) => ({ name: sheet, rows: data }));
}

function archive(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { validateEntrySizes: true }, (error, file) => {
      if (error) return reject(error);
      expect(file.entryCount).toBeGreaterThan(0);
      resolve();
    });
  });
}

/** One reader per media type; a type without one fails. */
const READERS: Readonly<Record<string, (bytes: Buffer) => void | Promise<void>>> = {
  'text/csv': (bytes) => {
    const [header = [], ...rows] = csvRows(bytes);
    expect(header.length).toBeGreaterThan(0);
    expect(header.every((cell) => cell.trim() !== '')).toBe(true);
    expect(new Set(header).size).toBe(header.length);
    for (const row of rows) expect(row).toHaveLength(header.length);
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': async (bytes) => {
    const found = await sheets(bytes);
    expect(found.length).toBeGreaterThan(0);
    for (const { rows } of found) expect(rows.length).toBeGreaterThan(0);
  },
  'application/json': (bytes) => {
    expect(typeof JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).toBe('object');
  },
  'application/pdf': (bytes) => expect(bytes.subarray(0, 5).toString()).toBe('%PDF-'),
  'application/yaml': (bytes) => {
    for (const document of parseAllDocuments(bytes.toString('utf8'), { strict: true, uniqueKeys: true }))
      expect('errors' in document ? [...document.errors, ...document.warnings] : []).toEqual([]);
  },
  'application/x-tar': (bytes) => expect(run('tar', ['-tf', '-'], bytes).trim()).not.toBe(''),
  'application/zip': archive,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': archive,
  'text/plain': (bytes) =>
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()).not.toBe(''),
  'text/html': (bytes) => expect(bytes.toString('utf8')).toMatch(/^<!doctype html>/i),
};

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ASKED = EXPORTS.filter(({ operation }) => ELSEWHERE[nameOf(operation)] === undefined);
/** Names of the operations whose files are all requested here. */
export const OPENED: ReadonlySet<string> = new Set(ASKED.map(({ operation }) => nameOf(operation)));

export function exportsOpen(filled: () => Filled): void {
  describe('every export', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'bylaw-outside-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    /** Cache of files by export: generating one takes longer than reading it, and nothing changes in between. */
    const files = new Map<Export, Promise<{ type: string; bytes: Buffer; status: number }>>();
    async function made({ operation, format }: Export) {
      const { status, headers, bytes } = await filled().ask(operation, format === null ? {} : { format });
      return { status, type: String(headers['content-type']).split(';')[0] ?? '', bytes };
    }
    function get(one: Export) {
      const file = files.get(one) ?? made(one);
      files.set(one, file);
      return file;
    }

    it.each(ASKED.map((one) => [title(one), one] as const))('%s is what it says it is', async (name, one) => {
      const { status, type, bytes } = await get(one);
      expect(
        status,
        `${bytes.toString('utf8').slice(0, 300)}; what cannot be asked for here is named in ELSEWHERE`,
      ).toBe(200);
      const read = READERS[type];
      if (read === undefined) throw new Error(`nothing here reads ${type}: write a reader under READERS`);
      await read(bytes);
      if (type === SHEET) writeFileSync(join(folder, `${name.replaceAll(/\W+/g, '-')}.xlsx`), bytes);
    });

    it('says of the same list the same in a workbook and in a table', async () => {
      const both = ASKED.flatMap((one) => {
        if (one.format !== 'csv' || nameOf(one.operation) === 'usage.table') return [];
        const book = ASKED.find(({ operation, format }) => operation === one.operation && format === 'xlsx');
        return book === undefined ? [] : [[one, book] as const];
      });
      expect(both.length).toBeGreaterThan(10);
      const differ: string[] = [];
      for (const [one, book] of both) {
        const [header = [], ...rows] = csvRows((await get(one)).bytes);
        const workbook = await sheets((await get(book)).bytes);
        const found = workbook.some(({ rows: all }) => {
          const at = all.findIndex((row) => header.every((title) => row.includes(title)));
          return (
            at >= 0 &&
            all.slice(at + 1).filter((row) => row.some((cell) => cell !== null)).length >= rows.length
          );
        });
        if (!found) differ.push(title(one));
      }
      expect(differ).toEqual([]);
    });

    it.skipIf(!installed('soffice'))('is opened by LibreOffice where it is a workbook', () => {
      const books = readdirSync(folder).filter((name) => name.endsWith('.xlsx'));
      expect(books.length).toBeGreaterThan(10);
      const out = join(folder, 'opened');
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
      run('soffice', [
        profile,
        '--headless',
        '--convert-to',
        'csv',
        '--outdir',
        out,
        ...books.map((name) => join(folder, name)),
      ]);
      expect(readdirSync(out)).toHaveLength(books.length);
    });
  });
}
