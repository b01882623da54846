import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeFacts } from '../../src/features/verdicts/testing.ts';
import {
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '../../src/server/testing/console.ts';
import { launchChromium } from '../support/chromium.ts';

/** Home, controls, fleet and catalogue in a real browser: every figure leads to its list, by keyboard, in both schemes. */
let folder: string;
let bylaw: TestConsole;
let browser: Browser;
let origin: string;
let alder: { id: string; slug: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-web-'));
  const configFile = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: folder } });
  const port = await freePort();
  origin = `http://localhost:${port}`;
  bylaw = await testConsole({ origin, webFolder: folder });
  await bylaw.app.listen({ port, host: '127.0.0.1' });
  browser = await launchChromium();
  alder = await bylaw.client('Alder Society of Landscape Surveyors', { claudeSeats: 70 });
  await bylaw.client('Harrow Guild of Organ Builders', { claudePlan: 'enterprise', m365: 'e5' });
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await bylaw.close();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function pageOf(person: TestPerson, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

test('every figure of Home opens a list of that length', async () => {
  const page = await pageOf(bylaw.owner);
  const home = `${origin}/c/${alder.slug}`;
  await page.goto(home);
  const standing = page.getByRole('region', { name: 'Where we stand' });
  for (const word of ['Fail', 'Cannot read', 'Pass']) {
    await page.goto(home);
    const link = standing.getByRole('listitem').filter({ hasText: word }).getByRole('link');
    const count = Number((await link.locator('strong').textContent()) ?? Number.NaN);
    await link.click();
    await page.waitForURL(/controls\?state=/);
    await page.getByText(`${count} of ${bylaw.services.catalogue.controls.length}`).waitFor();
  }
  await page.context().close();
});

test('a task leads to where it is done', async () => {
  const page = await pageOf(bylaw.owner);
  await page.goto(`${origin}/c/${alder.slug}`);
  const first = page.getByRole('region', { name: 'Do now' }).getByRole('listitem').first();
  await first.getByRole('heading', { name: 'Remove the people who have left from Claude' }).waitFor();
  await first.getByRole('link', { name: /^Open people/ }).click();
  await page.waitForURL(`${origin}/c/${alder.slug}/people`);
  await page.context().close();
});

test('the list is walked, opened, closed and filtered by keyboard; the address holds all of it', async () => {
  const page = await pageOf(bylaw.owner);
  await page.goto(`${origin}/c/${alder.slug}/controls`);
  await page.getByRole('link', { name: 'Only current staff hold a seat' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/panel=ACC-07/);
  await page
    .getByRole('complementary')
    .getByRole('heading', { name: 'Only current staff hold a seat' })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('panel'));
  await page.keyboard.press('f');
  await page.keyboard.type('Achterberg');
  await page.waitForURL(/text=Achterberg/);
  await page.reload();
  await page.getByRole('link', { name: 'Only current staff hold a seat' }).waitFor();
  await page.getByRole('button', { name: 'Export' }).waitFor();
  await page.context().close();
});

test('a control says who is listed and what it was on a past day', async () => {
  const page = await pageOf(bylaw.owner);
  await page.goto(`${origin}/c/${alder.slug}/controls/CLA-ACC-07?day=2026-11-20`);
  await page.getByRole('rowheader', { name: 'Tobin Achterberg' }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: 'as known today' })
    .getByText('Cannot read', { exact: true })
    .waitFor();
  await page.getByRole('link', { name: 'Accept until…' }).click();
  await page.waitForURL(/exceptions\?new=CLA-ACC-07/);
  await page.context().close();
});

test('an open page shows what somebody else stored, without being asked', async () => {
  const client = await bylaw.client('Ferry Operators');
  const page = await pageOf(bylaw.owner);
  await page.goto(`${origin}/c/${client.slug}/controls/ACC-07`);
  await page.getByText('The members file was not given.').first().waitFor();
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  await bylaw.services.verdicts.refresh(client.id);
  await page.getByRole('rowheader', { name: 'Tobin Achterberg' }).waitFor();
  await page.context().close();
});

test('the fleet filters by its figures, and whoever sees one client sees no other', async () => {
  const page = await pageOf(bylaw.owner);
  await page.goto(`${origin}/clients`);
  await page.getByRole('link', { name: /with a critical failure/ }).click();
  await page.waitForURL(/attention=critical/);
  await page.getByRole('link', { name: 'Harrow Guild of Organ Builders' }).waitFor({ state: 'detached' });
  await page.context().close();
  const theirs = await pageOf(await bylaw.person('technician', alder.id));
  await theirs.goto(`${origin}/across/ACC-07`);
  await theirs.getByText('1 client: fails at 1').waitFor();
  expect(await theirs.content()).not.toContain('Harrow');
  await theirs.context().close();
});

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 320],
  ['dark', 320],
] as const)(
  'every page is accessible, %s at %d px, and none scrolls sideways',
  async (colorScheme, width) => {
    const page = await pageOf(bylaw.owner, { colorScheme, viewport: { width, height: 900 } });
    const client = `/c/${alder.slug}`;
    for (const path of [
      client,
      `${client}/controls?state=attention`,
      `${client}/controls?panel=ACC-07`,
      `${client}/controls/ACC-07`,
      '/clients',
      '/across/ACC-07',
      '/catalogue?kind=capabilities',
      '/catalogue/controls/ACC-07',
      '/catalogue/capabilities/claude.scim',
      '/catalogue/risks/connector_from_personal_account',
    ]) {
      await page.goto(origin + path);
      await page.locator('main :is(table, ol, ul) :is(td, li)').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), path).toBe(
        true,
      );
    }
    await page.context().close();
  },
  120_000,
);
