import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Addresses that something answers, with the methods that they take; filled while the routes are registered. */
const METHODS = new WeakMap<FastifyInstance, Map<string, Set<string>>>();

/** Remembers which methods each plain address takes. To be called before the first route is registered. */
export function noteMethods(app: FastifyInstance): void {
  const taken = new Map<string, Set<string>>();
  METHODS.set(app, taken);
  app.addHook('onRoute', ({ url, method }) => {
    if (/[:*]/u.test(url)) return;
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
}

/** Nothing for search engines. */
export function robots(app: FastifyInstance): void {
  app.get('/robots.txt', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /\n'),
  );
}

/** Answers what no route takes: 405 where another method would be taken, a page where there is one, else 404. */
export function answerElsewhere(
  app: FastifyInstance,
  page: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null,
): void {
  app.setNotFoundHandler((request, reply) => {
    const taken = METHODS.get(app)?.get(pathOf(request.url));
    if (taken !== undefined)
      return said(
        reply.header('allow', [...taken].join(', ')),
        405,
        `This address takes ${[...taken].join(', ')}.`,
      );
    const looks = request.method === 'GET' || request.method === 'HEAD';
    return (looks ? page(request, reply) : null) ?? nothingHere(reply);
  });
}

/** What is said of an address at which there is nothing, or nothing for whoever asks. */
export function nothingHere(reply: FastifyReply): FastifyReply {
  return said(
    reply,
    404,
    'There is nothing at this address. The console is at /, the reference of its API at /api/reference.',
  );
}

export function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}

function said(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);
}
