import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../src/features/operation.ts';

/** What the pages call, read from their sources by the names of operations. */
export interface ConsoleUse {
  uses(operation: Operation): boolean;
}

const IMPORT = /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'[./]*\/api\.ts'/g;
const CHAIN = String.raw`((?:\s*\.\s*[A-Za-z]\w*)+)`;

export function consoleUse(folder: string): ConsoleUse {
  const chains = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    // The gallery shows components on invented figures.
    if (!/\.tsx?$/.test(name) || /\.test\.tsx?$|^gallery\//.test(name)) continue;
    for (const chain of chainsOf(readFileSync(join(folder, name), 'utf8'))) chains.add(chain);
  }
  return {
    uses: ({ path }) => {
      const dotted = path.join('.');
      return [...chains].some((chain) => chain === dotted || chain.startsWith(`${dotted}.`));
    },
  };
}

/** `access.users.list.queryOptions` for `api.access.users.list.queryOptions(…)`, also behind a short name of its own. */
function chainsOf(text: string): string[] {
  const roots = new Map<string, string[]>();
  for (const [, names = ''] of text.matchAll(IMPORT)) {
    for (const name of names.split(',').map((one) => one.trim())) {
      const match = /^(?:type\s+)?(api|client|routes)(?:\s+as\s+(\w+))?$/.exec(name);
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
