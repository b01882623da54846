import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ownValue } from '#domain/model/own-value.ts';

/** As the build of the console writes it; web/page-files.ts. */
const pagesSchema = z.array(
  z.object({
    path: z.string(),
    signedIn: z.boolean(),
    scripts: z.array(z.string()),
    styles: z.array(z.string()),
  }),
);

/** What every page behind sign-in asks first. */
const WHO = asked('/api/v1/me');

/** What pages ask before anything else, where their address says nothing of a filter. */
const FIRST: Readonly<Record<string, string>> = { '/clients': '/api/v1/fleet?sort=worst' };

/** What the server knows of the console's pages. */
export interface ConsolePages {
  /**
   * What a page's head says beside that of every page: the files that it will load and, for anyone who has a session, the
   * question who it is, so that the browser fetches all of it at once instead of one after the other. It only begins
   * earlier what the page does anyway; a head without it works as well. `isFiltered`: the address has a query.
   */
  headFor(path: string, of: { readonly hasSession: boolean; readonly isFiltered?: boolean }): string;
  /**
   * `page`: an address of the console; `missing`: below one, so that the console itself says that nothing is there;
   * `elsewhere`: no address of the console at all.
   */
  kindOf(path: string): 'page' | 'missing' | 'elsewhere';
}

/** The pages as the build of the console lists them in `file`. A console without the list takes every address. */
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
    // What is spelt out goes before what varies, as in the router; a page goes before the frame around it.
    .sort((a, b) => varying(a.parts) - varying(b.parts) || b.head.length - a.head.length);
  const pageAt = (path: string) => {
    const parts = partsOf(path);
    return pages.find((one) => matches(one.parts, parts));
  };
  return {
    headFor: (path, { hasSession, isFiltered = false }) => {
      const page = pageAt(path);
      if (page === undefined) return '';
      // Anyone who has no session is sent to sign in, and needs none of the page.
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
