import { isDay } from '#domain/model/day.ts';
import { type Content, ImportProblem, type Note } from '../../exports/file-kind.ts';
import { isObject, type JsonObject, jsonValues, member, text } from '../../exports/kinds/json-values.ts';
import { mayHaveMore, statesMore } from '../../json-values.ts';

/** One answer of an Anthropic interface: its items and whether it names a further page. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly more: boolean;
  /** The day that the answer itself says it is of; null: none. */
  readonly day: string | null;
}

export interface Pages {
  readonly pages: readonly Page[];
  /** Answers that are one object, such as the effective settings. */
  readonly objects: readonly JsonObject[];
  readonly errors: readonly { readonly type: string; readonly message: string | null }[];
}

const NONE: Pages = { pages: [], objects: [], errors: [] };
const memo = new WeakMap<Content, Pages>();

/** Sorts a file into pages, single answers and error bodies, whatever way the answers were saved together. */
export function pagesOf(content: Content): Pages {
  if (content.form !== 'json' && content.form !== 'text') return NONE;
  const known = memo.get(content);
  if (known) return known;
  const found = {
    pages: [] as Page[],
    objects: [] as JsonObject[],
    errors: [] as { type: string; message: string | null }[],
  };
  const loose: JsonObject[] = [];
  let given = 0;
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      if (depth < 3) for (const item of value) visit(item, depth + 1);
      return;
    }
    if (!isObject(value)) {
      if (depth > 0) loose.push({});
      return;
    }
    const error = member(value, 'error');
    const data = member(value, 'data');
    if (isObject(error) && text(error.type) !== null && data === undefined) {
      found.errors.push({ type: text(error.type) ?? 'unknown', message: text(error.message) });
    } else if (Array.isArray(data)) {
      given += data.length;
      found.pages.push({
        items: objectsOf(data),
        more: mayHaveMore(value.has_more) || (value.next_page ?? '') !== '' || statesMore(value, given),
        day: isDay(text(value.date) ?? '') ? text(value.date) : null,
      });
    } else if (Array.isArray(member(value, 'settings'))) {
      found.objects.push(value);
    } else {
      loose.push(value);
    }
  };
  for (const value of jsonValues(content)) visit(value, 0);
  if (loose.length > 0) found.pages.push({ items: loose, more: false, day: null });
  memo.set(content, found);
  return found;
}

/** What is not an object becomes an empty one, so that the reader of the kind refuses it with its row. */
function objectsOf(data: readonly unknown[]): JsonObject[] {
  return data.map((item) => (isObject(item) ? item : {}));
}

/** Whether entries of a file, and at least half of them, are of a kind: one odd entry, wherever it stands, makes it no other list. */
export function mostAre(content: Content, is: (item: JsonObject) => boolean): boolean {
  const items = pagesOf(content).pages.flatMap((page) => page.items);
  const right = items.filter(is).length;
  return right > 0 && right * 2 >= items.length;
}

/** The sentence for an error body that was saved in place of an answer. */
export function explainError(error: { readonly type: string; readonly message: string | null }): string {
  const why: Record<string, string> = {
    authentication_error: 'the key was refused, so a valid key is needed',
    permission_error: 'the key lacks a scope that this request needs',
    not_found_error: 'the organization or the address was not found, or the organization has no access to it',
    rate_limit_error: 'too many requests were made in a short time, so try again after a minute',
    invalid_request_error: 'the request was not accepted in this form',
  };
  return `The file contains an error from Anthropic instead of data: ${why[error.type] ?? `the answer was "${error.type}"`}. Save the answer of a successful request.`;
}

export interface RightRows<T> {
  readonly rows: readonly T[];
  /** What was left out and why, by row. */
  readonly notes: readonly Note[];
  /** Whether every entry could be read. */
  readonly whole: boolean;
}

/**
 * Reads each entry and leaves out, by name, those that cannot be read: one odd entry must not take the others with it.
 * Without it the list is not whole. Throws the first problem where nothing can be read.
 */
export function rightRows<T>(
  items: readonly JsonObject[],
  read: (item: JsonObject, row: number) => T,
): RightRows<T> {
  const rows: T[] = [];
  const notes: Note[] = [];
  let first: ImportProblem | null = null;
  items.forEach((item, index) => {
    try {
      rows.push(read(item, index + 1));
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      first ??= error;
      const named = text(item.id) ?? text(item.name) ?? text(item.email);
      notes.push({
        row: error.row ?? index + 1,
        column: error.column,
        says: `${named === null ? 'The entry' : `"${named.slice(0, 80)}"`} was left out, so the list is incomplete: ${error.message}`,
      });
    }
  });
  if (first !== null && rows.length === 0) throw first;
  return { rows, notes, whole: first === null };
}

/** Entries that say who and which day, each once: the vendor revises days, so the later one replaces. */
export function latestOfEach<T>(rows: readonly T[], key: (row: T) => string | null): readonly T[] {
  const last = new Map<string, T>();
  for (const row of rows) {
    const own = key(row);
    if (own !== null) last.set(own, row);
  }
  return rows.filter((row) => {
    const own = key(row);
    return own === null || last.get(own) === row;
  });
}
