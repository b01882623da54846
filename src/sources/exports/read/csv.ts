import { CsvError, type Options, parse } from 'csv-parse/sync';
import { type Cell, ImportProblem, type Table, type TableRow } from '../file-kind.ts';
import { isSentence } from '../table/doubt.ts';
import { filled, findHeading, HEADING_WITHIN, type NumberedRow, nameColumns } from './heading.ts';
import { LIMITS, megabytes } from './limits.ts';
import { isRule, marksText, unwrapped, withoutMark } from './resaved.ts';
import { wholeHeading } from './two-row-heading.ts';
import { againstRows } from './wide-heading.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const HEAD_BYTES = 256 * 1024;
const FIRST_ROWS = 300;
/** Minimum number of complete rows for an incomplete one to be suspicious. */
const MIN_WHOLE = 3;

const OPTIONS: Options = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: LIMITS.recordBytes,
};

/**
 * Delimited text as a table. Only the beginning is parsed here; rows are parsed on demand, so that a file of another
 * kind costs nothing and a log of 200,000 rows is never in memory twice. Throws an ImportProblem if there is no table.
 */
export function readDelimited(utf8: Buffer): Table {
  const stated = /^sep=(.)\r?\n/i.exec(utf8.subarray(0, 16).toString('latin1'));
  const skipped = stated ? 1 : 0;
  const body = stated ? utf8.subarray(stated[0].length) : utf8;
  const head = headOf(body);
  const delimiter = stated?.[1] ?? bestDelimiter(head);
  const top = collect(head, delimiter, HEADING_WITHIN + FIRST_ROWS, skipped);
  const lines = unwrapped(top, DELIMITERS);
  if (lines) {
    const all = collect(body, delimiter, Number.POSITIVE_INFINITY, skipped);
    return readDelimited(Buffer.from(all.map(({ cells }) => cells[0] ?? '').join('\n')));
  }
  const index = findHeading(top);
  const found = index === null ? null : wholeHeading(top, index);
  if (found === null) {
    const row = top.find(({ cells }) => filled(cells) > 0)?.row ?? 1;
    throw new ImportProblem(
      'There is no heading line that names the columns. Add one, or export the file again with its headings.',
      { row },
    );
  }
  const { heading, wide } = againstRows(found, top, delimiter);
  const width = trimmedWidth(heading.cells);
  if (width > LIMITS.columns)
    throw new ImportProblem(`The heading names ${width} columns. Bylaw reads at most ${LIMITS.columns}.`, {
      row: heading.row,
    });
  const columns = nameColumns(heading.cells, width);
  const below = top.filter(({ row }) => row > heading.through);
  const marked = marksText(below);
  const read = (cells: readonly string[]) => (marked ? cells.map(withoutMark) : cells);
  const ends = /[\r\n]$/.test(body.subarray(-1).toString('latin1'));
  let broken: { row: number; cells: number } | null = null;
  const each = (visit: (row: TableRow) => void): void => {
    if (wide !== null) throw wide;
    let whole = 0;
    const short: { row: number; cells: number }[] = [];
    scan(body, delimiter, skipped, (row, cells) => {
      if (row <= heading.through || filled(cells) === 0 || isRule(cells)) return;
      if (cells.length >= width) whole += 1;
      else short.push({ row, cells: cells.length });
      visit({ row, cells: fit(read(cells), width, row, delimiter) });
      broken = null;
      if (!ends && short.length === 1 && short[0]?.row === row && whole >= MIN_WHOLE) broken = short[0];
    });
  };
  let all: readonly TableRow[] | undefined;
  return {
    sheet: null,
    headingRow: heading.row,
    columns,
    title: top
      .slice(0, heading.above)
      .map(({ cells }) =>
        cells
          .filter((cell) => cell !== '' && cell !== null)
          .join(' ')
          .trim(),
      )
      .filter((line) => line !== ''),
    first: below
      .filter(({ cells }) => filled(cells) > 0 && !isRule(cells))
      .slice(0, FIRST_ROWS)
      .map(({ row, cells }) => ({ row, cells: read(cells.map(String)).slice(0, width) })),
    each,
    brokenRow: () => broken,
    get rows() {
      if (!all) {
        const rows: TableRow[] = [];
        each((row) => rows.push(row));
        all = rows;
      }
      return all;
    },
  };
}

/**
 * Rejects a row with more filled cells than the heading: its cells are shifted, and a shifted role or date would be
 * wrong.
 */
function fit(cells: readonly string[], width: number, row: number, delimiter: string): readonly Cell[] {
  if (cells.length === width) return cells;
  // A comma within free text is not a separator.
  const line = width === 1 ? cells.join(delimiter) : '';
  if (isSentence(line)) return [line];
  if (cells.length > width) {
    if (filled(cells.slice(width)) > 0) {
      throw new ImportProblem(
        `The row has ${cells.length} cells where the heading names ${width}. A separator inside a cell needs quotation marks around the cell.`,
        { row },
      );
    }
    return cells.slice(0, width);
  }
  return [...cells, ...Array<string>(width - cells.length).fill('')];
}

function trimmedWidth(cells: readonly Cell[]): number {
  // Keep trailing empty columns of the heading, because there may be data below them.
  return Math.max(cells.length, 1);
}

/** The first quarter of a megabyte, cut at a line end. A longer line cannot be part of a table. */
function headOf(utf8: Buffer): Buffer {
  if (utf8.length <= HEAD_BYTES) return utf8;
  const head = utf8.subarray(0, HEAD_BYTES);
  const end = Math.max(head.lastIndexOf(10), head.lastIndexOf(13));
  if (end >= 0) return head.subarray(0, end + 1);
  const nextLine = utf8.indexOf(10);
  const length = nextLine < 0 ? utf8.length : nextLine;
  throw new ImportProblem(
    `The first line is ${megabytes(length) === '0 MB' ? 'over a quarter of a megabyte' : megabytes(length)} long, which no console exports. Is this the right file?`,
    { row: 1 },
  );
}

/** The delimiter that splits most lines into the same, largest number of cells. */
function bestDelimiter(head: Buffer): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    let rows: NumberedRow[];
    try {
      rows = collect(head, delimiter, 60, 0).filter(({ cells }) => filled(cells) > 0);
    } catch {
      continue;
    }
    const counts = new Map<number, number>();
    for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    for (const [width, times] of counts) {
      if (width < 2) continue;
      const score = (times / rows.length) * (1 + Math.log2(width));
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

class Enough extends Error {}

function collect(utf8: Buffer, delimiter: string, max: number, skipped: number): NumberedRow[] {
  const rows: NumberedRow[] = [];
  try {
    scan(utf8, delimiter, skipped, (row, cells) => {
      rows.push({ row, cells });
      if (rows.length >= max) throw new Enough();
    });
  } catch (error) {
    // The sample may end within a quoted cell. What was parsed before it is enough to find the heading.
    if (!(error instanceof Enough) && !(error instanceof ImportProblem && rows.length > 0)) throw error;
  }
  return rows;
}

/** Calls `visit` with the physical line on which each record starts. */
function scan(
  utf8: Buffer,
  delimiter: string,
  skipped: number,
  visit: (row: number, cells: readonly string[]) => void,
): void {
  let line = 1 + skipped;
  try {
    parse(utf8, {
      ...OPTIONS,
      delimiter,
      on_record: (record: string[]) => {
        const start = line;
        line += 1 + lineBreaks(record);
        visit(start, record);
        return null;
      },
    });
  } catch (error) {
    throw explain(error, line);
  }
}

function lineBreaks(record: readonly string[]): number {
  let breaks = 0;
  for (const field of record) {
    for (let at = 0; at < field.length; at++) {
      const code = field.charCodeAt(at);
      if (code === 10 || (code === 13 && field.charCodeAt(at + 1) !== 10)) breaks += 1;
    }
  }
  return breaks;
}

function explain(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new ImportProblem(
      `A line is longer than ${megabytes(LIMITS.recordBytes)}, or a quotation mark is never closed. Export the file again.`,
      { row },
    );
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ImportProblem('A quotation mark opens here and is never closed. Export the file again.', {
      row,
    });
  }
  return new ImportProblem(
    'The separators or quotation marks of this line cannot be read. Export the file again.',
    { row },
  );
}
