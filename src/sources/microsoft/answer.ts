import type { Content } from '../exports/file-kind.ts';
import {
  isObject,
  type JsonObject,
  jsonValues,
  member,
  numberOf,
  text,
} from '../exports/kinds/json-values.ts';

/** A list of Graph objects as saved: a page, a bare array, or a single object. */
export interface GraphList {
  /** The part of `@odata.context` after `#`; null: saved without it. */
  readonly context: string | null;
  /** true: a response of Graph's beta, which has more fields than v1.0. false: v1.0 or unknown. */
  readonly beta: boolean;
  readonly items: readonly JsonObject[];
  /** There are more pages. */
  readonly more: boolean;
  /** A requested single object, not a list. */
  readonly single: boolean;
  /** Saved or converted without the envelope around the list. */
  readonly bare: boolean;
  /** `@odata.count`, if requested. */
  readonly count: number | null;
}

export interface GraphError {
  readonly status: number | null;
  readonly code: string;
}

export interface GraphFile {
  readonly lists: readonly GraphList[];
  readonly errors: readonly GraphError[];
}

const NONE: GraphFile = { lists: [], errors: [] };
const memo = new WeakMap<Content, GraphFile>();

/**
 * Extracts lists and errors from a file, however it was saved: from Graph Explorer with or without `@odata.context`, as
 * several pages, as a `$batch` response, or by PowerShell's ConvertTo-Json with its capitalized names.
 */
export function graphFile(content: Content): GraphFile {
  if (content.form !== 'json' && content.form !== 'text') return NONE;
  const known = memo.get(content);
  if (known) return known;
  const lists: GraphList[] = [];
  const errors: GraphError[] = [];
  for (const value of jsonValues(content)) visit(value, lists, errors, 0);
  const file = { lists, errors };
  memo.set(content, file);
  return file;
}

function visit(value: unknown, lists: GraphList[], errors: GraphError[], depth: number): void {
  if (depth > 4) return;
  if (Array.isArray(value)) {
    const objects = value.map(asGraph);
    const isWrapper = (item: JsonObject): boolean =>
      isPage(item) || isObject(item.error) || Array.isArray(item.responses);
    if (objects.some(isWrapper)) for (const item of objects) visit(item, lists, errors, depth + 1);
    else
      lists.push({
        context: null,
        beta: false,
        items: objects,
        more: false,
        single: false,
        bare: true,
        count: null,
      });
    return;
  }
  if (!isObject(value)) return;
  const object = asGraph(value);
  const error = member(object, 'error');
  if (isObject(error) && text(error.code) !== null) {
    errors.push({ status: null, code: text(error.code) ?? '' });
    return;
  }
  const responses = member(object, 'responses');
  if (Array.isArray(responses)) {
    for (const response of responses) readResponse(response, lists, errors, depth);
    return;
  }
  if (isPage(object)) {
    const items = (object.value as readonly unknown[]).map(asGraph);
    lists.push({
      context: contextOf(object),
      beta: isBeta(object),
      items,
      more: text(object['@odata.nextLink']) !== null || text(object['@odata.deltaLink']) !== null,
      single: false,
      bare: contextOf(object) === null && text(object['@odata.nextLink']) === null,
      count: numberOf(object['@odata.count']),
    });
    return;
  }
  const results = member(object, 'results');
  // A response of advanced hunting: rows with the columns of the query.
  if (Array.isArray(results) && Array.isArray(member(object, 'schema'))) {
    const items = results.map(asGraph);
    lists.push({ context: null, beta: false, items, more: false, single: false, bare: false, count: null });
    return;
  }
  lists.push({
    context: contextOf(object),
    beta: isBeta(object),
    items: [object],
    more: false,
    single: true,
    bare: false,
    count: null,
  });
}

function readResponse(response: unknown, lists: GraphList[], errors: GraphError[], depth: number): void {
  if (!isObject(response)) return;
  const status = numberOf(member(response, 'status'));
  const body = member(response, 'body');
  if (status !== null && status >= 400) {
    const error = isObject(body) ? member(body, 'error') : undefined;
    errors.push({ status, code: (isObject(error) ? text(error.code) : null) ?? String(status) });
  } else if (body !== undefined) {
    visit(body, lists, errors, depth + 1);
  }
}

function isPage(object: JsonObject): boolean {
  if (!Array.isArray(member(object, 'value'))) return false;
  return Object.keys(object).every((key) => key === 'value' || key === 'count' || key.startsWith('@'));
}

/** The part of the context URL that describes the response, for example `users(id,mail)`. */
function contextOf(object: JsonObject): string | null {
  const address = text(member(object, '@odata.context'));
  const hash = address?.indexOf('#') ?? -1;
  return address && hash >= 0 ? address.slice(hash + 1) : null;
}

function isBeta(object: JsonObject): boolean {
  return /\/beta\//i.test(text(member(object, '@odata.context')) ?? '');
}

/**
 * Replaces values that are not objects by an empty object, which the kind's reader then rejects with the row number.
 */
function asGraph(item: unknown): JsonObject {
  if (!isObject(item)) return {};
  return Object.keys(item).some((key) => /^[A-Z]/.test(key)) ? camelCased(item) : item;
}

/**
 * PowerShell capitalizes member names, and puts members unknown to its classes into `AdditionalProperties`. Restores
 * Graph's own names and structure.
 */
function camelCased(object: JsonObject): JsonObject {
  const out = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    if (key === '__proto__') continue;
    out.set(key.charAt(0).toLowerCase() + key.slice(1), deepCamelCased(value));
  }
  const additional = out.get('additionalProperties');
  if (isObject(additional)) {
    out.delete('additionalProperties');
    for (const [key, value] of Object.entries(additional)) {
      const present = out.get(key);
      if (present === undefined || present === null) out.set(key, value);
    }
  }
  return Object.fromEntries(out);
}

function deepCamelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepCamelCased);
  return isObject(value) ? camelCased(value) : value;
}
