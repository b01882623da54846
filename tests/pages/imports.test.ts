import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '../../src/server/testing/console.ts';
import { launchChromium } from '../support/chromium.ts';

/** A person drops files, checks columns, sees what changes, stores, and finds the file among the evidence. */
let folder: string;
let bylaw: TestConsole;
let browser: Browser;
let page: Page;
let origin: string;
let slug: string;

const MEMBERS = (seat: string) => `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,${seat},Active
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-web-'));
  const configFile = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: folder } });
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  bylaw = await testConsole({ origin, webFolder: folder, now: TEST_NOW });
  await bylaw.app.listen({ port, host: '127.0.0.1' });
  slug = (await bylaw.client('Alder Society')).slug;
  browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = bylaw.owner.cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  page = await context.newPage();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await bylaw.close();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

/** Nothing that axe finds, in both themes, wide and narrow; and nothing wider than the window. */
async function looksRight(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, `${page.url()} ${colorScheme} ${width}`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
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
  await page.goto(`${origin}/c/${slug}/imports`);
  await page.getByRole('heading', { name: 'What each file unlocks' }).waitFor();
  await looksRight();
  await bring('members-2026-10-27.csv', MEMBERS('Premium'));
  await page.getByRole('button', { name: 'Store 2 members' }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
}, 120_000);

test('the next file is compared with it, and a column is taken as the person says', async () => {
  await page.goto(`${origin}/c/${slug}/imports`);
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
  await page.goto(`${origin}/c/${slug}/evidence`);
  await page.getByRole('link', { name: 'members-2026-11-24.csv' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Whole: every byte is as it was when it was stored.').waitFor();
  await looksRight();
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'members-2026-11-24.csv', level: 1 }).waitFor();
  await looksRight();
}, 120_000);
