import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

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
const WHO = '<link rel="preload" href="/api/v1/me" as="fetch" crossorigin>';

/**
 * What a page's head says beside that of every page: the files that it will load and, for whoever has a session, the
 * question who it is, so that the browser fetches all of it at once instead of one after the other. It only begins
 * earlier what the page does anyway; a head without it works as well.
 */
export function pageHeads(file: string): (path: string, hasSession: boolean) => string {
  if (!existsSync(file)) return () => '';
  const pages = pagesSchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .map(({ path, signedIn, scripts, styles }) => ({
      signedIn,
      parts: partsOf(path),
      head: [
        ...styles.map((name) => `<link rel="preload" href="/${name}" as="style" crossorigin>`),
        ...scripts.map((name) => `<link rel="modulepreload" href="/${name}" crossorigin>`),
      ].join(''),
    }))
    // What is spelt out goes before what varies, as in the router; a page goes before the frame around it.
    .sort((a, b) => varying(a.parts) - varying(b.parts) || b.head.length - a.head.length);
  return (path, hasSession) => {
    const parts = partsOf(path);
    const page = pages.find((one) => matches(one.parts, parts));
    if (page === undefined) return '';
    // Whoever has no session is sent to sign in, and needs none of the page.
    if (page.signedIn && !hasSession) return '';
    return page.signedIn ? `${WHO}${page.head}` : page.head;
  };
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
