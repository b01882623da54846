import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkLabels } from './labels.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-labels-'));
  write('src/domain/labels.ts', "export const A = { open: 'Open', shut: 'Shut', ajar: 'Ajar' } as const;\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

it('finds a copy, even if its words have changed', () => {
  write(
    'web/src/words.tsx',
    "const B: Record<S, string> = {\n  ajar: 'Half open',\n  open: 'Open',\n  shut: 'Closed',\n};\n",
  );
  expect(checkLabels(root)).toEqual([
    'web/src/words.tsx (B) names the same codes as src/domain/labels.ts (A). Keep one, in src/domain/labels.ts.',
  ]);
});

it('ignores other codes and labels that say something else about the same ones', () => {
  write('web/src/words.ts', "const B = { open: 'Open', shut: 'Shut', gone: 'Gone' };\n");
  write('web/src/why.ts', "const WHY = { open: 'Come in.', shut: 'Admission.', ajar: 'Push.' };\n");
  write('web/src/shapes.ts', "const SHAPES = { open: 'pass', shut: 'fail', ajar: 'pending' };\n");
  expect(checkLabels(root)).toEqual([]);
});

it('finds none in this project', () =>
  expect(checkLabels(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]));
