import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { STATES } from '#domain/model/verdict.ts';
import { accessibility } from '../../../../tests/support/axe.ts';
import { sharedChromium } from '../../../../tests/support/chromium.ts';
import type { Report } from '../model.ts';
import { sampleReport } from '../testing/sample.ts';
import { renderHtml } from './render.ts';

const SHA256 = 'c0ffee'.padEnd(64, '0');
type Part = 'appendix' | 'board';

const SHOWN = ['CLA-ACC-03', 'CLA-ACC-07', 'CLA-ACC-08', 'CLA-CON-15'];

/** One control of each state and those with the most content, so that every part of the page is displayed. */
function shortReport(): Report {
  const report = sampleReport();
  const first = new Set(STATES.map((state) => report.controls.find((c) => c.state === state)?.id));
  const controls = report.controls.filter((c) => first.has(c.id) || SHOWN.includes(c.id));
  const people = { ...report.people, matched: report.people.matched.slice(-9) };
  return { ...report, controls, people };
}

async function open(
  report: Report,
  width: number,
  colorScheme: 'light' | 'dark',
  javaScriptEnabled = true,
  part: Part = 'appendix',
) {
  const context = await (await sharedChromium()).newContext({
    viewport: { width, height: 900 },
    colorScheme,
    // Colors in the middle of a transition would be measured as neither.
    reducedMotion: 'reduce',
    javaScriptEnabled,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await context.route('**/*', async (route) => {
    if (route.request().url() === 'http://report.test/')
      await route.fulfill({ contentType: 'text/html', body: renderHtml(report, { part, sha256: SHA256 }) });
    else {
      complaints.push(`asked for ${route.request().url()}`);
      await route.abort();
    }
  });
  await page.goto('http://report.test/');
  return { page, complaints, close: () => context.close() };
}

const tooWide = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
/** Number of matching elements that extend beyond the window. */
const cutOff = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > 320).length);

describe('the report in a browser', () => {
  it.each([
    [1440, 'appendix'],
    [320, 'appendix'],
    [1440, 'board'],
    [320, 'board'],
  ] as const)('is accessible at %i px (%s), light and dark, with everything open', async (width, part) => {
    const { page, complaints, close } = await open(shortReport(), width, 'light', true, part);
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    if (width === 320 && part === 'board')
      expect(await cutOff(page, '.asks td'), 'who decides, and by when, stands within a phone').toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { faults, undecided } = await accessibility(page, colorScheme === 'light' ? 'all' : 'colors');
      expect(faults, colorScheme).toEqual([]);
      // What a sideways-scrolling table hides at 320 px cannot be measured; the same text is measured at 1440 px.
      const unsaid = undecided.filter((fault) => width === 1440 || !fault.startsWith('color-contrast'));
      expect(unsaid, colorScheme).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('filters, and a link to what a filter hides brings it back', async () => {
    const { page, complaints, close } = await open(sampleReport(), 1440, 'light');
    await page.selectOption('[name=state]', 'fail');
    await page.selectOption('[name=area]', 'connectors');
    await expect.poll(() => page.locator('.control:visible').count()).toBe(4);
    await expect.poll(() => page.locator('output').textContent()).toBe('4 of 97');
    await page.fill('[name=find]', 'nothing has this');
    await expect.poll(() => page.locator('#none-shown').isVisible()).toBe(true);
    await page.click('.areas a[href="#pass-policy"]');
    // The page reacts to a new address shortly after the click.
    await page.locator('#pass-policy').waitFor();
    await expect.poll(() => page.locator('output').textContent()).toBe('97 of 97');
    await page.click('table a[href="#ACC-07"]');
    await page.locator('#ACC-07[open]').getByText('Wren Castellane', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('turns dark and light at the press of a button', async () => {
    const { page, close } = await open(shortReport(), 1440, 'light');
    const paper = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await page.click('#theme');
    expect(await paper()).toBe('rgb(15, 16, 19)');
    await page.click('#theme');
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await close();
  });

  it('reaches the report by keyboard and opens a control', async () => {
    const { page, close } = await open(shortReport(), 1440, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    await page.locator('#ACC-03 > summary').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#ACC-03').getAttribute('open')).not.toBeNull();
    await close();
  });

  it('is whole without script', async () => {
    const { page, complaints, close } = await open(shortReport(), 1440, 'light', false);
    await expect.poll(() => page.locator('#filter').isVisible()).toBe(false);
    await expect.poll(() => page.locator('#theme').isVisible()).toBe(false);
    await page.locator('#ACC-07 > summary').click();
    await expect
      .poll(() => page.locator('#ACC-07').getByText('Wren Castellane', { exact: true }).isVisible())
      .toBe(true);
    expect(complaints.filter((text) => !text.includes('script'))).toEqual([]);
    await close();
  });

  it.each(['appendix', 'board'] as const)(
    'prints the %s light, without chrome, all open, at 10 points or more',
    async (part) => {
      const { page, close } = await open(shortReport(), 1440, 'dark', false, part);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const found = await page.evaluate<{ small: string[]; paper: string }>(`(() => {
      const small = new Set();
      for (const element of document.querySelectorAll('main *')) {
        const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!own || element.closest('.vh') || !element.checkVisibility()) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < (10 * 96) / 72 - 0.01) small.add(element.tagName + '.' + element.className + ' ' + size);
      }
      return { small: [...small], paper: getComputedStyle(document.documentElement).backgroundColor };
    })()`);
      expect(found.small).toEqual([]);
      expect(found.paper).toBe('rgb(255, 255, 255)');
      for (const chrome of ['.top', 'nav', '.filter', '.skip'])
        await expect.poll(() => page.locator(chrome).isVisible()).toBe(false);
      if (part === 'appendix')
        await expect
          .poll(() => page.locator('#ACC-07').getByText('Wren Castellane', { exact: true }).isVisible())
          .toBe(true);
      await close();
    },
  );
});
