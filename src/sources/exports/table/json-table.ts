import { mayHaveMore, statesMore } from '../../json-values.ts';
import type { Cell, Table } from '../file-kind.ts';

const LISTS = [
  'data',
  'memberships',
  'domain_memberships',
  'accounts',
  'users',
  'members',
  'results',
  'items',
  'value',
  'rows',
];

/** Keys by which a page refers to the next one. */
const NEXT = ['next_page', 'next_cursor', 'nextCursor', 'nextLink', '@odata.nextLink'];

/** An array of flat JSON objects as a table; `row` is the 1-based index. null: no such array. */
export function jsonTable(value: unknown): { table: Table; complete: boolean } | null {
  const pages =
    Array.isArray(value) && value.length > 0 && value.every((page) => isObject(page) && listIn(page) !== null)
      ? value
      : [value];
  const items: Record<string, unknown>[] = [];
  const title: string[] = [];
  let complete = true;
  for (const page of pages) {
    const list = Array.isArray(page) ? page : isObject(page) ? listIn(page) : null;
    if (!list?.every(isObject)) return null;
    items.push(...list);
    if (isObject(page)) title.push(...daysOf(page));
    complete = !(isObject(page) && (hasMore(page) || statesMore(page, items.length)));
  }
  const flat = items.map(flatten);
  const columns = [...new Set(flat.flatMap((item) => [...item.keys()]))];
  return {
    complete,
    table: {
      sheet: null,
      headingRow: 1,
      ...(title.length === 0 ? {} : { title }),
      columns,
      rows: flat.map((item, index) => ({
        row: index + 1,
        cells: columns.map((column) => item.get(column) ?? null),
      })),
    },
  };
}

/** Keys next to a list for the day of reading. */
const READ =
  /^(?:exported|generated|extracted|retrieved|captured|snapshot|report)_?(?:at|on|date|time)$|^as_?of$/i;

/** The day of a page, phrased like a line above a table. */
function daysOf(page: Record<string, unknown>): readonly string[] {
  return Object.entries(page).flatMap(([name, value]) =>
    READ.test(name) && typeof value === 'string' ? [`${asWords(name)}: ${value}`] : [],
  );
}

/** Splits `exportedAt` and `exported_at` into words. */
function asWords(name: string): string {
  return name.replace(/([a-z])(?=[A-Z])/g, '$1 ').replaceAll('_', ' ');
}

function flatten(item: Record<string, unknown>): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [key, value] of Object.entries(item)) {
    if (isObject(value))
      for (const [inner, deep] of Object.entries(value)) cells.set(`${key}_${inner}`, cellOf(deep));
    else cells.set(key, cellOf(value));
  }
  return cells;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value))
    return value.filter((part) => typeof part === 'string' || typeof part === 'number').join('; ');
  return null;
}

/** Whether there is more than the list used: another page, or another list next to it. */
function hasMore(page: Record<string, unknown>): boolean {
  const lists = Object.values(page).filter((value) => Array.isArray(value) && value.some(isObject));
  return mayHaveMore(page.has_more) || NEXT.some((name) => (page[name] ?? null) !== null) || lists.length > 1;
}

function listIn(page: Record<string, unknown>): unknown[] | null {
  for (const key of LISTS) {
    const list = page[key];
    if (Array.isArray(list)) return list;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
