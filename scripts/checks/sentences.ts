import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of variables that contain our own sentences. */
const SENTENCE_NAMES =
  '(?:reason|question|why|title|words|says|detail|label|sentence|howToGet|remedy|explanation)';
/** A string or regular expression that contains a word, not only punctuation, spaces and character classes. */
const WORDS = String.raw`(?:'(?<text>(?:[^'\\\n]|\\.)*)'|\/(?<pattern>(?:[^/\\\n]|\\.)+)\/[a-z]*)`;
const SHAPES: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${SENTENCE_NAMES}\)?(?:\s*\?\?\s*''\))?(?:\?\.|\.)(?:startsWith|endsWith|includes|replace|replaceAll|split|match|search|indexOf)\(\s*${WORDS}`,
    'g',
  ),
  new RegExp(String.raw`${WORDS}\.(?:test|exec)\(\s*(?:\w+[.?]+)*${SENTENCE_NAMES}\b(?!\.)`, 'g'),
  new RegExp(String.raw`\b${SENTENCE_NAMES}\s*(?:===|!==)\s*'(?<text>[^'\n]* [^'\n]*)'`, 'g'),
];
/** Grouping, indexing or comparing by a sentence. */
const KEYED = /\.(?:get|has|set|add)\((?:\w+[.?]+)+(?:reason|question|why)\b/g;
/** Splitting at punctuation of a sentence. */
const SPLIT_SENTENCE = /\.(?:reason|question|why|detail|says)\.split\('[;:,.]/g;

/** Several consecutive words, whatever the name of the variable they are matched against. */
const PHRASE = String.raw`[^'\\\n]*[A-Za-z]{2,} [A-Za-z]{2,}[^'\\\n]*`;
const PHRASES: readonly RegExp[] = [
  new RegExp(
    String.raw`\.(?:startsWith|endsWith|includes|replace|replaceAll|split|match|search|indexOf)\(\s*(?:'${PHRASE}'|\/[^/\n]*[A-Za-z]{2,} [A-Za-z]{2,}[^/\n]*\/)`,
    'g',
  ),
  /\/[^/\n*]*[A-Za-z]{2,} [A-Za-z]{2,}[^/\n]*\/[a-z]*\.(?:test|exec)\(/g,
  new RegExp(`(?:===|!==) '${PHRASE}'`, 'g'),
];

/** Places that match words written by others, with their origin. */
const FOREIGN: Readonly<Record<string, string>> = {
  'src/features/foreign/client-table.ts': 'a person’s own list of clients',
  'src/domain/microsoft/token.ts': 'what Entra answers',
  'src/domain/rules/accounts/seat-count.ts': 'seats as Anthropic’s exports name them',
  'src/store/testing-proxy.ts': 'statements of the database',
  'src/server/input-problem.ts': 'the library that checks inputs, which gives this case no code',
};

/**
 * Reports code that matches, splits or branches on one of our own sentences, whose behavior would change with its
 * wording. Compare codes or parameters instead (docs/decisions/020). Sources are exempt, because they read what others
 * wrote.
 */
export function checkSentences(root: string, foreign: Readonly<Record<string, string>> = FOREIGN): string[] {
  const files = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root }).filter(
    (path) => !/\.test\.|(^|\/)testing(\/|\.ts$)|^src\/(?:sources|sinks|store\/engine)\//.test(path),
  );
  const used = new Set<string>();
  const problems = files.sort().flatMap((path) => {
    const found = sentencesIn(readFileSync(join(root, path), 'utf8'));
    if (found.length === 0) return [];
    if (path in foreign) {
      used.add(path);
      return [];
    }
    return found.map(
      ({ line, text }) =>
        `${path}:${line}: goes by a sentence of our own (${text}). Compare a code or a parameter instead.`,
    );
  });
  const idle = Object.keys(foreign).filter((path) => !used.has(path));
  return [...problems, ...idle.map((path) => `${path} matches no foreign words. Take it off the list.`)];
}

/** Reports codes used in two places: a verdict would take the history of another case for its own. */
export function checkCodes(root: string): string[] {
  const places = new Map<string, string[]>();
  for (const path of globSync('src/domain/**/*.ts', { cwd: root }).sort()) {
    if (/\.test\./.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const { index, groups } of text.matchAll(/\b(?:message|because)\(\s*'(?<code>[^']+)'/g)) {
      const place = `${path}:${text.slice(0, index).split('\n').length}`;
      places.set(groups?.code ?? '', [...(places.get(groups?.code ?? '') ?? []), place]);
    }
  }
  return [...places].flatMap(([code, [first, ...others]]) =>
    others.map((other) => `${other}: ${first} has the code ${code} already. Give this case its own.`),
  );
}

function sentencesIn(text: string): { readonly line: number; readonly text: string }[] {
  const matched = SHAPES.flatMap((shape) => [...text.matchAll(shape)]).filter(({ groups }) =>
    holdsWord(groups?.text ?? groups?.pattern ?? ''),
  );
  const seen = new Set(matched.map(({ index }) => text.lastIndexOf('\n', index)));
  const phrases = PHRASES.flatMap((shape) => [...text.matchAll(shape)]).filter(
    ({ index }) => !seen.has(text.lastIndexOf('\n', index)),
  );
  return [...matched, ...phrases, ...text.matchAll(KEYED), ...text.matchAll(SPLIT_SENTENCE)]
    .sort((a, b) => a.index - b.index)
    .map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      text: match[0].replaceAll(/\s+/g, ' ').slice(0, 60),
    }));
}

/** Consecutive letters that are not an escape, character class or Unicode property. */
function holdsWord(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\[pP]\{[^}]*\}|\\[a-zA-Z]|\[(?:[^\]\\]|\\.)*\]/g, ' ');
  return /[A-Za-z]{3}/.test(plain);
}
