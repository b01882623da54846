import { getHeapStatistics } from 'node:v8';

/**
 * Maximum memory in bytes per JSON value, measured with millions of objects that each have a unique key. Typical
 * values take a quarter of it.
 */
const BYTES_OF_A_VALUE = 200;
/** Share of a thread's heap for parsed values; the text itself and derived data take the rest. */
const SHARE = 0.6;
/** No export has more: 128 MB of audit log have about five million. */
const MAX_VALUES = 12_000_000;
const MIN_VALUES = 100_000;

/** Number of values for which this thread or process has memory. */
export function valuesThatFit(): number {
  const fit = Math.floor((getHeapStatistics().heap_size_limit * SHARE) / BYTES_OF_A_VALUE);
  return Math.min(MAX_VALUES, Math.max(MIN_VALUES, fit));
}

/**
 * Whether an answer's `has_more` means that there may be more. Only false, or its absence, is the end: the vendor
 * documents no other value.
 */
export function mayHaveMore(value: unknown): boolean {
  return value !== undefined && value !== false;
}

const TOTALS = [
  'total',
  'total_count',
  'totalCount',
  'total_results',
  'totalResults',
  'total_items',
  'totalItems',
  'total_records',
  'totalRecords',
];
const PAGES = ['total_pages', 'totalPages', 'page_count', 'pageCount', 'last_page', 'lastPage'];
const PAGE = ['page', 'current_page', 'currentPage', 'page_number', 'pageNumber'];
const PAGING_FIELDS = ['meta', 'pagination', 'paging', 'page_info', 'pageInfo', 'page'];

/**
 * Whether an answer without `has_more` indicates more data in another way: a total above the entries so far, or a page
 * that is not the last. `given` counts the entries of this page and of earlier ones in the same file.
 */
export function statesMore(answer: Readonly<Record<string, unknown>>, given: number): boolean {
  if (answer.has_more === false) return false;
  const places = [answer, ...PAGING_FIELDS.map((name) => answer[name])].filter(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  return places.some((place) => {
    const numberIn = (names: readonly string[]) =>
      names.map((name) => Number(place[name] ?? Number.NaN)).find((value) => Number.isFinite(value));
    const [total, pages, page] = [numberIn(TOTALS), numberIn(PAGES), numberIn(PAGE)];
    return (
      (total !== undefined && total > given) || (pages !== undefined && page !== undefined && page < pages)
    );
  });
}

/**
 * Whether a JSON text has more than `max` values, counted without parsing: if the heap runs out inside `JSON.parse`,
 * V8 ends the whole process, not only the thread. Lines count too, because in a file with one value per line each
 * becomes a string.
 */
export function hasMoreValues(text: string, max: number): boolean {
  if (text.length <= max) return false;
  let values = 0;
  let line = text.indexOf('\n');
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      // Skip quoted text by searching its end, which V8 does a hundred times faster: a quotation mark or, if there is
      // none, the end of its line.
      const mark = nextPlain('"', text.indexOf('"', at + 1), text, at);
      if (line !== -1 && line < at) line = text.indexOf('\n', at);
      if (line !== -1 && (mark === -1 || line < mark)) line = nextPlain('\n', line, text, at);
      const end = line !== -1 && (mark === -1 || line < mark) ? line : mark;
      if (end === -1) return false;
      at = end;
    } else if (code === 0x2c || code === 0x7b || code === 0x5b || code === 0x0a) {
      values += 1;
      if (values > max) return true;
    }
  }
  return false;
}

/** Number of fields of all objects of a valid JSON text, including those whose name occurs again. */
export function fieldsIn(text: string): number {
  let fields = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) fields += 1;
    else if (code === 0x22) {
      at = nextPlain('"', text.indexOf('"', at + 1), text, at);
      if (at === -1) break;
    }
  }
  return fields;
}

/** The first occurrence of a character at or after `at` that is not escaped by a backslash after `from`; -1: none. */
function nextPlain(char: string, at: number, text: string, from: number): number {
  for (let next = at; next !== -1; next = text.indexOf(char, next + 1)) {
    let before = next - 1;
    while (before > from && text.charCodeAt(before) === 0x5c) before -= 1;
    if ((next - before) % 2 === 1) return next;
  }
  return -1;
}
