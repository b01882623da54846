import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of a client as in the router: `/charter/$draft`. */
interface Page {
  readonly parts: readonly string[];
  /** Search parameters that it accepts; null: they cannot be determined from its file. */
  readonly search: ReadonlySet<string> | null;
}

/** Placeholder for the variable parts of a URL. */
const FILLED = '\u0000';

/**
 * Reports URLs of a client's pages that lead nowhere, in the console and in the server's messages: types only check
 * links made with the router.
 */
export function checkLinks(root: string): string[] {
  const pages = pagesOf(root);
  return globSync(['web/src/**/*.{ts,tsx}', 'src/**/*.ts'], {
    cwd: root,
    exclude: (path) => /\.test\.tsx?$/.test(path),
  })
    .sort()
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...text.matchAll(/`\/c\/\$\{/g)].flatMap(({ index }) => {
        const address = addressAt(text, index + 1);
        const wrong = address === null ? null : problemOf(address, pages);
        const line = text.slice(0, index).split('\n').length;
        return wrong === null ? [] : [`${path}:${line}: ${wrong}`];
      });
    });
}

function problemOf(address: string, pages: readonly Page[]): string | null {
  const [path = '', query = ''] = address.split('?');
  const [, , client, ...rest] = path.split('/');
  // A page whose component is imported from another file.
  if (client !== FILLED) return null;
  const parts = rest.map((part, at) => (at === rest.length - 1 ? part.replace(/(?<=.)\u0000$/, '') : part));
  const fits = pages.filter((page) => leadsTo(parts, page));
  const shown = address.replaceAll(FILLED, '…');
  if (fits.length === 0) return `no page of the console has the address ${shown}`;
  const keys = [...query.matchAll(/(?:^|&)([A-Za-z]+)=/g)].map(([, key = '']) => key);
  const unknown = keys.filter((key) => fits.every(({ search }) => search !== null && !search.has(key)));
  return unknown.length === 0 ? null : `the page of ${shown} does not read "${unknown.join('", "')}"`;
}

function leadsTo(parts: readonly string[], page: Page): boolean {
  return (
    parts.length === page.parts.length &&
    page.parts.every((part, at) => part.startsWith('$') || parts[at] === FILLED || parts[at] === part)
  );
}

function pagesOf(root: string): Page[] {
  return globSync('web/src/**/routes.tsx', { cwd: root }).flatMap((path) => {
    const pages = new Map<string, Page>([['clientRoute', { parts: [], search: new Set() }]]);
    // In a file with several pages, a nested page follows its parent and reads the same search parameters.
    for (const [, name = '', route = ''] of readFileSync(join(root, path), 'utf8').matchAll(ROUTE)) {
      const above = pages.get(/getParentRoute: \(\) => (\w+)/.exec(route)?.[1] ?? '');
      const own = /^\s*path: '([^']*)'/m.exec(route)?.[1];
      if (above === undefined || own === undefined) continue;
      const read = searchOf(route);
      pages.set(name, {
        parts: [...above.parts, ...own.split('/').filter((part) => part !== '')],
        search: above.search === null || read === null ? null : new Set([...above.search, ...read]),
      });
    }
    pages.delete('clientRoute');
    return [...pages.values()];
  });
}

const ROUTE = /const (\w+) = createRoute\(([\s\S]*?)\n\}\);/g;

/** The search parameters that a page reads; null: not defined in its file. */
function searchOf(route: string): readonly string[] | null {
  if (!route.includes('validateSearch')) return [];
  const named = /validateSearch: searchParams\(\{([\s\S]*?)\}\)/.exec(route)?.[1];
  return named === undefined
    ? null
    : [...named.matchAll(/(?:^|[,{\s])([A-Za-z]+)(?=[:,\s]|$)/g)].map(([, key = '']) => key);
}

/** The text of a template literal from `from` to its end, without substitutions; null: it does not end. */
function addressAt(text: string, from: number): string | null {
  let address = '';
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '`') return address;
    if (text.startsWith('${', at)) {
      let depth = 1;
      at += 2;
      while (at < text.length && depth > 0) {
        if (text[at] === '{') depth += 1;
        if (text[at] === '}') depth -= 1;
        at += 1;
      }
      at -= 1;
      address += FILLED;
    } else address += text[at];
  }
  return null;
}
