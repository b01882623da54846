import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from '../support/axe.ts';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { walk } from '../support/walk.ts';

/**
 * Every page in the console's router, with data: by turns in one theme, at one width and in print, and in `npm run
 * test:long` in all of them. New routes are included automatically; one with a new parameter fails until a value for it
 * is added. Panels and dialogs are in tests/long/every-opening.test.ts (`npm run test:long`), one of each kind here.
 */
let here: FilledConsole;
beforeAll(async () => {
  here = await filledConsole();
});
afterAll(() => here.close());

/** Pages whose forms no signed-in person sees. */
const OF_NOBODY = ['/sign-in', '/reset', '/start', '/start/client', '/invite/$token'];
const ofClient = (path: string) => path.startsWith('/c/');
const ofWorkspace = (path: string) => !ofClient(path) && !OF_NOBODY.includes(path);
/** A panel, a tab, a dialog, and an unknown URL. */
const OF_EACH_KIND = [
  /^\/access\?panel=/,
  /^\/access\?tab=providers$/,
  /^\/baselines\?new=/,
  /^\/no-such-page$/,
];

test('every page of a client', async () => {
  const page = await here.open(here.bylaw.owner);
  const { first } = here.addresses(ofClient);
  expect(first.length).toBeGreaterThan(13);
  expect(await walk(page, first, { named: here.client.name })).toEqual([]);
  await here.leave(page);
}, 1_800_000);

test('every page of the workspace, and of each kind one that opens on it', async () => {
  const page = await here.open(here.bylaw.owner);
  const { first, others } = here.addresses(ofWorkspace);
  expect(first.length).toBeGreaterThan(9);
  expect(await walk(page, first, { named: here.client.name })).toEqual([]);
  const opening = others.filter((path) => OF_EACH_KIND.some((kind) => kind.test(path)));
  expect(opening).toHaveLength(OF_EACH_KIND.length);
  const faults = await walk(page, opening, { named: here.client.name, by: 'links' });
  // The browser logs the 404 of an unknown URL, which is expected.
  expect(faults.filter((words) => !/^\/no-such-page {2}the browser complains: .* 404 /.test(words))).toEqual(
    [],
  );
  await here.leave(page);
}, 1_800_000);

test('every page that needs nobody signed in', async () => {
  const page = await here.open(null);
  const { first } = here.addresses((path) => OF_NOBODY.includes(path));
  expect(first).toHaveLength(OF_NOBODY.length);
  const paths = [...first, '/invite/nothing', '/sign-in?problem=unverified'];
  const faults = await walk(page, paths, { named: null, by: 'address' });
  // The 401 without a session and the 404 of an unknown link are expected, though the browser logs them.
  expect(faults.filter((words) => !/the browser complains: .* status of (401|404) /.test(words))).toEqual([]);
  await here.leave(page);
});

test('what is looked for is found where it is', async () => {
  const page = await here.open(null);
  await page.goto('/sign-in');
  await page.getByLabel('Email address').waitFor();
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', \`
    <img src="/icon.svg"><p class="faint">Faint</p>
    <p class="said">Whoever reads this far can go on to <a class="plain" href="/first">one</a> or, if that is not enough, to <a class="plain" href="/other">two</a>.</p>
    <ul><li><button>First</button></li><li><button>Second</button></li>
    <li class="row"><button class="tiny" aria-label="One"></button><button class="tiny" aria-label="Two"></button></li></ul>\`);
    document.querySelector('.row').style.display = 'flex';
    document.querySelector('.said').style.color = '#000';
    for (const one of document.querySelectorAll('.plain')) one.style.cssText = 'color:#222;text-decoration:none';
    document.querySelector('.faint').style.cssText = 'color:#ccc;background:#fff';
    for (const one of document.querySelectorAll('.tiny')) one.style.cssText = 'width:9px;height:9px;padding:0;border:0'`);
  const found = async (asked?: 'colors') =>
    (await accessibilityFaults(page, asked)).map((fault) => fault.split(':')[0]);
  const all = ['image-alt', 'color-contrast', 'link-in-text-block', 'target-size'];
  expect(await found()).toEqual(expect.arrayContaining(all));
  expect(await found('colors')).toEqual(['color-contrast', 'link-in-text-block']);
  await page.evaluate(`document.querySelector('.plain').remove()`);
  expect(await found('colors')).toEqual(['color-contrast', 'link-in-text-block']);
  await page.evaluate(`document.querySelector('.plain').remove()`);

  // Contrast that passed is measured again when the text's color or background changes.
  const faint = (css: string) => page.evaluate(`document.querySelector('.faint').style.cssText = '${css}'`);
  await faint('color:#000;background:#fff');
  expect(await found('colors')).toEqual([]);
  await faint('color:#ccc;background:#fff');
  expect(await found('colors')).toEqual(['color-contrast']);
  await faint('color:#000');
  await page.evaluate(`document.querySelector('main').style.background = '#fff'`);
  expect(await found('colors')).toEqual([]);
  await page.evaluate(`document.querySelector('main').style.background = '#111'`);
  expect(await found('colors')).toContain('color-contrast');
  await here.leave(page);
});
