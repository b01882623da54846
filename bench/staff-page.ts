import { launchChromium } from '../tests/support/chromium.ts';
import type { Line } from './console/console.ts';

const TIMES = 7;
const SLOWER = 4;
const READABLE_S = 1;
const SCRIPT_KB = 100;

/**
 * Opens the staff page in a phone-sized browser at a quarter of the speed: time until its text is shown, and size of
 * its scripts.
 */
export async function measureStaffPage(address: string, line: Line): Promise<void> {
  const browser = await launchChromium();
  try {
    const seconds: number[] = [];
    let scriptBytes = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        isMobile: true,
        hasTouch: true,
      });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.goto(address);
      await page.locator('h1').waitFor();
      seconds.push((await page.evaluate<number>(FIRST_TEXT)) / 1000);
      scriptBytes = Math.max(scriptBytes, await page.evaluate<number>(SCRIPTS));
      await context.close();
    }
    const median = seconds.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
    line(
      `the page for staff on a phone ${SLOWER} times as slow, to text, median of ${TIMES}`,
      median,
      's',
      READABLE_S,
    );
    line('the page for staff, scripts compressed', scriptBytes / 1000, 'kB', SCRIPT_KB);
  } finally {
    await browser.close();
  }
}

/** Milliseconds from the click to the first contentful paint, which the browser reports slightly later. */
const FIRST_TEXT = `new Promise((resolve) => {
  const noted = () => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    if (paint === undefined) setTimeout(noted, 20);
    else resolve(paint.startTime);
  };
  noted();
})`;

/** Transfer size of scripts, and size of inline ones, in bytes. */
const SCRIPTS = `performance.getEntriesByType('resource')
  .filter(({ initiatorType }) => initiatorType === 'script')
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
  + [...document.scripts].reduce((sum, { text }) => sum + text.length, 0)`;
