import { ORPCError } from '@orpc/server';
import type { FastifyReply } from 'fastify';
import { ForeignProblem } from '#features/foreign/index.ts';
import { StoreProblem, type StoreProblemCode } from '#store/engine/problems.ts';
import { inputProblem } from './input-problem.ts';

/** `Retry-After` in seconds for temporary failures that specify none. */
const RETRY_SECONDS = 10;

/** Every error of the API: its code, its status and a general explanation. The reference page lists them. */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'The input cannot be used' },
  UNAUTHORIZED: { status: 401, title: 'You are not signed in' },
  SECOND_FACTOR_REQUIRED: { status: 401, title: 'A second factor is required' },
  FORBIDDEN: { status: 403, title: 'Not allowed' },
  NOT_FOUND: { status: 404, title: 'Not found, or not visible to you' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not accept this method' },
  CONFLICT: { status: 409, title: 'Someone else changed it in the meantime' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This type of body is not accepted' },
  UNPROCESSABLE: { status: 422, title: 'It cannot be done in the current state' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'Headers or address are too long' },
  INTERNAL: { status: 500, title: 'An internal error' },
  UNAVAILABLE: { status: 503, title: 'Not available now' },
  STORAGE_FULL: { status: 507, title: 'No space is left' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

const TITLES = new Map<string, string>(Object.entries(PROBLEMS).map(([code, { title }]) => [code, title]));

/** Problem details (RFC 9457), with additional fields for the console and the command line. */
export interface ProblemDetails {
  /** URL that explains the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** The sentence for a person: what is wrong, where, what to do. Same as `message`. */
  readonly detail: string;
  readonly defined: boolean;
  readonly code: string;
  readonly message: string;
  readonly data: unknown;
}

export function problemOf(error: ORPCError<string, unknown>, origin: string): ProblemDetails {
  const { code, status, message, defined, data } = error;
  return {
    type: TITLES.has(code) ? `${origin}/api/reference#problem-${code}` : 'about:blank',
    title: TITLES.get(code) ?? `Status ${status}`,
    status,
    detail: message,
    defined,
    code,
    message,
    data,
  };
}

/** Sends an error with the headers that its status requires. */
export function sendProblem(reply: FastifyReply, problem: ProblemDetails): FastifyReply {
  const { status, data } = problem;
  if (status === 401) {
    // Distinguish an invalid token from a missing one (RFC 6750).
    const wrong = reply.request.headers.authorization === undefined ? '' : ', error="invalid_token"';
    void reply.header('www-authenticate', `Bearer realm="Bylaw"${wrong}`);
  }
  const wait = secondsIn(data) ?? (status === 503 ? RETRY_SECONDS : null);
  if (wait !== null) void reply.header('retry-after', String(wait));
  // Serialize here: otherwise the route's response schema would be applied.
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

function secondsIn(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('retryAfterSeconds' in data)) return null;
  const seconds = Number(data.retryAfterSeconds);
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}

/**
 * The message for a person: those of expected errors and of the store; for anything else, only that something went
 * wrong.
 */
export function asProblem(given: unknown): ORPCError<string, unknown> {
  const error = inputProblem(given);
  if (error instanceof ORPCError) return error;
  if (error instanceof StoreProblem) {
    const [code, status] = answerTo(error.code);
    return new ORPCError(code, { status, message: error.message });
  }
  // A thread that was creating something, such as a PDF, was terminated.
  if (error instanceof ForeignProblem && (error.code === 'too_much_memory' || error.code === 'busy'))
    return new ORPCError('UNAVAILABLE', { status: 503, message: error.message });
  if (hasStatus(error) && error.statusCode === 413)
    return new ORPCError('PAYLOAD_TOO_LARGE', {
      status: 413,
      message: 'That is more than this form accepts. Send a file as an import instead.',
    });
  if (hasStatus(error) && error.statusCode === 415)
    return new ORPCError('UNSUPPORTED_MEDIA_TYPE', {
      status: 415,
      message: 'Send the body as JSON, with “Content-Type: application/json”.',
    });
  const reading = hasStatus(error) && 'code' in error ? UNREADABLE.get(String(error.code)) : undefined;
  if (reading !== undefined) return new ORPCError('BAD_REQUEST', { status: 400, message: reading });
  if (hasStatus(error) && error.statusCode >= 400 && error.statusCode < 500)
    return new ORPCError('BAD_REQUEST', {
      status: error.statusCode,
      message: `The request cannot be read: ${error.message}`,
    });
  return new ORPCError('INTERNAL', {
    status: 500,
    message:
      'Bylaw could not do this because of an internal error. Nothing was changed; the server log has details.',
  });
}

/** Code and HTTP status for each kind of store error. The message is the store's. */
function answerTo(code: StoreProblemCode): readonly [code: string, status: number] {
  switch (code) {
    case 'unavailable':
    case 'in_use':
      return ['UNAVAILABLE', 503];
    case 'full':
      return ['STORAGE_FULL', 507];
    case 'too_large':
      return ['PAYLOAD_TOO_LARGE', 413];
    case 'too_slow':
    case 'refused':
    case 'not_empty':
      return ['UNPROCESSABLE', 422];
    // Nothing that the caller could change: the server lost data or is misconfigured.
    case 'missing':
    case 'damaged':
      return ['DAMAGED', 500];
    case 'key':
      return ['KEY', 500];
    case 'newer':
    case 'changed':
    case 'unproven':
    case 'unsafe':
      return ['DATABASE', 500];
  }
}

/** Fastify's errors for unreadable requests, by their code. */
const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'The body is not valid JSON.'],
  [
    'FST_ERR_CTP_EMPTY_JSON_BODY',
    'The body is empty. Send a JSON object, or {} if there is nothing to send.',
  ],
  [
    'FST_ERR_BAD_URL',
    'The address contains a % that is not part of a character code. Write %25 for the sign itself.',
  ],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'The body is not as long as Content-Length says.'],
]);

function hasStatus(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
