import { afterAll, beforeAll, expect, test } from 'vitest';
import { manyClients } from '../../src/features/fleet/testing/many.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';

/**
 * Lists with more rows than are rendered at once. The code that selects the rows is loaded with the first such list.
 */
let here: ConsoleBrowser;

beforeAll(async () => {
  here = await openConsole();
  await manyClients(here.bylaw, 230, (at) => `Society ${String(at + 1).padStart(3, '0')}`);
});
afterAll(() => here.close());

test('a long list draws what is near the screen, to its end', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto('/clients?sort=client');
  const list = page.getByRole('table', { name: 'Clients' });
  const [first, last] = ['Society 001', 'Society 230'].map((name) => list.getByRole('link', { name }));
  await first?.waitFor();
  await expect.poll(() => list.getByRole('row').count()).toBeLessThan(60);
  // If the list is longer than its window, its end is rendered only after scrolling.
  await expect
    .poll(async () => {
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      return last?.isVisible();
    })
    .toBe(true);
  await expect.poll(() => first?.count()).toBe(0);
  await expect.poll(() => list.getByRole('row').count()).toBeLessThan(60);
  await here.leave(page);
});

test('a long list is drawn whole where what knows its lines cannot be loaded', async () => {
  // A separate browser, which has not loaded the script yet.
  const page = await here.open(here.bylaw.owner, { locale: 'en-US' });
  await page.route('**/assets/long-lists-*.js', (route) => route.abort());
  await page.goto('/clients?sort=client');
  await page.getByRole('link', { name: 'Society 230' }).waitFor();
  await page.context().close();
});

test('the list of clients is asked for once, by the head of the page', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto('/clients');
  await page.getByRole('table', { name: 'Clients' }).getByRole('link').first().waitFor();
  await expect
    .poll(() =>
      page.evaluate(
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/v1/fleet')).map(({ name, initiatorType }) => initiatorType + new URL(name).search)",
      ),
    )
    .toEqual(['link?sort=worst']);
  await here.leave(page);
});
