import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkModules } from './modules.ts';

const LAYERS = [
  { name: 'records', says: '', features: ['people', 'usage'] },
  { name: 'work', says: '', features: ['work'] },
];
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
  write('features/work/index.ts', "import { rows } from '../people/index.ts';\nexport const work = rows;\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const found = () => checkModules(root, LAYERS);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, 'src', path)), { recursive: true });
  writeFileSync(join(root, 'src', path), text);
}

it('allows features that use others through their public faces', () => {
  write('features/people/schemas.ts', 'export const shape = 1;\n');
  write(
    'features/usage/contract.ts',
    "import { shape } from '../people/schemas.ts';\nexport const usage = shape;\n",
  );
  write('features/people/rows.test.ts', "import { show } from '../usage/show.ts';\nshow;\n");
  expect(found()).toEqual([]);
});

it('finds a cycle between features, even one made only of types', () => {
  write('features/usage/index.ts', 'export type Use = 1;\n');
  write(
    'features/people/used.ts',
    "import type { Use } from '#features/usage/index.ts';\nexport type Used = Use;\n",
  );
  expect(found()).toEqual([
    'features/people/used.ts: imports features/usage/index.ts, and features/usage needs it in turn',
    'features/usage/show.ts: imports features/people/index.ts, and features/people needs it in turn',
  ]);
});

it('finds a cycle between shared code and a feature', () => {
  write(
    'features/context.ts',
    "import type { rows } from './people/index.ts';\nexport type Rows = typeof rows;\n",
  );
  expect(found()).toContain(
    'features/context.ts: imports features/people/index.ts, and features/people needs it in turn',
  );
});

it('finds an import past a public face', () => {
  write('features/usage/past.ts', "import { rows } from '../people/rows.ts';\nexport const past = rows;\n");
  expect(found()).toEqual([
    "features/usage/past.ts: imports features/people/rows.ts, past that feature's public face, its index.ts",
  ]);
});

it('finds a thread that starts in a file of another feature', () => {
  write('features/usage/thread.ts', "export const file = new URL('../people/rows.ts', import.meta.url);\n");
  expect(found()).toEqual([
    "features/usage/thread.ts: imports features/people/rows.ts, past that feature's public face, its index.ts",
  ]);
});

it('finds an import of a layer above, and a feature in no layer', () => {
  write('features/usage/up.ts', "import { work } from '../work/index.ts';\nexport const up = work;\n");
  write('features/more/index.ts', "export { work } from '../work/index.ts';\n");
  write('features/less/index.ts', 'export const less = 1;\n');
  const inNone = (feature: string, lowest: string) =>
    `src/features/${feature}: is in no layer; add it to one in scripts/checks/layers.ts (by what it imports, “${lowest}” is the lowest that it can be in)`;
  expect(found()).toEqual([
    inNone('less', 'records'),
    inNone('more', 'work'),
    'features/usage/up.ts: imports features/work/index.ts, which lies in a layer above (scripts/checks/layers.ts)',
  ]);
});

it('finds files that load each other, and allows types and lazy imports', () => {
  write('store/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n");
  write(
    'store/b.ts',
    "import type { a } from './a.ts';\nexport const b = () => import('./a.ts');\nexport type A = typeof a;\n",
  );
  expect(found()).toEqual([]);
  write('store/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
  expect(found()).toEqual(['files that load each other: store/a.ts, store/b.ts']);
});
