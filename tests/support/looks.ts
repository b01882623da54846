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
 * Returns a function that checks the current page: no axe findings and no horizontal overflow. It resets the page to
 * wide and light afterwards. `npm test` checks each state in one look, rotating within a file, and `npm run test:long`
 * in the others, so that together they cover both themes at full width and at 320 px.
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
 * The same in all looks at once, for a state that takes minutes to reach: reaching it again in the long run would cost
 * far more than three more looks.
 */
export async function inEveryLook(page: Page): Promise<void> {
  await lookAt(page, LOOKS);
}

async function lookAt(page: Page, looks: readonly Look[]): Promise<void> {
  // Per width: if the other theme changes nothing but colors, only the color rules are run for it.
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
