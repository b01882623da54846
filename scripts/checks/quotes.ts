import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const STRING = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** Two words in a row: the string is a sentence or a part of one. */
const WORDS = /[a-z]{2,} [a-z]{2,}/;
/** A word, number or name in straight quotes, with the sentence going on or ending around it. */
const QUOTED =
  /(?:^|[a-z,:;)}] |\()"(?:\$\{[^}]*\}|[^"\s{}=<>](?:[^"\n{}=<>]*[^"\s{}=<>])?)"(?= [a-z$(]|[.,;:]? ?$|[.,;:)] )/;
/** Markup, settings, JSON, options of a command and SQL, in which a straight quote is part of the syntax. */
const SYNTAX =
  /<\/?[a-z]|=\s*"|":|--\w+|\bsh [\w-]+\.sh|\b(?:select|insert into|update|delete from) |\bfrom "|\bid eq '/;
const COMMENT = /^\s*(?:\/\*|\*|\/\/).*$/gm;

/** Files whose strings are written in the syntax of something else, with what that is. */
const OTHER_SYNTAX: Readonly<Record<string, string>> = {
  'src/domain/network/makers/fortigate.ts': 'commands of FortiOS',
  'src/domain/rules/policy/published-first.ts': 'a line of YAML to write',
  'src/features/printing/compiler.ts': 'Typst',
  'src/sources/exports/documents/charter-yaml.ts': 'comments in YAML',
  'src/sources/exports/documents/template-attestations.ts': 'comments in YAML',
  'src/sources/exports/documents/template-journal.ts': 'comments in YAML',
  'src/sources/microsoft/live/streams/cloud-app-events.ts': 'a query in KQL',
};

/**
 * Reports sentences that quote with straight quotes. People read “ and ” everywhere (`quoted` in
 * src/domain/text/words.ts); a straight quote belongs to code, YAML, JSON, CSV and commands.
 */
export function checkQuotes(root: string, other: Readonly<Record<string, string>> = OTHER_SYNTAX): string[] {
  const idle = new Set(Object.keys(other));
  const problems = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root })
    .filter((path) => !/\.test\.|(^|\/)testing(\/|[-.])|\/migrations\//.test(path))
    .sort()
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8').replaceAll(COMMENT, '');
      const found = [...text.matchAll(STRING)].filter(([string]) => isSentence(string.slice(1, -1)));
      if (found.length === 0 || !(path in other))
        return found.map(
          ({ 0: string, index }) =>
            `${path}:${text.slice(0, index).split('\n').length}: quote with “ and ” in ${string.replaceAll(/\s+/g, ' ').slice(0, 60)}`,
        );
      idle.delete(path);
      return [];
    });
  return [...problems, ...[...idle].map((path) => `${path} has no straight quotes. Take it off the list.`)];
}

const TEXT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const APOSTROPHE = /\p{L}\\?'\p{L}/u;
/** Patterns that texts of others are searched with, and SQL. */
const PATTERN = /\(\?[:=!<]|\[\^|\\[bpsdw]|\b(?:select|insert into|jsonb)\b/;
const YAML_TEXT = /^(?!\s*#|\s*-?\s*(?:aliases|command|near|misses|hits|match|value)\b)(.*)$/;

/** Files and folders with words that are compared with texts of others, or written in the syntax of something else. */
const AS_WRITTEN = [
  'src/domain/network/makers/',
  'src/domain/people/offices.ts',
  'src/domain/text/',
  'src/features/detections/sigma-file.ts',
  'src/features/evidence-room/readme.ts',
  'src/sources/exports/documents/template-',
  'src/sources/exports/words/',
  'src/store/seal.ts',
  'catalogue/dlp/',
  'catalogue/connectors/',
];

/**
 * Reports sentences with a straight apostrophe. People read ’ everywhere, in what the program says and in the catalogue.
 */
export function checkApostrophes(root: string): string[] {
  const paths = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}', 'catalogue/**/*.yaml'], { cwd: root })
    .filter((path) => !/\.test\.|(^|\/)testing(\/|[-.])|\/migrations\//.test(path))
    .filter((path) => !AS_WRITTEN.some((start) => path.startsWith(start)))
    .sort();
  return paths.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const found = path.endsWith('.yaml') ? proseOf(text) : stringsOf(text.replaceAll(COMMENT, ''));
    return found.flatMap(({ line, words }) =>
      APOSTROPHE.test(words)
        ? [`${path}:${line}: write ’ in ${words.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}`]
        : [],
    );
  });
}

interface Prose {
  readonly line: number;
  readonly words: string;
}

function proseOf(text: string): Prose[] {
  return text.split('\n').flatMap((one, at) => {
    const [words] = (YAML_TEXT.exec(one)?.[1] ?? '').split(' #');
    return words === undefined || words === '' ? [] : [{ line: at + 1, words }];
  });
}

function stringsOf(text: string): Prose[] {
  return [...text.matchAll(TEXT)]
    .filter(([string]) => WORDS.test(string) && !PATTERN.test(string))
    .map(({ 0: words, index }) => ({ line: text.slice(0, index).split('\n').length, words }));
}

function isSentence(string: string): boolean {
  return string.includes('"') && WORDS.test(string) && !SYNTAX.test(string) && QUOTED.test(string);
}
