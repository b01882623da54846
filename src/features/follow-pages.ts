interface Asked {
  /** Field of the answer that holds the list; null: the answer is not a paged list. */
  readonly list: string | null;
  readonly input: unknown;
}

/**
 * Collects all pages of a list, starting from its first page. A caller who asked for a page (`limit` or `cursor`) gets
 * only that page. Fields beside the list are those of the first page.
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
