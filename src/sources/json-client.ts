import { SourceProblem } from './problem.ts';
import type { Reach, ReachRequest } from './source.ts';

export type Json = { readonly [key: string]: unknown };

/** An unsuccessful response. */
export interface FailedAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
  readonly now: Date;
}

/** Vendor-specific behavior of a JSON API. */
export interface JsonClientOptions {
  readonly reach: Reach;
  /** The quota of a request, one of `limits` in the vendor's `source.yaml`; null: none. */
  readonly budget: (url: URL) => string | null;
  /** Headers of every request, including the credential. */
  readonly headers: (url: URL) => Promise<Readonly<Record<string, string>>>;
  readonly problemOf: (answer: FailedAnswer) => SourceProblem;
  /** Response header with the vendor's request id; left out: there is none. */
  readonly requestId?: string;
  /** Attempts per request within one run; later runs try again. Left out: 3. */
  readonly tries?: number;
}

/** Waits within one run; longer ones are left to a later run. */
const MAX_WAIT_MS = 20_000;

/**
 * Sends JSON requests within the vendor's quotas, and retries after temporary failures. Throws a {@link
 * SourceProblem}; if reading is aborted, the abort's reason.
 */
export function jsonClient(options: JsonClientOptions): (url: URL, request?: ReachRequest) => Promise<Json> {
  const { reach, budget, tries = 3 } = options;

  async function once(url: URL, request: ReachRequest): Promise<Json> {
    const counted = budget(url);
    if (counted !== null) await reach.take(counted);
    const headers = { accept: 'application/json', ...(await options.headers(url)), ...request.headers };
    let answer: Response;
    let body: string;
    try {
      answer = await reach.fetch(url, { ...request, headers });
      body = await answer.text();
    } catch (error) {
      if (reach.signal?.aborted) throw error;
      // Our own refusal is final, and has a better message than we could write here.
      const refused = error instanceof Error && error.name === 'OutboundRefused' ? error.message : null;
      throw new SourceProblem('unreachable', refused ?? unreachable(url.host), {
        retry: refused === null,
        cause: error,
      });
    }
    const id = options.requestId === undefined ? null : answer.headers.get(options.requestId);
    if (id !== null) reach.answered(id);
    if (!answer.ok) {
      const { status, headers } = answer;
      const problem = options.problemOf({ url, status, headers, body, now: reach.clock() });
      if (problem.code === 'throttled' && counted !== null) await reach.exhausted(counted);
      throw problem;
    }
    try {
      const value: unknown = JSON.parse(body);
      if (isObject(value)) return value;
    } catch {}
    throw new SourceProblem('unreadable', `${url.host} answered with something other than JSON.`, {
      status: answer.status,
      retry: true,
    });
  }

  return async (url, request = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(url, request);
      } catch (error) {
        if (!(error instanceof SourceProblem) || !error.retry || attempt >= tries) throw error;
        const wait = error.retryAfterMs ?? 1000 * 2 ** (attempt - 1);
        if (wait > MAX_WAIT_MS) throw error;
        await reach.sleep(wait);
      }
    }
  };
}

function unreachable(host: string): string {
  return `${host} cannot be reached from this server. Check whether it may go there.`;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
