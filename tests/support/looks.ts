import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible, laidOut, sideways } from './console-browser.ts';

const LOOKS = [
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1280 },
] as const;

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
    for (const { colorScheme, width } of LOOKS.filter((_, at) => (at === turn) !== isLong)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      await laidOut(page);
      await expectAccessible(page, `${page.url()} ${colorScheme} ${width}`);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
}
