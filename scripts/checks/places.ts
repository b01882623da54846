import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sources by their path relative to the root. */
export type Tree = ReadonlyMap<string, string>;

/** Things that have to be listed in a second place. */
const FOLDERS = [
  'src/app',
  'src/domain/rules',
  'src/features',
  'src/sinks',
  'src/sources',
  'web/src',
  'sandbox',
];

export function treeOf(root: string): Tree {
  return new Map(
    FOLDERS.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
        if (!entry.isFile() || !/\.(?:tsx?|yaml)$/u.test(entry.name)) return [];
        const path = join(entry.parentPath, entry.name);
        return [[path.slice(join(root, '/').length), readFileSync(path, 'utf8')] as const];
      }),
    ),
  );
}

/**
 * Reports things that were added in one place and forgotten in another, a sentence each: which file, and what to write
 * where. Only what would otherwise fail silently: the compiler reports type errors, the catalogue's lint its own.
 */
export function checkPlaces(tree: Tree): string[] {
  return [...sinks(tree), ...sources(tree), ...rules(tree), ...operations(tree), ...pages(tree)];
}

function sinks(tree: Tree): string[] {
  const registry = tree.get('src/sinks/registry.ts') ?? '';
  const simulators = [...tree].flatMap(([path, text]) =>
    /^sandbox\/siem\/[^/]+\.ts$/u.test(path) &&
    /\bstartReceiver\b.*\bfrom '\.\/receiver\.ts'/u.test(text) &&
    !/export const TRIALS\b/u.test(text)
      ? [`${path}: export TRIALS, by which node sandbox/siem/main.ts starts it for people to try`]
      : [],
  );
  const kinds = foldersIn(tree, 'src/sinks').flatMap((name) => {
    const folder = `src/sinks/${name}`;
    const written = [...tree]
      .flatMap(([path, text]) => (path.startsWith(`${folder}/`) ? [text] : []))
      .join('\n');
    return [
      ...(tree.has(`${folder}/${name}.ts`)
        ? []
        : [`${folder}: write ${name}.ts, which exports its SinkKind`]),
      ...(registry.includes(`from './${name}/`)
        ? []
        : [`${folder}: name it in src/sinks/registry.ts, or nobody can choose it`]),
      ...(tree.has(`${folder}/${name}.test.ts`) ? [] : [`${folder}: write ${name}.test.ts`]),
      // A sink that uses HTTP, by `postingSink` or `askOnce`; files and sockets need no simulator.
      ...(tree.has(`${folder}/${name}.test.ts`) &&
      /\b(?:askOnce|postingSink)\b/u.test(written) &&
      !/\/sandbox\/siem\//u.test(tree.get(`${folder}/${name}.test.ts`) ?? '')
        ? [`${folder}: write a simulator in sandbox/siem, and let ${name}.test.ts send to it`]
        : []),
    ];
  });
  return [...kinds, ...simulators];
}

function sources(tree: Tree): string[] {
  const registry = tree.get('src/sources/registry.ts') ?? '';
  return foldersIn(tree, 'src/sources').flatMap((name) => {
    const folder = `src/sources/${name}`;
    const index = tree.get(`${folder}/index.ts`);
    const facts = tree.has(`${folder}/source.yaml`);
    if (index === undefined)
      return facts ? [`${folder}: write index.ts, which makes the vendor with defineSource`] : [];
    const live = /\blive\s*[:,}]/u.test(index);
    const simulated = foldersIn(tree, 'sandbox').includes(name);
    const tested = [...tree].some(
      ([path, text]) =>
        path.startsWith('src/') && path.endsWith('.test.ts') && text.includes(`/sandbox/${name}/`),
    );
    return [
      ...(registry.includes(`from './${name}/index.ts'`)
        ? []
        : [`${folder}: name it in src/sources/registry.ts, or nobody can connect it`]),
      ...(live && !facts
        ? [
            `${folder}: write source.yaml, which says what the vendor calls its credentials, scopes and limits`,
          ]
        : []),
      ...(live && !simulated
        ? [`${folder}: write a simulator in sandbox/${name}, so that it can be tested`]
        : []),
      ...(live && simulated && !tested ? [`${folder}: write a test of it against sandbox/${name}`] : []),
    ];
  });
}

/** A rule without an entry in an index never runs, whatever its own test says; one without a test is unchecked. */
function rules(tree: Tree): string[] {
  const tests = [...tree]
    .filter(([path]) => /^src\/domain\/rules\/.*\.test\.ts$/u.test(path))
    .map(([, text]) => text)
    .join('\n');
  return [...tree].flatMap(([path, text]) => {
    const [, folder = ''] = /^(src\/domain\/rules\/[^/]+)\/[^/]+\.ts$/u.exec(path) ?? [];
    if (folder === '' || /\.test\.ts$/u.test(path)) return [];
    const index = tree.get(`${folder}/index.ts`) ?? '';
    return [...text.matchAll(/export const (\w+)(?:: [^=]+)? = defineRule\(/gu)].flatMap(([, rule = '']) => [
      ...(new RegExp(`register\\(${rule}\\b`, 'u').test(index)
        ? []
        : [`${path}: register ${rule} in ${folder}/index.ts, or it decides nothing`]),
      ...(new RegExp(`\\b${rule}\\b`, 'u').test(tests) ? [] : [`${path}: write a test of ${rule} beside it`]),
    ]);
  });
}

/**
 * Contracts and handlers have no effect unless listed. Those of a feature are listed by "npm run docs", those of a
 * subfolder by the feature itself; a missing handler is a compile error.
 */
function operations(tree: Tree): string[] {
  const listed = (name: string, besides: string) =>
    [...tree].some(
      ([path, text]) =>
        path !== besides &&
        /^src\/(?:app|features)\/.*\.ts$/u.test(path) &&
        !path.endsWith('.test.ts') &&
        new RegExp(`\\b${name}\\b`, 'u').test(text) &&
        // Handlers mention their contract's type, which does not list it.
        new RegExp(
          `(?:export|import) (?!type)[^;]*\\b${name}\\b[^;]*from|import\\('[^']+'\\)\\)\\.${name}\\b`,
          'u',
        ).test(text),
    );
  return [...tree].flatMap(([path, text]) => {
    const [, folder = '', inside = '', what = ''] =
      /^(src\/features\/[^/]+)(\/.+)?\/(contract|handlers)\.ts$/u.exec(path) ?? [];
    if (folder === '') return [];
    return [...text.matchAll(/export const (\w+(?:Contract|Handlers))\b/gu)].flatMap(([, name = '']) => {
      if (listed(name, path)) return [];
      const list = what === 'contract' ? 'src/app/contracts.ts' : 'src/app/handler-loaders.ts';
      return [
        inside === ''
          ? `${path}: run "npm run docs", which lists ${name} in ${list}, or nobody can call it`
          : `${path}: name ${name} in ${folder}/${what}.ts, or nobody can call it`,
      ];
    });
  });
}

function pages(tree: Tree): string[] {
  const web = [...tree].filter(([path]) => path.startsWith('web/src/') && !/\.test\.tsx?$/u.test(path));
  const listed = tree.get('web/src/page-routes.ts') ?? '';
  return web.flatMap(([path, text]) => {
    if (/^web\/src\/features\/.*-page\.tsx$/u.test(path)) {
      const file = path.slice(path.lastIndexOf('/') + 1);
      const shown = web.some(([other, source]) => other !== path && source.includes(`/${file}'`));
      return shown ? [] : [`${path}: write its route in routes.tsx beside it`];
    }
    if (!/^web\/src\/features\/[^/]+\/routes\.tsx$/u.test(path)) return [];
    return routesIn(text).flatMap(({ name, address }) => {
      if (!new RegExp(`\\b${name}\\b`, 'u').test(listed))
        return [
          `${path}: run "npm run docs", which lists ${name} in web/src/page-routes.ts, or the page does not exist`,
        ];
      const explained =
        address === null || isExplained(address, tree)
          ? []
          : [
              `${path}: write a line for ${address} in web/src/shell/documentation.ts: which page of docs explains it`,
            ];
      // Pages about a single thing are reached from a list; those linked in mail have a secret in their URL.
      if (address === null || /\$(?!client)/u.test(address)) return explained;
      const linked = web.some(
        ([other, source]) =>
          other !== path && new RegExp(`['"\`]${linkTo(address)}['"\`?#]`, 'u').test(source),
      );
      return linked
        ? explained
        : [
            ...explained,
            `${path}: write a line for ${address} in web/src/shell/navigation.ts or, where no menu names it, in web/src/shell/more-pages.ts`,
          ];
    });
  });
}

/** Whether a page of docs explains a URL or one of its parents. The pages of docs explain themselves. */
function isExplained(address: string, tree: Tree): boolean {
  const known = tree.get('web/src/shell/documentation.ts') ?? '';
  const parts = address.split('/').filter(Boolean);
  const above = parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
  return address === '/' || parts[0] === 'docs' || above.some((one) => known.includes(`'${one}':`));
}

/** Routes of a file with their full paths; null: it uses none of the standard parents, or is public. */
function routesIn(text: string): { name: string; address: string | null }[] {
  return [...text.matchAll(/export const (\w+Route) = createRoute\(\{([\s\S]*?)\n\}\);/gu)].map(
    ([, name = '', body = '']) => {
      const [, parent = ''] = /getParentRoute: \(\) => (\w+)/u.exec(body) ?? [];
      const [, path = ''] = /path: '([^']*)'/u.exec(body) ?? [];
      const before = { clientRoute: '/c/$client', signedInRoute: '' }[parent];
      return { name, address: before === undefined ? null : `${before}${path === '/' ? '' : path}` };
    },
  );
}

function foldersIn(tree: Tree, folder: string): string[] {
  const names = [...tree.keys()].flatMap((path) => {
    const [name, ...rest] = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/') : [];
    return name === undefined || rest.length === 0 ? [] : [name];
  });
  return [...new Set(names)].sort();
}

/** A regular expression for links to a URL; the client is a route parameter, or filled in. */
function linkTo(address: string): string {
  return address.replace('$client', String.raw`(?:\$client|\$\{[^}]+\})`).replaceAll('/', String.raw`\/`);
}
