import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** How a receiver mishandles a request. */
export type Fault =
  /** Never responds. */
  | 'hang'
  /** Closes the connection in the middle of the response. */
  | 'half_close'
  /** Keeps the events, and resets the connection before it responds. */
  | 'keep_then_reset'
  /** Resets the connection before it has read anything. */
  | 'reset'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** `raw` is the body as sent, `body` the decompressed one. */
  readonly raw: Buffer;
  readonly body: Buffer;
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** How `main.ts` starts a receiver for trying out a sink. */
export interface Trial {
  /** Common name of the system. */
  readonly name: string;
  start(options: {
    readonly fault: (asked: Asked) => Fault | null;
    readonly port: number;
  }): Promise<Receiver>;
  /** What to enter in the form in addition to the URL, one line per field. */
  enter?(url: string): readonly string[];
}

/** Limit of a body after decompression, in bytes. Decompression stops when it is exceeded. */
const MAX_BYTES = 64_000_000;

/**
 * An HTTP server that responds with `answer`, or fails as `fault` says. The simulators in this folder are built on it.
 */
export async function startReceiver(
  answer: (asked: Asked) => Answer | Promise<Answer>,
  fault: (asked: Asked) => Fault | null = () => null,
  port = 0,
): Promise<Receiver> {
  const server = createServer((request, response) => {
    void respond(request, response, answer, fault).catch(() => request.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${bound}`, port: bound, close: () => closed(server) };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Answer | Promise<Answer>,
  fault: (asked: Asked) => Fault | null,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://receiver');
  const body =
    request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw, { maxOutputLength: MAX_BYTES }) : raw;
  const asked: Asked = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    raw,
    body,
  };
  const wrong = fault(asked);
  if (wrong === 'hang') return;
  if (wrong === 'reset') return void request.socket.destroy();
  if (wrong === 'keep_then_reset') {
    await answer(asked);
    return void request.socket.destroy();
  }
  if (wrong === 'half_close') {
    request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"text":');
    return;
  }
  const { status, body: text = '', headers = {} } = wrong ?? (await answer(asked));
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(status === 204 ? undefined : text);
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
