import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every UI element is drawn in one way: pages use web/src/ui, and exceptions are listed here with their reason. */
const BY_HAND: Readonly<Record<string, string>> = {
  'web/src/features/planner/matrix.tsx': 'sets as columns, with rows that open below a row',
  'web/src/features/baselines/differences-tab.tsx': 'clients as columns, each cell a button',
};

/** CSS that makes a class redundant if it has nothing else: use the primitive instead. */
const PRIMITIVES: readonly (readonly [only: RegExp, instead: string])[] = [
  [/^display: grid; gap: [^;]+;$/, 'Stack'],
  [/^display: flex; flex-wrap: wrap;(?: align-items: center;)? gap: [^;]+;$/, 'Row'],
  [/^overflow-x: auto;$/, 'PlainTable'],
];

/** Reports tables outside of web/src/ui, and CSS classes that duplicate a primitive. */
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
    // A class with further rules elsewhere is not redundant.
    if ([...plain.matchAll(new RegExp(`\\.${name}\\b`, 'g'))].length > 1) return [];
    const lines = body.trim().replace(/\s+/g, ' ');
    return PRIMITIVES.filter(([only]) => only.test(lines)).map(
      ([, instead]) => `${path}: .${name} is what ${instead} of web/src/ui does`,
    );
  });
}
