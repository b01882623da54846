import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkQuotes } from './quotes.ts';

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
