import { isObject, type Json } from '../json-client.ts';
import { mayHaveMore } from '../json-values.ts';
import { SourceProblem } from '../problem.ts';
import type { AnthropicClient, Query } from './client.ts';

/** A page of an endpoint with id cursors: the feed, chats, users and invitations of the Admin API. */
export interface IdPage {
  readonly items: readonly Json[];
  readonly more: boolean;
  readonly first: string | null;
  readonly last: string | null;
}

export async function idPage(client: AnthropicClient, path: string, query: Query): Promise<IdPage> {
  const answer = await client.get(path, query);
  return {
    items: itemsOf(answer, path),
    more: mayHaveMore(answer.has_more),
    first: text(answer.first_id),
    last: text(answer.last_id),
  };
}

/** All items of a list with id cursors. */
export async function* byId(client: AnthropicClient, path: string, query: Query = {}): AsyncGenerator<Json> {
  const seen = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const page = await idPage(client, path, {
      ...query,
      ...(after === undefined ? {} : { after_id: after }),
    });
    yield* page.items;
    if (!page.more) return;
    after = advance(page.last, seen, path);
  }
}

/** All items of a list with page tokens: directory, groups, sessions, analytics. */
export async function* byToken(
  client: AnthropicClient,
  path: string,
  query: Query = {},
): AsyncGenerator<Json> {
  const seen = new Set<string>();
  let page: string | undefined;
  for (;;) {
    const answer = await client.get(path, { ...query, ...(page === undefined ? {} : { page }) });
    yield* itemsOf(answer, path);
    const next = answer.next_page ?? '';
    if (typeof next !== 'string')
      throw new SourceProblem('unreadable', `The answer of ${path} does not say where its next page is.`, {
        retry: true,
      });
    if (next === '') {
      if (answer.has_more !== undefined && answer.has_more !== null && mayHaveMore(answer.has_more))
        throw new SourceProblem(
          'unreadable',
          `The answer of ${path} says that there is more and does not say where.`,
          { retry: true },
        );
      return;
    }
    page = advance(next, seen, path);
  }
}

/** The next cursor of a list. Stops reading at a cursor that was seen before, which would otherwise loop forever. */
export function advance(next: string | null, seen: Set<string>, path: string): string {
  if (next === null || seen.has(next)) throw stuck(path);
  seen.add(next);
  return next;
}

export function stuck(path: string): SourceProblem {
  return new SourceProblem(
    'stuck',
    `Anthropic says that there is more of ${path} but points to the same place again, so the rest cannot be read now.`,
  );
}

/**
 * The list in an answer, under `data` or its specific name. Entries that are not objects become empty ones, so that
 * the reader reports missing fields and an incomplete list is never taken for a complete one.
 */
function itemsOf(answer: Json, path: string): readonly Json[] {
  const list = [answer.data, answer.summaries, answer.chat_messages].find(Array.isArray);
  if (list === undefined)
    throw new SourceProblem('unreadable', `The answer of ${path} holds no list.`, { retry: true });
  return list.map((item) => (isObject(item) ? item : {}));
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
