import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkParsers } from './parsers.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-parsers-'));
  write('server/main.ts', "import '../features/look.ts';\n");
  write('sources/read.ts', "import { parse } from 'plist';\nexport const read = parse;\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(root, 'src', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

it('names the path by which the server reaches a parser, including a lazy import', () => {
  write('features/look.ts', "export const look = async () => (await import('#sources/read.ts')).read;\n");
  expect(checkParsers(root, {})).toEqual([
    'sources/read.ts: the server\'s own thread reads with "plist" (server/main.ts > features/look.ts > sources/read.ts). Make it a task of src/features/foreign.',
  ]);
});

it('allows threads, types and code that only writes', () => {
  write(
    'features/look.ts',
    "import { build } from 'plist';\nimport type { read } from '#sources/read.ts';\nimport { tasks } from './foreign/tasks.ts';\nexport const look = [build, tasks, new Worker(new URL('./worker.ts', import.meta.url))];\nexport type Read = typeof read;\n",
  );
  write('features/foreign/tasks.ts', "export const tasks = { device: () => import('#sources/read.ts') };\n");
  write('features/worker.ts', "import '#sources/read.ts';\n");
  expect(checkParsers(root, {})).toEqual([]);
});

it('says which exception is no longer needed', () => {
  write('features/look.ts', 'export const look = 1;\n');
  expect(checkParsers(root, { 'features/look.ts': 'reads its own' })).toEqual([
    'scripts/checks/parsers.ts lists features/look.ts, which needs no exception.',
  ]);
});
