import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../../json-client.ts';
import { SourceProblem } from '../../problem.ts';
import type { Reach } from '../../source.ts';
import { type BatchAnswer, type BatchRequest, batched, EVERY_VALUE } from './batch.ts';
import { costOf } from './budgets.ts';
import { hostsOf } from './clouds.ts';
import { GraphProblem, problemOf } from './problem.ts';
import { type Application, type Claims, claimsOf, graphTokens, unreachable } from './sign-in.ts';

/** Query parameters, such as `$select`. */
export type Query = Readonly<Record<string, string>>;

/** A page of a list, including unknown members. */
export interface GraphPage {
  /** `@odata.context`; null: not stated. */
  readonly context: string | null;
  readonly items: readonly Json[];
  /** URL of the next page; null: last page. */
  readonly next: string | null;
  /** Delta link for later changes; null: the list has none, or this is not its last page. */
  readonly delta: string | null;
}

/**
 * Microsoft Graph for an application in a tenant. Paths begin with `/`, without a version or with `/beta`. URLs
 * returned by Graph are used unchanged, and only on Graph's own host. Every method throws a {@link GraphProblem}.
 */
export interface GraphClient {
  get(path: string, query?: Query): Promise<Json>;
  /** Pages of a list, from a path, a page URL or a delta link. */
  list(path: string, query?: Query): AsyncGenerator<GraphPage>;
  /** Not retried if it may have succeeded: check first. null: the response has no body. */
  post(path: string, body: unknown): Promise<Json | null>;
  patch(path: string, body: unknown): Promise<void>;
  /** Uploads a file. Not retried if it may have succeeded: check first. */
  put(path: string, query: Query, file: GraphFile): Promise<Json>;
  delete(path: string): Promise<void>;
  /** Combines many requests into few; returns a response for each, by id. */
  batch(requests: readonly BatchRequest[]): Promise<ReadonlyMap<string, BatchAnswer>>;
  /** The token's claims about tenant and permissions. */
  claims(): Promise<Claims>;
}

/** A file to upload. */
export interface GraphFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A serialized body. */
interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Maximum attempts per request. */
const MAX_ATTEMPTS = 4;
/** Maximum consecutive waits for a limit, each at most as long as the limit's window. */
const TURNS = 6;
/** Maximum wait in milliseconds within one run; longer ones are left to a later run. */
const MAX_WAIT_MS = 20_000;

export function graphClient(application: Application, reach: Reach): GraphClient {
  const tokens = graphTokens(application, reach);
  const root = new URL(reach.address(hostsOf(application.cloud).graph));

  function urlOf(path: string, query: Query = {}): URL {
    if (!path.startsWith('/')) {
      const url = new URL(path);
      // An attacker who controls a URL in a response must not receive a token.
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
        // A write may have succeeded, unless Graph says that it was throttled.
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
      // A page that links back to an earlier one would cause an endless loop.
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

/** All entries of a list. */
export async function collectEntries(pages: AsyncIterable<GraphPage>): Promise<Json[]> {
  const items: Json[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

function json(body: unknown): Body {
  return { type: 'application/json', content: JSON.stringify(body) };
}

function pageOf(answer: Json): GraphPage {
  const { value } = answer;
  // With an invalid entry, the rest must not be taken for the whole list.
  if (!Array.isArray(value) || !value.every(isObject)) throw new GraphProblem('unreadable', { retry: true });
  const next = answer['@odata.nextLink'] ?? '';
  // An unusable next link is not the end of the list.
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
