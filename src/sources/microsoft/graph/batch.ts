import { isObject, type Json } from '../../json-client.ts';
import type { Reach } from '../../source.ts';
import { GraphProblem, problemOf } from './problem.ts';

/** One of the requests of a batch; its path is without a version. */
export interface BatchRequest {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Asks the index of the directory, which alone counts; it may be some minutes behind. */
  readonly eventual?: true;
}

/** The answer to one of them: what it brought, or why not. */
export type BatchAnswer =
  | { readonly ok: true; readonly body: Json | null }
  | { readonly ok: false; readonly problem: GraphProblem };

/**
 * Without it Graph gives `unknownFutureValue` in place of values that came to a list later; each request of a batch asks
 * for it by itself (learn.microsoft.com/graph/best-practices-concept, evolvable enumerations).
 */
export const EVERY_VALUE = 'include-unknown-enum-members';
/** Requests that Graph takes in one batch (learn.microsoft.com/graph/json-batching). */
const MAX_REQUESTS = 20;
const MAX_ATTEMPTS = 3;
/** Milliseconds waited where a service does not say how long. */
const USUAL_WAIT_MS = 2000;
const MAX_WAIT_MS = 20_000;

interface Means {
  readonly reach: Pick<Reach, 'clock' | 'sleep'>;
  /** Takes a request off what its service allows. */
  readonly taken: (path: string) => Promise<void>;
  readonly send: (body: unknown) => Promise<Json | null>;
}

/** Asks in batches. What is throttled inside of one is asked again, and nothing else is. */
export async function batched(
  requests: readonly BatchRequest[],
  means: Means,
): Promise<ReadonlyMap<string, BatchAnswer>> {
  const answers = new Map<string, BatchAnswer>();
  let waiting = [...requests];
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    for (let from = 0; from < waiting.length; from += MAX_REQUESTS)
      for (const [id, answer] of await oneBatch(waiting.slice(from, from + MAX_REQUESTS), means))
        answers.set(id, answer);
    const slow = waiting.flatMap(({ id }) => {
      const answer = answers.get(id);
      return answer?.ok === false && answer.problem.code === 'throttled' ? [answer.problem] : [];
    });
    const wait = Math.max(0, ...slow.map(({ retryAfterMs }) => retryAfterMs ?? USUAL_WAIT_MS * attempt));
    if (slow.length === 0 || attempt >= MAX_ATTEMPTS || wait > MAX_WAIT_MS) break;
    await means.reach.sleep(wait);
    waiting = waiting.filter(({ id }) => {
      const answer = answers.get(id);
      return answer?.ok === false && answer.problem.code === 'throttled';
    });
  }
  return answers;
}

async function oneBatch(
  requests: readonly BatchRequest[],
  { reach, taken, send }: Means,
): Promise<ReadonlyMap<string, BatchAnswer>> {
  for (const { path } of requests) await taken(path);
  const reply = await send({
    requests: requests.map(({ id, method, path, body, eventual }) => ({
      id,
      method,
      url: path,
      ...(body === undefined ? {} : { body }),
      headers: {
        prefer: EVERY_VALUE,
        ...(eventual === true ? { ConsistencyLevel: 'eventual' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    })),
  });
  const answers = new Map<string, BatchAnswer>();
  const list = Array.isArray(reply?.responses) ? reply.responses.filter(isObject) : [];
  for (const { id } of requests) {
    const found = list.find((one) => String(one.id) === id);
    const status = Number(found?.status);
    if (found === undefined || !Number.isInteger(status))
      answers.set(id, { ok: false, problem: new GraphProblem('unreadable', { retry: true }) });
    else if (status < 300) answers.set(id, { ok: true, body: isObject(found.body) ? found.body : null });
    else {
      const headers = new Headers(isObject(found.headers) ? headersIn(found.headers) : {});
      answers.set(id, {
        ok: false,
        problem: problemOf({ status, headers, body: found.body, now: reach.clock() }),
      });
    }
  }
  return answers;
}

function headersIn(headers: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
