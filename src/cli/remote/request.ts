import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { followPages } from '#features/follow-pages.ts';
import type { Operation } from '#features/operation.ts';
import { Problem } from '../problem.ts';
import type { Session } from './session.ts';

export interface Call {
  readonly operation: Operation;
  /** Input of the operation for path, query and body. */
  readonly input: Readonly<Record<string, unknown>>;
  /** File to send in an upload. */
  readonly file?: string;
  /** File to write in a download; `-`: standard output, null: the name that the server suggests. */
  readonly out?: string | null;
}

export type Reply =
  | { readonly is: 'data'; readonly data: unknown }
  | { readonly is: 'file'; readonly path: string };

/** The server refused. The message is its sentence; `code` is for programs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Calls an operation of a server. Collects all pages of a list, unless a page was requested. */
export async function request(session: Session, call: Call): Promise<Reply> {
  const reply = await requestOnce(session, call);
  const { list } = call.operation.meta;
  if (reply.is === 'file' || list === undefined || list.endless) return reply;
  const data = await followPages(
    reply.data,
    { list: list.in ?? 'items', input: call.input },
    async (input) => {
      const next = await requestOnce(session, { ...call, input });
      return next.is === 'data' ? next.data : null;
    },
  );
  return { is: 'data', data };
}

/** Calls an operation of a server over HTTP like any other program. */
async function requestOnce(session: Session, call: Call): Promise<Reply> {
  const { operation, input } = call;
  const used = new Set<string>();
  const path = operation.route.replace(/\{\+?([^}]+)\}/g, (_whole, name: string) => {
    used.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.entries(input).filter(([name, value]) => !used.has(name) && value !== undefined);
  const upload = operation.meta.transport === 'upload';
  // Like the server: input of GET and uploads is in the query, that of everything else, DELETE included, in the body.
  const inQuery = upload || operation.method === 'GET';
  const url = new URL(`${session.server}/api/v1${path}`);
  if (inQuery) for (const [name, value] of rest) append(url, name, value);
  const response = await send(url, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${session.token}`,
      accept: operation.meta.transport === 'download' ? '*/*' : 'application/json',
      ...(upload ? { 'content-type': 'application/octet-stream' } : {}),
      ...(inQuery ? {} : { 'content-type': 'application/json' }),
    },
    ...(upload && call.file !== undefined ? { body: fileBody(call.file), duplex: 'half' as const } : {}),
    ...(inQuery ? {} : { body: JSON.stringify(Object.fromEntries(rest)) }),
  });
  if (!response.ok) throw await refusal(response);
  if (operation.meta.transport === 'download') return save(response, call.out ?? null);
  const text = await response.text();
  return { is: 'data', data: text === '' ? null : JSON.parse(text) };
}

/**
 * Encodes arrays and objects for the query in the bracket notation that the server reads: `state[]`, `filter[area]`.
 */
function append(url: URL, name: string, value: unknown): void {
  if (Array.isArray(value)) for (const one of value) append(url, `${name}[]`, one);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) append(url, `${name}[${key}]`, one);
  else if (value !== undefined && value !== null) url.searchParams.append(name, String(value));
}

function fileBody(path: string): ReadableStream<Uint8Array> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new Problem(`There is no file ${path} that can be read.`);
  return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error' });
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Problem(`The server at ${url.origin} cannot be reached: ${cause}.`);
  }
}

async function refusal(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body && 'code' in body)
      return new Refusal(response.status, String(body.code), String(body.message));
  } catch {
    // A proxy in between uses its own format.
  }
  return new Refusal(
    response.status,
    'HTTP',
    `The server answered ${response.status} ${response.statusText}.`,
  );
}

/**
 * Writes to a temporary file and moves it when complete, so that a broken connection leaves no partial file. A name
 * chosen by the server never replaces an existing file.
 */
async function save(response: Response, out: string | null): Promise<Reply> {
  const path = out ?? nameOf(response.headers.get('content-disposition'));
  if (response.body === null) throw new Problem('The server sent an empty file.');
  const source = Readable.fromWeb(response.body as ReadableStream);
  if (path === '-') {
    for await (const chunk of source) if (!process.stdout.write(chunk as Uint8Array)) await drained();
    return { is: 'file', path };
  }
  if (out === null && existsSync(path))
    throw new Problem(`The file ${path} already exists. Say where to write with --out.`);
  const part = `${path}.part`;
  try {
    await pipeline(source, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new Problem(
      `The file could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return { is: 'file', path };
}

function drained(): Promise<unknown> {
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** The file name suggested by the server, without any folder. */
function nameOf(disposition: string | null): string {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition ?? '')?.[1];
  const name = basename((whole === undefined ? plain : decodeURIComponent(whole)) ?? 'download').replace(
    /^\.+/,
    '',
  );
  return name === '' ? 'download' : name;
}
