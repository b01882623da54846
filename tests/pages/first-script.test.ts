import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));

it('loads less than 250 kB of script before the first page, compressed with gzip', () => {
  const html = readFileSync(`${DIST}/index.html`, 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].flatMap(
    ([, path]) => path ?? [],
  );
  expect(scripts.length).toBeGreaterThan(3);
  const bytes = scripts.map((path) => {
    const plain = statSync(`${DIST}${path}`);
    return statSync(`${DIST}${path}.gz`, { throwIfNoEntry: false })?.size ?? plain.size;
  });
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
});
