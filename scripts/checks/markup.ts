import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One way to draw each thing: pages take it from web/src/ui, and what they draw by hand there is named here with its
 * reason.
 */
const BY_HAND: Readonly<Record<string, string>> = {
  'web/src/features/planner/matrix.tsx': 'sets as columns, with rows that open below a row',
  'web/src/features/baselines/differences-tab.tsx': 'clients as columns, each cell a button',
};

/** Declarations that are a primitive when they are all that a class has: what to take in its place. */
const PRIMITIVES: readonly (readonly [only: RegExp, instead: string])[] = [
  [/^display: grid; gap: [^;]+;$/, 'Stack'],
  [/^display: flex; flex-wrap: wrap;(?: align-items: center;)? gap: [^;]+;$/, 'Row'],
  [/^overflow-x: auto;$/, 'PlainTable'],
];

/** Sentences for tables outside of web/src/ui, and for classes of styles that say again what a primitive is. */
export function checkMarkup(root: string): string[] {
  const pages = globSync('web/src/{features,mask,shell,gallery}/**/*.{tsx,module.css}', { cwd: root }).sort();
  return pages.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return path.endsWith('.css') ? repeated(path, text) : tables(path, text);
  });
}

function tables(path: string, text: string): string[] {
  return BY_HAND[path] === undefined && /<table[\s>]/.test(text)
    ? [`${path}: draw the table with PlainTable or DataTable of web/src/ui`]
    : [];
}

function repeated(path: string, text: string): string[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '');
  return [...plain.matchAll(/(?<=^|\})\s*\.(?<name>\w+)\s*\{(?<body>[^{}]*)\}/g)].flatMap(({ groups }) => {
    const { name = '', body = '' } = groups ?? {};
    // A class with rules of its own elsewhere is more than its primitive.
    if ([...plain.matchAll(new RegExp(`\\.${name}\\b`, 'g'))].length > 1) return [];
    const lines = body.trim().replace(/\s+/g, ' ');
    return PRIMITIVES.filter(([only]) => only.test(lines)).map(
      ([, instead]) => `${path}: .${name} is what ${instead} of web/src/ui does`,
    );
  });
}
