import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const MASK = 'mask.html';

/** Serves the built console: its files for good, its one page afresh each time, with the nonce of this answer. */
export async function web(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index))
    throw new Error(`The console is not built: ${index} is missing. Run "npm run build:web".`);
  const page = readFileSync(index, 'utf8');
  const mask = readFileSync(join(folder, MASK), 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    // Pages go out with a nonce and their own policy, never as a file.
    globIgnore: ['*.html'],
    preCompressed: true,
    // Names of assets hold a hash of what is in them.
    setHeaders: (response, path) =>
      void response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  // It prepares exports with member data in the browser, for whoever has one: the browser lets it connect to nothing.
  app.get('/prepare', (_request, reply) => {
    const policy = String(reply.getHeader('content-security-policy'))
      .replace("connect-src 'self'", "connect-src 'none'")
      .replace("form-action 'self'", "form-action 'none'");
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .send(mask.replaceAll('__CSP_NONCE__', reply.cspNonce.style));
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' && !/^\/(api|assets|mcp)(\/|$)/.test(request.url.split('?')[0] ?? '');
    if (!wantsPage)
      return reply
        .code(404)
        .type('text/plain; charset=utf-8')
        .send(
          'There is nothing at this address. The console is at /, the reference of its API at /api/reference.\n',
        );
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll('__CSP_NONCE__', reply.cspNonce.style));
  });
}
