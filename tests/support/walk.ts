import type { CDPSession, Page } from 'playwright-core';
import { accessibilityFaults } from './axe.ts';
import { complaints, sideways, turning } from './console-browser.ts';
import { follow, settled } from './settled.ts';

export interface Look {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Device pixel ratio. A window of 1280 × 1024 at 400 % zoom has 320 × 256 CSS pixels at a ratio of 4. */
  readonly zoom: number;
}

const WIDE = { width: 1440, height: 900, zoom: 1 };
/** 320 px width and 400 % zoom combined: what fits here also fits in a taller window. */
const ZOOMED = { width: 320, height: 256, zoom: 4 };
/** Grouped by width: elements rendered anew for another width get other ids. */
export const WIDE_LIGHT: Look = { scheme: 'light', ...WIDE };
const LOOKS: readonly Look[] = [
  WIDE_LIGHT,
  { scheme: 'dark', ...WIDE },
  { scheme: 'light', ...ZOOMED },
  { scheme: 'dark', ...ZOOMED },
];
/** Every page in every look, which takes longer than all other tests: for `npm run test:long`. */
const WHOLE = process.env.BYLAW_TEST === 'long' || process.env.BYLAW_TEST_LOOKS === 'all';
/**
 * One look per page, in rotation: colors depend on the theme, layout on the width, and both on parts that pages share.
 */
const BY_TURNS: readonly (readonly Look[])[] = WHOLE ? [LOOKS] : LOOKS.map((one) => [one]);

export async function look(
  page: Page,
  devtools: CDPSession,
  { scheme, width, height, zoom }: Look,
): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, media: 'screen' });
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: zoom,
    mobile: false,
  });
}

/** Runs in the browser: width and theme. */
const SHOWN_AS = `[innerWidth, document.documentElement.dataset.mantineColorScheme].join(' ')`;
/** Timeout until a page has switched its look, in milliseconds, generous for a busy machine. */
const LATEST_MS = 120_000;

/** Switches the page to a look. The page notices a new theme asynchronously, later still on a busy machine. */
export async function shownAs(page: Page, devtools: CDPSession, one: Look): Promise<void> {
  const wanted = `${one.width} ${one.scheme}`;
  // It is already idle in the look in which it was opened.
  if ((await page.evaluate<string>(SHOWN_AS)) === wanted) return;
  await look(page, devtools, one);
  const until = Date.now() + LATEST_MS;
  for (;;) {
    const shown = await page.evaluate<string>(SHOWN_AS);
    if (shown === wanted) break;
    if (Date.now() > until) throw new Error(`The page shows itself as ${shown}, not as ${wanted}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await settled(page);
}

/**
 * All defects of these pages, each with its URL. Each page is reached from the previous one as by a link, which takes a
 * third of the time; or all are loaded by URL.
 */
export async function walk(
  page: Page,
  paths: readonly string[],
  { named, by = WHOLE ? 'address' : 'links' }: { named: string | null; by?: 'address' | 'links' },
): Promise<string[]> {
  const faults: string[] = [];
  const heard = complaints(page);
  const devtools = await page.context().newCDPSession(page);
  const visits = paths.map((path, at) => ({ path, looks: BY_TURNS[at % BY_TURNS.length] ?? [] }));
  // Grouped by look, so that no page is rendered in another look just before it is left.
  const inOrder = BY_TURNS.flatMap((some) => visits.filter((visit) => visit.looks === some));
  for (const [at, { path, looks: wanted }] of inOrder.entries()) {
    const say = (fault: string) => faults.push(`${path}  ${fault}`);
    try {
      const [first = WIDE_LIGHT, ...others] = wanted;
      await look(page, devtools, first);
      if (by === 'links' && at > 0) await follow(page, path);
      else {
        await page.goto(path);
        await settled(page);
      }
      for (const fault of await misnamed(page, named)) say(fault);
      for (const text of await turning(page)) say(`turns what stands beside it: ${text}`);
      for (const one of [first, ...others]) {
        await shownAs(page, devtools, one);
        const where = `${one.scheme} ${one.width}×${one.height}`;
        const wider = await sideways(page);
        if (wider > 0) say(`${where}: ${wider} px wider than the window`);
        for (const words of await page.evaluate<string[]>(CUT_OFF)) say(`${where}: cut off: ${words}`);
        // axe takes most of the time. If the other theme changed nothing but colors, only the color rules are run.
        const asked = others.length > 0 && (await isAlike(page)) ? 'colors' : 'all';
        for (const fault of await accessibilityFaults(page, asked)) say(`${where}: ${fault}`);
        // Print has its own width and colors, whatever the look.
        if (named !== null && one === WIDE_LIGHT)
          for (const fault of await onPaper(page)) say(`on paper: ${fault}`);
      }
    } catch (error) {
      say(`could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const words of heard.splice(0)) say(`the browser complains: ${words}`);
  }
  // The page has its own size again.
  await devtools.detach();
  return faults;
}

/** Defects of a page's heading and title. */
async function misnamed(page: Page, named: string | null): Promise<string[]> {
  const { pathname } = new URL(page.url());
  const title = await page.title();
  const headings = await page.locator('h1').allTextContents();
  const faults: string[] = [];
  if (headings.length !== 1) faults.push(`has ${headings.length} h1`);
  if (headings[0]?.trim() === '') faults.push('has an empty h1');
  if (!title.endsWith('Bylaw') || !/\S.* · /.test(title)) faults.push(`is titled "${title}"`);
  if (named !== null && /^\/c\/[\w-]+(\/|$)/.test(pathname) && !title.includes(named))
    faults.push(`is titled "${title}", without its client`);
  return faults;
}

/** Whether nothing but colors has changed since the last call for this page. */
export function isAlike(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(ALIKE);
}

/**
 * Everything but color that a rule can see: every element with its attributes, text, position and visibility, except
 * for the name and icon of the theme button. The snapshot is kept in the page, which is faster than transferring it
 * each time.
 */
const ALIKE = `(() => {
  const change = '[aria-label^="Change to "][aria-label$=" colors"]';
  const copy = document.documentElement.cloneNode(true);
  copy.removeAttribute('data-mantine-color-scheme');
  copy.querySelector(change)?.remove();
  const elements = [...document.body.querySelectorAll('*')].filter((one) => !one.matches(change + ' *'));
  const places = elements.map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const { visibility, opacity, position } = getComputedStyle(one);
    return [x, y, width, height, visibility, opacity, position];
  });
  const before = globalThis.shapeBefore;
  globalThis.shapeBefore = [location.href, innerWidth, copy.outerHTML, ...places].join(';');
  return globalThis.shapeBefore === before;
})()`;

/** Labels of buttons, and of the top bar, that do not fit into their space. */
const CUT_OFF = `(() => {
  const labels = [...document.querySelectorAll('.mantine-Button-label')].filter(
    (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  const bar = [...document.querySelectorAll('header')].find((one) => one.closest('main') === null);
  const room = bar?.getBoundingClientRect();
  const above = [...(bar?.querySelectorAll(':scope > *, :scope > * > *') ?? [])].filter((one) => {
    const { top, bottom, width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && (top < room.top || bottom > room.bottom);
  });
  return [...labels, ...above].map((one) => one.textContent);
})()`;

/** First columns of rows that are squeezed in print because all columns of a window are shown. */
const NARROW_ON_PAPER = `(() => {
  document.body.style.width = '43rem';
  const found = [...document.querySelectorAll('main tr[data-row]')].slice(0, 20).flatMap((row) => {
    const lead = [...row.cells].find((cell) => cell.getBoundingClientRect().width > 0);
    const words = lead?.textContent.trim() ?? '';
    return words.length > 12 && lead.getBoundingClientRect().width < 160 ? [words.slice(0, 40)] : [];
  });
  document.body.style.width = '';
  return found;
})()`;

/** In print, only the page and its header are shown, and nothing that can be clicked. */
async function onPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const faults: string[] = [];
  if (await page.locator('nav').first().isVisible()) faults.push('the menu is printed');
  if (await page.getByRole('button', { name: /^Search or act/ }).isVisible())
    faults.push('the search is printed');
  if (!(await page.locator('main h1').first().isVisible())) faults.push('the title is missing');
  const narrow = (await page.evaluate(NARROW_ON_PAPER)) as string[];
  faults.push(...narrow.map((words) => `printed a few letters wide: ${words}`));
  await page.emulateMedia({ media: 'screen' });
  return faults;
}
