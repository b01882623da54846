import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A constant whose values are all texts. */
const MAP =
  /\bconst (?<name>\w+)\b[^=;\n]*=\s*\{(?<body>(?:\s*(?:'[^'\n]+'|\w+):\s*(?:'(?:[^'\\\n]|\\.)*'|"[^"\n]*"),?)+)\s*\}/g;
const ENTRY = /(?:'([^'\n]+)'|(\w+)):\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)")/g;
/** Two maps of the same codes with at least this many identical labels were copied from each other. */
const COPIED_SHARE = 1 / 3;
const MIN_LABELS = 3;

interface LabelMap {
  readonly path: string;
  readonly place: string;
  readonly words: ReadonlyMap<string, string>;
}

/**
 * Reports maps of labels that duplicate those of another map for the same codes, even if the wording has diverged. One
 * is enough: src/domain/labels.ts, or a module of words that the console may import.
 */
export function checkLabels(root: string): string[] {
  const maps = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root })
    .filter((path) => !/\.test\.|(^|\/)testing(\/|\.ts$)/.test(path))
    .sort()
    .flatMap((path) => labelsOf(path, readFileSync(join(root, path), 'utf8')));
  return maps.flatMap((one, at) =>
    maps.slice(at + 1).flatMap((other) => {
      const same = one.path === other.path ? null : inCommon(one.words, other.words);
      return same === null || same < one.words.size * COPIED_SHARE
        ? []
        : [`${other.place} names the same codes as ${one.place}. Keep one, in src/domain/labels.ts.`];
    }),
  );
}

function labelsOf(path: string, text: string): LabelMap[] {
  return [...text.matchAll(MAP)].flatMap(({ groups }) => {
    const entries = [...(groups?.body ?? '').matchAll(ENTRY)].map(
      ([, quoted, plain, words, double]) => [quoted ?? plain ?? '', words ?? double ?? ''] as const,
    );
    const labels = entries.length >= MIN_LABELS && entries.every(([, words]) => /^[A-Z]/.test(words));
    return labels ? [{ path, place: `${path} (${groups?.name})`, words: new Map(entries) }] : [];
  });
}

/** Number of codes with identical labels in both; null: they do not have the same codes. */
function inCommon(one: LabelMap['words'], other: LabelMap['words']): number | null {
  if (one.size !== other.size || ![...one.keys()].every((code) => other.has(code))) return null;
  return [...one].filter(([code, words]) => other.get(code) === words).length;
}
