import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkSpelling } from './spelling.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bylaw-spelling-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('names the line of each British word: in texts, names and comments', () => {
  write('catalogue/controls/CLA-ACC-01.yaml', 'title: One\nwhy: Whoever leaves the organisation keeps it.\n');
  write('src/features/one.ts', '/** Recognised by color. */\nconst otherOrganisation = licences;\n');
  write('web/src/page.css', '.normalised {\n}\n');
  expect(checkSpelling(root).map((problem) => problem.replace(/ is British.*/u, ''))).toEqual([
    'catalogue/controls/CLA-ACC-01.yaml:2: "organisation"',
    'src/features/one.ts:1: "Recognised"',
    'src/features/one.ts:2: "otherOrganisation"',
    'src/features/one.ts:2: "licences"',
    'web/src/page.css:1: "normalised"',
  ]);
});

it('lets be what others spell so, where they do', () => {
  write('catalogue/activities/one.yaml', 'events:\n  platform_dream_cancelled: { category: session }\n');
  write('src/sources/exports/words/fr.ts', "export const ROLE = 'rôle d organisation';\n");
  expect(checkSpelling(root)).toEqual([]);
  write('src/features/two.ts', "const event = 'platform_dream_cancelled';\n");
  expect(checkSpelling(root)).toHaveLength(1);
});
