import { problemOf, VendorProblem } from './problem.ts';

/** Where Anthropic's interfaces answer. */
export const ANTHROPIC = 'https://api.anthropic.com';
/** Sent with each request, so that a newer version renames nothing under us. */
const VERSION = '2023-06-01';

/** Each has a limit of its own, which all keys of a parent organization share. */
export type Family = 'compliance' | 'admin' | 'analytics';

/** What the client needs of the world. */
export interface ClientOptions {
  readonly baseUrl: string;
  readonly key: string;
  /** Asks declared hosts only. */
  readonly fetch: (
    url: URL,
    init: { readonly headers: Record<string, string>; readonly signal?: AbortSignal },
  ) => Promise<Response>;
  /** Takes one request off the budget of a family, waiting until there is one. */
  readonly take: (family: Family) => Promise<void>;
  /** Told where the vendor says that a family is used up, whoever used it. */
  readonly throttled?: (family: Family) => Promise<void>;
  /** Told the vendor's number of each request that it answered, by which its log names the request. */
  readonly answered?: (requestId: string) => void;
  readonly clock: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Tries of one request that the vendor failed to answer; the rest is for a later look. */
  readonly tries?: number;
}

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;
export type Json = { readonly [key: string]: unknown };

/** Reads Anthropic's interfaces with one key. It only ever reads: there is no way to send anything else than GET. */
export interface AnthropicClient {
  get(path: string, query?: Query): Promise<Json>;
}

/** Waits within one run; longer ones are for a later look. */
const LONGEST_WAIT_MS = 20_000;

export function anthropicClient(options: ClientOptions): AnthropicClient {
  const { key, fetch, take, clock, sleep, signal, tries = 3 } = options;

  async function once(url: URL): Promise<Json> {
    await take(familyOf(url.pathname));
    let answer: Response;
    let body: string;
    try {
      answer = await fetch(url, {
        headers: { 'x-api-key': key, 'anthropic-version': VERSION, accept: 'application/json' },
        ...(signal === undefined ? {} : { signal }),
      });
      body = await answer.text();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new VendorProblem('unreachable', unreachable(error, url.host), { retry: true, cause: error });
    }
    const requestId = answer.headers.get('request-id');
    if (requestId !== null) options.answered?.(requestId);
    if (!answer.ok) {
      const problem = problemOf({ status: answer.status, headers: answer.headers, body, now: clock() });
      if (problem.kind === 'throttled') await options.throttled?.(familyOf(url.pathname));
      throw problem;
    }
    try {
      const value: unknown = JSON.parse(body);
      if (isObject(value)) return value;
    } catch {}
    throw new VendorProblem('unreadable', `${url.host} answered with something else than JSON.`, {
      status: answer.status,
      retry: true,
    });
  }

  return {
    async get(path, query = {}) {
      const url = new URL(path, options.baseUrl);
      for (const [name, value] of Object.entries(query)) {
        if (value === undefined) continue;
        if (typeof value === 'object') for (const one of value) url.searchParams.append(name, one);
        else url.searchParams.set(name, String(value));
      }
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(url);
        } catch (error) {
          if (!(error instanceof VendorProblem) || !error.retry || attempt >= tries) throw error;
          const wait = error.retryAfterMs ?? 1000 * 2 ** (attempt - 1);
          if (wait > LONGEST_WAIT_MS) throw error;
          await sleep(wait);
        }
      }
    },
  };
}

function familyOf(path: string): Family {
  if (path.startsWith('/v1/compliance/')) return 'compliance';
  return path.startsWith('/v1/organizations/analytics/') ? 'analytics' : 'admin';
}

/** A refusal of our own says it better than we could. */
function unreachable(error: unknown, host: string): string {
  if (error instanceof Error && error.name === 'OutboundRefused') return error.message;
  return `${host} cannot be reached from this server. Check whether it may go there.`;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
