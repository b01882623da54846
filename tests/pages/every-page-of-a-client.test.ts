import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from '../support/axe.ts';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { EACH, walk } from '../support/walk.ts';

/**
 * Every page of a client that the console's router knows, with something on it: in both themes, wide, at 320 px and
 * 400 % zoom, and on paper. A new route is walked by itself; one with a new parameter fails until it is filled.
 */
let here: FilledConsole;
beforeAll(async () => {
  here = await filledConsole();
}, 240_000);
afterAll(() => here.close());

test('every page of a client', async () => {
  const page = await here.open(here.bylaw.owner);
  const { first } = here.addresses((route) => route.startsWith('/c/'));
  expect(first.length).toBeGreaterThan(13);
  expect(await walk(page, first, { named: here.client.name, looks: [EACH] })).toEqual([]);
}, 900_000);

test('what is looked for is found where it is', async () => {
  const page = await here.open(null);
  await page.goto('/sign-in');
  await page.getByLabel('Email address').waitFor();
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', \`
    <img src="/icon.svg"><p class="faint">Faint</p>
    <div class="row"><button class="tiny" aria-label="One"></button><button class="tiny" aria-label="Two"></button></div>\`);
    document.querySelector('.row').style.display = 'flex';
    document.querySelector('.faint').style.cssText = 'color:#ccc;background:#fff';
    for (const one of document.querySelectorAll('.tiny')) one.style.cssText = 'width:9px;height:9px;padding:0;border:0'`);
  const found = async (asked?: 'colors') =>
    (await accessibilityFaults(page, asked)).map((fault) => fault.split(':')[0]);
  expect(await found()).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'target-size']));
  expect(await found('colors')).toEqual(['color-contrast']);

  // A text that passed is measured again as soon as its ink or a ground of it is another one.
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
}, 60_000);
