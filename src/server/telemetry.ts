import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import { type Admitted, admit } from '#features/telemetry/door.ts';
import { MAX_BYTES } from '#features/telemetry/inflate.ts';
import {
  busy,
  databaseAway,
  isBusy,
  notNow,
  receiveTelemetry,
  refusal,
  type TelemetryAnswer,
  tooLarge,
} from '#features/telemetry/receive.ts';
import { recordRefusal } from '#features/telemetry/refusals.ts';
import { isAway } from '#features/telemetry/spool.ts';
import { type Encoding, MEDIA_TYPE, RPC_CODE } from '#sources/otlp/answer.ts';
import { SIGNALS, type Signal } from '#sources/otlp/record.ts';
import { HeldBodies, type HeldBody } from './held-bodies.ts';

/** Limit for all request bodies held at once, in bytes as received. */
const MAX_HELD = 128 * 1024 * 1024;
/** Bytes assumed for a request without `Content-Length`. */
const UNSTATED = 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    telemetry: { readonly admitted: Admitted; readonly body: HeldBody } | null;
  }
}

/**
 * OTLP over HTTP at the paths that OpenTelemetry exporters use: /v1/logs, /v1/metrics and /v1/traces. The token is
 * checked before the body is read, so that nobody without one can make the server read anything.
 */
export function telemetry(app: FastifyInstance, services: Services): void {
  const held = new HeldBodies(MAX_HELD);
  void app.register(async (scope) => {
    scope.decorateRequest('telemetry', null);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    // Claude in Office sends from a browser view, which makes a CORS preflight. No cookie is accepted here, so any
    // origin is allowed.
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    });
    scope.setErrorHandler((error, request, reply) => {
      const encoding = encodingOf(request) ?? 'json';
      if (error instanceof Error && 'statusCode' in error && error.statusCode === 413) {
        if (request.telemetry !== null)
          recordRefusal(services, request.telemetry.admitted.clientId, signalOf(request), 'too_large', 1);
        return send(reply, encoding, refusal(encoding, 413, RPC_CODE.invalid, tooLarge()));
      }
      if (
        error instanceof Error &&
        'statusCode' in error &&
        typeof error.statusCode === 'number' &&
        error.statusCode < 500
      )
        return send(
          reply,
          encoding,
          refusal(encoding, 400, RPC_CODE.invalid, 'The request cannot be read: it was cut off.'),
        );
      services.log.error({ err: error }, 'telemetry could not be taken in');
      return send(reply, encoding, isAway(error) ? databaseAway(encoding) : notNow(encoding));
    });
    for (const signal of SIGNALS) {
      const url = `/v1/${signal}`;
      scope.options(url, async (_request, reply) =>
        reply
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', '*, authorization, content-type, content-encoding')
          .header('access-control-max-age', '86400')
          .code(204)
          .send(),
      );
      scope.route({
        method: ['GET', 'PUT', 'PATCH', 'DELETE'],
        url,
        handler: async (_request, reply) =>
          send(
            reply.header('allow', 'POST, OPTIONS'),
            'json',
            refusal('json', 405, RPC_CODE.unimplemented, 'Send telemetry with POST.'),
          ),
      });
      scope.post(url, {
        bodyLimit: MAX_BYTES,
        // Decompressed here rather than by the framework, with a size limit and support for zstd.
        decompress: false,
        onRequest: async (request, reply) => {
          const encoding = encodingOf(request);
          const answers = encoding ?? 'json';
          const answer = await admit(services, secretOf(request), request.ip);
          if ('refused' in answer) return refuseUnread(request, reply, answers, wrongToken(answers, answer));
          if (encoding === null)
            return refuseUnread(
              request,
              reply,
              answers,
              refusal(answers, 415, RPC_CODE.invalid, 'Send application/x-protobuf or application/json.'),
            );
          const length = Number(request.headers['content-length'] ?? UNSTATED);
          const body = isBusy(services) ? null : held.take(reply.raw, length);
          if (body === null) {
            recordRefusal(services, answer.clientId, signal, 'later', 1);
            return refuseUnread(request, reply, answers, busy(answers));
          }
          request.telemetry = { admitted: answer, body };
        },
        handler: async (request, reply) => {
          const { telemetry: mine } = request;
          const encoding = encodingOf(request) ?? 'json';
          if (mine === null) throw new Error('a request for telemetry passed the door without a token');
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const contentEncoding = request.headers['content-encoding'];
          const answer = await mine.body.during(() =>
            receiveTelemetry(services, mine.admitted, { signal, encoding, contentEncoding, body }),
          );
          return send(reply, encoding, answer);
        },
      });
    }
  });
}

function signalOf(request: FastifyRequest): Signal {
  return SIGNALS.find((signal) => request.routeOptions.url === `/v1/${signal}`) ?? 'logs';
}

function wrongToken(
  encoding: Encoding,
  answer: { readonly refused: 'unknown' } | { readonly refused: 'later'; readonly seconds: number },
): TelemetryAnswer {
  if (answer.refused === 'later')
    return {
      ...refusal(
        encoding,
        429,
        RPC_CODE.exhausted,
        'Too many wrong tokens arrived from this network. Wait a while.',
      ),
      retryAfter: answer.seconds,
    };
  return refusal(
    encoding,
    401,
    RPC_CODE.unauthenticated,
    'The token is missing or not valid. Send “Authorization: Bearer byl_ingest_…” with a token from the Telemetry page.',
  );
}

/** Answers before the body was read; the rest of it is ignored. */
function refuseUnread(
  request: FastifyRequest,
  reply: FastifyReply,
  encoding: Encoding,
  answer: TelemetryAnswer,
): FastifyReply {
  if (Number(request.headers['content-length'] ?? UNSTATED) > 65_536) reply.header('connection', 'close');
  return send(reply, encoding, answer);
}

function send(
  reply: FastifyReply,
  encoding: Encoding,
  { status, body, retryAfter }: TelemetryAnswer,
): FastifyReply {
  if (retryAfter !== null) reply.header('retry-after', String(retryAfter));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 415) reply.header('accept-encoding', 'gzip, zstd');
  return reply.code(status).type(MEDIA_TYPE[encoding]).send(body);
}

function encodingOf(request: FastifyRequest): Encoding | null {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf';
  return type === 'application/json' ? 'json' : null;
}

/**
 * The token as exporters send it: `Authorization: Bearer …`, the same without the word or with the space as %20 (some
 * settings pages do not decode it), or one of the headers that telemetry services use for API keys.
 */
function secretOf({ headers }: FastifyRequest): string | null {
  for (const name of ['authorization', 'x-bylaw-token', 'x-api-key', 'api-key'] as const) {
    const value = headers[name];
    if (typeof value !== 'string' || value === '') continue;
    return value.replace(/^(?:bearer|token|api-?key)(?:\s+|%20)/i, '').trim();
  }
  return null;
}
