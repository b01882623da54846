import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleBrowser, expectAccessible, openConsole, sideways } from '../support/console-browser.ts';

/** A person drops files, checks columns, sees what changes, stores, and finds the file among the evidence. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let page: Page;
let slug: string;

const MEMBERS = (seat: string) => `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,${seat},Active
`;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  slug = (await bylaw.client('Alder Society')).slug;
  page = await here.open(bylaw.owner);
}, 180_000);
afterAll(() => here.close());

/** Nothing that axe finds, in both themes, wide and narrow; and nothing wider than the window. */
async function looksRight(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `${page.url()} ${colorScheme} ${width}`);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const bring = async (name: string, text: string) => {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
};

test('a file goes in, and the button says what it stores', async () => {
  await page.goto(`/c/${slug}/imports`);
  await page.getByRole('heading', { name: 'What each file unlocks' }).waitFor();
  await looksRight();
  await bring('members-2026-10-27.csv', MEMBERS('Premium'));
  await page.getByRole('button', { name: 'Store 2 members' }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
}, 120_000);

test('the next file is compared with it, and a column is taken as the person says', async () => {
  await page.goto(`/c/${slug}/imports`);
  await bring('members-2026-11-24.csv', MEMBERS('Standard'));
  await page.getByText('Seat type: Premium → Standard').waitFor();
  await page.getByText('Against the file of 27 Oct 2026, 2 rows').waitFor();
  await looksRight();
  await page.getByLabel('What the column Seat Tier means').selectOption({ label: 'Leave out' });
  await page.getByText('Seat type: Premium → empty').first().waitFor();
  await page.getByLabel('What the column Seat Tier means').selectOption({ label: 'Seat type' });
  await page.getByText('Seat type: Premium → Standard').waitFor();
  await page.getByRole('button', { name: 'Store 2 members' }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
}, 120_000);

test('what was stored is evidence that can be checked', async () => {
  await page.goto(`/c/${slug}/evidence`);
  await page.getByRole('link', { name: 'members-2026-11-24.csv' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Whole: every byte is as it was when it was stored.').waitFor();
  await looksRight();
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'members-2026-11-24.csv', level: 1 }).waitFor();
  await looksRight();
}, 120_000);

test('figures without days ask for their period, and are read by it', async () => {
  await page.goto(`/c/${slug}/imports`);
  const people = ['Ada Quist', 'Ben Rook', 'Cleo Shaw', 'Dov Lane', 'Eve Ames'];
  await bring('usage screen.csv', `Member,Messages\n${people.map((name) => `${name},40\n`).join('')}`);
  const first = page.getByLabel('First day that usage screen.csv covers');
  const last = page.getByLabel('Last day that usage screen.csv covers');
  await first.fill('2026-11-20');
  await last.fill('2026-11-01');
  await page.getByText('This is before the first day.').waitFor();
  await looksRight();
  await first.fill('2026-11-01');
  await last.fill('2026-11-20');
  await page.getByRole('button', { name: 'Read with this period' }).click();
  await page.getByText('20 Nov 2026').first().waitFor();
  await page.getByRole('button', { name: 'Store 5 lines' }).waitFor();
}, 120_000);
