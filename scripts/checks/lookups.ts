import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tables with arbitrary string keys: `const WORDS: Readonly<Record<string, …>> = {`. */
const TABLE = /^(?:export )?const ([A-Z][A-Z0-9_]*): (?:Readonly<)?(?:Partial<)?Record<string,/gm;
const IMPORT = /import \{([^}]*)\} from '(#[a-z]+\/[^']+|\.[^']+\.tsx?)'/g;

export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Reports lookups of such a table with `TABLE[key]`: for a key like "constructor", which a file or an outsider may
 * provide, that returns a property of Object.prototype. `ownValue` only returns the table's own values.
 */
export function checkLookups(sources: readonly Source[]): string[] {
  const tables = new Map(
    sources.map(({ path, text }) => [path, new Set([...text.matchAll(TABLE)].map(([, name = '']) => name))]),
  );
  return sources.flatMap(({ path, text }) => {
    const names = new Set(tables.get(path));
    for (const [, list = '', from = ''] of text.matchAll(IMPORT)) {
      const theirs = tables.get(from.startsWith('#') ? `src/${from.slice(1)}` : join(dirname(path), from));
      for (const name of list.split(',').map((one) => one.trim())) if (theirs?.has(name)) names.add(name);
    }
    if (names.size === 0) return [];
    const asked = new RegExp(`(?<![\\w.'])(${[...names].join('|')})\\[(?!['\\d])`, 'g');
    return [...text.matchAll(asked)].map(({ index, 1: name = '' }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${path}:${line} asks ${name}[…]. Ask ownValue(${name}, …), which knows only the table’s own keys.`;
    });
  });
}

/** {@link checkLookups} for this program and its console. */
export function checkOwnLookups(root: string): string[] {
  const files = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root }).filter(
    (path) => !/\.test\.tsx?$|\/testing\b/.test(path),
  );
  return checkLookups(files.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })));
}
