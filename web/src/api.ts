import contract from 'virtual:contract';
import { type ClientContext, type ClientLink, createORPCClient, ORPCError } from '@orpc/client';
import type {
  AnyContractProcedure,
  ContractRouterClient,
  InferContractRouterInputs,
  InferContractRouterOutputs,
} from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '../../src/app/contract.ts';
import { followPages, isRecord } from '../../src/features/follow-pages.ts';
import { recordServerTime } from './clock.ts';
import { recordAnswer, recordNoAnswer } from './connection.ts';
import { explainError } from './ui/explain-error.ts';
import { saveFile } from './ui/export-menu.tsx';

const BASE = '/api/v1';

/**
 * Methods and paths of every operation, to refer to one that transfers a file: `routes.exceptions.export`. Without
 * schemas, which are only needed as types.
 */
export const routes = contract as Contract;

/** Every call goes through here, so that the frame knows whether the server answers and whether it was updated. */
async function call(request: Request, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(request, { ...init, credentials: 'same-origin' });
    recordAnswer(response.headers.get('x-bylaw-build'));
    recordServerTime(response.headers.get('date'));
    if (response.status === 401 && !isSigningIn(request.url)) notifySignedOut();
    return readable(response);
  } catch (error) {
    if (!request.signal.aborted) recordNoAnswer();
    throw error;
  }
}

/** Converts a problem (RFC 9457) for the library, which only recognizes application/json. */
function readable(response: Response): Response {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const link = new OpenAPILink(contract, {
  url: () => `${location.origin}${BASE}`,
  fetch: (request, init) => call(request, init as RequestInit),
  customErrorResponseBodyDecoder: (body, { status }) => problemIn(body, status),
});

let askForProof: (() => Promise<void>) | null = null;

/** Callback that asks the person to confirm their identity if an operation requires it; null: none. */
export function onProofRequired(ask: (() => Promise<void>) | null): void {
  askForProof = ask;
}

/** Repeats a call after the person confirmed their identity, if that was the problem. */
async function retryAfterConfirming<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (askForProof === null || explainError(error).code !== 'PROOF_REQUIRED') throw error;
    await askForProof();
    return act();
  }
}

/** Calls an operation, collecting all pages of a list unless a page was requested. */
const calls: ClientLink<ClientContext> = {
  call: async (path, input, options) => {
    const first = await retryAfterConfirming(() => link.call(path, input, options));
    return followPages(first, { list: listAt(path), input }, (next) => link.call(path, next, options));
  },
};

function listAt(path: readonly string[]): string | null {
  const at = path.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), contract);
  const operation = isRecord(at) ? at['~orpc'] : undefined;
  const meta = isRecord(operation) ? operation.meta : undefined;
  return isRecord(meta) && typeof meta.list === 'string' ? meta.list : null;
}

/** Every operation of Bylaw as a function: `await client.exceptions.request({ client, … })`. Throws `ORPCError`. */
export const client: JsonifiedClient<ContractRouterClient<Contract>> = createORPCClient(calls);

/** The same operations for TanStack Query: `useQuery(api.clients.list.queryOptions({ input: {} }))`. */
export const api = createTanstackQueryUtils(client);

const signedOut = new Set<() => void>();

/** Subscribes to the end of the session. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

function notifySignedOut(): void {
  for (const listener of signedOut) listener();
}

/** A wrong password is answered with 401 too, and says nothing about the session. */
function isSigningIn(address: string): boolean {
  return new URL(address).pathname.startsWith(`${BASE}/sign-in`);
}

/** Retry network failures, but not refusals, which will not change. */
export function retries(count: number, error: unknown): boolean {
  return count < 2 && [0, 502, 503, 504].includes(explainError(error).status);
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: retries,
    },
    mutations: { retry: false },
  },
});

/**
 * URL of an operation, also for plain links: large files go to disk without passing through the page. The input fills
 * the path; the rest of it becomes the query.
 */
export function addressOf<Of extends AnyContractProcedure>(
  operation: Of,
  input: InferContractRouterInputs<Of>,
): string {
  const rest = new Map<string, unknown>(Object.entries(input));
  const path = operation['~orpc'].route.path?.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name));
    rest.delete(name);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of rest) if (value !== undefined && value !== null) query.set(name, String(value));
  return `${BASE}${path}${query.size === 0 ? '' : `?${query}`}`;
}

/** Downloads the file of an operation with transport `download` and passes it to the browser. */
export async function fetchFile<Of extends AnyContractProcedure>(
  operation: Of,
  input: InferContractRouterInputs<Of>,
): Promise<void> {
  await takeFile(await call(new Request(new URL(addressOf(operation, input), location.origin))));
}

/**
 * Like `fetchFile`, for an operation that creates the file and takes only what its URL says; shows what was
 * downloaded.
 */
export async function makeFile<Of extends AnyContractProcedure>(
  operation: Of,
  input: InferContractRouterInputs<Of>,
): Promise<{ name: string; bytes: number }> {
  const headers = { 'content-type': 'application/json' };
  const address = new URL(addressOf(operation, input), location.origin);
  return takeFile(await call(new Request(address, { method: 'POST', body: '{}', headers })));
}

/** The beginning of a file of an operation with transport `download`; the rest is not fetched. */
export async function firstBytes<Of extends AnyContractProcedure>(
  operation: Of,
  input: InferContractRouterInputs<Of>,
  max: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly whole: boolean }> {
  const response = await call(new Request(new URL(addressOf(operation, input), location.origin)));
  if (!response.ok) throw problemIn(await response.json().catch(() => null), response.status);
  const reader = response.body?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; length <= max; ) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done || value === undefined) return { bytes: await joined(parts), whole: true };
    parts.push(value);
    length += value.length;
  }
  void reader?.cancel();
  return { bytes: (await joined(parts)).subarray(0, max), whole: false };
}

async function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...parts]).arrayBuffer());
}

async function takeFile(response: Response): Promise<{ name: string; bytes: number }> {
  if (!response.ok) throw problemIn(await response.json().catch(() => null), response.status);
  const file = await response.blob();
  // The length of a compressed response is that of the compressed bytes.
  const due =
    response.headers.get('content-encoding') === null ? response.headers.get('content-length') : null;
  if (due !== null && file.size !== Number(due)) throw new TypeError('the answer was cut off');
  const name = fileName(response.headers.get('content-disposition'));
  saveFile(file, name);
  return { name, bytes: file.size };
}

/** Callbacks to follow and abort a transfer. */
interface Sending {
  readonly onSent?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Uploads a file to an operation with transport `upload`. Uses XMLHttpRequest, because it reports progress. Throws
 * `ORPCError` if the server refuses, and another error if the connection breaks.
 */
export function sendFile<Of extends AnyContractProcedure>(
  operation: Of,
  input: InferContractRouterInputs<Of>,
  file: Blob,
  { onSent, signal }: Sending = {},
): Promise<InferContractRouterOutputs<Of>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', addressOf(operation, input));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onSent?.(loaded);
    request.onload = () => {
      recordAnswer(request.getResponseHeader('x-bylaw-build'));
      if (request.status === 401) notifySignedOut();
      const body = jsonIn(request.responseText);
      if (request.status < 300 && body !== null) resolve(body as InferContractRouterOutputs<Of>);
      else reject(problemIn(body, request.status < 400 ? 503 : request.status));
    };
    request.onerror = () => reject(new Error('The connection was lost. Nothing from the file was kept.'));
    request.onabort = () => reject(new Error('It was removed before it was stored.'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Null if something other than the server answered, whose text is of no use. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The server's error from its extension fields (RFC 9457); for any other response, its status. */
function problemIn(body: unknown, status: number): ORPCError<string, unknown> {
  const fields = typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : new Map();
  const text = (key: string): string | undefined => {
    const value: unknown = fields.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  return new ORPCError(text('code') ?? 'UNAVAILABLE', {
    defined: fields.get('defined') === true,
    status,
    message: text('message') ?? `The server answered with ${status}.`,
    data: fields.get('data'),
  });
}

function fileName(disposition: string | null): string {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (whole !== undefined) return decodeURIComponent(whole);
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? 'bylaw-export';
}
