interface Asked {
  /** Name of the list in the answer; null: the answer is no list in pages. */
  readonly list: string | null;
  readonly input: unknown;
}

/**
 * The whole of a list, of whose answer the first page is here. Anyone who asked for a page, with a limit or a cursor, gets
 * that page. What the answer says beside the list is as the first page has it.
 */
export async function followPages(
  first: unknown,
  { list, input }: Asked,
  next: (input: Record<string, unknown>) => Promise<unknown>,
): Promise<unknown> {
  const asked = isRecord(input) ? input : {};
  const page = asked.limit !== undefined || asked.cursor !== undefined;
  if (list === null || !isRecord(first) || page) return first;
  const entries = entriesIn(first, list);
  let cursor = first.nextCursor;
  if (typeof cursor !== 'string') return first;
  while (typeof cursor === 'string') {
    const more = await next({ ...asked, cursor });
    entries.push(...entriesIn(more, list));
    cursor = isRecord(more) ? more.nextCursor : null;
  }
  return { ...first, [list]: entries, nextCursor: null };
}

function entriesIn(page: unknown, list: string): unknown[] {
  const entries = isRecord(page) ? page[list] : [];
  return Array.isArray(entries) ? [...entries] : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
