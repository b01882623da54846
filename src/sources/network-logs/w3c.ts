import type { Content, Table, TableRow } from '../exports/file-kind.ts';

/** Zeek separates its fields by tabs and leaves out the colon. */
const FIELDS = /^#fields(?::\s*|\t)/i;

/**
 * A log in the W3C extended format, as written by Blue Coat, Netskope and others, or of Zeek, as a table: its `#Fields`
 * are the columns, plus one with the line's date and time, which are UTC. null: no `#Fields`.
 */
export function w3cTable(content: Extract<Content, { form: 'lines' }>): Table | null {
  const columns = fieldsOf(content.first.find((line) => FIELDS.test(line)) ?? '');
  if (columns.length < 3) return null;
  const each = (visit: (row: TableRow) => void) => {
    const read = reader(columns);
    content.each((line, row) => {
      const cells = line === null ? [] : read(line);
      if (cells !== null) visit({ row, cells });
    });
  };
  const read = reader(columns);
  const first = content.first.flatMap((line, index) => {
    const cells = read(line);
    return cells === null ? [] : [{ row: index + 1, cells }];
  });
  return {
    sheet: null,
    headingRow: 1,
    columns: [DATE_TIME, ...columns],
    rows: [],
    first,
    each,
    brokenRow: () => (content.endsWhole ? null : { row: 0, cells: 0 }),
  };
}

const DATE_TIME = 'datetime';

/** Parses lines by the most recent `#Fields`. null: not an entry. */
function reader(columns: readonly string[]): (line: string) => TableRow['cells'] | null {
  let now = columns;
  return (line) => {
    if (FIELDS.test(line)) now = fieldsOf(line);
    if (line.startsWith('#') || line.trim() === '') return null;
    const cells = cellsOf(line);
    // With the wrong number of cells, they cannot be assigned to fields.
    if (cells.length !== now.length) return [];
    const at = (column: string) => cells[now.indexOf(column)] ?? null;
    const [date, time] = [at('date'), at('time')];
    return [date === null || time === null ? null : `${date} ${time}Z`, ...columns.map(at)];
  };
}

const fieldsOf = (line: string) => line.replace(FIELDS, '').trim().split(/\s+/);

function cellsOf(line: string): readonly string[] {
  if (line.includes('\t')) return line.split('\t').map((cell) => cell.replace(/^"|"$/g, ''));
  return Array.from(line.matchAll(/"((?:[^"]|"")*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');
}
