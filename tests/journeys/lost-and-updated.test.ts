import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { builtConsole, openPage } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { type RealServer, realServer, signUp } from '../support/real-server.ts';
import { settled } from '../support/settled.ts';

/** The server becomes unavailable and returns, and is updated while tabs are open. */
let server: RealServer;
let browser: Browser;
let owner: { cookie: string };
let slug: string;
let newer: string;

beforeAll(async () => {
  server = await realServer();
  browser = await launchChromium();
  owner = await signUp(server);
  const made = await fetch(`${server.origin}/api/v1/clients`, {
    method: 'POST',
    headers: { origin: server.origin, cookie: owner.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Alder Society', domains: ['alder.example.org'], claudePlan: 'team' }),
  });
  ({ client: slug } = (await made.json()) as { client: string });
  newer = await anotherBuild();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(newer, { recursive: true });
});

/** A copy of the console as a later build: every file that a page loads at start has a different name. */
async function anotherBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-newer-'));
  await cp(await builtConsole(), folder, { recursive: true });
  const assets = join(folder, 'assets');
  const names = (await readdir(assets)).filter((name) => name.endsWith('.js'));
  const renamed = (text: string) =>
    names.reduce((now, name) => now.replaceAll(name, name.replace(/\.js$/, '2.js')), text);
  for (const name of names) {
    await writeFile(join(assets, name), renamed(await readFile(join(assets, name), 'utf8')));
    await rename(join(assets, name), join(assets, name.replace(/\.js$/, '2.js')));
  }
  const index = join(folder, 'index.html');
  await writeFile(index, renamed(await readFile(index, 'utf8')));
  return folder;
}

async function opened(path: string): Promise<Page> {
  const page = await openPage(browser, server.origin, owner);
  await page.goto(path);
  await settled(page);
  return page;
}

/** Ends the outage of a test, even if the test failed. */
afterEach(async () => {
  await server.stop();
  await server.start();
});

const gone = 'The server cannot be reached.';

test('while the server is away the page says so and keeps what it showed; it recovers by itself', async () => {
  const page = await opened(`/c/${slug}`);
  const status = page.getByRole('region', { name: 'Current status' });
  const before = await status.textContent();
  const banner = page.getByRole('status').filter({ hasText: gone });
  await expect.poll(() => banner.count()).toBe(0);
  await server.stop();
  await banner.waitFor();
  // Old data remains readable.
  await expect.poll(() => status.textContent()).toBe(before);
  // A page that was never opened cannot load, but the attempt removes nothing.
  await page.getByRole('link', { name: 'Controls', exact: true }).click();
  await page.getByRole('heading', { name: 'Part of the console could not be loaded' }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
  await banner.waitFor();
  await page.goBack();
  await expect.poll(() => status.textContent()).toBe(before);
  await server.start();
  await banner.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Controls', exact: true }).click();
  await page.locator('tr[data-row]').first().waitFor();
  await page.context().close();
});

test('what is done while the server is away says that it was not saved, and keeps what was typed', async () => {
  const page = await opened(`/c/${slug}/settings`);
  await page.getByLabel('Claude seats bought').fill('70');
  await server.stop();
  await page.getByRole('button', { name: 'Save profile' }).click();
  await page.getByRole('status').filter({ hasText: gone }).waitFor();
  await page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
  await expect.poll(() => page.getByLabel('Claude seats bought').inputValue()).toBe('70');
  await server.start();
  await expect.poll(() => page.getByRole('status').filter({ hasText: gone }).count()).toBe(0);
  await expect.poll(() => page.getByLabel('Claude seats bought').inputValue()).toBe('70');
  await expectMessage(page, 'Saved. The controls are being re-evaluated.', () =>
    page.getByRole('button', { name: 'Save profile' }).click(),
  );
  await page.context().close();
});

test('a tab from before an update says so, and what it cannot load offers to reload', async () => {
  const page = await opened(`/c/${slug}`);
  const updated = page.getByRole('status').filter({ hasText: 'Bylaw was updated.' });
  await expect.poll(() => updated.count()).toBe(0);
  await server.stop();
  await server.start(newer);
  await updated.waitFor();
  // A page that this tab has not loaded yet, whose file no longer exists.
  await page.getByRole('link', { name: 'Attestations', exact: true }).click();
  await page.getByRole('heading', { name: 'Part of the console could not be loaded' }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { level: 1, name: 'Attestations' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/c/${slug}/attestations`);
  await expect.poll(() => updated.count()).toBe(0);
  await page.context().close();
});
