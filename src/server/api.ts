import { Readable } from 'node:stream';
import { call, ORPCError, onError } from '@orpc/server';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '#features/context.ts';
import { handlers } from '#features/handlers.ts';
import { type Operation, operations } from '#features/operations.ts';
import { originIsOurs } from '#features/sign-in/origin.ts';
import { StoreProblem, type StoreProblemCode } from '#store/engine/problems.ts';
import { beyondBounds } from './body-bounds.ts';
import { procedureOf } from './call.ts';
import { compressTexts } from './compress.ts';
import { inputProblem } from './input-problem.ts';
import { openApiHandler } from './openapi-handler.ts';
import { contextOf } from './request-context.ts';

const PREFIX = '/api/v1';
/** JSON bodies hold forms, not files; files come by upload, as a stream. */
const JSON_BYTES = 2 * 1024 * 1024;
const BACKUP_MS = 15 * 60_000;

/** Answers every operation of the contract under /api/v1: JSON through oRPC, files as they are. */
export function api(app: FastifyInstance, services: Services): void {
  const answer = openApiHandler(handlers, {
    clientInterceptors: [
      onError((error) => {
        report(services, error);
        throw asProblem(error);
      }),
    ],
    customErrorResponseBodyEncoder: (error) => ({
      defined: error.defined,
      code: error.code,
      status: error.status,
      message: error.message,
      data: error.data,
    }),
  });
  void app.register(async (scope) => {
    compressTexts(scope);
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('x-bylaw-build', services.config.build);
    });
    scope.addHook('preHandler', async (request, reply) => {
      if (!originIsOurs(request, services.config)) return sendProblem(reply, foreign());
      const beyond = request.body instanceof Readable ? null : beyondBounds(request.body);
      if (beyond !== null)
        return sendProblem(reply, new ORPCError('PAYLOAD_TOO_LARGE', { status: 413, message: beyond }));
    });
    for (const operation of operations()) {
      if (operation.meta.transport === 'upload') upload(scope, services, operation);
    }
    // A backup is made as a whole before its first byte is sent, on a connection that says nothing meanwhile.
    scope.addHook('onRequest', async (request, reply) => {
      if (request.url === `${PREFIX}/backup`) reply.raw.setTimeout(BACKUP_MS, () => reply.raw.destroy());
    });
    scope.all(`${PREFIX}/*`, { bodyLimit: JSON_BYTES }, async (request, reply) => {
      const context = await contextOf(services, request, reply, null);
      if (!(await answer(request, reply, { prefix: PREFIX, context })))
        return sendProblem(
          reply,
          new ORPCError('NOT_FOUND', {
            status: 404,
            message: `There is no operation ${request.method} ${request.url.split('?')[0]}. The list is at /api/reference.`,
          }),
        );
      return reply;
    });
    scope.setErrorHandler((error, request, reply) => {
      services.log.warn({ err: error, url: request.routeOptions.url }, 'a request could not be answered');
      return sendProblem(reply, asProblem(error));
    });
  });
}

/**
 * An operation whose body is a file: it is handed on as a stream, never held in memory. It goes through the same door
 * and the same procedure as any other; its input is what the address says.
 */
function upload(scope: FastifyInstance, services: Services, operation: Operation): void {
  const procedure = procedureOf(operation);
  const url = `${PREFIX}${operation.route.replace(/\{\+?([^}]+)\}/g, ':$1')}`;
  void scope.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    inner.route({
      method: operation.method as 'PUT',
      url,
      config: { file: true },
      handler: async (request, reply) => {
        const input = { ...(request.query as object), ...(request.params as object) };
        try {
          const body = request.body === undefined ? Readable.from([]) : (request.body as Readable);
          const context = await contextOf(services, request, reply, body);
          const result: unknown = await call(procedure, input, { context });
          return reply.send(result);
        } catch (error) {
          report(services, error);
          // What is left of the upload is not read: the answer says why, and the connection ends.
          if (!request.raw.readableEnded) reply.header('connection', 'close');
          return sendProblem(reply, asProblem(error));
        }
      },
    });
  });
}

function foreign(): ORPCError<string, unknown> {
  return new ORPCError('FORBIDDEN', {
    status: 403,
    message: 'This change was asked for from another site. Open Bylaw itself and try there.',
  });
}

function sendProblem(reply: FastifyReply, error: ORPCError<string, unknown>): FastifyReply {
  return reply.code(error.status).type('application/json; charset=utf-8').send({
    defined: error.defined,
    code: error.code,
    status: error.status,
    message: error.message,
    data: error.data,
  });
}

/** What a person is told: the sentences of refusals and of the store; of anything else only that it went wrong. */
export function asProblem(given: unknown): ORPCError<string, unknown> {
  const error = inputProblem(given);
  if (error instanceof ORPCError) return error;
  if (error instanceof StoreProblem) {
    const [code, status] = answerTo(error.code);
    return new ORPCError(code, { status, message: error.message });
  }
  if (hasStatus(error) && error.statusCode === 413)
    return new ORPCError('PAYLOAD_TOO_LARGE', {
      status: 413,
      message: 'That is more than this form takes. Send a file as an import instead.',
    });
  if (hasStatus(error) && error.statusCode >= 400 && error.statusCode < 500)
    return new ORPCError('BAD_REQUEST', {
      status: error.statusCode,
      message: `The request cannot be read: ${error.message}`,
    });
  return new ORPCError('INTERNAL', {
    status: 500,
    message:
      'Bylaw could not do this because of a mistake of its own. Nothing was changed; the server log says more.',
  });
}

/** Each way in which the store refuses, as a code and a status of HTTP. Its sentence goes along. */
function answerTo(code: StoreProblemCode): readonly [code: string, status: number] {
  switch (code) {
    case 'unavailable':
    case 'in_use':
      return ['UNAVAILABLE', 503];
    case 'full':
      return ['STORAGE_FULL', 507];
    case 'too_large':
      return ['PAYLOAD_TOO_LARGE', 413];
    case 'refused':
    case 'not_empty':
      return ['UNPROCESSABLE', 422];
    // Nothing that whoever asks could change: the server lost something, or is set up wrongly.
    case 'missing':
    case 'damaged':
      return ['DAMAGED', 500];
    case 'key':
      return ['KEY', 500];
    case 'newer':
    case 'changed':
    case 'unsafe':
      return ['DATABASE', 500];
  }
}

function hasStatus(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

/** Refusals are answers; only what nobody foresaw is logged, without the input, which may hold what must not be kept. */
function report(services: Services, error: unknown): void {
  if (error instanceof ORPCError && error.status < 500) return;
  services.log.error({ err: error }, 'an operation failed');
}
