import { ORPCError } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { methodsAt } from './methods.ts';
import { problemOf, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route exists only to answer 405 with the methods that are allowed. */
    readonly refuses?: boolean;
  }
}

/** URLs without parameters that have a route, with their methods; filled while routes are registered. */
const METHODS = new WeakMap<FastifyInstance, Map<string, Set<string>>>();

/** Records the methods of each URL without parameters. Call it before registering the first route. */
export function recordMethods(app: FastifyInstance): void {
  const taken = new Map<string, Set<string>>();
  METHODS.set(app, taken);
  app.addHook('onRoute', ({ url, method, config }) => {
    if (/[:*]/u.test(url) || config?.refuses === true) return;
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
}

/** Excludes everything from search engines. */
export function serveRobotsFile(app: FastifyInstance): void {
  app.get('/robots.txt', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /\n'),
  );
}

/** Answers what has no route: 405 if another method is allowed, the console's page if there is one, otherwise 404. */
export function answerWithoutRoute(
  app: FastifyInstance,
  origin: string,
  page: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null,
): void {
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const taken = [...(METHODS.get(app)?.get(path) ?? [])];
    if (path === '/api' || path.startsWith('/api/')) return refused(reply, path, taken, origin);
    if (taken.length > 0)
      return sendText(
        reply.header('allow', taken.join(', ')),
        405,
        `This address takes ${taken.join(', ')}.`,
      );
    const looks = request.method === 'GET' || request.method === 'HEAD';
    return (looks ? page(request, reply) : null) ?? sendNotFound(reply);
  });
}

/** The 404 message, also used for what the caller may not know about. */
export function sendNotFound(reply: FastifyReply): FastifyReply {
  return sendText(
    reply,
    404,
    'There is nothing at this address. The console is at /, the reference of its API at /api/reference.',
  );
}

/** Below /api the caller is a program, whatever its `Accept` header says. */
function refused(reply: FastifyReply, path: string, taken: readonly string[], origin: string): FastifyReply {
  const methods = path.startsWith('/api/v1/') ? methodsAt(path.slice('/api/v1'.length)) : taken;
  const [code, status, message] =
    methods.length > 0
      ? (['METHOD_NOT_ALLOWED', 405, `This address accepts ${methods.join(', ')}.`] as const)
      : ([
          'NOT_FOUND',
          404,
          'There is nothing at this address. The list of operations is at /api/reference.',
        ] as const);
  if (methods.length > 0) void reply.header('allow', methods.join(', '));
  return sendProblem(reply, problemOf(new ORPCError(code, { status, message }), origin));
}

export function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}

function sendText(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);
}
