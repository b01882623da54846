import { paperOf } from '#domain/text/paper.ts';
import { endOf, shareOfMemory, startThread } from '../foreign/index.ts';
import { unprocessable } from '../problems.ts';
import { newLine } from '../shared/in-line.ts';
import { inTurns } from '../shared/turn.ts';
import { headingLines } from './heading.ts';
import { shownIn } from './shown.ts';
import type { Table, Value } from './table.ts';
import { type Book, type PlainSheet, type PlainValue, writeBook } from './write-book.ts';

/** Maximum rows of a workbook that is written without a thread; starting one takes longer than writing these. */
const MAX_ROWS_HERE = 300;
/** Rows passed to the thread in one string. */
const ROWS_IN_PIECE = 1_000;
const HEAP_MB = 1_024;

/** The list with a frozen heading row, and a second sheet with its metadata. */
export function xlsxTable<Row>(table: Table<Row>): Promise<Uint8Array> {
  return xlsxTables([table as unknown as Table<unknown>]);
}

/**
 * Several lists of one client in one workbook, a sheet each, and a last one with their metadata. The library writes a
 * workbook synchronously, which takes seconds for the longest lists, so long ones are written in a thread.
 */
export async function xlsxTables(tables: readonly Table<unknown>[]): Promise<Uint8Array> {
  const sheets: PlainSheet[] = [];
  for (const table of tables) sheets.push(await plainSheet(table));
  const about = tables.flatMap(({ heading, rows }) => headingLines(heading, rows.length));
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  // A list of the workspace belongs to no country; Letter, as most associations are American.
  const paper = tables.every(({ heading }) => heading.client === null)
    ? 'letter'
    : paperOf(tables[0]?.heading.zone ?? 'UTC');
  const book: Book = { paper, sheets, about };
  return rows > MAX_ROWS_HERE ? inLine(() => writtenByThread(book)) : writeBook(book);
}

async function plainSheet({ heading, columns, rows }: Table<unknown>): Promise<PlainSheet> {
  const pieces: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS_IN_PIECE) {
    const piece = await inTurns(rows.slice(at, at + ROWS_IN_PIECE), (row) =>
      JSON.stringify(columns.map((column) => plain(shownIn(column, row)))),
    );
    pieces.push(`[${piece.join(',')}]`);
  }
  return {
    title: heading.title,
    zone: heading.zone,
    columns: columns.map(({ title, kind, width }) => ({ title, kind: kind ?? 'text', width: width ?? null })),
    pieces,
  };
}

const plain = (value: Value): PlainValue => (value instanceof Date ? { at: value.getTime() } : value);

/** One at a time: each needs memory for a whole workbook. */
const inLine = newLine();

function writtenByThread(book: Book): Promise<Uint8Array> {
  const worker = startThread(new URL('./workbook-worker.ts', import.meta.url), shareOfMemory(HEAP_MB), book);
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', (error) =>
      reject(endOf(error).code === 'too_much_memory' ? unprocessable(WORKBOOK_TOO_LONG) : error),
    );
    worker.on('exit', () => reject(new Error('the thread that writes a workbook ended before it answered')));
  }).finally(() => worker.terminate());
}

const WORKBOOK_TOO_LONG =
  'A workbook this long needs more memory than is available. Filter the list first, or take it as CSV.';
