import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkLinks } from './links.ts';

const folder = mkdtempSync(join(tmpdir(), 'bylaw-links-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('every link to a page of a client leads to one', () => {
  expect(checkLinks(fileURLToPath(new URL('../../', import.meta.url)))).toEqual([]);
});

test('names a link that leads nowhere or carries what the page does not read, and nothing else', () => {
  write(
    'web/src/features/a/routes.tsx',
    `export const tasksRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/tasks',
  validateSearch: searchParams({ open: oneOf(['form']), kind: text }),
});
export const taskRoute = createRoute({
  getParentRoute: () => tasksRoute,
  path: '/$task',
});
`,
  );
  write(
    'web/src/features/a/page.tsx',
    [
      '`/c/<slug>/tasks`',
      '`/c/<slug>/task`',
      '`/c/<slug>/tasks?open=form&kind=<kind>`',
      '`/c/<slug>/tasks?panel=<id>`',
      '`/c/<slug>/tasks/<all.map(({ id }) => id)[0]>?kind=x`',
      '`/c/<slug>/tasks/first/step`',
      '`/c/<slug><page>`',
      "`/c/<slug>/tasks<all ? '?kind=all' : ''>`",
    ]
      .join('\n')
      .replace(/<((?:=>|[^>])*)>/g, (_, filled) => `\${${filled}}`),
  );
  expect(checkLinks(folder)).toEqual([
    'web/src/features/a/page.tsx:2: no page of the console has the address /c/…/task',
    'web/src/features/a/page.tsx:4: the page of /c/…/tasks?panel=… does not read "panel"',
    'web/src/features/a/page.tsx:6: no page of the console has the address /c/…/tasks/first/step',
  ]);
});
