import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkApostrophes, checkQuotes } from './quotes.ts';

/** A placeholder in a template. */
const NAME = ['$', '{name}'].join('');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-quotes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('names the line of each sentence with straight quotes', () => {
  write(
    'src/features/one.ts',
    [
      '// The file "a" is here.',
      `const one = \`The file "${NAME}" is empty, so it was not accepted.\`;`,
      'const two = \'State it under "owners" in the charter.\';',
      `const three = \`The file “${NAME}” is empty.\`;`,
    ].join('\n'),
  );
  expect(checkQuotes(root, {}).map((problem) => problem.split(' ')[0])).toEqual([
    'src/features/one.ts:2:',
    'src/features/one.ts:3:',
  ]);
});

it('allows straight quotes where they are syntax, and in tests', () => {
  write(
    'src/features/one.ts',
    [
      'const html = `<p class="line">two words here</p>`;',
      'const command = `Say it on the command line with --map roster="people list.csv".`;',
      'const json = `for example {"state": "enabled"} as the system has it`;',
    ].join('\n'),
  );
  write('src/features/one.test.ts', 'it(\'reads "one" as a word\', () => {});\n');
  expect(checkQuotes(root, {})).toEqual([]);
});

it('exempts a file only as long as it needs it', () => {
  write('src/query.ts', 'const query = `where the "one" has two`;\n');
  expect(checkQuotes(root, { 'src/query.ts': 'a query' })).toEqual([]);
  write('src/query.ts', 'const query = 1;\n');
  expect(checkQuotes(root, { 'src/query.ts': 'a query' })).toEqual([
    'src/query.ts has no straight quotes. Take it off the list.',
  ]);
});

it('names each straight apostrophe in a sentence and in the catalogue, and none in patterns, code and words to compare', () => {
  write(
    'src/features/one.ts',
    [
      "// The client's own.",
      'const one = "The client\'s file is here.";',
      "const two = 'The client\\'s file is here.';",
      'const three = "The client’s file is here.";',
      'const four = "(?:the client\'s|its) own file";',
      ['const five = `$', "{a === 1 ? 'is' : 'are'} not here`;"].join(''),
    ].join('\n'),
  );
  write('src/domain/text/words.ts', 'const words = "the client\'s own words";\n');
  write('catalogue/controls/one.yaml', "# Bylaw's own\ntitle: The client's file\naliases: [Raiser's Edge]\n");
  expect(checkApostrophes(root)).toEqual([
    "catalogue/controls/one.yaml:2: write ’ in title: The client's file",
    'src/features/one.ts:2: write ’ in "The client\'s file is here."',
    "src/features/one.ts:3: write ’ in 'The client\\'s file is here.'",
  ]);
});
