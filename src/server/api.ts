import { Readable } from 'node:stream';
import { call, ORPCError, onError } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handlers } from '#app/handlers.ts';
import { operations } from '#app/operations.ts';
import type { Services } from '#features/context.ts';
import type { Operation } from '#features/operation.ts';
import { originIsOurs } from '#features/sign-in/origin.ts';
import { admitStranger } from '#features/sign-in/strangers.ts';
import { beyondBounds } from './body-bounds.ts';
import { procedureOf } from './call.ts';
import { compressTexts } from './compress.ts';
import { methodsAt, parametersAt } from './methods.ts';
import { openApiHandler } from './openapi-handler.ts';
import { asProblem, problemOf, sendProblem } from './problem.ts';
import { contextOf } from './request-context.ts';

const PREFIX = '/api/v1';
/** JSON bodies hold forms, not files; files are uploaded as streams. */
const JSON_BYTES = 2 * 1024 * 1024;
/** Body limit before sign-in; the largest form is the response of a passkey. */
const STRANGER_BYTES = 128 * 1024;
const BACKUP_MS = 15 * 60_000;

/** Serves every operation of the contract under /api/v1: JSON through oRPC, files as streams. */
export function api(app: FastifyInstance, services: Services): void {
  const answer = openApiHandler(handlers, {
    clientInterceptors: [
      onError((error) => {
        report(services, error);
        throw asProblem(error);
      }),
    ],
    customErrorResponseBodyEncoder: (error) => problemOf(error, services.config.origin),
  });
  const refuse = (reply: FastifyReply, error: ORPCError<string, unknown>) =>
    sendProblem(reply, problemOf(error, services.config.origin));
  void app.register(async (scope) => {
    compressTexts(scope);
    // Only JSON bodies are accepted.
    scope.removeContentTypeParser('text/plain');
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('x-bylaw-build', services.config.build);
      // The console shows what is due by this clock and not by the browser's, which may be wrong.
      reply.header('date', services.clock().toUTCString());
    });
    scope.addHook('preHandler', async (request, reply) => {
      if (/%00/u.test(request.url)) return refuse(reply, zeroCharacter());
      if (!originIsOurs(request, services.config)) return refuse(reply, foreign());
      const beyond = request.body instanceof Readable ? null : beyondBounds(request.body);
      if (beyond !== null)
        return refuse(reply, new ORPCError('PAYLOAD_TOO_LARGE', { status: 413, message: beyond }));
    });
    for (const operation of operations()) {
      if (operation.meta.transport === 'upload') upload(scope, services, operation);
    }
    // A backup is complete before its first byte is sent, and the connection is idle until then.
    scope.addHook('onRequest', async (request, reply) => {
      if (request.url === `${PREFIX}/backup`) reply.raw.setTimeout(BACKUP_MS, () => reply.raw.destroy());
    });
    const answerOperation = async (request: FastifyRequest, reply: FastifyReply) => {
      const path = request.url.split('?')[0] ?? '';
      const methods = methodsAt(path.slice(PREFIX.length));
      if (methods.length === 0) return refuse(reply, nowhere(request.method, path));
      if (!methods.includes(request.method))
        return refuse(reply.header('allow', methods.join(', ')), wrongMethod(methods));
      if (request.method === 'OPTIONS') return reply.header('allow', methods.join(', ')).code(204).send();
      const unknown = unknownParameters(request);
      if (unknown !== null) return refuse(reply, unknown);
      const context = await contextOf(services, request, reply, null);
      if (!(await answer(request, reply, { prefix: PREFIX, context })))
        return refuse(reply, nowhere(request.method, path));
      return reply;
    };
    scope.all(`${PREFIX}/*`, { bodyLimit: JSON_BYTES }, answerOperation);
    // Operations that need no sign-in get a smaller body limit and a rate limit.
    for (const url of placesOfStrangers())
      scope.all(
        url,
        {
          bodyLimit: STRANGER_BYTES,
          onRequest: async (request) => {
            if (request.method !== 'OPTIONS') await admitStranger(services, request.ip);
          },
        },
        answerOperation,
      );
    scope.setErrorHandler((error, request, reply) => {
      services.log.warn({ err: error, url: request.routeOptions.url }, 'a request could not be answered');
      return refuse(reply, asProblem(error));
    });
  });
}

/** URLs of the operations that need no sign-in and write or compute something. */
function placesOfStrangers(): ReadonlySet<string> {
  const open = operations().filter(
    ({ meta, method }) => meta.permission === 'public' && (method !== 'GET' || meta.audit !== null),
  );
  return new Set(open.map(({ route }) => `${PREFIX}${route}`));
}

/**
 * Registers an operation whose body is a file, which is passed on as a stream and never held in memory. It runs
 * through the same access check and procedure as any other; its input comes from the URL.
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
          // The rest of the upload is not read: the response says why, and the connection is closed.
          if (!request.raw.readableEnded) reply.header('connection', 'close');
          return sendProblem(reply, problemOf(asProblem(error), services.config.origin));
        }
      },
    });
  });
}

function nowhere(method: string, path: string): ORPCError<string, unknown> {
  return new ORPCError('NOT_FOUND', {
    status: 404,
    message: `There is no operation ${method} ${path}. The list is at /api/reference.`,
  });
}

function zeroCharacter(): ORPCError<string, unknown> {
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message: 'The address contains a zero character (%00), which no name here has.',
  });
}

/**
 * A misspelled query parameter would otherwise be ignored silently, and the answer would be to a different question.
 */
function unknownParameters(request: FastifyRequest): ORPCError<string, unknown> | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  // Types already cover the console's own pages; this is for other programs.
  if (request.headers.authorization === undefined) return null;
  const [path = '', query = ''] = request.url.split('?');
  const known = parametersAt(path.slice(PREFIX.length));
  if (known === null) return null;
  const given = [...new URLSearchParams(query).keys()].map((name) => name.replace(/\[.*$/su, ''));
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  const takes = known.length === 0 ? 'none' : known.join(', ');
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message: `There is no parameter “${unknown.slice(0, 100)}” here. This address takes ${takes}.`,
  });
}

function wrongMethod(methods: readonly string[]): ORPCError<string, unknown> {
  return new ORPCError('METHOD_NOT_ALLOWED', {
    status: 405,
    message: `This address accepts ${methods.join(', ')}. The list is at /api/reference.`,
  });
}

function foreign(): ORPCError<string, unknown> {
  return new ORPCError('FORBIDDEN', {
    status: 403,
    message: 'This change was asked for from another site. Open Bylaw itself and try there.',
  });
}

/**
 * Refusals are expected answers. Only unexpected errors are logged, without the input, which may contain confidential
 * text.
 */
function report(services: Services, error: unknown): void {
  // A full line of work is not a failure, and a flood of requests must not flood the log.
  if (error instanceof ORPCError && (error.status < 500 || error.code === 'UNAVAILABLE')) return;
  services.log.error({ err: error }, 'an operation failed');
}
