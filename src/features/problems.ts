import { ORPCError } from '@orpc/server';

/**
 * The ways to refuse an operation. Each takes the one sentence that the person reads: what is wrong, where, and what
 * to do.
 */
export function badRequest(message: string): ORPCError<'BAD_REQUEST', undefined> {
  return new ORPCError('BAD_REQUEST', { status: 400, message });
}

/** One field of the input is wrong; `says` continues the sentence that starts with the field's name. */
export function badInput(field: string, says: string): ORPCError<'BAD_REQUEST', unknown> {
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message: `“${field}” ${says}`,
    data: { issues: [{ field, message: says }] },
  });
}

export function unauthorized(message = 'Sign in to continue.'): ORPCError<'UNAUTHORIZED', undefined> {
  return new ORPCError('UNAUTHORIZED', { status: 401, message });
}

/** They may see the thing, but not do this to it. */
export function forbidden(message: string): ORPCError<'FORBIDDEN', undefined> {
  return new ORPCError('FORBIDDEN', { status: 403, message });
}

/** Also the answer to anyone who may not know that it exists, so the message must be the same in both cases. */
export function notFound(
  message = 'There is nothing here that you can open. It may have been removed, or your role may not include it.',
): ORPCError<'NOT_FOUND', undefined> {
  return new ORPCError('NOT_FOUND', { status: 404, message });
}

export interface EarlierChange {
  /** Name of the person who changed it, if known. */
  readonly by: string | null;
  readonly at: Date | null;
  readonly version: number | null;
}

/** Someone else made a change first, which must not be overwritten. */
export function conflict(
  message: string,
  { by, at, version }: EarlierChange,
): ORPCError<'CONFLICT', unknown> {
  return new ORPCError('CONFLICT', {
    status: 409,
    message,
    data: { by, at: at === null ? null : at.toISOString(), version },
  });
}

export function unprocessable(message: string): ORPCError<'UNPROCESSABLE', undefined> {
  return new ORPCError('UNPROCESSABLE', { status: 422, message });
}

/** A body, a file or an import exceeds the limit. */
export function tooLarge(message: string): ORPCError<'PAYLOAD_TOO_LARGE', undefined> {
  return new ORPCError('PAYLOAD_TOO_LARGE', { status: 413, message });
}

export function tooMany(message: string, retryAfterSeconds: number): ORPCError<'TOO_MANY_REQUESTS', unknown> {
  return new ORPCError('TOO_MANY_REQUESTS', { status: 429, message, data: { retryAfterSeconds } });
}

/** The server has too much to do at the moment; the same request works later. */
export function unavailable(message: string, retryAfterSeconds: number): ORPCError<'UNAVAILABLE', unknown> {
  return new ORPCError('UNAVAILABLE', { status: 503, message, data: { retryAfterSeconds } });
}
