import {
  StandardOpenAPICodec,
  type StandardOpenAPIHandlerOptions,
  StandardOpenAPIMatcher,
} from '@orpc/openapi/standard';
import {
  StandardBracketNotationSerializer,
  StandardOpenAPIJsonSerializer,
  StandardOpenAPISerializer,
} from '@orpc/openapi-client/standard';
import type { Context, ORPCError, Router } from '@orpc/server';
import { StandardHandler } from '@orpc/server/standard';
import { sendStandardResponse, toStandardLazyRequest } from '@orpc/standard-server-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JsonAnswer } from '#features/json-answer.ts';
import { brotli, takesBrotli } from './compress.ts';
import { type ProblemDetails, sendProblem } from './problem.ts';

/**
 * A serializer that returns answers unchanged. The library's own copies each value to find dates, sets and files,
 * which was a quarter of all garbage; an answer's schema already guarantees plain JSON, and a file is never part of
 * one.
 */
class PlainJson extends StandardOpenAPIJsonSerializer {
  override serialize(data: unknown): ReturnType<StandardOpenAPIJsonSerializer['serialize']> {
    return [data, data instanceof Blob];
  }
}

/** Answers a request below `prefix`; resolves to false if the contract has no such operation. */
export type Answer<T> = (
  request: FastifyRequest,
  reply: FastifyReply,
  of: { readonly prefix: `/${string}`; readonly context: T },
) => Promise<boolean>;

/** The library's OpenAPI handler with {@link PlainJson}, extended to send {@link JsonAnswer}. */
export function openApiHandler<T extends Context>(
  // biome-ignore lint/suspicious/noExplicitAny: as the library declares its routers
  router: Router<any, T>,
  options: StandardOpenAPIHandlerOptions<T> & {
    readonly customErrorResponseBodyEncoder: (error: ORPCError<string, unknown>) => ProblemDetails;
  },
): Answer<T> {
  const serializer = new StandardOpenAPISerializer(new PlainJson(), new StandardBracketNotationSerializer());
  const handler = new StandardHandler(
    router,
    new StandardOpenAPIMatcher(options),
    new StandardOpenAPICodec(serializer, options),
    options,
  );
  return async (request, reply, { prefix, context }) => {
    const asked = toStandardLazyRequest(request, reply);
    // HEAD runs the GET operation; the server sends no body.
    const { matched, response } = await handler.handle(
      asked.method === 'HEAD' ? { ...asked, method: 'GET' } : asked,
      { prefix, context },
    );
    if (!matched) return false;
    if (response.status >= 400) sendProblem(reply, response.body as ProblemDetails);
    else if (response.body instanceof JsonAnswer)
      await sendWritten(request, reply, response.status, response.body);
    else await sendStandardResponse(reply, response);
    return true;
  };
}

/** Compressed bytes by the text they were made from. */
const compressed = new WeakMap<JsonAnswer<unknown>, Promise<Buffer>>();

async function sendWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  written: JsonAnswer<unknown>,
): Promise<void> {
  void reply.code(status).type('application/json; charset=utf-8');
  if (!takesBrotli(request.headers)) {
    void reply.send(written.bytes);
    return;
  }
  const bytes = compressed.get(written) ?? brotli(written.bytes);
  compressed.set(written, bytes);
  void reply
    .header('content-encoding', 'br')
    .header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '))
    .send(await bytes);
}
