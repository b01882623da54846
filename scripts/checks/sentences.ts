import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What sentences of our own are called. */
const SAID = '(?:reason|question|why|title|words|says|detail|label|sentence|howToGet|remedy|explanation)';
/** A string or regular expression that holds a word, not only marks, blanks and classes of letters. */
const WORDS = String.raw`(?:'(?<text>(?:[^'\\\n]|\\.)*)'|\/(?<pattern>(?:[^/\\\n]|\\.)+)\/[a-z]*)`;
const SHAPES: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${SAID}\)?(?:\s*\?\?\s*''\))?(?:\?\.|\.)(?:startsWith|endsWith|includes|replace|replaceAll|split|match|search|indexOf)\(\s*${WORDS}`,
    'g',
  ),
  new RegExp(String.raw`${WORDS}\.(?:test|exec)\(\s*(?:\w+[.?]+)*${SAID}\b(?!\.)`, 'g'),
  new RegExp(String.raw`\b${SAID}\s*(?:===|!==)\s*'(?<text>[^'\n]* [^'\n]*)'`, 'g'),
];
/** Grouped, remembered or told apart by a sentence. */
const KEYED = /\.(?:get|has|set|add)\((?:\w+[.?]+)+(?:reason|question|why)\b/g;
/** Cut at a mark of a sentence. */
const CUT = /\.(?:reason|question|why|detail|says)\.split\('[;:,.]/g;

/** Several words in a row, whatever holds what they are looked for in: a name of our own may be any. */
const PHRASE = String.raw`[^'\\\n]*[A-Za-z]{2,} [A-Za-z]{2,}[^'\\\n]*`;
const PHRASES: readonly RegExp[] = [
  new RegExp(
    String.raw`\.(?:startsWith|endsWith|includes|replace|replaceAll|split|match|search|indexOf)\(\s*(?:'${PHRASE}'|\/[^/\n]*[A-Za-z]{2,} [A-Za-z]{2,}[^/\n]*\/)`,
    'g',
  ),
  /\/[^/\n*]*[A-Za-z]{2,} [A-Za-z]{2,}[^/\n]*\/[a-z]*\.(?:test|exec)\(/g,
  new RegExp(`(?:===|!==) '${PHRASE}'`, 'g'),
];

/** Places that match words which someone else wrote, each with whose. */
const FOREIGN: Readonly<Record<string, string>> = {
  'src/features/foreign/client-table.ts': 'a person’s own list of clients',
  'src/domain/microsoft/token.ts': 'what Entra answers',
  'src/domain/people/reconcile.ts': 'seats as Anthropic’s exports name them',
  'src/domain/rules/accounts/seat-count.ts': 'seats as Anthropic’s exports name them',
  'src/store/testing-proxy.ts': 'statements of the database',
  'src/server/input-problem.ts': 'the library that checks inputs, which gives this case no code',
};

/**
 * Names code that matches, splits or goes by a sentence of our own: a better wording would change what it does. What is
 * compared is a code or a parameter (docs/decisions/020). Sources read what others wrote and are left out.
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

/** Names codes that two places say: a verdict would take the history of another case for its own. */
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
  return [...matched, ...phrases, ...text.matchAll(KEYED), ...text.matchAll(CUT)]
    .sort((a, b) => a.index - b.index)
    .map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      text: match[0].replaceAll(/\s+/g, ' ').slice(0, 60),
    }));
}

/** Letters in a row that are no escape, class or property of Unicode. */
function holdsWord(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\[pP]\{[^}]*\}|\\[a-zA-Z]|\[(?:[^\]\\]|\\.)*\]/g, ' ');
  return /[A-Za-z]{3}/.test(plain);
}
