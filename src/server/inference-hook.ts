import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import { hookAt, readyHooks } from '#features/dlp/hook/door.ts';
import {
  type Admitted,
  admitCall,
  type HookRefusal,
  receiveCall,
  refuseCall,
} from '#features/dlp/hook/receive.ts';
import { countWrong } from '#features/shared/secret-limits.ts';
import { MAX_CALL_BYTES } from '#sources/inference-hook/call.ts';
import { freeBodyChunks } from './free-body-chunks.ts';
import { HeldBodies, type HeldBody } from './held-bodies.ts';
import { sendNotFound } from './not-found.ts';

/** Limit for all bodies held at once, in bytes. */
const MAX_HELD = 64 * 1024 * 1024;

const STATUS: Readonly<Record<HookRefusal, number>> = {
  unsigned: 401,
  forged: 401,
  late: 401,
  no_secret: 401,
  repeated: 409,
  too_large: 413,
  unreadable: 400,
  busy: 503,
};

declare module 'fastify' {
  interface FastifyRequest {
    hookCall: { readonly admitted: Admitted; readonly body: HeldBody } | null;
  }
}

/**
 * The endpoint that Claude Enterprise calls before each answer (inference hooks, signed by Standard Webhooks). Headers
 * are checked before the body is read. Anything but a decision is answered with an error status, which the vendor
 * handles as the organization configured there.
 */
export function inferenceHooks(app: FastifyInstance, services: Services): void {
  const held = new HeldBodies(MAX_HELD);
  app.addHook('onReady', () => readyHooks(services));
  void app.register(async (scope) => {
    scope.decorateRequest('hookCall', null);
    scope.removeAllContentTypeParsers();
    freeBodyChunks(scope);
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_CALL_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler((error, request, reply) => {
      const status =
        error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
          ? error.statusCode
          : 500;
      if (status >= 500) {
        services.log.error({ err: error }, 'a call of an inference hook could not be answered');
        return reply.code(500).send({ error: 'internal' });
      }
      const { hookCall } = request;
      if (status === 413 && hookCall !== null)
        return refuse(reply, refuseCall(services, hookCall.admitted.hook, 'too_large').refused);
      return refuse(reply, 'unreadable');
    });
    scope.post<{ Params: { endpoint: string } }>('/hooks/inference/:endpoint', {
      bodyLimit: MAX_CALL_BYTES,
      decompress: false,
      onRequest: async (request, reply) => {
        const hook = await hookAt(services, request.params.endpoint);
        if (hook === null) {
          const seconds = countWrong(services, request.ip, services.clock());
          if (seconds > 0) return reply.code(429).header('retry-after', String(seconds)).send();
          return sendNotFound(reply);
        }
        const admitted = admitCall(services, hook, {
          id: header(request, 'webhook-id'),
          timestamp: header(request, 'webhook-timestamp'),
          signature: header(request, 'webhook-signature'),
        });
        if ('refused' in admitted) return refuseUnread(reply, admitted.refused);
        const length = Number(request.headers['content-length'] ?? MAX_CALL_BYTES);
        const body = held.take(reply.raw, length);
        if (body === null) return refuseUnread(reply, refuseCall(services, hook, 'busy').refused);
        request.hookCall = { admitted, body };
      },
      handler: async (request, reply) => {
        const { hookCall } = request;
        if (hookCall === null) throw new Error('a call of an inference hook passed without a door');
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answer = await hookCall.body.during(() => receiveCall(services, hookCall.admitted, bytes));
        return 'refused' in answer ? refuse(reply, answer.refused) : reply.send(answer);
      },
    });
  });
}

function header({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refuse(reply: FastifyReply, reason: HookRefusal): FastifyReply {
  return reply.code(STATUS[reason]).send({ error: reason });
}

/** Answers before the body was read; the rest of it is ignored. */
function refuseUnread(reply: FastifyReply, reason: HookRefusal): FastifyReply {
  return refuse(reply.header('connection', 'close'), reason);
}
