import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonAnswer } from './json-answer.ts';
import { badRequest, unprocessable } from './problems.ts';

/** Entries of a page where nothing is asked for. */
export const DEFAULT_LIMIT = 1_000;
/** The most that one page holds. */
export const MAX_LIMIT = 5_000;
/** Entries that a cursor remembers, so that it still leads on after the last ones were removed. */
const ANCHORS = 3;

/** Where the entries of an answer stand, and what tells one from the others. */
export interface ListOf {
  /** Name of the list within the answer; left out: `items`. */
  readonly in?: string;
  /** Field of an entry, or several that only together are its own. */
  readonly key: string | readonly string[];
  /** The handler makes the page itself, because it does not read more than that. */
  readonly paged?: 'by handler';
  /** A log that has no end: whoever says nothing of pages gets the newest page, and no surface puts it together. */
  readonly endless?: true;
}

/** What is asked of every list: how many entries, and after which. */
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

/** In the answer of every list. */
export const nextCursor = z
  .string()
  .nullable()
  .optional()
  .describe('Pass it as `cursor` to get the next page; null: this is the last page');

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The input of a list without what asks for a page, for those who need all of it. */
export type Unpaged<Schema extends z.ZodType | undefined> = Omit<z.output<NonNullable<Schema>>, keyof Page>;

/**
 * The entries after the one that the cursor names, so that what is added or removed elsewhere meanwhile shifts nothing.
 * Of what was removed itself the entry before counts; once that is gone as well the list has to be begun again, which is
 * said, for going on by number would pass over entries in silence.
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

/** A cursor as text that says nothing to anyone who holds it. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** What {@link writeCursor} was given; refuses what no page has given. */
export function readCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badRequest(
      '"cursor" did not come from a page of this list. Leave it out to start at the first page.',
    );
  }
}

const pageAsked = z.object({
  limit: z.coerce.number().int().min(1).default(DEFAULT_LIMIT),
  cursor: cursorText.optional(),
});

/** The page of a whole list that the operation's input asks for; the answer is left as it is where that is all of it. */
export function paged(answer: unknown, list: ListOf, input: unknown): unknown {
  const asked = pageAsked.parse(input ?? {});
  if (answer instanceof JsonAnswer) {
    // What is written once for all has its own null as `nextCursor`.
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

/** The cursor for the page after, as an answer gives it; null: there is none. */
export function cursorIn(answer: unknown): string | null {
  const next = answer instanceof JsonAnswer ? answer.nextCursor : isRecord(answer) ? answer.nextCursor : null;
  return typeof next === 'string' ? next : null;
}

/** What tells an entry of a list from the others. */
export function keyIn(item: unknown, { key }: ListOf): string {
  const of = isRecord(item) ? item : {};
  return JSON.stringify([key].flat().map((name) => of[name] ?? null));
}

/** Short marks of the keys; the second of the same key is told apart by its number. */
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
