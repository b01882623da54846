import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ownValue } from '#domain/model/own-value.ts';

/** Format of the file that the console's build writes (web/page-files.ts). */
const pagesSchema = z.array(
  z.object({
    path: z.string(),
    signedIn: z.boolean(),
    scripts: z.array(z.string()),
    styles: z.array(z.string()),
  }),
);

/** The first requests of every page behind sign-in. */
const WHO = asked('/api/v1/me');

/** The first requests of each page, if its URL has no filter. */
const FIRST: Readonly<Record<string, string>> = { '/clients': '/api/v1/fleet?sort=worst' };

/** The console's pages as the server knows them. */
export interface ConsolePages {
  /**
   * Preload links for a page: the files it will load and, with a session, its first requests, so that the browser
   * fetches them in parallel. This is only an optimization; the page works without it. `isFiltered`: the URL has a
   * query.
   */
  headFor(path: string, of: { readonly hasSession: boolean; readonly isFiltered?: boolean }): string;
  /**
   * `page`: a URL of the console; `missing`: below one, so that the console itself shows that nothing is there;
   * `elsewhere`: no URL of the console.
   */
  kindOf(path: string): 'page' | 'missing' | 'elsewhere';
}

/** Reads the list of pages that the console's build wrote to `file`. Without it, every URL counts as a page. */
export function consolePages(file: string): ConsolePages {
  if (!existsSync(file))
    return {
      headFor: () => '',
      kindOf: (path) => (/^\/(api|assets|mcp)(\/|$)/u.test(path) ? 'elsewhere' : 'page'),
    };
  const pages = pagesSchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .map(({ path, signedIn, scripts, styles }) => ({
      signedIn,
      parts: partsOf(path),
      first: asked(ownValue(FIRST, path)),
      head: [
        ...styles.map((name) => `<link rel="preload" href="/${name}" as="style" crossorigin>`),
        ...scripts.map((name) => `<link rel="modulepreload" href="/${name}" crossorigin>`),
      ].join(''),
    }))
    // Literal segments take precedence over parameters, as in the router, and a page over its layout.
    .sort((a, b) => varying(a.parts) - varying(b.parts) || b.head.length - a.head.length);
  const pageAt = (path: string) => {
    const parts = partsOf(path);
    return pages.find((one) => matches(one.parts, parts));
  };
  return {
    headFor: (path, { hasSession, isFiltered = false }) => {
      const page = pageAt(path);
      if (page === undefined) return '';
      // Without a session the console redirects to sign-in and needs none of the page.
      if (page.signedIn && !hasSession) return '';
      return page.signedIn ? `${WHO}${isFiltered ? '' : page.first}${page.head}` : page.head;
    },
    kindOf: (path) => {
      if (pageAt(path) !== undefined) return 'page';
      const [first] = partsOf(path);
      return pages.some(({ parts }) => parts[0] === first) ? 'missing' : 'elsewhere';
    },
  };
}

function asked(address: string | undefined): string {
  return address === undefined ? '' : `<link rel="preload" href="${address}" as="fetch" crossorigin>`;
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function varying(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith('$')).length;
}

function matches(route: readonly string[], parts: readonly string[]): boolean {
  return (
    route.length === parts.length && route.every((part, at) => part.startsWith('$') || part === parts[at])
  );
}
