import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkCodes, checkSentences } from './sentences.ts';

function check(
  lines: readonly string[],
  path = 'src/features/a.ts',
  find = (root: string) => checkSentences(root, {}),
): string[] {
  const root = mkdtempSync(join(tmpdir(), 'bylaw-sentences-'));
  try {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lines.join('\n'));
    return find(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

it('finds no code in this project that depends on its own sentences', () => {
  expect(checkSentences(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
});

it.each([
  "if (verdict.reason.startsWith('The file')) return;",
  "const short = question?.replace(/ Then write .*$/, '');",
  "const on = /^State .*in the profile/.test(proof.question ?? '');",
  "if (found.why === 'No charter was given.') return;",
  'const group = byQuestion.get(verdict.question) ?? [];',
  "const [first] = item.detail.split(';');",
  "return text.replace(/ Name the one to use with .*/, '');",
  "if (kind !== 'statement by a person') files.push(kind);",
  'if (/^None of the files/u.test(given)) return;',
])('finds %s', (line) => {
  expect(check(['// first', line])).toEqual([
    expect.stringContaining('src/features/a.ts:2: goes by a sentence'),
  ]);
});

it.each([
  "const clause = detail.replace(/\\.$/, '');",
  'const words = title.split(/\\s+/);',
  "if (verdict.code === 'decide.no_evidence') return;",
  'if (/^(failed|error)$/.test(detail.status)) return;',
])('allows marks, spaces and codes: %s', (line) => {
  expect(check([line])).toEqual([]);
});

it('skips tests and code that reads text from others, and keeps its list short', () => {
  const line = "if (row.title.includes('contractor')) return;";
  expect(check([line], 'src/sources/a.ts')).toEqual([]);
  expect(check([line], 'src/features/a.test.ts')).toEqual([]);
  const listed = (root: string) => checkSentences(root, { 'src/features/a.ts': 'titles of the roster' });
  expect(check([line], 'src/features/a.ts', listed)).toEqual([]);
  expect(check(['const a = 1;'], 'src/features/a.ts', listed)).toEqual([
    expect.stringContaining('matches no foreign words'),
  ]);
});

it('finds a code that two cases share, and none in this project', () => {
  const both = [
    "because('a.good', 'Good.').pass([]);",
    'because(',
    "  'a.good',",
    "  'Bad.',",
    ').fail([]);',
  ];
  expect(check(both, 'src/domain/a.ts', checkCodes)).toEqual([
    'src/domain/a.ts:2: src/domain/a.ts:1 has the code a.good already. Give this case its own.',
  ]);
  expect(checkCodes(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
});
