import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { BY_TURNS, EACH, walk } from '../support/walk.ts';

/** Every page outside of a client, those for nobody in particular, and what opens on the pages of a client. */
let here: FilledConsole;
beforeAll(async () => {
  here = await filledConsole();
}, 240_000);
afterAll(() => here.close());

/** Pages of which nobody who is signed in sees the form. */
const OF_NOBODY = ['/sign-in', '/reset', '/start', '/start/client', '/invite/$token'];
const ofClient = (path: string) => path.startsWith('/c/');
const ofWorkspace = (path: string) => !ofClient(path) && !OF_NOBODY.includes(path);

test('what opens on the pages of a client', async () => {
  const page = await here.open(here.bylaw.owner);
  const { others } = here.addresses(ofClient);
  expect(others.length).toBeGreaterThan(20);
  expect(await walk(page, others, { named: here.client.name, looks: BY_TURNS, by: 'links' })).toEqual([]);
}, 900_000);

test('every page of the workspace, and what opens on it', async () => {
  const page = await here.open(here.bylaw.owner);
  const { first, others } = here.addresses(ofWorkspace);
  expect(first.length).toBeGreaterThan(9);
  expect(await walk(page, first, { named: here.client.name, looks: [EACH] })).toEqual([]);
  const faults = await walk(page, others, { named: here.client.name, looks: BY_TURNS, by: 'links' });
  // The browser writes down that a page of no address is answered 404, as it should be.
  expect(faults.filter((words) => !/^\/no-such-page {2}the browser complains: .* 404 /.test(words))).toEqual(
    [],
  );
}, 900_000);

test('every page that needs nobody signed in', async () => {
  const page = await here.open(null);
  const { first } = here.addresses((path) => OF_NOBODY.includes(path));
  expect(first).toHaveLength(OF_NOBODY.length);
  const paths = [...first, '/invite/nothing', '/sign-in?problem=unverified'];
  const faults = await walk(page, paths, { named: null, looks: [EACH] });
  // Being told "nobody" or "no such link" is no fault, though the browser writes it down.
  expect(faults.filter((words) => !/the browser complains: .* status of (401|404) /.test(words))).toEqual([]);
}, 300_000);
