import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Plugin, Rollup } from 'vite';

/** The files of a page of the console, so that the server can list all of them in its first response. */
export interface PageFiles {
  /** Path of the route, with `$name` for parameters: `/c/$client/controls`. */
  readonly path: string;
  /** Behind sign-in, so the page requests the session. */
  readonly signedIn: boolean;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

interface Route {
  readonly parent: string;
  readonly path: string;
  /** File of the component that is loaded when the page opens; null: none of its own. */
  readonly file: string | null;
}

/**
 * Writes `pages.json`: for each route, the files that its page loads in addition to those of index.html. Without it, a
 * browser learns about a page's files only after the router has run, and about its data after that.
 */
export function pageFiles(root: string): Plugin {
  return {
    name: 'bylaw-page-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const entry = chunks.find(({ isEntry, name }) => isEntry && name === 'index');
      if (entry === undefined) throw new Error('The build has no entry named index.');
      const first = closure(entry, bundle);
      const routes = readRoutes(root);
      const pages = [...routes.keys()].flatMap((name): PageFiles[] => {
        const line = lineage(name, routes);
        const files = line.flatMap(({ file }) => file ?? []);
        if (files.length === 0) return [];
        const loaded = files.flatMap((file) => {
          const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(file));
          if (chunk === undefined) throw new Error(`${relative(root, file)} is in no file of the build.`);
          return closure(chunk, bundle);
        });
        const more = [...new Set(loaded)].filter((file) => !first.includes(file));
        return [
          {
            path: line.map(({ path }) => path).join('') || '/',
            signedIn: routeNames(name, routes).includes('signedInRoute'),
            scripts: more.filter((file) => file.endsWith('.js')),
            styles: more.filter((file) => file.endsWith('.css')),
          },
        ];
      });
      this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify(pages) });
    },
  };
}

/** Routes as their files define them: each has its parent, path and, if it has one, the file of its page. */
function readRoutes(root: string): ReadonlyMap<string, Route> {
  const found = new Map<string, Route>();
  for (const path of globSync(['src/*.ts{,x}', 'src/features/*/routes.ts{,x}'], { cwd: root })) {
    const file = join(root, path);
    const text = readFileSync(file, 'utf8');
    for (const [, name = '', body = ''] of text.matchAll(/const (\w+) = createRoute\(\{(.*?)\n\}\);/gs)) {
      const loads = /lazyPage\(\s*\(\) => import\('([^']+)'\)/.exec(body)?.[1];
      found.set(name, {
        parent: /getParentRoute: \(\) => (\w+)/.exec(body)?.[1] ?? '',
        path: /^ {2}path: '([^']*)'/m.exec(body)?.[1] ?? '',
        file: loads === undefined ? null : join(dirname(file), loads),
      });
    }
  }
  return found;
}

/** Names from the outermost parent to the route itself. */
function routeNames(name: string, routes: ReadonlyMap<string, Route>): readonly string[] {
  const parent = routes.get(name)?.parent;
  return parent !== undefined && routes.has(parent) ? [...routeNames(parent, routes), name] : [name];
}

function lineage(name: string, routes: ReadonlyMap<string, Route>): readonly Route[] {
  return routeNames(name, routes).flatMap((one) => routes.get(one) ?? []);
}

/** A chunk with its static imports, in the order of their styles: dependencies first. */
function closure(chunk: Rollup.OutputChunk, bundle: Rollup.OutputBundle): readonly string[] {
  const found = new Set<string>();
  const walk = (one: Rollup.OutputChunk) => {
    if (found.has(one.fileName)) return;
    found.add(one.fileName);
    for (const name of one.imports) {
      const next = bundle[name];
      if (next?.type === 'chunk') walk(next);
    }
    for (const style of one.viteMetadata?.importedCss ?? []) found.add(style);
  };
  walk(chunk);
  return [...found];
}
