import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import {
  type TestConsole,
  type TestConsoleOptions,
  type TestPerson,
  testConsole,
} from '../../src/server/testing/console.ts';
import { accessibilityFaults } from './axe.ts';
import { launchChromium } from './chromium.ts';
import type { Build } from './console-build.ts';
import { freePort } from './free-port.ts';

/** The whole console behind a real port, and a Chromium to open it with. */
export interface ConsoleBrowser {
  readonly bylaw: TestConsole;
  readonly browser: Browser;
  readonly origin: string;
  /** A page of someone's own browser, signed in; null: of nobody's. Paths are below the origin: `page.goto('/clients')`. */
  open(person: Pick<TestPerson, 'cookie'> | null, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** One server and one Chromium for a test file. `beforeAll` opens it, `afterAll` closes it. */
export async function openConsole({
  build,
  ...options
}: TestConsoleOptions & { readonly build?: Build } = {}): Promise<ConsoleBrowser> {
  const webFolder = await builtConsole(build);
  const port = await freePort();
  // Passkeys need a name, not an address.
  const origin = `http://localhost:${port}`;
  const bylaw = await testConsole({ origin, webFolder, ...options });
  await bylaw.app.listen({ port, host: '127.0.0.1' });
  const browser = await launchChromium();
  return {
    bylaw,
    browser,
    origin,
    open: (person, more) => openPage(browser, origin, person, more),
    close: async () => {
      await browser.close();
      await bylaw.close();
    },
  };
}

/** `npm run test:long` runs what it runs with the warnings of React. */
const USUAL: Build = process.env.BYLAW_TEST === 'long' ? 'development' : 'production';

/** Folder of the console as it is built once for this run. */
export async function builtConsole(build: Build = USUAL): Promise<string> {
  const answer = await fetch(new URL(build, inject('console')));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The console could not be built: ${text}`);
  return text;
}

export async function openPage(
  browser: Browser,
  origin: string,
  person: Pick<TestPerson, 'cookie'> | null,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  if (person !== null) {
    const [name = '', value = ''] = person.cookie.split('=');
    await context.addCookies([{ name, value, url: origin }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

export async function expectAccessible(page: Page, where = page.url()): Promise<void> {
  expect(await accessibilityFaults(page), where).toEqual([]);
}

/**
 * How many pixels the page is wider than its window; 0 or less: it does not scroll sideways. A window that was made
 * narrow a moment ago is given two seconds to be laid out again: lists measure themselves after it.
 */
export async function sideways(page: Page): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (wider <= 0 || tries === 10) return wider;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** What the page complains about: exceptions, console errors, refused resources. Collects from now on. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  return heard;
}
