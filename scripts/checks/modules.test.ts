import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkModules } from './modules.ts';

const NONE = { edges: 0, faces: 0, files: 0 };
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-modules-'));
  write('features/problems.ts', 'export const problem = 1;\n');
  write('features/people/index.ts', "export { rows } from './rows.ts';\n");
  write(
    'features/people/rows.ts',
    "import { problem } from '../problems.ts';\nexport const rows = problem;\n",
  );
  write('features/usage/show.ts', "import { rows } from '../people/index.ts';\nexport const show = rows;\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, 'src', path)), { recursive: true });
  writeFileSync(join(root, 'src', path), text);
}

it('lets features that use others by their public faces be', () => {
  write('features/people/rows.test.ts', "import { show } from '../usage/show.ts';\nshow;\n");
  expect(checkModules(root, NONE)).toEqual([]);
});

it('finds a circle between features, made of types alone too', () => {
  write('features/usage/index.ts', 'export type Use = 1;\n');
  write(
    'features/people/used.ts',
    "import type { Use } from '#features/usage/index.ts';\nexport type Used = Use;\n",
  );
  expect(checkModules(root, NONE)).toEqual([
    'features/people and features/usage need each other (features/people/used.ts imports features/usage/index.ts)',
    'features/usage and features/people need each other (features/usage/show.ts imports features/people/index.ts)',
    '2 edges, where scripts/checks/modules.ts allows 0',
  ]);
});

it('finds an import past a public face', () => {
  write('features/usage/past.ts', "import { rows } from '../people/rows.ts';\nexport const past = rows;\n");
  expect(checkModules(root, NONE)).toEqual([
    "features/usage/past.ts: imports features/people/rows.ts, past that feature's public face, its index.ts",
    '1 faces, where scripts/checks/modules.ts allows 0',
  ]);
});

it('finds files that load each other, and lets types and lazy imports be', () => {
  write('store/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n");
  write(
    'store/b.ts',
    "import type { a } from './a.ts';\nexport const b = () => import('./a.ts');\nexport type A = typeof a;\n",
  );
  expect(checkModules(root, NONE)).toEqual([]);
  write('store/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
  expect(checkModules(root, NONE)).toEqual([
    'store/a.ts: is part of a circle of imports: store/a.ts, store/b.ts',
    'store/b.ts: is part of a circle of imports: store/a.ts, store/b.ts',
    '2 files, where scripts/checks/modules.ts allows 0',
  ]);
});

it('keeps the counts from growing', () => {
  write('features/usage/past.ts', "import { rows } from '../people/rows.ts';\nexport const past = rows;\n");
  expect(checkModules(root, { ...NONE, faces: 1 })).toEqual([]);
});
