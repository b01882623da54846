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

it('names the line of a text that people read', () => {
  write('catalogue/controls/CLA-ACC-01.yaml', 'title: One\nwhy: Whoever leaves the organisation keeps it.\n');
  write('web/src/page.tsx', "const one = 'Settings of your organisation';\n");
  expect(checkSpelling(root)).toEqual([
    'catalogue/controls/CLA-ACC-01.yaml:2: write "organization" in what people read',
    'web/src/page.tsx:1: write "organization" in what people read',
  ]);
});

it('lets names in code, keys, fields and comments be', () => {
  write(
    'src/features/one.ts',
    [
      '/** Of the organisation. */',
      'const own = organisation ?? other.organisation; // of another organisation',
      'for (const one of organisations) console.log(one.organisation);',
      "export const FIELDS = ['organisation', 'own organization'];",
      '',
    ].join('\n'),
  );
  write('src/features/one.test.ts', "it('reads another organisation', () => {});\n");
  write(
    'catalogue/detections/one.yaml',
    "says: 'In another organization ({organisation}).'\n  organisation: x\n",
  );
  expect(checkSpelling(root)).toEqual([]);
});
