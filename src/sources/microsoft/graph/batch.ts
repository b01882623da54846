import { isObject, type Json } from '../../json-client.ts';
import type { Reach } from '../../source.ts';
import { GraphProblem, problemOf } from './problem.ts';

/** A request in a batch. Its path has no version. */
export interface BatchRequest {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Eventual consistency: uses the directory's index, which only counts support and which may be minutes old. */
  readonly eventual?: true;
}

/** The response to a request: its body, or the problem. */
export type BatchAnswer =
  | { readonly ok: true; readonly body: Json | null }
  | { readonly ok: false; readonly problem: GraphProblem };

/**
 * Without this preference, Graph returns `unknownFutureValue` for enum members added later. Each request of a batch
 * needs it (learn.microsoft.com/graph/best-practices-concept, evolvable enumerations).
 */
export const EVERY_VALUE = 'include-unknown-enum-members';
/** Maximum requests in a Graph batch (learn.microsoft.com/graph/json-batching). */
const MAX_REQUESTS = 20;
const MAX_ATTEMPTS = 3;
/** Default wait in milliseconds if a service does not specify one. */
const USUAL_WAIT_MS = 2000;
const MAX_WAIT_MS = 20_000;

interface Means {
  readonly reach: Pick<Reach, 'clock' | 'sleep'>;
  /** Takes a request off its service's budget. */
  readonly taken: (path: string) => Promise<void>;
  readonly send: (body: unknown) => Promise<Json | null>;
}

/** Sends requests in batches. Only throttled requests are retried. */
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
