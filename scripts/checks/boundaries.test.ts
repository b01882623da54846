import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkBoundaries } from './boundaries.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-boundaries-'));
  write('src/domain/text/words.ts', 'export const count = 1;\n');
  write('src/app/contract.ts', "import { z } from 'zod';\nexport type Contract = typeof z;\n");
  write('src/store/open.ts', "import { count } from '#domain/text/words.ts';\nexport const store = count;\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('allows imports that point inward', () => {
  write(
    'web/src/api.ts',
    "import type { Contract } from '../../src/app/contract.ts';\nimport { count } from '../../src/domain/text/words.ts';\nimport React from 'react';\nexport type X = Contract;\nexport default [count, React];\n",
  );
  expect(checkBoundaries(root)).toEqual([]);
});

it('names an import that points outward and what makes the domain impure', () => {
  write(
    'src/domain/bad.ts',
    "import { store } from '#store/open.ts';\nexport const at = [store, Date.now()];\n",
  );
  expect(checkBoundaries(root)).toEqual([
    'domain/bad.ts: domain may not import from store ("#store/open.ts")',
    'domain/bad.ts: the domain may not read the clock, chance, network or environment',
  ]);
});

it('lets only the registry name a vendor', () => {
  const vendor = 'export const harbor = 1;\n';
  write('src/sources/harbor/index.ts', "import { page } from './page.ts';\nexport const harbor = page;\n");
  write('src/sources/harbor/page.ts', vendor);
  write(
    'src/sources/registry.ts',
    "import { harbor } from './harbor/index.ts';\nexport const all = [harbor];\n",
  );
  expect(checkBoundaries(root)).toEqual([]);
  write(
    'src/features/usage/show.ts',
    "import { harbor } from '#sources/harbor/page.ts';\nexport const x = harbor;\n",
  );
  write('src/sources/table.ts', "import { harbor } from './harbor/page.ts';\nexport const x = harbor;\n");
  expect(checkBoundaries(root).sort()).toEqual([
    'features/usage/show.ts: only src/sources/registry.ts may import from the vendor harbor ("#sources/harbor/page.ts")',
    'sources/table.ts: only src/sources/registry.ts may import from the vendor harbor ("./harbor/page.ts")',
  ]);
});

it('keeps the server out of the browser', () => {
  write(
    'web/src/page.tsx',
    "import { contract } from '../../src/app/contract.ts';\nimport { store } from '../../src/store/open.ts';\nimport { readFileSync } from 'node:fs';\nexport { contract, readFileSync, store };\n",
  );
  expect(checkBoundaries(root)).toEqual([
    'web/src/page.tsx: of src/app/contract.ts the console may import types only',
    'web/src/page.tsx: the console may not import src/store/open.ts (scripts/checks/boundaries.ts lists what it may)',
    'web/src/page.tsx: the console runs in a browser and may not import "node:fs"',
  ]);
});

it('keeps packages out of what the browser loads of the domain', () => {
  write('src/domain/model/day.ts', "import { z } from 'zod';\nexport const day = z;\n");
  expect(checkBoundaries(root)).toEqual([
    'domain/model/day.ts: the console loads this in the browser, so it may not import "zod"',
  ]);
});
