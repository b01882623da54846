import { oneLine, retryAfterSeconds } from '#domain/text/response-text.ts';
import { type Outcome, SendRefused, type SinkMeans, type SinkRequest } from './sink.ts';

/** A response with its complete body. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  readonly afterSeconds: number | null;
  readonly header: (name: string) => string | null;
}

/** Sends a request once. Returns the response, or the outcome that its absence stands for. */
export async function askOnce(
  means: SinkMeans,
  url: string | URL,
  request: SinkRequest,
): Promise<
  { readonly answer: Answer; readonly failed: null } | { readonly answer: null; readonly failed: Outcome }
> {
  try {
    const answer = await means.fetch(url, request);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return {
      answer: {
        status: answer.status,
        text: bytes.toString('utf8'),
        bytes,
        afterSeconds: retryAfterSeconds(answer.headers.get('retry-after'), means.now()),
        header: (name) => answer.headers.get(name),
      },
      failed: null,
    };
  } catch (error) {
    return { answer: null, failed: unanswered(error, new URL(url).host) };
  }
}

/** Error codes of failures before anything was sent. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Error codes of certificates that do not prove who responds. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/u;

/** The outcome of a failure without a response. */
export function unanswered(error: unknown, host: string): Outcome {
  if (error instanceof SendRefused) return { kind: 'stopped', says: error.message, answer: null };
  const code = codeOf(error);
  if (CERTIFICATE.test(code))
    return {
      kind: 'stopped',
      says: `${host} could not be verified by its certificate, so nothing was sent. Enter its authority’s certificate, or have it present one from a known authority.`,
      answer: code,
    };
  const says = NOT_REACHED.has(code)
    ? `${host} cannot be reached.`
    : `${host} did not answer in time, or closed the connection.`;
  return { kind: 'retry', says, answer: code === '' ? null : code, afterSeconds: null };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

/** The response's message, in one line; null: none. */
export function messageIn({ text }: Answer): string | null {
  const line = oneLine(text);
  return line === '' ? null : line;
}

/** The outcome of an HTTP status for which the system defines no meaning of its own. */
export function byStatus(answer: Answer, host: string): Outcome {
  const { status, afterSeconds } = answer;
  const message = messageIn(answer);
  const http = `HTTP ${status}`;
  if (status >= 200 && status < 300)
    return { kind: 'accepted', says: `${host} accepted the events (${http}).`, answer: message };
  if (status === 413)
    return {
      kind: 'too_large',
      says: `${host} does not accept a batch this large (${http}).`,
      answer: message,
    };
  if (status === 429 || status === 408)
    return { kind: 'retry', says: `${host} asks for a pause (${http}).`, answer: message, afterSeconds };
  if (status >= 500)
    return { kind: 'retry', says: `${host} had an internal error (${http}).`, answer: message, afterSeconds };
  if (status >= 300 && status < 400)
    return {
      kind: 'stopped',
      says: `${host} points to another address (${http}), which Bylaw does not follow. Enter the address that it means.`,
      answer: message,
    };
  if (status === 401 || status === 403)
    return {
      kind: 'stopped',
      says: `${host} does not let Bylaw in (${http}). Check the secret and the rights that go with it.`,
      answer: message,
    };
  if (status === 404 || status === 405 || status === 410)
    return {
      kind: 'stopped',
      says: `${host} does not accept events at this address (${http}). Check the address.`,
      answer: message,
    };
  return { kind: 'refused', index: null, says: `${host} refused the events (${http}).`, answer: message };
}
