import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Operation } from '#features/operation.ts';

/** What the pages call, read from their sources: names of operations, and addresses of what is sent as a file. */
export interface ConsoleUse {
  uses(operation: Operation): boolean;
}

const IMPORT = /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'[./]*\/api\.ts'/g;
const CHAIN = String.raw`((?:\s*\.\s*[A-Za-z]\w*)+)`;

export function consoleUse(folder: string): ConsoleUse {
  const chains = new Set<string>();
  const addresses = new Set<string>();
  const perFolder = new Map<string, string[]>();
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    // The gallery shows components on invented figures.
    if (!/\.tsx?$/.test(name) || /\.test\.tsx?$|^gallery\//.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const chain of chainsOf(text)) chains.add(chain);
    const here = literals(text);
    perFolder.set(dirname(name), [...(perFolder.get(dirname(name)) ?? []), ...here]);
  }
  for (const here of perFolder.values()) {
    for (const one of here) {
      addresses.add(one);
      // An address that is put together: `${chain.path}/table`, with the beginning elsewhere in the folder.
      if (one.startsWith('{}/')) for (const start of here) addresses.add(start + one.slice(2));
    }
  }
  return {
    uses: ({ path, route }) => {
      const dotted = path.join('.');
      return (
        [...chains].some((chain) => chain === dotted || chain.startsWith(`${dotted}.`)) ||
        addresses.has(route.replace(/\{[^}]*\}/g, '{}'))
      );
    },
  };
}

/** `access.users.list.queryOptions` for `api.access.users.list.queryOptions(…)`, also behind a short name of its own. */
function chainsOf(text: string): string[] {
  const roots = new Map<string, string[]>();
  for (const [, names = ''] of text.matchAll(IMPORT)) {
    for (const name of names.split(',').map((one) => one.trim())) {
      const match = /^(?:type\s+)?(api|client)(?:\s+as\s+(\w+))?$/.exec(name);
      if (match) roots.set(match[2] ?? match[1] ?? '', ['']);
    }
  }
  const add = (name: string, prefix: string) => roots.set(name, [...(roots.get(name) ?? []), prefix]);
  for (const [root, prefixes] of [...roots]) {
    for (const [, name = '', chain = ''] of text.matchAll(
      new RegExp(String.raw`const\s+(\w+)\s*=\s*${root}${CHAIN}\s*;`, 'g'),
    ))
      for (const prefix of prefixes) add(name, prefix + dots(chain));
    for (const [, names = '', chain = ''] of text.matchAll(
      new RegExp(String.raw`const\s+\{([^}]*)\}\s*=\s*${root}((?:\s*\.\s*\w+)*)\s*;`, 'g'),
    ))
      for (const name of names.split(',').map((one) => one.trim()))
        if (/^\w+$/.test(name)) for (const prefix of prefixes) add(name, `${prefix}${dots(chain)}.${name}`);
  }
  return [...roots].flatMap(([root, prefixes]) =>
    [...text.matchAll(new RegExp(String.raw`(?<!typeof\s+|\w|\w\.)${root}${CHAIN}`, 'g'))].flatMap(
      ([, chain = '']) => prefixes.map((prefix) => (prefix + dots(chain)).replace(/^\./, '')),
    ),
  );
}

function dots(chain: string): string {
  return chain.replace(/\s+/g, '');
}

/** Addresses within quotes, with `{}` for what is filled in, without a query. */
function literals(text: string): string[] {
  const plain = text.replace(/\$\{[^{}`]*\}/g, '{}').replace(/\$\{fileAddress\([^{}`]*\)\}/g, '{}');
  return [...plain.matchAll(/['"`]((?:\{\})?\/[^'"`\s?]*)/g)].map(([, address = '']) => address);
}
