import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonAnswer } from './json-answer.ts';
import { badRequest, unprocessable } from './problems.ts';

/** Entries per page if the request names no limit. */
export const DEFAULT_LIMIT = 1_000;
/** Maximum entries per page. */
export const MAX_LIMIT = 5_000;
/** Entries that a cursor names, so that it remains valid if the last of them are removed. */
const ANCHORS = 3;

/** Where the entries of an answer are, and what identifies each. */
export interface ListOf {
  /** Field of the answer that holds the list; left out: `items`. */
  readonly in?: string;
  /** Field that identifies an entry, or several that do so together. */
  readonly key: string | readonly string[];
  /** The handler makes the page itself, so that it need not read more. */
  readonly paged?: 'by handler';
  /** A log without an end: by default a request gets the newest page, and no surface collects all pages. */
  readonly endless?: true;
}

/** Parameters of every list: how many entries, and after which. */
export function pageParams({ byDefault = DEFAULT_LIMIT, max = MAX_LIMIT } = {}) {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(max)
      .default(byDefault)
      .describe(`Entries per page, at most ${max.toLocaleString('en')}`),
    cursor: cursorText.optional().describe('For the next page: `nextCursor` of the page before'),
  };
}

const cursorText = z.string().min(1).max(2_000);

/** Part of every list's answer. */
export const nextCursor = z
  .string()
  .nullable()
  .optional()
  .describe('Pass it as `cursor` to get the next page; null: this is the last page');

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The input of a list without `limit` and `cursor`, for callers that need all of it. */
export type Unpaged<Schema extends z.ZodType | undefined> = Omit<z.output<NonNullable<Schema>>, keyof Page>;

/**
 * The page after the entry that the cursor names, so that entries added or removed elsewhere shift nothing. If that
 * entry was removed, the page continues after the one before it; if all that the cursor names are gone, it throws,
 * because continuing by position could silently skip entries.
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { limit, cursor }: Page,
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const keys = distinct(items.map(keyOf));
  const from = cursor === undefined ? 0 : placeAfter(keys, anchorsIn(cursor));
  const page = items.slice(from, from + limit);
  const end = from + page.length;
  return { items: page, nextCursor: end < items.length ? cursorAt(keys, end) : null };
}

/** Encodes a position as an opaque cursor. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Decodes a cursor of {@link writeCursor}; throws if it is not valid. */
export function readCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badRequest(
      '“cursor” did not come from a page of this list. Leave it out to start at the first page.',
    );
  }
}

const pageAsked = z.object({
  limit: z.coerce.number().int().min(1).default(DEFAULT_LIMIT),
  cursor: cursorText.optional(),
});

/**
 * Cuts the page that the input asks for out of a complete list. An answer that fits on one page is returned unchanged.
 */
export function paged(answer: unknown, list: ListOf, input: unknown): unknown {
  const asked = pageAsked.parse(input ?? {});
  if (answer instanceof JsonAnswer) {
    // A serialized answer already contains `nextCursor: null`.
    if (asked.cursor === undefined && answer.entries(list.in ?? 'items') <= asked.limit) return answer;
    return paged(answer.read(), list, input);
  }
  if (!isRecord(answer)) return answer;
  const name = list.in ?? 'items';
  const items = answer[name];
  if (!Array.isArray(items)) return { ...answer, nextCursor: null };
  const page = pageOf(items, (item) => keyIn(item, list), asked);
  return { ...answer, [name]: page.items, nextCursor: page.nextCursor };
}

/** The `nextCursor` of an answer; null: there is none. */
export function cursorIn(answer: unknown): string | null {
  const next = answer instanceof JsonAnswer ? answer.nextCursor : isRecord(answer) ? answer.nextCursor : null;
  return typeof next === 'string' ? next : null;
}

/** The key of an entry. */
export function keyIn(item: unknown, { key }: ListOf): string {
  const of = isRecord(item) ? item : {};
  return JSON.stringify([key].flat().map((name) => of[name] ?? null));
}

/** Appends a counter to repeated keys, so that all are distinct. */
function distinct(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key} ${times}`;
  });
}

function cursorAt(keys: readonly string[], end: number): string {
  return writeCursor(keys.slice(Math.max(0, end - ANCHORS), end).map(markOf));
}

function anchorsIn(cursor: string): readonly string[] {
  return readCursor(cursor, z.array(z.string()).min(1).max(ANCHORS));
}

function placeAfter(keys: readonly string[], anchors: readonly string[]): number {
  const marks = keys.map(markOf);
  for (const anchor of anchors.toReversed()) {
    const at = marks.indexOf(anchor);
    if (at >= 0) return at + 1;
  }
  throw unprocessable(
    'The entries at the end of the page before are no longer in this list. Start again at the first page, without a cursor.',
  );
}

function markOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
