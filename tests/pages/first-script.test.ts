import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));

function firstScripts(): readonly string[] {
  const html = readFileSync(`${DIST}/index.html`, 'utf8');
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].flatMap(([, path]) => path ?? []);
}

const sum = (bytes: readonly number[]) => bytes.reduce((all, size) => all + size, 0);

it('loads less than 246 kB of script before the first page, compressed with gzip', () => {
  const scripts = firstScripts();
  expect(scripts.length).toBeGreaterThan(3);
  const bytes = scripts.map((path) => {
    const plain = statSync(`${DIST}/${path}`);
    return statSync(`${DIST}/${path}.gz`, { throwIfNoEntry: false })?.size ?? plain.size;
  });
  expect(sum(bytes)).toBeLessThan(246_000);
});

it('loads less than 250 kB of script for any page, compressed with Brotli', () => {
  const pages: readonly { path: string; scripts: readonly string[] }[] = JSON.parse(
    readFileSync(`${DIST}/pages.json`, 'utf8'),
  );
  const size = new Map<string, number>();
  const bytes = (path: string) => {
    const known = size.get(path) ?? brotliCompressSync(readFileSync(`${DIST}/${path}`)).length;
    size.set(path, known);
    return known;
  };
  const first = sum(firstScripts().map(bytes));
  expect(pages.length).toBeGreaterThan(60);
  for (const { path, scripts } of pages) {
    expect(scripts.length, path).toBeGreaterThan(0);
    expect(first + sum(scripts.map(bytes)), path).toBeLessThan(250_000);
  }
});
