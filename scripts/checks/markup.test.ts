import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkMarkup } from './markup.ts';

const folder = mkdtempSync(join(tmpdir(), 'bylaw-markup-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('the console draws its tables, stacks and rows with the primitives', () => {
  expect(checkMarkup(fileURLToPath(new URL('../../', import.meta.url)))).toEqual([]);
});

test('names a table drawn by hand and a class that a primitive has, and nothing else', () => {
  write('web/src/features/a/page.tsx', 'export const Page = () => <table className="x" />;');
  write('web/src/ui/table.tsx', 'export const Table = () => <table />;');
  write(
    'web/src/features/a/a.module.css',
    '.pile {\n  display: grid;\n  gap: 1rem;\n}\n\n.own {\n  display: grid;\n  gap: 1rem;\n}\n\n.own > li {\n  color: red;\n}\n',
  );
  expect(checkMarkup(folder)).toEqual([
    'web/src/features/a/a.module.css: .pile is what Stack of web/src/ui does',
    'web/src/features/a/page.tsx: draw the table with PlainTable or DataTable of web/src/ui',
  ]);
});
