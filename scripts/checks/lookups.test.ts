import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLookups, checkOwnLookups } from './lookups.ts';

test('no lookup in a table of texts can hit a key that every object has', () => {
  expect(checkOwnLookups(fileURLToPath(new URL('../../', import.meta.url)))).toEqual([]);
});

test('names each lookup by an outside key, in the same file or through an import, and nothing else', () => {
  const words = 'export const WORDS: Readonly<Record<string, string>> = { a: "b" };\n';
  const kinds = "const KINDS: Readonly<Record<Kind, string>> = { a: 'b' };\n";
  const found = checkLookups([
    { path: 'src/domain/a/words.ts', text: `${words}${kinds}KINDS[kind]; WORDS['a']; WORDS[key];` },
    { path: 'src/domain/a/near.ts', text: "import { WORDS } from './words.ts';\nWORDS[row.type];" },
    {
      path: 'src/features/far.ts',
      text: "import { WORDS } from '#domain/a/words.ts';\nownValue(WORDS, key);\n\nWORDS[key];",
    },
    {
      path: 'web/src/page.tsx',
      text: "import { WORDS } from '../../src/domain/a/words.ts';\n<p>{WORDS[key]}</p>",
    },
  ]);
  expect(found.map((one) => one.split('. ')[0])).toEqual([
    'src/domain/a/words.ts:3 asks WORDS[…]',
    'src/domain/a/near.ts:2 asks WORDS[…]',
    'src/features/far.ts:4 asks WORDS[…]',
    'web/src/page.tsx:2 asks WORDS[…]',
  ]);
});
