import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { parseCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext, Services } from '#features/context.ts';
import { authenticate } from '#features/sign-in/authenticate.ts';
import { ownCookies } from '#features/sign-in/cookies.ts';

/** Authenticates a request and collects what operations need to know about it. */
export async function contextOf(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Readable | null,
): Promise<RequestContext> {
  const cookies = ownCookies(services.config, parseCookie(request.headers.cookie ?? ''));
  const signal = signalOf(reply);
  const actor = await authenticate(services, { cookies, authorization: request.headers.authorization });
  return {
    services,
    actor,
    request: {
      id: randomUUID(),
      ip: request.ip,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
      headerNames: Object.keys(request.headers),
      cookies,
      body,
      signal,
      ...keyIn(request.headers['idempotency-key']),
      wrongToken: actor === null && request.headers.authorization !== undefined,
    },
    linkNext: (cursor) => {
      const next = new URL(request.url, services.config.origin);
      next.searchParams.set('cursor', cursor);
      reply.header('link', `<${next.pathname}${next.search}>; rel="next"`);
    },
    setHeader: (name, value) => {
      const before = reply.getHeader(name);
      const several = name.toLowerCase() === 'set-cookie' && before !== undefined;
      reply.header(name, several ? [before, value].flat().map(String) : value);
    },
  };
}

/** Aborts when the client disconnects before it has the whole answer. */
export function signalOf({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) abort.abort();
  });
  return abort.signal;
}

function keyIn(header: string | string[] | undefined): { readonly idempotencyKey?: string } {
  return header === undefined ? {} : { idempotencyKey: [header].flat().join(', ') };
}
