import { isDay } from '#domain/model/day.ts';
import { type Content, ImportProblem, type Note } from '../../exports/file-kind.ts';
import { isObject, type JsonObject, jsonValues, member, text } from '../../exports/kinds/json-values.ts';
import { mayHaveMore, statesMore } from '../../json-values.ts';

/** A page of an Anthropic API response, and whether there is a next page. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly more: boolean;
  /** Day stated by the response; null: none. */
  readonly day: string | null;
}

export interface Pages {
  readonly pages: readonly Page[];
  /** Responses that are a single object, such as the effective settings. */
  readonly objects: readonly JsonObject[];
  readonly errors: readonly { readonly type: string; readonly message: string | null }[];
}

const NONE: Pages = { pages: [], objects: [], errors: [] };
const memo = new WeakMap<Content, Pages>();

/** Splits a file into pages, single objects and error bodies, however the responses were saved. */
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

/**
 * Replaces values that are not objects by an empty object, which the kind's reader then rejects with the row number.
 */
function objectsOf(data: readonly unknown[]): JsonObject[] {
  return data.map((item) => (isObject(item) ? item : {}));
}

/** Whether at least half of a file's entries are of a kind, so that a few odd entries do not matter. */
export function mostAre(content: Content, is: (item: JsonObject) => boolean): boolean {
  const items = pagesOf(content).pages.flatMap((page) => page.items);
  const right = items.filter(is).length;
  return right > 0 && right * 2 >= items.length;
}

/** Sentence about an error body that was saved in place of a response. */
export function explainError(error: { readonly type: string; readonly message: string | null }): string {
  const why: Record<string, string> = {
    authentication_error: 'the key was refused, so a valid key is needed',
    permission_error: 'the key lacks a scope that this request needs',
    not_found_error: 'the organization or the address was not found, or the organization has no access to it',
    rate_limit_error: 'too many requests were made in a short time, so try again after a minute',
    invalid_request_error: 'the request was not accepted in this form',
  };
  return `The file contains an error from Anthropic instead of data: ${why[error.type] ?? `the answer was “${error.type}”`}. Save the answer of a successful request.`;
}

export interface RightRows<T> {
  readonly rows: readonly T[];
  /** What was skipped and why, by row. */
  readonly notes: readonly Note[];
  /** Whether every entry was readable. */
  readonly whole: boolean;
}

/**
 * Reads each entry and reports unreadable ones: one odd entry must not prevent reading the others, but makes the list
 * incomplete. Throws the first problem if nothing is readable.
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
        says: `${named === null ? 'The entry' : `“${named.slice(0, 80)}”`} was left out, so the list is incomplete: ${error.message}`,
      });
    }
  });
  if (first !== null && rows.length === 0) throw first;
  return { rows, notes, whole: first === null };
}

/** Deduplicates entries by person and day. The vendor revises days, so later entries replace earlier ones. */
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
