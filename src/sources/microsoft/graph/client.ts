import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../../json-client.ts';
import { SourceProblem } from '../../problem.ts';
import type { Reach } from '../../source.ts';
import { type BatchAnswer, type BatchRequest, batched, EVERY_VALUE } from './batch.ts';
import { costOf } from './budgets.ts';
import { hostsOf } from './clouds.ts';
import { GraphProblem, problemOf } from './problem.ts';
import { type Application, type Claims, claimsOf, graphTokens, unreachable } from './sign-in.ts';

/** Names and values of a query, such as `$select`. */
export type Query = Readonly<Record<string, string>>;

/** One page of a list. Members that nobody here knows are in it. */
export interface GraphPage {
  /** What `@odata.context` says the list is of; null: it does not say. */
  readonly context: string | null;
  readonly items: readonly Json[];
  /** Address of the next page; null: this is the last one. */
  readonly next: string | null;
  /** Where to ask for what changes from here on; null: the list has no delta, or is not at its end. */
  readonly delta: string | null;
}

/**
 * Microsoft Graph for one application in one tenant. Paths begin with `/`, without a version or with `/beta`; an address
 * that Graph gave is taken as it is, and only on Graph's own host. Everything throws a {@link GraphProblem}.
 */
export interface GraphClient {
  get(path: string, query?: Query): Promise<Json>;
  /** Page after page, from a path or from the address of a page or of a delta. */
  list(path: string, query?: Query): AsyncGenerator<GraphPage>;
  /** Not repeated where nobody knows whether it was done: then look first. null: Graph answered without a body. */
  post(path: string, body: unknown): Promise<Json | null>;
  patch(path: string, body: unknown): Promise<void>;
  /** A file as it is. Not repeated where nobody knows whether it was taken: then look first. */
  put(path: string, query: Query, file: GraphFile): Promise<Json>;
  delete(path: string): Promise<void>;
  /** Many requests in few; each has an answer of its own, by its id. */
  batch(requests: readonly BatchRequest[]): Promise<ReadonlyMap<string, BatchAnswer>>;
  /** What the token says of tenant and permissions. */
  claims(): Promise<Claims>;
}

/** What a file is sent as. */
export interface GraphFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body, ready to be sent. */
interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Maximum attempts per request. */
const MAX_ATTEMPTS = 4;
/** Waits for a limit, one after the other; each is as long as a limit's time at most. */
const TURNS = 6;
/** Milliseconds waited within one run; longer ones are for a later look. */
const MAX_WAIT_MS = 20_000;

export function graphClient(application: Application, reach: Reach): GraphClient {
  const tokens = graphTokens(application, reach);
  const root = new URL(reach.address(hostsOf(application.cloud).graph));

  function urlOf(path: string, query: Query = {}): URL {
    if (!path.startsWith('/')) {
      const url = new URL(path);
      // Whoever could write an address into an answer must not get a token by it.
      if (url.origin !== root.origin)
        throw new GraphProblem('unreadable', {
          message: `Microsoft Graph points to another host, ${url.host}, which Bylaw does not contact.`,
        });
      return url;
    }
    const url = new URL(path.startsWith('/beta/') ? path : `/v1.0${path}`, root);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  async function taken(path: string): Promise<void> {
    const { limit, units } = costOf(path);
    for (let turn = 1; ; turn += 1) {
      try {
        return await reach.take(limit, units);
      } catch (error) {
        const wait = error instanceof SourceProblem ? error.retryAfterMs : null;
        if (wait === null || wait > MAX_WAIT_MS || turn >= TURNS) throw error;
        await reach.sleep(wait);
      }
    }
  }

  async function once(method: Method, url: URL, body?: Body): Promise<Json | null> {
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${await tokens.get()}`,
      'client-request-id': randomUUID(),
      prefer: EVERY_VALUE,
      ...(body === undefined ? {} : { 'content-type': body.type }),
    };
    let answer: Response;
    let text: string;
    try {
      answer = await reach.fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: body.content }),
      });
      text = await answer.text();
    } catch (cause) {
      if (reach.signal?.aborted) throw cause;
      throw unreachable(cause);
    }
    const id = answer.headers.get('request-id');
    if (id !== null) reach.answered(id);
    const json = parsed(text);
    if (!answer.ok)
      throw problemOf({ status: answer.status, headers: answer.headers, body: json, now: reach.clock() });
    if (text === '') return null;
    if (json === null)
      throw new GraphProblem('unreadable', { status: answer.status, requestId: id, retry: true });
    return json;
  }

  async function ask(method: Method, url: URL, body?: Body): Promise<Json | null> {
    let renewed = false;
    for (let attempt = 1; ; ) {
      if (!url.pathname.endsWith('/$batch')) await taken(url.pathname);
      try {
        return await once(method, url, body);
      } catch (error) {
        if (!(error instanceof GraphProblem)) throw error;
        if (
          error.status === 401 &&
          error.code === 'credential_refused' &&
          error.graphCode !== null &&
          !renewed
        ) {
          renewed = true;
          tokens.forget();
          continue;
        }
        if (error.code === 'throttled') await reach.exhausted(costOf(url.pathname).limit);
        // What writes was perhaps done, except where Graph says that it took nothing.
        const again = error.retry && (method === 'GET' || error.code === 'throttled');
        const wait = error.retryAfterMs ?? 1000 * 2 ** (attempt - 1);
        if (!again || attempt >= MAX_ATTEMPTS || wait > MAX_WAIT_MS) throw error;
        attempt += 1;
        await reach.sleep(wait);
      }
    }
  }

  const client: GraphClient = {
    async get(path, query) {
      return (await ask('GET', urlOf(path, query))) ?? {};
    },
    async *list(path, query) {
      // Pages that lead back to one that was read would never end.
      const read = new Set<string>();
      for (let next: string | null = path; next !== null; ) {
        const answer: Json = (await ask('GET', urlOf(next, read.size === 0 ? query : undefined))) ?? {};
        read.add(next);
        const page = pageOf(answer);
        if (page.next !== null && read.has(page.next)) throw new GraphProblem('stuck');
        next = page.next;
        yield page;
      }
    },
    post: (path, body) => ask('POST', urlOf(path), json(body)),
    async patch(path, body) {
      await ask('PATCH', urlOf(path), json(body));
    },
    async put(path, query, { mediaType, bytes }) {
      return (
        (await ask('PUT', urlOf(path, query), { type: mediaType, content: new Uint8Array(bytes) })) ?? {}
      );
    },
    async delete(path) {
      await ask('DELETE', urlOf(path));
    },
    batch: (requests) =>
      batched(requests, {
        reach,
        taken,
        send: (body) => ask('POST', urlOf('/$batch'), json(body)),
      }),
    async claims() {
      return claimsOf(await tokens.get());
    },
  };
  return client;
}

/** Every entry of a list. */
export async function all(pages: AsyncIterable<GraphPage>): Promise<Json[]> {
  const items: Json[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

function json(body: unknown): Body {
  return { type: 'application/json', content: JSON.stringify(body) };
}

function pageOf(answer: Json): GraphPage {
  const { value } = answer;
  // An entry that is none is no reason to take the rest for the whole list.
  if (!Array.isArray(value) || !value.every(isObject)) throw new GraphProblem('unreadable', { retry: true });
  const next = answer['@odata.nextLink'] ?? '';
  // What leads on and cannot be followed is no end.
  if (typeof next !== 'string') throw new GraphProblem('unreadable', { retry: true });
  return {
    context: textOf(answer['@odata.context']),
    items: value,
    next: textOf(next),
    delta: textOf(answer['@odata.deltaLink']),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function parsed(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
