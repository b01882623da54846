import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of the console that lists the pages of all features. */
export const PAGE_ROUTES = 'web/src/page-routes.ts';
const FEATURES = 'web/src/features';
/** Line width of the formatter. */
const WIDTH = 110;
/** The parent routes, by the name of the list of their pages. */
const LISTS = {
  rootRoute: ['PAGES_OF_NOBODY', 'Pages for which nobody has to be signed in.'],
  signedInRoute: ['PAGES_OF_WORKSPACE', 'Pages of the workspace and of the person who is signed in.'],
  clientRoute: ['PAGES_OF_CLIENT', 'Pages of one client.'],
} as const;

interface PageRoute {
  readonly name: string;
  readonly parent: string;
  readonly feature: string;
}

/** Generates `web/src/page-routes.ts` from the routes that each feature exports in its `routes.tsx`, by parent. */
export function pageRoutes(root: string): string {
  const all = readdirSync(join(root, FEATURES))
    .sort()
    .flatMap((feature) => routesOf(root, feature));
  const known = new Set([...Object.keys(LISTS), ...all.map(({ name }) => name)]);
  for (const { name, parent, feature } of all)
    if (!known.has(parent))
      throw new Error(
        `${FEATURES}/${feature}/routes.tsx: no routes.tsx exports ${parent}, the parent of ${name}`,
      );
  const imports = [...Map.groupBy(all, ({ feature }) => feature)].map(([feature, some]) =>
    importOf(
      some.map(({ name }) => name),
      `./features/${feature}/routes.tsx`,
    ),
  );
  const lists = Object.entries(LISTS).map(
    ([parent, [list, says]]) =>
      `/** ${says} */\nexport const ${list} = [\n${childrenOf(parent, all)
        .map((one) => `  ${one},\n`)
        .join('')}] as const;\n`,
  );
  return `${imports.join('')}\n// Written by "npm run docs" from the routes.tsx of each feature.\n\n${lists.join('\n')}`;
}

function routesOf(root: string, feature: string): readonly PageRoute[] {
  const file = join(root, FEATURES, feature, 'routes.tsx');
  if (!existsSync(file)) return [];
  return [
    ...readFileSync(file, 'utf8').matchAll(
      /^export const (\w+Route) = createRoute\(\{\s+getParentRoute: \(\) => (\w+)/gmu,
    ),
  ]
    .map(([, name = '', parent = '']) => ({ name, parent, feature }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function childrenOf(parent: string, all: readonly PageRoute[]): readonly string[] {
  return all
    .filter((one) => one.parent === parent)
    .map(({ name }) => {
      const below = childrenOf(name, all);
      return below.length === 0 ? name : `${name}.addChildren([${below.join(', ')}])`;
    });
}

function importOf(names: readonly string[], from: string): string {
  const line = `import { ${names.join(', ')} } from '${from}';\n`;
  return line.length - 1 <= WIDTH
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}
