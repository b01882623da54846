import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { walk } from '../support/walk.ts';

/** Every panel, dialog, tab and other state of the pages that has a URL, in every theme and width. */
let here: FilledConsole;
beforeAll(async () => {
  here = await filledConsole();
});
afterAll(() => here.close());

test('what opens on the pages of a client', async () => {
  const page = await here.open(here.bylaw.owner);
  const { others } = here.addresses((path) => path.startsWith('/c/'));
  expect(others.length).toBeGreaterThan(20);
  expect(await walk(page, others, { named: here.client.name, by: 'links' })).toEqual([]);
  await here.leave(page);
}, 1_800_000);

test('what opens on the pages of the workspace', async () => {
  const page = await here.open(here.bylaw.owner);
  const { others } = here.addresses((path) => !path.startsWith('/c/'));
  expect(others.length).toBeGreaterThan(10);
  const faults = await walk(page, others, { named: here.client.name, by: 'links' });
  // The browser logs the 404 of an unknown URL, which is expected.
  expect(faults.filter((words) => !/^\/no-such-page {2}the browser complains: .* 404 /.test(words))).toEqual(
    [],
  );
  await here.leave(page);
}, 1_800_000);
