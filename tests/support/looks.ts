import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults } from './axe.ts';
import { laidOut, sideways } from './console-browser.ts';
import { isAlike } from './walk.ts';

const LOOKS = [
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1280 },
] as const;
type Look = (typeof LOOKS)[number];

/**
 * Gives a function that looks at what a page shows: nothing that axe finds, and nothing wider than the window. The page
 * is wide and light again after it. `npm test` looks at each state in one look, the looks of a file by turns, and
 * `npm run test:long` in the others: both themes, wide and at 320 px, are seen by both together.
 */
export function inLooks(): (page: Page) => Promise<void> {
  let states = 0;
  return async (page) => {
    const turn = states++ % LOOKS.length;
    const isLong = process.env.BYLAW_TEST === 'long';
    await lookAt(
      page,
      LOOKS.filter((_, at) => (at === turn) !== isLong),
    );
  };
}

/**
 * The same in all looks at once, for a state that is minutes of work away: to come to it again in the long run would take
 * many times what three looks more take.
 */
export async function inEveryLook(page: Page): Promise<void> {
  await lookAt(page, LOOKS);
}

async function lookAt(page: Page, looks: readonly Look[]): Promise<void> {
  // One width after the other: where the other theme changes nothing but colors, only they are asked for.
  for (const { colorScheme, width } of looks.toSorted((one, other) => one.width - other.width)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await laidOut(page);
    const asked = looks.length > 1 && (await isAlike(page)) ? 'colors' : 'all';
    expect(await accessibilityFaults(page, asked), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 800 });
}
