import type { Socket } from 'node:net';
import { ORPCError } from '@orpc/server';
import { BARE_HEADERS } from './headers.ts';
import { PROBLEMS, problemOf } from './problem.ts';

/** A problem as raw HTTP text, for requests that were never parsed. */
export function problemText(
  code: keyof typeof PROBLEMS,
  message: string,
  origin: string,
): { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const { status } = PROBLEMS[code];
  const body = JSON.stringify(problemOf(new ORPCError(code, { status, message }), origin));
  return {
    status,
    body,
    headers: {
      ...BARE_HEADERS,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    },
  };
}

/** Answers a request that is not HTTP, or whose headers are too long, and closes the connection. */
export function answerUnreadable(origin: string) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
    const { status, body, headers } =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? problemText(
            'HEADERS_TOO_LARGE',
            'The address or the headers are longer than 16 kilobytes together. Shorten them.',
            origin,
          )
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? problemText('REQUEST_TIMEOUT', 'The request did not arrive in time. Send it again.', origin)
          : problemText('BAD_REQUEST', 'The request is not HTTP as this server reads it.', origin);
    const lines = Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.end(`HTTP/1.1 ${status} ${PHRASES[status] ?? 'Bad Request'}\r\n${lines.join('')}\r\n${body}`);
  };
}

const PHRASES: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};
