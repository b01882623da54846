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

function isSentence(string: string): boolean {
  return string.includes('"') && WORDS.test(string) && !SYNTAX.test(string) && QUOTED.test(string);
}
