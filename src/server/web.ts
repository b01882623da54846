import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { SESSION_COOKIE } from '../features/sign-in/cookies.ts';
import { answerWithoutRoute, pathOf } from './not-found.ts';
import { consolePages } from './page-head.ts';

/** Pages apart from the console, which process files in the browser; by URL. */
const STANDALONE_PAGES: Readonly<Record<string, string>> = {
  '/prepare': 'mask.html',
  '/check': 'check.html',
};
const PAGES = 'pages.json';

/** Serves the built console: assets are cached forever, its one HTML page is rendered with a new nonce each time. */
export async function web(app: FastifyInstance, folder: string, origin: string): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index))
    throw new Error(`The console is not built: ${index} is missing. Run “npm run build:web”.`);
  const page = readFileSync(index, 'utf8');
  const pages = consolePages(join(folder, PAGES));
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    // Pages are sent with a nonce and their own policy, never as static files; precompressed files replace the
    // originals.
    globIgnore: ['*.html', PAGES, '**/*.br', '**/*.gz'],
    preCompressed: true,
    // Names of assets contain a hash of their content.
    setHeaders: (response, path) =>
      void response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  // These pages process files with member data in the browser and need no sign-in; their policy allows no connections.
  for (const [address, file] of Object.entries(STANDALONE_PAGES)) {
    const html = readFileSync(join(folder, file), 'utf8');
    app.get(address, (_request, reply) => {
      const policy = String(reply.getHeader('content-security-policy'))
        .replace("connect-src 'self'", "connect-src 'none'")
        .replace("form-action 'self'", "form-action 'none'");
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy)
        .header('cache-control', 'no-store')
        .send(html.replaceAll('__CSP_NONCE__', reply.cspNonce.style));
    });
  }
  answerWithoutRoute(app, origin, (request, reply) => {
    const path = pathOf(request.url);
    const kind = pages.kindOf(path);
    // For a mistyped URL, a person gets the console's own page; a program gets a 404.
    if (kind === 'elsewhere' && !opensPages(request.headers.accept)) return null;
    return reply
      .code(kind === 'page' ? 200 : 404)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(
        page
          .replace(
            '</head>',
            () =>
              `${pages.headFor(path, { hasSession: hasSession(request.headers.cookie), isFiltered: request.url.includes('?') })}</head>`,
          )
          .replaceAll('__CSP_NONCE__', reply.cspNonce.style),
      );
  });
}

/** Browsers accept HTML when they open a page; programs and crawlers of other protocols do not. */
function opensPages(accept: string | undefined): boolean {
  return accept?.includes('text/html') === true;
}

/** Whether the request has a session cookie; whether it is valid is for the API to decide. */
function hasSession(cookies: string | undefined): boolean {
  return cookies?.includes(`${SESSION_COOKIE}=`) === true;
}
