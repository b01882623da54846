import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { SESSION_COOKIE } from '../features/sign-in/cookies.ts';
import { answerElsewhere, pathOf } from './elsewhere.ts';
import { consolePages } from './page-head.ts';

/** Pages apart from the console, which work on files in the browser; by their addresses. */
const APART: Readonly<Record<string, string>> = { '/prepare': 'mask.html', '/check': 'check.html' };
const PAGES = 'pages.json';

/** Serves the built console: its files for good, its one page afresh each time, with the nonce of this answer. */
export async function web(app: FastifyInstance, folder: string, origin: string): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index))
    throw new Error(`The console is not built: ${index} is missing. Run "npm run build:web".`);
  const page = readFileSync(index, 'utf8');
  const pages = consolePages(join(folder, PAGES));
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    // Pages go out with a nonce and their own policy, never as a file; what is compressed goes out in place of its file.
    globIgnore: ['*.html', PAGES, '**/*.br', '**/*.gz'],
    preCompressed: true,
    // Names of assets hold a hash of what is in them.
    setHeaders: (response, path) =>
      void response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  // They look at files with member data in the browser, for anyone who has one: the browser lets them connect to nothing.
  for (const [address, file] of Object.entries(APART)) {
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
  answerElsewhere(app, origin, (request, reply) => {
    const path = pathOf(request.url);
    const kind = pages.kindOf(path);
    // A person who mistyped an address is told so by the console; a program that looks for something else is not.
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

/** Browsers name HTML when they open a page; programs and crawlers of other protocols do not. */
function opensPages(accept: string | undefined): boolean {
  return accept?.includes('text/html') === true;
}

/** Whether a session is claimed; whether it counts is for the API to say. */
function hasSession(cookies: string | undefined): boolean {
  return cookies?.includes(`${SESSION_COOKIE}=`) === true;
}
