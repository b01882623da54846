import type { AiTrafficRow } from '#domain/model/kinds.ts';
import type { Table } from '../exports/file-kind.ts';
import { cellText } from '../exports/table/cells.ts';
import { wholeNumber } from './hit.ts';

/** What is stored in place of a network log: a table of sums, which Bylaw can read again. */
const COLUMNS = [
  'day',
  'tool',
  'host',
  'person',
  'device',
  'place',
  'claude organization',
  'times',
  'refused',
  'bytes sent',
  'bytes received',
  'first',
  'last',
  'people',
  'log from',
  'log to',
] as const;

const EMPTY = ','.repeat(COLUMNS.length - 3);

/** Heading of a column behind these, only in the sums of a log that is a part. */
const PART = 'part of the log';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

interface Reported {
  readonly rows: readonly AiTrafficRow[];
  readonly covers: { readonly from: string; readonly to: string } | null;
  /** false: the log was only a part, and so are its sums. */
  readonly complete: boolean;
}

export function totalsText({ rows, covers, complete }: Reported): string {
  const period = `${covers === null ? ',' : `${covers.from},${covers.to}`}${complete ? '' : ',yes'}`;
  const lines = rows.map((row) =>
    [
      row.on,
      row.tool,
      row.host,
      row.person,
      row.device,
      row.place,
      row.organization,
      row.times,
      row.refused,
      row.sent,
      row.received,
      row.first,
      row.last,
      row.people,
    ]
      .map(cell)
      .join(',')
      .concat(',', period),
  );
  // A log without AI tools still shows which days it covers.
  return `${[[...COLUMNS, ...(complete ? [] : [PART])].join(','), ...(lines.length === 0 ? [`${EMPTY},${period}`] : lines)].join('\n')}\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  // Prevents that a cell becomes a formula in a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function isTotals(table: Table): boolean {
  return COLUMNS.every((name, index) => table.columns[index]?.toLowerCase() === name);
}

/** Minimum columns by which a changed table of sums is still recognized. */
const MIN_COLUMNS = 10;

/**
 * Columns that are missing or misplaced in a table of Bylaw's sums; empty: not such a table, or unchanged. Read as a
 * log, it would count each line as one request and ignore the numbers.
 */
export function changedIn(table: Table): readonly string[] {
  const names = new Set(table.columns.map((column) => column.toLowerCase()));
  if (isTotals(table) || COLUMNS.filter((name) => names.has(name)).length < MIN_COLUMNS) return [];
  const missing = COLUMNS.filter((name) => !names.has(name));
  return missing.length > 0 ? missing : [...COLUMNS];
}

/** Rows as stored. A row without a tool's host, or with an invalid day, is reported as unread. */
export function readTotals(table: Table, file: string): Reported & { readonly unread: readonly number[] } {
  const rows: AiTrafficRow[] = [];
  const unread: number[] = [];
  const stated: string[] = [];
  for (const { row, cells } of table.rows) {
    const text = (index: number) => {
      const value = cellText(cells[index]);
      return value === null ? null : value.replace(/^'(?=[=+\-@])/, '');
    };
    const host = text(2);
    const on = text(0);
    const period = [text(14), text(15)].flatMap((one) => (one !== null && DAY.test(one) ? [one] : []));
    stated.push(...period);
    if (host === null && on === null && period.length === 2) continue;
    if (host === null || (on !== null && !DAY.test(on))) {
      unread.push(row);
      continue;
    }
    rows.push({
      file,
      row,
      on,
      tool: text(1),
      host,
      person: text(3)?.toLowerCase() ?? null,
      device: text(4),
      place: text(5),
      organization: text(6),
      times: wholeNumber(text(7)),
      refused: wholeNumber(text(8)),
      sent: wholeNumber(text(9)),
      received: wholeNumber(text(10)),
      first: text(11),
      last: text(12),
      people: wholeNumber(text(13)),
    });
  }
  // A much older line does not make the log cover the days in between.
  const days = (stated.length > 0 ? stated : rows.flatMap(({ on }) => on ?? [])).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  const complete = table.columns[COLUMNS.length]?.toLowerCase() !== PART;
  return { rows, unread, complete, covers: from === undefined || to === undefined ? null : { from, to } };
}
