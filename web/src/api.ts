import routes from 'virtual:contract';
import { type ClientContext, type ClientLink, createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '../../src/app/contract.ts';
import { followPages, isRecord } from '../../src/features/follow-pages.ts';
import { noteAnswer, noteSilence } from './connection.ts';
import { explainError } from './ui/explain-error.ts';
import { saveFile } from './ui/export-menu.tsx';

const BASE = '/api/v1';

/** Every call passes here, so that the frame knows whether the server answers and whether it was updated. */
async function call(request: Request, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(request, { ...init, credentials: 'same-origin' });
    noteAnswer(response.headers.get('x-bylaw-build'));
    if (response.status === 401 && !isSigningIn(request.url)) noteSignedOut();
    return readable(response);
  } catch (error) {
    if (!request.signal.aborted) noteSilence();
    throw error;
  }
}

/** A problem (RFC 9457) as the library reads it, which looks for the older type of JSON only. */
function readable(response: Response): Response {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const link = new OpenAPILink(routes, {
  url: () => `${location.origin}${BASE}`,
  fetch: (request, init) => call(request, init as RequestInit),
  customErrorResponseBodyDecoder: (body, { status }) => problemIn(body, status),
});

let askForProof: (() => Promise<void>) | null = null;

/** Names who asks the person to prove anew who they are where an operation wants that; null: nobody does. */
export function onProofRequired(ask: (() => Promise<void>) | null): void {
  askForProof = ask;
}

/** Calls once more after the person proved who they are, where that is what was missing. */
async function proven<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (askForProof === null || explainError(error).code !== 'PROOF_REQUIRED') throw error;
    await askForProof();
    return act();
  }
}

/** Every call of an operation: lists are put together from their pages, unless a page is what was asked for. */
const calls: ClientLink<ClientContext> = {
  call: async (path, input, options) => {
    const first = await proven(() => link.call(path, input, options));
    return followPages(first, { list: listAt(path), input }, (next) => link.call(path, next, options));
  },
};

function listAt(path: readonly string[]): string | null {
  const at = path.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), routes);
  const operation = isRecord(at) ? at['~orpc'] : undefined;
  const meta = isRecord(operation) ? operation.meta : undefined;
  return isRecord(meta) && typeof meta.list === 'string' ? meta.list : null;
}

/** Every operation of Bylaw as a function: `await client.exceptions.request({ client, … })`. Throws `ORPCError`. */
export const client: JsonifiedClient<ContractRouterClient<Contract>> = createORPCClient(calls);

/** The same operations for TanStack Query: `useQuery(api.clients.list.queryOptions({ input: {} }))`. */
export const api = createTanstackQueryUtils(client);

const signedOut = new Set<() => void>();

/** Calls back when the server no longer knows who asks. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Someone who sent a call by other means than `client` was answered that nobody is signed in. */
export function noteSignedOut(): void {
  for (const listener of signedOut) listener();
}

/** A wrong password is answered with 401, too, and tells nothing of a session. */
function isSigningIn(address: string): boolean {
  return new URL(address).pathname.startsWith(`${BASE}/sign-in`);
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the person did wrong does not mend itself; what the network did may.
      retry: (count, error) => count < 2 && [0, 502, 503, 504].includes(explainError(error).status),
    },
    mutations: { retry: false },
  },
});

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

function addressOf(path: string, query: Query): URL {
  const address = new URL(`${location.origin}${BASE}${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') address.searchParams.set(name, String(value));
  return address;
}

/** Fetches a file from an operation with transport `download` and hands it to the browser. Path below `/api/v1`. */
export async function fetchFile(path: string, query: Query = {}): Promise<void> {
  const response = await call(new Request(addressOf(path, query)));
  if (!response.ok) throw await problemOf(response);
  saveFile(await response.blob(), fileName(response.headers.get('content-disposition')));
}

/** Has a file made by an operation with transport `download` that changes something, and hands it to the browser. */
export async function makeFile(path: string): Promise<{ name: string; bytes: number }> {
  const headers = { 'content-type': 'application/json' };
  const response = await call(new Request(addressOf(path, {}), { method: 'POST', body: '{}', headers }));
  if (!response.ok) throw await problemOf(response);
  const file = await response.blob();
  const due = Number(response.headers.get('content-length') ?? file.size);
  if (file.size !== due) throw new TypeError('the answer broke off');
  const name = fileName(response.headers.get('content-disposition'));
  saveFile(file, name);
  return { name, bytes: file.size };
}

/** Sends one file whole to an operation with transport `upload`. Path below `/api/v1`. */
export async function sendFile(path: string, file: Blob, query: Query = {}): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await call(new Request(addressOf(path, query), { method: 'PUT', body: file, headers }));
  if (!response.ok) throw await problemOf(response);
}

/** As `sendFile`, where the operation answers with what it read. The caller says what that is. */
export async function readFile<Answer>(path: string, file: Blob, query: Query = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await call(new Request(addressOf(path, query), { method: 'PUT', body: file, headers }));
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

/** Address of a download for a plain link: large files go to disk without passing through the page. */
export function fileAddress(path: string): string {
  return `${BASE}${path}`;
}

async function problemOf(response: Response): Promise<Error> {
  return problemIn(await response.json().catch(() => null), response.status);
}

/** The server's refusal, from the fields beside those of RFC 9457; of any other answer its status. */
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
